"""Suspect documents: exact where a review tells what the other document said, and listed as due now."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from conftest import Run
from rutine.cited_acts import CitedAct, cited_acts
from rutine.deadlines import deadlines
from rutine.fingerprint import fingerprint
from rutine.model import Handbook
from rutine.read import file_at, list_files, read_document
from rutine.report import read_handbook
from rutine.settings import read_settings
from rutine.survey import read_documents
from rutine.suspects import suspects
from test_change import git

TODAY = date(2026, 11, 21)
SETTINGS = """\
name: Handbook
language: en
documents: {kind: procedure}
review: {every: 24 months}
regulations:
  LOV-2005-06-17-62:
    checked: 2026-11-01
    changes: [{at: [§ 2 A-1], from: 2026-01-01, note: Who may notify}, {from: 2027-01-01}]
"""
PARENT = """\
---
id: HR-1
title: Parent
kind: procedure
status: in-force
decision: {by: director, date: 2026-01-10}
---

%s
"""
CHILD = """\
---
id: HR-2
title: Child
kind: procedure
status: in-force
decision: {by: director, date: 2026-01-10}
regulations: [{ref: LOV-2005-06-17-62, at: [§ 2 A-1]}, {ref: 32016R0679}]
%s
---

Text.
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "handbook.yml").write_text(SETTINGS)
    (tmp_path / "procedures/parent.md").write_text(PARENT % "Text.")
    (tmp_path / "procedures/child.md").write_text(CHILD % "rests-on: [HR-1]")
    return tmp_path


def read(root: Path) -> Handbook:
    return read_handbook(root, read_settings(root))


def review(root: Path, day: str, number: str) -> None:
    path = root / f"records/reviews/HR-2/{day}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"document: HR-2\ndate: {day}\nby: x\noutcome: unchanged\ndocuments: [{{document: hr-1, fingerprint: '{number}'}}]\n"
    )


def names(root: Path) -> list[str]:
    return [one.name for one in suspects(read(root), TODAY).get("procedures/child.md", ())]


def number(root: Path) -> str:
    settings = read_settings(root)
    file = file_at(root, settings, "procedures/parent.md")
    assert file
    return fingerprint(read_document(root, settings, file))


def commit(root: Path) -> None:
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "x")


def test_a_fingerprint_is_exact(root: Path) -> None:
    review(root, "2026-02-01", number(root))
    commit(root)
    assert names(root) == []
    # A version of a later date that reads the same is the same; one that says something else is not, whatever its date.
    (root / "procedures/parent.md").write_text(PARENT.replace("2026-01-10}", "2026-03-01}") % "Text.")
    assert names(root) == []
    (root / "procedures/parent.md").write_text(PARENT % "Another text.")
    assert names(root) == ["HR-1"]
    commit(root)
    assert names(root) == ["HR-1"]
    review(root, "2026-03-01", number(root))
    assert names(root) == []


def test_a_decision_after_the_review_counts_by_its_day(root: Path) -> None:
    review(root, "2026-02-01", number(root))
    commit(root)
    (root / "procedures/parent.md").write_text(PARENT % "Another text.")
    child = (CHILD % "rests-on: [HR-1]").replace("2026-01-10", "2026-02-02")
    (root / "procedures/child.md").write_text(child)
    assert names(root) == ["HR-1"], "a date that was changed alone is no decision"
    (root / "procedures/child.md").write_text(child.replace("Text.", "Written anew."))
    assert names(root) == []


def test_a_step_counts_once_with_rests_on(root: Path) -> None:
    child = (
        CHILD.replace("procedure", "process")
        % "rests-on: [HR-1]\nflow: [{step: a, procedure: HR-1}, {step: b, procedure: HR-2}]"
    )
    (root / "procedures/child.md").write_text(child.replace("2026-01-10", "2026-01-09"))
    assert names(root) == ["HR-1"]
    (root / "procedures/child.md").write_text(
        child.replace("2026-01-10", "2026-01-09").replace("rests-on: [HR-1]\n", "")
    )
    assert names(root) == ["HR-1"]


def test_a_suspect_document_is_due_now(root: Path, rutine: Run) -> None:
    (root / "procedures/child.md").write_text((CHILD % "").replace("2026-01-10", "2025-12-31"))
    row = next(row for row in deadlines(read(root), TODAY) if row.id == "HR-2")
    assert (row.due, row.state, row.days, row.since) == (TODAY, "due", 0, date(2025, 12, 31))
    overdue = next(row for row in deadlines(read(root), date(2028, 1, 1)) if row.id == "HR-2")
    assert (overdue.due, overdue.state, overdue.days) == (date(2027, 12, 31), "overdue", -1)
    done = rutine("due", "-C", str(root), "--on", "2026-11-21")
    assert done.stdout.decode() == (
        "due now  2026-11-21  HR-2  Child  –  decided 2025-12-31  "
        "due now: LOV-2005-06-17-62 § 2 A-1 changed 1 January 2026, reviewed before that  procedures/child.md\n"
        "Overdue: 0. Due soon: 1. Later: 0.\n"
    )


def test_the_acts(root: Path, rutine: Run) -> None:
    (root / "procedures/child.md").write_text((CHILD % "").replace("2026-01-10", "2025-12-31"))
    settings = read_settings(root)
    documents = read_documents(root, settings, [file for file in list_files(root, settings) if file.is_document])
    assert cited_acts(read(root), documents, TODAY).acts == (
        CitedAct("32016R0679", "General Data Protection Regulation (GDPR)", 1, None, 0, ()),
        CitedAct("LOV-2005-06-17-62", "arbeidsmiljøloven", 1, "2026-11-01", 1, ("HR-2",)),
    )
    here = ("-C", str(root), "--on", "2026-11-21")
    assert rutine("regulations", *here).stdout.decode() == (
        "32016R0679         General Data Protection Regulation (GDPR)  1 document  –                         –\n"
        "LOV-2005-06-17-62  arbeidsmiljøloven                          1 document  state checked 2026-11-01  1 document to be reviewed: HR-2\n"
    )
    assert rutine("regulations", *here, "--format", "csv").stdout.decode() == (
        "ref,title,documents,checked,changes,waiting\r\n"
        "32016R0679,General Data Protection Regulation (GDPR),1,,0,\r\n"
        "LOV-2005-06-17-62,arbeidsmiljøloven,1,2026-11-01,1,HR-2\r\n"
    )
    rows = json.loads(rutine("regulations", *here, "--format", "json").stdout)["rows"]
    assert rows[1] == {
        "ref": "LOV-2005-06-17-62", "title": "arbeidsmiljøloven", "documents": 1, "checked": "2026-11-01", "changes": 1, "waiting": ["HR-2"],
    }  # fmt: skip
