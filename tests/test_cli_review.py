"""`rutine review`: the record that it writes, what it rests on, what it asks, and what it refuses."""

from __future__ import annotations

import os
import pty
import random
import subprocess
import sys
import termios
import time
from contextlib import suppress
from pathlib import Path

import pytest
import yaml

from acting import HIRING, change, commit, small_book, told
from conftest import Run
from test_cli_decide import number_of

DAY = {"SOURCE_DATE_EPOCH": "1795219200"}  # 2026-11-21
LEAVE = "procedures/hr/leave.md"
GIVEN = ("--outcome", "unchanged", "--by", "head-of-hr", "--person", "bo")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path)


def record(root: Path, name: str, identifier: str = "HR-002") -> dict[str, object]:
    text = (root / "records" / "reviews" / identifier / name).read_text("utf-8")
    found: dict[str, object] = yaml.load(text, yaml.BaseLoader)  # noqa: S506  # it makes texts only
    return found


def test_the_record(rutine: Run, book: Path) -> None:
    """Who, in which role, when, which text, what came of it, and when the next one is due."""
    done = rutine(
        "review", "hr-002", *GIVEN, "--date", "2026-11-20", "--looked-at", "the new act", "--looked-at", "§ 2: all", "--comment", "Ja", "-C", str(book), **DAY,
    )  # fmt: skip
    path = book / "records" / "reviews" / "HR-002" / "2026-11-20.yml"
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == f"Written: {path}\nNext review: 2027-11-20 (every 12 months)\n"
    assert path.read_text("utf-8") == (
        "document: HR-002\ndate: 2026-11-20\nversion: \"1.0\"\nby: head-of-hr\nperson: bo\noutcome: unchanged\n"
        f'fingerprint: "{number_of(book)}"\nlooked-at:\n  - the new act\n  - "§ 2: all"\ncomment: Ja\n'
    )  # fmt: skip
    assert rutine("check", str(path), "-C", str(book)).stdout.decode() == (
        "Documents checked: 1. Errors: 0. Warnings: 0.\n"
    )


def test_without_a_date_it_is_today(rutine: Run, book: Path) -> None:
    where = ("review", "HR-002", *GIVEN, "-C", str(book))
    assert [rutine(*where, **DAY).returncode for _ in range(3)] == [0, 0, 0]
    names = sorted(path.name for path in (book / "records" / "reviews" / "HR-002").iterdir())
    assert names == ["2026-11-21-2.yml", "2026-11-21-3.yml", "2026-11-21.yml"]


def test_what_it_rests_on(rutine: Run, book: Path) -> None:
    """Regulations, documents with what they said, and the records since the last review, of any kind."""
    change(book, LEAVE, "roles:\n", "rests-on: [hr-002, HR-404]\nroles:\n")
    rutine("review", "HR-001", *GIVEN, "--date", "2026-01-02", "-C", str(book), **DAY)
    rutine("decide", "HR-001", "--by", "director", "--date", "2026-01-02", "--reference", "1", "-C", str(book), **DAY)
    rutine("decide", "HR-001", "--by", "director", "--date", "2026-03-02", "--reference", "1", "-C", str(book), **DAY)
    rutine("decide", "HR-002", "--by", "director", "--date", "2026-03-02", "--reference", "1", "-C", str(book), **DAY)
    commit(book, "2026-03-03")
    rutine("review", "HR-001", *GIVEN, "--date", "2026-11-20", "-C", str(book), **DAY)
    written = record(book, "2026-11-20.yml", "HR-001")
    assert written["regulations"] == [{"ref": "LOV-2005-06-17-62"}, {"ref": "32016R0679"}]
    assert written["documents"] == [{"document": "HR-002", "fingerprint": number_of(book)}]
    assert written["records"] == ["records/decisions/HR-001/2026-03-02.yml"]
    assert written["fingerprint"] == number_of(book, LEAVE)


