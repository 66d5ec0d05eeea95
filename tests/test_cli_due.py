"""`rutine due`: which documents it lists, what it fails on, and what it says to wrong use."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from conftest import TESTS, Run

SMALL = str(TESTS / "handbooks" / "small")
ALL = ["TEC-011", "HR-002", "HR-001", None, "TEC-010", "HR-003"]  # the one without an id is Mixing salt


def listed(rutine: Run, *arguments: str, on: str = "2026-11-21") -> list[str | None]:
    done = rutine("due", "-C", SMALL, "--on", on, "--format", "json", *arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    return [row["id"] for row in json.loads(done.stdout)["rows"]]


def states(rutine: Run, on: str) -> dict[str | None, tuple[str, int]]:
    done = rutine("due", "-C", SMALL, "--on", on, "--format", "json", "--all")
    return {row["id"]: (row["state"], row["days"]) for row in json.loads(done.stdout)["rows"]}


def test_without_options_it_looks_as_far_ahead_as_the_handbook_says(rutine: Run) -> None:
    done = rutine("due", "-C", SMALL, "--on", "2026-11-21")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert [line.split("  ")[0] for line in lines[:-1]] == [
        "OVERDUE by 266 days", "OVERDUE by 1 day", "due today", "due tomorrow", "due in 9 days",
    ]  # fmt: skip
    assert lines[-1] == "Overdue: 2. Due soon: 3. Later: 0."


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--all"], ALL),
        (["--within", "9d"], ALL[:5]),
        (["--within", "8d"], ALL[:4]),
        (["--within", "1 week"], ALL[:4]),
        (["--within", "18m"], ALL[:5]),  # 2028-05-21
        (["--within", "19m"], ALL),  # 2028-06-21
        (["--within", "2y"], ALL),
        (["--owner", "head-of-hr", "--all"], ["HR-002", "HR-001", "HR-003"]),
        (["--owner", "HR-leder", "--all"], ["HR-002", "HR-001", "HR-003"]),
        (["--owner", "HEAD OF HR"], ["HR-002", "HR-001"]),
        (["--unit", "roads", "--all"], ["TEC-011", "TEC-010"]),  # owned by the road engineer
        (["--unit", "tech", "--all"], ["TEC-011", "TEC-010"]),
        (["--unit", "hr", "--all"], ["HR-002", "HR-001", "HR-003"]),
        (["--unit", "smallby", "--all"], [name for name in ALL if name]),
        (["--kind", "howto"], [None]),
        (["--kind", "How-to"], [None]),
        (["--kind", "procedure", "--owner", "engineer"], ["TEC-011", "TEC-010"]),
        (["--kind", "review"], []),
        (["--owner", "director"], []),
    ],
)
def test_what_is_listed(rutine: Run, arguments: list[str], ids: list[str | None]) -> None:
    assert listed(rutine, *arguments) == ids


def test_the_day_before_the_day_and_the_day_after(rutine: Run) -> None:
    """HR-001 is due on 2026-11-21: decided on 2025-11-21, reviewed every 12 months."""
    assert states(rutine, "2026-11-20")["HR-001"] == ("due", 1)
    assert states(rutine, "2026-11-21")["HR-001"] == ("due", 0)
    assert states(rutine, "2026-11-22")["HR-001"] == ("overdue", -1)


def test_months_end_where_the_month_ends(rutine: Run) -> None:
    """2026-08-31 and 3 months is 2026-11-30; 2024-02-29 and 2 years is 2026-02-28."""
    assert states(rutine, "2026-11-30")["TEC-010"] == ("due", 0)
    assert states(rutine, "2026-12-01")["TEC-010"] == ("overdue", -1)
    assert states(rutine, "2026-02-28")["TEC-011"] == ("due", 0)
    assert states(rutine, "2026-03-01")["TEC-011"] == ("overdue", -1)


def test_soon_begins_sixty_days_before(rutine: Run) -> None:
    """60 days before 2028-06-15 is 2028-04-16."""
    assert states(rutine, "2028-04-15")["HR-003"] == ("later", 61)
    assert states(rutine, "2028-04-16")["HR-003"] == ("due", 60)


def test_a_review_that_is_still_to_come_counts_for_nothing(rutine: Run) -> None:
    """On 2025-11-19 nobody has reviewed HR-002 yet, though a record of 2025-11-20 lies there."""
    assert states(rutine, "2025-11-19")["HR-002"] == ("overdue", -313)  # since 2025-01-10
    assert states(rutine, "2025-11-20")["HR-002"] == ("later", 365)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 0),
        (["--fail-on", "overdue"], 1),
        (["--fail-on", "due"], 1),
        (["--fail-on", "overdue", "--kind", "howto"], 0),
        (["--fail-on", "due", "--kind", "howto"], 1),
        (["--fail-on", "due", "--owner", "director"], 0),
    ],
)
def test_what_fails(rutine: Run, arguments: list[str], code: int) -> None:
    assert rutine("due", "-C", SMALL, "--on", "2026-11-21", *arguments).returncode == code


def test_later_deadlines_never_fail(rutine: Run) -> None:
    """On 2024-03-01 the only deadlines are far away: TEC-011 in 2026, HR-002 in 2025."""
    arguments = ["due", "-C", SMALL, "--on", "2024-03-01", "--fail-on", "due", "--kind", "procedure"]
    assert rutine(*arguments, "--owner", "engineer", "--within", "2y").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--owner", "head-of-hrr"], "'--owner': There is no role head-of-hrr. Did you mean head-of-hr?"),
        (["--owner", "zzz"], "'--owner': There is no role zzz. Choose among: director, engineer, head-of-hr."),
        (["--unit", "road"], "'--unit': There is no unit road. Did you mean roads?"),
        (["--kind", "procedur"], "'--kind': There is no kind procedur. Did you mean procedure?"),
        (["--format", "sarif"], "There is no format sarif here. Choose among: text, csv, ics, json, markdown."),
        (["--format", "_plain"], "There is no format _plain here. Choose among: text, csv, ics, json, markdown."),
        (["--format", "../x"], "There is no format ../x here. Choose among: text, csv, ics, json, markdown."),
        (["--within", "soon"], "soon is not a length of time. Write it like 90d or 6m."),
        (["--on", "21.11.2026"], "21.11.2026 is not a date. Write it as YYYY-MM-DD."),
        (["--fail-on", "later"], "'later' is not one of 'overdue', 'due'."),
        (["--all", "--within", "1y"], "--all and --within say different things. Give only one of them."),
    ],
)
def test_wrong_use(rutine: Run, arguments: list[str], message: str) -> None:
    done = rutine("due", "-C", SMALL, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    lines = done.stderr.decode().splitlines()
    assert lines[0] == "Usage: rutine due [OPTIONS]"
    assert lines[-1].endswith(message)


@pytest.mark.parametrize("name", ["text", "csv", "ics", "json", "markdown"])
def test_what_programs_read_is_utf_8_in_every_environment(environment: dict[str, str], name: str) -> None:
    command = [sys.executable, "-m", "rutine", "due", "-C", SMALL, "--on", "2026-11-21", "--all", "--format", name]
    done = subprocess.run(command, env=environment | {"PYTHONIOENCODING": "latin-1"}, capture_output=True, check=True)
    expected = {"text": "\\u2013", "ics": "Owner: –"}.get(name, "")
    assert expected in done.stdout.decode("latin-1" if name == "text" else "utf-8")


@pytest.mark.parametrize("arguments", [["due", "--all"], ["due", "--all", "--format", "csv"], ["list"], ["explain"]])
def test_a_reader_that_goes_away_is_no_failure_of_ours(environment: dict[str, str], arguments: list[str]) -> None:
    where = [] if arguments == ["explain"] else ["-C", SMALL]
    command = [sys.executable, "-m", "rutine", *arguments, *where]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_help_names_the_formats_that_there_are(rutine: Run) -> None:
    from rutine.formats import names

    subjects = {"check": "findings", "due": "deadlines", "list": "documents", "show": "document"}
    for command, subject in subjects.items():
        text = " ".join(rutine(command, "--help", COLUMNS="100").stdout.decode().split())
        *most, last = names(subject)
        assert f"{', '.join(most)} or {last}." in text
