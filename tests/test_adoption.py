"""Handbooks that exist already are adopted with a handbook.yml and one kind, and no page of theirs is changed."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import tarfile
from collections import Counter
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

import bad_inputs
from rutine.deadlines import Agenda, agenda
from rutine.report import judge
from rutine.settings import read_settings
from rutine.survey import survey

ROOT = Path(__file__).resolve().parents[1]
GOVUK, FLAT = ROOT / "examples" / "govuk", ROOT / "examples" / "flat"
SHARED, MIRROR = ROOT.parent / "shared", ROOT.parent / ".mirror"
DAY = date(2026, 3, 1)


def deadlines(root: Path, day: date) -> Agenda:
    """When the reviews of a handbook are due, as seen on a day."""
    return agenda(survey(root, read_settings(root)), day)


def found(root: Path, day: date = DAY) -> list[tuple[str, int, str]]:
    """Path, line and rule of every finding."""
    findings = judge(root, read_settings(root), day).findings
    return [(finding.place.path, finding.place.line, finding.rule) for finding in findings]


def test_govuk_deadlines() -> None:
    """Six months after 31 August is 28 February; three after 30 November too; `3 month` and `1 year` are intervals."""
    rows = deadlines(GOVUK, DAY).deadlines
    assert [(row.path, row.due.isoformat(), row.state, row.days, row.owner) for row in rows] == [
        ("source/standards/release-notes.html.md.erb", "2025-05-14", "overdue", -291, None),
        ("source/standards/backups.html.md.erb", "2026-02-28", "overdue", -1, "#platform"),
        ("source/standards/on-call.html.md.erb", "2026-02-28", "overdue", -1, "#on-call"),
        ("source/manuals/writing-a-page.html.md.erb", "2026-07-19", "later", 140, "#handbook"),
        ("source/standards/naming/index.html.md.erb", "2027-02-11", "later", 347, None),
    ]
    assert {row.basis for row in rows} == {"claim"}


def test_govuk_on_the_day_itself_nothing_is_overdue() -> None:
    states = {row.path: row.state for row in deadlines(GOVUK, date(2026, 2, 28)).deadlines}
    assert states["source/standards/backups.html.md.erb"] == "due"


def test_govuk_pages_without_a_date_are_left_out() -> None:
    """Even where their text shows the fields, in a block of code or in a sentence."""
    entries = survey(GOVUK, read_settings(GOVUK)).entries
    plain = [path for path, entry in entries.items() if entry.kind is None]
    assert sorted(plain) == [
        "source/contributing.md",
        "source/index.html.md.erb",
        "source/manuals/page-to-begin-from.html.md.erb",
    ]
    assert not any(entries[path].facts for path in plain)
    page = entries["source/manuals/writing-a-page.html.md.erb"]
    assert (page.value("reviewed-on"), page.value("review-interval")) == ("2026-01-19", "6 months")


def test_govuk_findings() -> None:
    """Links by address, by file and into folders, template code, and headings made by it are all well."""
    assert found(GOVUK) == [
        ("source/standards/backups.html.md.erb", 4, "overdue-review"),
        ("source/standards/on-call.html.md.erb", 4, "overdue-review"),
        ("source/standards/release-notes.html.md.erb", 4, "overdue-review"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "rule"),
    [
        ("last_reviewed_on: 2026-01-19", "last_reviewd_on: 2026-01-19", 3, "unknown-field"),
        ("last_reviewed_on: 2026-01-19\n", "", 2, "missing-field"),
        ("last_reviewed_on: 2026-01-19", "last_reviewed_on: yyyy-mm-dd", 3, "schema-mismatch"),
        ("review_in: 6 months", "review_in: {period}", 4, "schema-mismatch"),
        ("review_in: 6 months", "review_in: never", 4, "schema-mismatch"),
        ("page-to-begin-from.html", "page-to-begin.html", 31, "broken-link"),
    ],
)
def test_govuk_mistakes_are_found(tmp_path: Path, old: str, new: str, line: int, rule: str) -> None:
    shutil.copytree(GOVUK, tmp_path, dirs_exist_ok=True)
    page = tmp_path / "source" / "manuals" / "writing-a-page.html.md.erb"
    page.write_text(page.read_text().replace(old, new, 1))
    path = page.relative_to(tmp_path).as_posix()
    assert (path, line, rule) in found(tmp_path)


def test_flat_deadlines() -> None:
    """By decision and interval: a next review that somebody typed in counts for nothing, and a proposal is not due."""
    rows = deadlines(FLAT, DAY).deadlines
    assert [(row.path, row.id, row.due.isoformat(), row.state, row.basis, row.owner) for row in rows] == [
        ("docs/lending.md", "COL-001", "2026-02-28", "overdue", "decision", "Head of collections"),
        ("docs/volunteers.md", "ADM-004", "2026-02-28", "overdue", "decision", "Head of administration"),
        ("docs/fire.md", "SAF-002", "2026-10-06", "later", "decision", "Head of operations"),
    ]


def test_flat_findings() -> None:
    assert found(FLAT) == [("docs/lending.md", 8, "overdue-review"), ("docs/volunteers.md", 8, "overdue-review")]


# Every finding in them was looked at. The dead links are two that the site's own configuration redirects, which rutine does
# not read, and four that lead nowhere; the HTML is three names in angle brackets and two tags with style.
PUBLIC = [
    ("alphagov+gds-way", "gdsway_2026-08-19.csv", 64, {"overdue-review": 31, "broken-link": 2, "title-mismatch": 1}),
    (
        "ministryofjustice+cloud-platform-user-guide",
        "cloudplat_2026-04-22.csv",
        105,
        {"overdue-review": 88, "broken-link": 4, "title-mismatch": 1, "unsafe-html": 5},
    ),
]


@pytest.mark.parametrize(("repository", "listing", "dated", "findings"), PUBLIC)
def test_public_handbooks(tmp_path: Path, repository: str, listing: str, dated: int, findings: dict[str, int]) -> None:
    """Every page of a real handbook is due on the day that was worked out without rutine."""
    git, table = MIRROR / repository / "repo", SHARED / "corpora" / listing
    for needed in (git, table):
        if not needed.exists():
            pytest.skip(f"{needed} is not here: adoption was not tried on {repository}")
    day = date.fromisoformat(table.stem.rpartition("_")[2])
    lay_out(git, day, tmp_path)
    rows = {row.path: row for row in deadlines(tmp_path, day).deadlines}
    with table.open(newline="") as file:
        expected = {row["path"]: row for row in csv.DictReader(file)}
    assert len(expected) == dated
    assert {path: (row.due.isoformat(), str(-row.days), row.state == "overdue") for path, row in rows.items()} == {
        path: (row["due"], row["days_late"], row["state"] == "overdue") for path, row in expected.items()
    }
    assert Counter(rule for _, _, rule in found(tmp_path, day)) == findings


def lay_out(git: Path, day: date, folder: Path) -> None:
    """The tree of a repository as it was at the end of a day, and over it nothing but our handbook.yml and kind."""

    def run(*arguments: str) -> bytes:
        return subprocess.run(["git", "-C", git, *arguments], capture_output=True, check=True).stdout

    commit = run("log", "-1", "--format=%H", f"--until={day + timedelta(days=1)}T00:00:00Z", "HEAD").decode().strip()
    with tarfile.open(fileobj=BytesIO(run("archive", commit, "source"))) as archive:
        archive.extractall(folder, filter="data")
    shutil.copy(GOVUK / "handbook.yml", folder)
    shutil.copytree(GOVUK / "schema", folder / "schema")


# Where the suite's expectation is not what rutine does, and why.
ACCEPTED: dict[str, str] = {}


@pytest.mark.slow
def test_bad_inputs(tmp_path: Path) -> None:
    """The suite of bad inputs, its pages in the flat dialect: what `check` and `due` make of them."""
    suite = SHARED / "badinputs"
    if not suite.exists():
        pytest.skip(f"{suite} is not here: the suite of bad inputs was not run")
    _, text = bad_inputs.run(suite, "--json", str(tmp_path / "result.json"))
    results: list[dict[str, Any]] = json.loads((tmp_path / "result.json").read_text())
    failed = {case["id"]: case["reasons"] for case in results if case["state"] not in ("pass", "skip")}
    assert {name: reasons for name, reasons in failed.items() if name not in ACCEPTED} == {}, text
    assert sum(case["state"] == "pass" for case in results) + len(ACCEPTED) == 107