def test_what_was_reviewed_can_be_proved(rutine: Run, book: Path) -> None:
    """The record covers the text that was there when it came, and not one that was taken back before."""
    change(book, HIRING, "1. Do the work.", "1. Do no work.")
    rutine("review", "HR-002", *GIVEN, "--date", "2026-11-20", "-C", str(book), **DAY)
    assert told(book, "review-not-covering-text") == []  # what is at hand comes to the main line with its record
    change(book, HIRING, "same way every time.", "same way\nevery time.")
    assert told(book, "review-not-covering-text") == []
    change(book, HIRING, "1. Do no work.", "1. Do the work.")
    commit(book, "2026-11-20")
    assert told(book, "review-not-covering-text") == [
        "records/reviews/HR-002/2026-11-20.yml: HR-002 did not have the text that this record names, neither on 2026-11-20 "
        "nor when the record was made. It moves no deadline. Review the document again."
    ]
    rutine("review", "HR-002", *GIVEN, "--date", "2026-11-20", "-C", str(book), **DAY)
    commit(book, "2026-11-21")
    change(book, HIRING, "1. Do the work.", "1. Do no work.")
    commit(book, "2026-11-22")
    assert len(told(book, "review-not-covering-text")) == 1  # the second one holds, whatever is written later


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Error: Nobody can be asked here. Give --outcome, --by."),
        (["--by", "head-of-hr"], "Error: Nobody can be asked here. Give --outcome."),
        (["--outcome", "unchanged"], "Error: Nobody can be asked here. Give --by."),
        (
            ["--outcome", "fine", "--by", "head-of-hr"],
            "Error: Invalid value for '--outcome': fine is not a possible value. Choose among: changed, unchanged, withdraw.",
        ),
        (
            ["--outcome", "unchanged", "--by", "head-of-h"],
            "Error: Invalid value for '--by': There is no role head-of-h. Did you mean head-of-hr?",
        ),
        (
            ["--outcome", "unchanged", "--by", "head-of-hr"],
            "Error: Invalid value for '--person': Several people held the role head-of-hr on 2026-11-21 (bo, cilla). Say who it was.",
        ),
        (
            ["--outcome", "unchanged", "--by", "head-of-hr", "--person", "Ada Lund"],
            "Error: Invalid value for '--person': ada did not hold the role head-of-hr on 2026-11-21. Choose among: bo, cilla.",
        ),
        (
            [*GIVEN, "--date", "2026-11-22"],
            "Error: Invalid value for '--date': 2026-11-22 is in the future. Name the day on which it was done.",
        ),
    ],
)
def test_wrong_use(arguments: list[str], message: str, rutine: Run, book: Path) -> None:
    done = rutine("review", "HR-002", "-C", str(book), *arguments, **DAY)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[-1] == message
    assert not (book / "records").exists()


def at_terminal(environment: dict[str, str], root: Path, answers: str, *arguments: str) -> tuple[int, list[str]]:
    """The exit code and what somebody sees who gives these answers at a terminal that does not show them."""
    leader, follower = pty.openpty()
    modes = termios.tcgetattr(follower)
    modes[3] &= ~termios.ECHO
    termios.tcsetattr(follower, termios.TCSANOW, modes)
    command = [sys.executable, "-W", "error", "-m", "rutine", "review", *arguments, "-C", str(root)]
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env={**environment, **DAY})
    os.close(follower)
    os.write(leader, answers.encode())
    seen = b""
    with suppress(OSError):  # when nobody holds its other end any more
        while more := os.read(leader, 4096):
            seen += more
    os.close(leader)
    return process.wait(timeout=60), seen.decode().replace("\r\n", "\n").splitlines()


