"""A site that was built again after a change is, byte for byte, the site that a first build makes."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from test_build import Build, book, build, env, tree

__all__ = ["book", "build", "env"]

Change = Callable[[Path], object]


def replaced(path: str, old: str, new: str) -> Change:
    """Another text in a file."""

    def change(book: Path) -> None:
        text = (book / path).read_text("utf-8")
        assert old in text, path
        (book / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def added(path: str, text: str) -> Change:
    """Another file."""

    def change(book: Path) -> None:
        (book / path).parent.mkdir(parents=True, exist_ok=True)
        (book / path).write_text(text, "utf-8")

    return change


def committed(book: Path) -> None:
    """All that stands there, as Git knows it."""
    name = ("-c", "user.name=Ada", "-c", "user.email=ada@kommune.example", "-c", "commit.gpgsign=false")
    for command in (
        ("init", "-q"),
        ("add", "-A", "procedures", "records", "handbook.yml"),
        (*name, "commit", "-qm", "A change"),
    ):
        subprocess.run(["git", *command], cwd=book, check=True)


NEW = """\
---
id: HR-020
title: Travel
kind: procedure
status: in-force
owner: head-of-hr
decision: {by: director, date: 2026-10-01}
scope: {units: [hr]}
rests-on: [ALL-001]
roles:
  - {role: clerk, responsibility: responsible, duties: [Books]}
review: {every: 12 months}
revisions:
  - {version: "1.0", date: 2026-10-01, change: significant, summary: First version}
---

# Travel

## Purpose

We get there.

## Method

1. Go, see [Hiring](hiring.md).
"""
LEAVE, RECRUITING, ENQUIRY = (f"procedures/{name}.md" for name in ("hr/leave", "hr/recruiting", "service/enquiry"))
CHANGES: dict[str, Change] = {
    "a sentence": replaced(RECRUITING, "We hire the best.", "We hire the very best."),
    "a title": replaced("procedures/gifts.md", "title: Gifts & hospitality", "title: Gifts"),
    "a summary": replaced("procedures/gifts.md", "What we say no to.", "What we refuse."),
    "an owner": replaced(RECRUITING, "owner: head-of-hr", "owner: director"),
    "a duty": replaced(LEAVE, "duties: [Asks]", "duties: [Asks in time]"),
    "a regulation": replaced(LEAVE, "§ 12-1", "§ 12-2"),
    "a step": replaced(ENQUIRY, "step: Take the question", "step: Take and note the question"),
    "a document that a step refers to": replaced(ENQUIRY, "procedure: HR-001", "procedure: HR-009"),
    "what it rests on": replaced(RECRUITING, "scope:", "rests-on: [ALL-001]\nscope:"),
    "a status": replaced(RECRUITING, "status: in-force", "status: withdrawn\nwithdrawn: 2026-11-01"),
    "when it takes effect": replaced(ENQUIRY, "scope:", "effective: 2027-01-01\nscope:"),
    "a review": added("records/reviews/HR-001/2026-11-01.yml", "about: HR-001\ndate: 2026-11-01\n"),
    "a new document": added("procedures/hr/travel.md", NEW),
    "a file that moved": lambda book: (book / "procedures/hr/travel.md").rename(book / "procedures/hr/trip.md"),
    "a document less": lambda book: (book / "procedures/hr/trip.md").unlink(),
    "the front page": replaced("procedures/index.md", "Read this first", "Read this at once"),
    "the statement of accessibility": replaced("handbook.yml", "language: en\n", "language: en\naccessibility_statement: ALL-001\n"),
    "where the statement stands": lambda book: (book / "procedures/gifts.md").rename(book / "procedures/presents.md"),
    "an attachment at a permanent address": added("procedures/HR-009/index.txt", "x"),
    "an attachment": lambda book: shutil.copy(book / "procedures/hr/plan.png", book / "procedures/hr/plan2.png"),
    "a link to an attachment": replaced(RECRUITING, "very best.", "very best, see [the plan](plan.png)."),
    "a history": committed,
    "another interval": replaced(LEAVE, "every: 12 months", "every: 10 months"),
    "that is in Git": committed,
    "a file that moved in Git": lambda book: (book / "procedures/presents.md").rename(book / "procedures/favours.md"),
    "and was committed": committed,
    "an old address": replaced("handbook.yml", "language: en\n", "language: en\nredirects: {old/travel.md: HR-001}\n"),
    "a name of a unit": replaced("handbook.yml", "title: Human resources", "title: People"),
    "a holder of a role": replaced("handbook.yml", "holders: [ada]", "holders: [bo]"),
    "the schema of a kind": replaced("schema/routine.json", '"en": "Routine"', '"en": "Standing routine"'),
    "the settings of the site": added("mkdocs.yml", "site_name: X\ntheme: {name: material, palette: {primary: teal}}\nplugins: [rutine]\nmarkdown_extensions: [attr_list, footnotes, md_in_html, tables, toc]\n"),
}  # fmt: skip


def test_a_change_gives_what_a_first_build_gives(book: Path, build: Build, tmp_path: Path) -> None:
    again = tmp_path / "again"
    assert build(book).returncode == 0
    for name, change in CHANGES.items():
        change(book)
        done = build(book)
        assert done.returncode == 0, (name, done.stdout, done.stderr)
        shutil.rmtree(again, ignore_errors=True)
        shutil.copytree(book, again, ignore=shutil.ignore_patterns("build", "site"))
        assert build(again).returncode == 0
        assert tree(book / "site") == tree(again / "site"), name


def test_only_what_changed_is_built_again(book: Path, build: Build) -> None:
    build(book)
    build(book)  # so that there is an earlier site as well
    before = {path: path.stat().st_ino for path in (book / "site").rglob("*.html")}
    CHANGES["a sentence"](book)
    assert build(book).returncode == 0
    after = {path: path.stat().st_ino for path in (book / "site").rglob("*.html")}
    assert before.keys() == after.keys()
    changed = {path.parent.name for path in before if before[path] != after[path]}
    assert "recruiting" in changed
    assert "leave" not in changed


def test_a_page_that_was_tampered_with_is_built_again(book: Path, build: Build) -> None:
    build(book)
    right = tree(book / "site")
    page = book / "site/hr/leave/index.html"
    page.unlink()
    page.write_text("<script>planted()</script>")
    (book / "build/site/hr/leave").mkdir(parents=True, exist_ok=True)
    (book / "build/site/hr/leave/index.html").write_text("<script>planted()</script>")
    (book / "build/site/planted.html").write_text("<script>planted()</script>")
    (book / "build/site/.htaccess").write_text("planted")
    assert build(book).returncode == 0
    assert tree(book / "site") == right


def test_what_stands_is_never_written_into(book: Path, build: Build, tmp_path: Path) -> None:
    """The files of a site are linked to from the next one; whoever still reads them finds what they were."""
    for name in ("a sentence", "a title", "a new document"):
        assert build(book).returncode == 0
        old, kept = tree(book / "site"), tmp_path / name
        shutil.copytree(book / "site", kept, copy_function=os.link)
        CHANGES[name](book)
        assert build(book).returncode == 0
        assert tree(book / "site") != old
        assert tree(kept) == old
