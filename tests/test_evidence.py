"""Records as evidence: what is told of them, what a change brings about, and who is meant by a name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from acting import HIRING, TODAY, change, commit, small_book, told
from conftest import Run
from rutine.authority import person_meant
from rutine.deadlines import deadlines
from rutine.evidence import records_about, standing
from rutine.make_pages import make_pages
from rutine.model import Report
from rutine.read import file_at, read_document
from rutine.report import read_handbook
from rutine.settings import read_settings
from test_change import git
from test_cli_decide import number_of

DAY = {"SOURCE_DATE_EPOCH": "1795219200"}  # 2026-11-21
REVIEW = "records/reviews/HR-002/2026-03-02.yml"
DECISION = "records/decisions/HR-002/2024-01-10.yml"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path)


def reviewed(rutine: Run, root: Path, day: str = "2026-03-02") -> None:
    done = rutine("review", "HR-002", "--by", "head-of-hr", "--person", "bo", "--outcome", "unchanged", "--date", day, "-C", str(root), **DAY)  # fmt: skip
    assert done.returncode == 0


def decided(rutine: Run, root: Path, day: str = "2024-01-10") -> None:
    done = rutine("decide", "HR-002", "--by", "director", "--date", day, "--reference", "1", "-C", str(root), **DAY)
    assert done.returncode == 0


def due(root: Path) -> str:
    book = read_handbook(root, read_settings(root))
    (row,) = [row for row in deadlines(book, TODAY) if row.id == "HR-002"]
    return f"{row.due} {row.basis}"


def test_only_a_valid_record_moves_the_deadline(rutine: Run, book: Path) -> None:
    assert due(book) == "2025-01-10 decision"
    change(book, HIRING, "Do the work", "Do all the work")
    reviewed(rutine, book)
    assert due(book) == "2027-03-02 record"
    change(book, HIRING, "Do all the work", "Do the work")  # what was read is gone before it came to the main line
    commit(book, "2026-03-02")
    assert due(book) == "2025-01-10 decision"
    reviewed(rutine, book)
    commit(book, "2026-03-03")
    assert due(book) == "2027-03-02 record"
    change(book, HIRING, "Do the work", "Do no work")
    commit(book, "2026-03-04")
    assert due(book) == "2027-03-02 record"


def test_without_git_records_count(rutine: Run, tmp_path: Path) -> None:
    root = small_book(tmp_path)
    reviewed(rutine, root)
    change(root, REVIEW, "sha256:", "sha256:" + "0" * 64 + '"  # "')
    assert due(root) == "2025-01-10 decision"
    (root / ".git").rename(tmp_path / "elsewhere")
    assert due(root) == "2027-03-02 record"


def test_an_older_record_is_held_against_what_stood_then(rutine: Run, book: Path) -> None:
    """What is remembered of the past reaches back as far as the oldest record needs."""
    first = number_of(book)
    change(book, HIRING, "Do the work", "Do all the work")
    commit(book, "2026-02-02")
    reviewed(rutine, book)
    commit(book, "2026-03-02")
    assert told(book, "review-not-covering-text") == []
    path = book / "records" / "reviews" / "HR-002" / "2026-01-02.yml"
    path.write_text((book / REVIEW).read_text("utf-8").replace("2026-03-02", "2026-01-02"), "utf-8")
    commit(book, "2026-03-03")
    assert told(book, "review-not-covering-text") == []  # the text came before this record did
    path.write_text(path.read_text("utf-8").replace(number_of(book), first), "utf-8")
    assert told(book, "review-not-covering-text", "altered-record") == [
        "records/reviews/HR-002/2026-01-02.yml: This record is not what it was when it was made. Write again what it said, and make a record of its own for what is to be corrected."
    ]


def test_an_altered_record_is_told_of_until_it_is_as_it_was(rutine: Run, book: Path) -> None:
    reviewed(rutine, book)
    commit(book, "2026-03-02")
    was = (book / REVIEW).read_text("utf-8")
    assert told(book, "altered-record") == []
    change(book, REVIEW, "outcome: unchanged", "outcome: changed")
    assert [line.split(". ")[0] for line in told(book, "altered-record")] == [
        f"{REVIEW}: This record is not what it was when it was made"
    ]
    commit(book, "2026-03-05", "Kari")
    assert [line.split(". ")[0] for line in told(book, "altered-record")] == [
        f"{REVIEW}: This record was changed on 2026-03-05 by Kari"
    ]
    (book / REVIEW).write_bytes(was.replace("\n", "\r\n").encode())
    assert told(book, "altered-record") == []


def test_a_change_of_the_text_brings_the_decision_into_question(rutine: Run, book: Path) -> None:
    """`check --since` tells of the record, though only the document was changed."""
    decided(rutine, book)
    commit(book, "2026-03-02")
    git(book, "checkout", "-qb", "proposal")
    change(book, HIRING, "responsibility: accountable", "responsibility: accountable, duties: [Asks]")
    commit(book, "2026-03-03")
    done = rutine("check", "--since", "main", "-C", str(book), "--on", "2026-03-04")
    assert done.stdout.decode().splitlines()[:-1] == [
        f"{HIRING}:11:17: warning: The review was due on 2025-01-10, 418 days ago. Review the document and record it. [overdue-review]",
        f"{DECISION}:7:14: warning: HR-002 does not have the text that was decided on 2024-01-10. Decide the text that stands there, take the change back, or add a revision for a minor change. [decision-not-covering-text]",
    ]


def test_show(rutine: Run, book: Path) -> None:
    """The last review and the decision's record, and whether they are about the text as it is now."""
    reviewed(rutine, book)
    decided(rutine, book)
    commit(book, "2026-03-03")
    lines = rutine("show", "HR-002", "-C", str(book), **DAY).stdout.decode().splitlines()
    where = next(index for index, line in enumerate(lines) if line.startswith("Decided on"))
    assert lines[where : where + 2] == [
        "Decided on:      2024-01-10, Director, 2026/17",
        f"                 recorded in {DECISION}, of the text as it is now",
    ]
    assert "Last review:     2026-03-02, Head of HR, Bo Ek, Still right, of the text as it is now" in lines
    change(book, HIRING, "Do the work", "Do no work")
    lines = rutine("show", "HR-002", "-C", str(book), **DAY).stdout.decode().splitlines()
    assert "Last review:     2026-03-02, Head of HR, Bo Ek, Still right, the text has changed since" in lines
    shown = json.loads(rutine("show", "HR-002", "-C", str(book), "--format", "json", **DAY).stdout)
    assert shown["evidence"]["review"] == {
        "path": REVIEW, "on": "2026-03-02", "by": "head-of-hr", "person": "bo", "outcome": "unchanged", "version": "1.0", "current-text": False,
    }  # fmt: skip
    assert shown["evidence"]["decision"]["current-text"] is False