def test_at_a_terminal_it_shows_and_asks(environment: dict[str, str], rutine: Run, book: Path) -> None:
    """What there is to look at comes first; a wrong answer is asked for again."""
    change(book, LEAVE, "  - {version", '  - {version: "1.1", date: 2026-02-02, change: minor, summary: Spelling}\n  - {version')  # fmt: skip
    rutine("review", "HR-001", *GIVEN, "--date", "2026-01-02", "-C", str(book), **DAY)
    rutine("decide", "HR-001", "--by", "director", "--date", "2026-03-02", "--reference", "1", "-C", str(book), **DAY)
    change(book, LEAVE, "roles:\n", "rests-on: [HR-002]\nroles:\n")
    code, lines = at_terminal(environment, book, "4\n1\nhead-of-nothing\n\n2\nAll: well\n", "HR-001")
    path = book / "records" / "reviews" / "HR-001" / "2026-11-21.yml"
    assert (code, lines) == (
        0,
        [
            "HR-001 Leave of absence",
            "Last reviewed on 2026-01-02 by Bo Ek, Head of HR.",
            "The text is another than then.",
            "Changed since:",
            "  1.1 2026-02-02 Spelling",
            "It rests on these regulations. Do they still say so?",
            "  arbeidsmiljøloven (LOV-2005-06-17-62)",
            "  General Data Protection Regulation (GDPR) (32016R0679)",
            "It rests on these documents. Do they still say so?",
            "  HR-002 Hiring",
            "Recorded since:",
            "  records/decisions/HR-001/2026-03-02.yml",
            "What has come of the review?",
            "  1  Still right",
            "  2  To be changed",
            "  3  To be withdrawn",
            "> Error: 4 is not a possible value. Choose among: changed, unchanged, withdraw.",
            "> In which role? [head-of-hr]: Error: There is no role head-of-nothing. Did you mean head-of-hr?",
            "In which role? [head-of-hr]: Who reviewed it?",
            "  1  Bo Ek",
            "  2  Cilla Vik",
            f"> What else is there to say? It may be left empty: Written: {path}",
            "Next review: 2027-11-21 (every 12 months)",
        ],
    )
    written = record(book, "2026-11-21.yml", "HR-001")
    assert {name: written[name] for name in ("by", "person", "outcome", "comment")} == {
        "by": "head-of-hr", "person": "cilla", "outcome": "unchanged", "comment": "All: well",
    }  # fmt: skip


def test_at_a_terminal_in_the_language_of_the_handbook(environment: dict[str, str], book: Path) -> None:
    change(book, "handbook.yml", "language: en", "language: nb")
    code, lines = at_terminal(environment, book, "Må endres\n\n1\n\n", "HR-002")
    assert code == 0
    assert lines[:6] == [
        "HR-002 Hiring",
        "Ingen gjennomgang av dokumentet er registrert ennå.",
        "Hva har gjennomgangen ført til?",
        "  1  Fortsatt riktig",
        "  2  Må endres",
        "  3  Bør trekkes tilbake",
    ]
    written = record(book, "2026-11-21.yml")
    assert (written["outcome"], written["person"], "comment" in written) == ("changed", "bo", False)


def test_what_is_given_is_not_asked(environment: dict[str, str], book: Path) -> None:
    code, lines = at_terminal(environment, book, "", "HR-002", *GIVEN)
    assert (code, len(lines)) == (0, 2)


@pytest.mark.slow
def test_a_killed_review_leaves_no_half_record(environment: dict[str, str], book: Path) -> None:
    """At whatever moment it is killed, there is no record, or a whole one."""
    command = [sys.executable, "-m", "rutine", "review", "HR-002", *GIVEN, "-C", str(book)]
    more = {**environment, **DAY}
    started = time.monotonic()
    subprocess.run(command, env=more, check=True, capture_output=True)
    longest = time.monotonic() - started
    folder = book / "records" / "reviews" / "HR-002"
    expected = next(folder.glob("*.yml")).read_bytes()
    chance = random.Random(1)  # noqa: S311  # it keeps no secret
    for _ in range(24):
        process = subprocess.Popen(command, env=more, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(longest * chance.uniform(0.2, 1.1))
        process.kill()
        process.wait()
        assert {path.read_bytes() for path in folder.glob("*.yml")} == {expected}


def test_a_write_killed_at_any_moment_leaves_the_old_or_the_new(environment: dict[str, str], book: Path) -> None:
    """One process writes records without an end; whenever it is killed, every record is whole."""
    code = (
        "import sys; from pathlib import Path; from datetime import date; from rutine.settings import read_settings;"
        "from rutine.record_files import write_record; root = Path(sys.argv[1]); settings = read_settings(root);"
        "print('ready', flush=True)\n"
        "while True: write_record(root, settings, settings.kinds['review'], 'HR-002', date(2026, 1, 2), {'comment': 'x' * 20000})"
    )
    chance = random.Random(2)  # noqa: S311
    for _ in range(8):
        process = subprocess.Popen([sys.executable, "-c", code, str(book)], env=environment, stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.1))
        process.kill()
        process.communicate()
    found = {path.read_bytes() for path in (book / "records" / "reviews" / "HR-002").glob("[!.]*")}
    assert found == {b"comment: " + b"x" * 20000 + b"\n"}
