"""`rutine list`, `rutine show` and `rutine explain`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import TESTS, Run
from rutine.checks import rules

SMALL = str(TESTS / "handbooks" / "small")


@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], ["HR-001", "HR-002", "HR-003", "HR-004", "TEC-010", "TEC-011", "TEC-012", None]),
        (["--status", "withdrawn"], ["HR-004"]),
        (["--status", "In force", "--owner", "engineer"], ["TEC-010", "TEC-011"]),
        (["--kind", "howto"], [None]),
        (["--unit", "roads"], ["TEC-010", "TEC-011", "TEC-012"]),  # TEC-012 is for roads, though nobody owns it
        (["--unit", "hr", "--status", "in-force"], ["HR-001", "HR-002", "HR-003"]),
    ],
)
def test_list(rutine: Run, arguments: list[str], ids: list[str | None]) -> None:
    done = rutine("list", "-C", SMALL, "--format", "json", *arguments)
    assert (done.returncode, done.stderr) == (0, b"")
    assert [row["id"] for row in json.loads(done.stdout)["rows"]] == ids


def test_records_are_listed_by_their_kind(rutine: Run) -> None:
    done = rutine("list", "-C", SMALL, "--kind", "review")
    assert done.stdout.decode() == ("–  –  Review  –  –  records/reviews/HR-002/2025-11-20.yml\nDocuments: 1.\n")
    row = json.loads(rutine("list", "-C", SMALL, "--kind", "review", "--format", "json").stdout)["rows"][0]
    assert (row["status"], row["kind"]) == (None, "review")


def test_list_of_nothing(rutine: Run) -> None:
    done = rutine("list", "-C", SMALL, "--status", "draft")
    assert (done.returncode, done.stdout) == (0, b"Documents: 0.\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--status", "withdrwan"], "'--status': There is no status withdrwan. Did you mean withdrawn?"),
        (["--status", "x"], "'--status': There is no status x. Choose among: draft, in-force, withdrawn."),
        (["--format", "ics"], "There is no format ics here. Choose among: text, csv, json, markdown."),
    ],
)
def test_list_wrongly_used(rutine: Run, arguments: list[str], message: str) -> None:
    done = rutine("list", "-C", SMALL, *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[-1].endswith(message)


@pytest.mark.parametrize(
    "name",
    ["HR-001", "hr-001", " Hr-001 ", "procedures/hr/leave.md", f"{SMALL}/procedures/hr/leave.md"],
)
def test_show(rutine: Run, name: str) -> None:
    done = rutine("show", name, "-C", SMALL, "--on", "2026-11-21")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == (TESTS / "golden" / "document-leave.txt").read_bytes()


def test_show_json(rutine: Run) -> None:
    done = rutine("show", "hr-002", "-C", SMALL, "--on", "2026-11-21", "--format", "json")
    assert done.stdout == (TESTS / "golden" / "document-hiring.json").read_bytes()


def test_show_a_withdrawn_document(rutine: Run) -> None:
    lines = rutine("show", "HR-004", "-C", SMALL).stdout.decode().splitlines()
    assert "Status:          Withdrawn" in lines
    assert "Withdrawn on:    2020-01-01" in lines
    assert not [line for line in lines if line.startswith("Next review")]


def test_show_a_role_that_nobody_holds(rutine: Run) -> None:
    lines = rutine("show", "TEC-010", "-C", SMALL).stdout.decode().splitlines()
    assert "Owner:           Road engineer (nobody holds this role)" in lines


def test_show_what_is_no_document(rutine: Run) -> None:
    done = rutine("show", "procedures/tech/50% salt, æøå.md", "-C", SMALL)
    assert done.stdout.decode() == (
        "Kind: unknown; `rutine check` tells more\nFile: procedures/tech/50% salt, æøå.md\n"
    )


def test_show_a_record(rutine: Run) -> None:
    done = rutine("show", "records/reviews/HR-002/2025-11-20.yml", "-C", SMALL)
    assert done.stdout.decode() == (
        "Kind:  Review\nabout: HR-002\ndate:  2025-11-20\nFile:  records/reviews/HR-002/2025-11-20.yml\n"
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("HR-005", "There is no document HR-005. Did you mean HR-004, HR-003, HR-002?"),
        ("TEC-12", "There is no document TEC-12. Did you mean TEC-012, TEC-011, TEC-010?"),
        (
            "xyz",
            "There is no document xyz. Choose among: HR-001, HR-002, HR-003, HR-004, TEC-010, TEC-011, TEC-012.",
        ),
        (f"{SMALL}/handbook.yml", None),
    ],
)
def test_show_unknown(rutine: Run, name: str, message: str | None) -> None:
    done = rutine("show", name, "-C", SMALL)
    assert (done.returncode, done.stdout) == (2, b"")
    last = done.stderr.decode().splitlines()[-1]
    assert last == f"Error: Invalid value for 'ID': {message}" if message else "There is no document" in last


def test_show_an_id_that_two_documents_have(rutine: Run, tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "book")
    folder = tmp_path / "book" / "procedures" / "hr"
    shutil.copy(folder / "leave.md", folder / "copy.md")
    done = rutine("show", "HR-001", "-C", str(tmp_path / "book"))
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == (
        "Error: Invalid value for 'ID': Several documents have the id HR-001. Name the file. "
        "Did you mean procedures/hr/copy.md, procedures/hr/leave.md?"
    )


def test_show_in_the_language_of_the_handbook(rutine: Run, tmp_path: Path) -> None:
    shutil.copytree(SMALL, tmp_path / "book")
    path = tmp_path / "book" / "handbook.yml"
    path.write_text(path.read_text("utf-8").replace("language: en", "language: nb"), "utf-8")
    lines = rutine("show", "HR-001", "-C", str(tmp_path / "book")).stdout.decode().splitlines()
    assert "Dokumentnummer: HR-001" in [" ".join(line.split()) for line in lines]
    assert "Eier: HR-leder (Bo Ek, Cilla Vik)" in [" ".join(line.split()) for line in lines]


def test_explain(rutine: Run) -> None:
    done = rutine("explain", "missing-front-matter")
    assert (done.returncode, done.stderr) == (0, b"")
    head, *rest = done.stdout.decode().rstrip("\n").split("\n\n")
    assert head == "missing-front-matter (error)"
    (rule,) = [rule for rule in rules() if rule.name == "missing-front-matter"]
    assert [" ".join(part.split()) for part in rest] == rule.paragraphs
    assert all(len(line) <= 88 for line in done.stdout.decode().splitlines())


@pytest.mark.parametrize("written", ["missing_field", "[missing-field]", "Missing-Field"])
def test_explain_is_lenient(rutine: Run, written: str) -> None:
    assert rutine("explain", written).stdout.startswith(b"missing-field (error)\n")


def test_explain_lists_the_rules(rutine: Run) -> None:
    lines = rutine("explain").stdout.decode().splitlines()
    assert [line.split()[:2] for line in lines] == [[rule.name, rule.severity] for rule in rules()]
    assert all(line.endswith(rule.paragraphs[0]) for line, rule in zip(lines, rules(), strict=True))


def test_explain_wrongly_used(rutine: Run) -> None:
    done = rutine("explain", "mising-field")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "There is no rule mising-field. Did you mean missing-field" in done.stderr.decode().splitlines()[-1]