def page(root: Path, name: str) -> str:
    settings = read_settings(root)
    book = read_handbook(root, settings)
    documents = [
        read_document(root, settings, file)
        for path, entry in book.entries.items()
        if entry.text and (file := file_at(root, settings, path))
    ]
    report = Report(book, TODAY, [], documents)
    return next(page.text for page in make_pages(report) if page.path == name)


def test_the_page_of_a_document(rutine: Run, book: Path) -> None:
    """Its background names the records; a person only where the handbook publishes such records."""
    reviewed(rutine, book)
    decided(rutine, book)
    commit(book, "2026-03-03")
    text = page(book, "hr/hiring.md")
    assert "<dt>Decision</dt><dd>Recorded on 10 January 2024, of the text as it is now</dd>" in text
    assert "<dt>Last review</dt><dd>2 March 2026, Head of HR, still right, of the text as it is now</dd>" in text
    shipped = json.loads((Path(__file__).parents[1] / "schema" / "review.json").read_text("utf-8"))
    (book / "schema" / "review.json").write_text(json.dumps(shipped | {"x-publish": "internal"}), "utf-8")
    assert "<dd>2 March 2026, Head of HR, Bo Ek, still right, of the text as it is now</dd>" in page(
        book, "hr/hiring.md"
    )


def test_for_auditors(rutine: Run, book: Path) -> None:
    reviewed(rutine, book)
    decided(rutine, book)
    text = page(book, "about/evidence.md")
    assert "<dt>In force with a record of the decision</dt><dd>1</dd>" in text
    assert "<dt>Reviewed as they read now</dt><dd>1</dd>" in text
    change(book, HIRING, "Do the work", "Do no work")
    assert "<dt>Reviewed as they read now</dt><dd>0</dd>" in page(book, "about/evidence.md")


def test_as_seen_on_an_earlier_day(rutine: Run, book: Path) -> None:
    """A review that is still to come is none."""
    reviewed(rutine, book, "2026-03-02")
    read = read_handbook(book, read_settings(book))
    entry, records = read.entries[HIRING], records_about(read)[HIRING]
    assert standing(read, entry, records, TODAY.replace(month=3, day=1)).review is None
    assert standing(read, entry, records, TODAY.replace(month=3, day=2)).review is not None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("bo", "bo"),
        ("Bo Ek", "bo"),
        ("  bo ek ", "bo"),
        ("bo@example.org", "bo"),
        ("B. Ek <BO@example.org>", "bo"),
        ("Bo Ek <somebody@example.org>", "bo"),
        ("Bo Ek <cilla@example.org>", None),  # two people's
        ("Ek", None),
        ("", None),
        ("<>", None),
    ],
)
def test_who_is_meant(text: str, person: str | None, book: Path) -> None:
    change(book, "handbook.yml", "{name: Bo Ek}", "{name: Bo Ek, email: bo@example.org}")
    change(book, "handbook.yml", "{name: Cilla Vik}", "{name: Cilla Vik, email: Cilla@example.org}")
    assert person_meant(read_settings(book), text) == person
