"""`rutine reviews` and its page: how reviews are done, in real repositories; the expected figures are worked out by hand."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from conftest import Run
from rutine.model import Commit, Renewal, Renewals, Report, Signature, Version
from rutine.pages.review_work import pages
from rutine.read import parse_document
from rutine.renewals import last_year
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.stamps import Step, is_bare, stamps, step

ROOT = Path(__file__).parents[1]
ANN, BEN = ("Ann Ek", "ann@linwick.example"), ("Ben Vik", "ben@linwick.example")
BOT = ("page-reviewer[bot]", "1234+page-reviewer[bot]@users.noreply.github.com")
GITHUB = ("GitHub", "noreply@github.com")
PAGE = '---\ntitle: Page {name}\nowner_slack: "{owner}"\nlast_reviewed_on: {day}\nreview_in: 6 months\n---\n\n# Page {name}\n\n{text}\n'


def git(root: Path, *arguments: str, author: tuple[str, str] = ANN, committer: tuple[str, str] | None = None, when: str = "2026-01-05T10:00:00Z") -> str:  # fmt: skip
    name, address = committer or author
    environment = {
        "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": author[0], "GIT_AUTHOR_EMAIL": author[1], "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": address, "GIT_COMMITTER_DATE": when,
    }  # fmt: skip
    return subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True, text=True).stdout.strip()  # fmt: skip


def commit(root: Path, when: str, author: tuple[str, str] = ANN, committer: tuple[str, str] | None = None) -> str:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Pages", author=author, committer=committer, when=when)
    return git(root, "rev-parse", "HEAD")


def page(root: Path, name: str, owner: str, day: str, text: str = "What there is to know.") -> None:
    (root / "source" / f"{name}.html.md").write_text(PAGE.format(name=name, owner=owner, day=day, text=text))


@pytest.fixture
def linwick(tmp_path: Path) -> tuple[Path, str]:
    """A handbook in the dialect of GOV.UK's template: 67 pages whose date a program set in one commit, and honest reviews."""
    root = tmp_path / "book"
    shutil.copytree(ROOT / "examples" / "govuk", root)
    shutil.rmtree(root / "source")
    (root / "source").mkdir()
    owners = {f"p{number:02}": "#platform" if number <= 40 else "#docs" for number in range(1, 68)}
    for name, owner in owners.items():
        page(root, name, owner, "2025-09-01")
    for name in ("h1", "h2", "h3", "h4", "h5"):
        page(root, name, "#people", "2025-09-01")
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-05T10:00:00Z")
    for name, owner in owners.items():
        page(root, name, owner, "2026-03-02")
    stamped = commit(root, "2026-03-02T10:00:00Z", BOT, GITHUB)
    page(root, "h1", "#people", "2026-03-03", "What there is to know, and more.")
    commit(root, "2026-03-03T09:00:00Z", BEN)
    page(root, "h2", "#people", "2026-03-03", "Something else.")
    commit(root, "2026-03-03T09:30:00Z", BEN)
    page(root, "h3", "#people", "2026-03-05")
    commit(root, "2026-03-05T09:30:00Z", ANN)
    page(root, "h4", "#people", "2026-03-05")
    commit(root, "2026-03-05T11:30:00Z", ANN)
    page(root, "h5", "#people", "2025-09-01", "Only the text.")
    commit(root, "2026-03-06T11:30:00Z", BEN)
    page(root, "h6", "#people", "2026-03-06")  # a new page was not reviewed
    commit(root, "2026-03-06T12:30:00Z", BEN)
    return root, stamped


TEXT = """\
Reviews from 2025-11-21 to 2026-11-21: 71. Without a remark: 69.

Owner      Reviews  With a record  Without a remark  In one commit, median  In one commit, most  Since the one before, median  Of one's own text  By a program
#docs      27       0 (0 %)        27 (100 %)        67                     67                   0 seconds                     0                  27
#people    4        0 (0 %)        2 (50 %)          1                      1                    1 hour                        2                  0
#platform  40       0 (0 %)        40 (100 %)        67                     67                   0 seconds                     0                  40

Commit        Day         Who                 Documents  Without a remark  Only the date  Program
COMMITSHORT-  2026-03-02  page-reviewer[bot]  67         67                67             wrote it

A review is a record of one, or a date of review that was set later in the document. One without a remark is a date that was set with nothing else, or a record that says “still right” and no more.
Many without a remark in one commit can be a meeting at which all of them were gone through, or dates that were set without reading. Git cannot tell; a record of what was looked at can.
The time since the one before is from one review of the same person to the next, as they came to the default branch. In one commit it is nothing, however long the reading took.
Who approved is not told by Git: where the forge itself put a commit there, anybody may have pressed the button. Records of decisions tell.
"""


def shown(rutine: Run, root: Path, *options: str) -> str:
    done = rutine("reviews", "-C", str(root), "--on", "2026-11-21", *options)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode()


def test_many_dates_in_one_commit(rutine: Run, linwick: tuple[Path, str]) -> None:
    """67 pages, only their dates, by a program: one row. Of those that people reviewed, none.

    #people: Ben after 1,800 seconds and Ann after 7,200, so 4,500 in the middle; Ann's two are of her own text.
    """
    root, stamped = linwick
    assert shown(rutine, root) == TEXT.replace("COMMITSHORT-", stamped[:12])
    told = json.loads(shown(rutine, root, "--format", "json"))
    assert told["commits"] == [
        {"commit": stamped, "day": "2026-03-02", "who": "page-reviewer[bot]", "documents": 67, "bare": 67, "dates": 67, "program": "wrote"}
    ]  # fmt: skip
    people = {"reviews": 4, "records": 0, "bare": 2, "together": 1, "most": 1, "seconds": 4500, "own": 2, "programs": 0}
    assert told["owners"][1] == {"owner": "#people", **people}
    assert (told["units"], told["untold"], told["reviews"], told["since"]) == ([], None, 71, "2025-11-21")
    rows = list(csv.DictReader(io.StringIO(shown(rutine, root, "--format", "csv"))))
    assert [(row["of"], row["name"], row["reviews"], row["documents"]) for row in rows] == [
        ("owner", "#docs", "27", ""),
        ("owner", "#people", "4", ""),
        ("owner", "#platform", "40", ""),
        ("commit", stamped, "", "67"),
    ]
    markdown = shown(rutine, root, "--format", "markdown")
    assert f"| {stamped[:12]} | 2026-03-02 | page-reviewer\\[bot\\] | 67 | 67 | 67 | wrote it |\n" in markdown


def test_remembered(rutine: Run, linwick: tuple[Path, str]) -> None:
    """A second run says the same, and a change since is seen."""
    root, _ = linwick
    first = shown(rutine, root)
    assert shown(rutine, root) == first
    page(root, "h5", "#people", "2026-03-07", "Only the text.")
    commit(root, "2026-03-07T11:30:00Z", BEN)
    assert shown(rutine, root).startswith("Reviews from 2025-11-21 to 2026-11-21: 72. Without a remark: 70.\n")


def test_since(rutine: Run, linwick: tuple[Path, str]) -> None:
    root, _ = linwick
    told = json.loads(shown(rutine, root, "--since", "2026-03-03", "--format", "json"))
    assert (told["reviews"], told["commits"]) == (4, [])
    (root / "handbook.yml").write_text((root / "handbook.yml").read_text() + "evidence: {from: 2026-03-04}\n")
    told = json.loads(shown(rutine, root, "--format", "json"))
    assert (told["reviews"], told["since"]) == (2, "2025-11-21")  # what history is not held against is not counted


def test_what_git_cannot_tell(rutine: Run, linwick: tuple[Path, str], tmp_path: Path) -> None:
    root, _ = linwick
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", str(tmp_path / "shallow"))
    assert shown(rutine, tmp_path / "shallow") == (
        "Reviews from 2025-11-21 to 2026-11-21: 0. Without a remark: 0.\n\n"
        "How the reviews came there cannot be told, and dates that were set are not counted. Git's history is not whole here. In CI, fetch all of it (fetch-depth: 0, GIT_DEPTH: 0).\n"
    )
    shutil.rmtree(root / ".git")
    assert "is in no Git repository" in shown(rutine, root)


def test_a_merge_by_a_program(rutine: Run, linwick: tuple[Path, str]) -> None:
    """What a person wrote and a program merged, and what the forge itself put there for somebody."""
    root, stamped = linwick
    git(root, "checkout", "-q", "-b", "change")
    for number in range(1, 13):
        page(root, f"p{number:02}", "#platform", "2026-04-01")
    commit(root, "2026-04-01T10:00:00Z", BEN)
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--no-ff", "-m", "Merge", "change", author=("merge[bot]", "m@example.org"), when="2026-04-02T10:00:00Z")  # fmt: skip
    merged = git(root, "rev-parse", "HEAD")
    for number in range(1, 6):
        page(root, f"p{number:02}", "#platform", "2026-05-01")
    squashed = commit(root, "2026-05-01T10:00:00Z", ANN, GITHUB)
    for number in range(1, 5):
        page(root, f"p{number:02}", "#platform", "2026-06-01")
    commit(root, "2026-06-01T10:00:00Z", ANN, GITHUB)  # four are not many
    told = json.loads(shown(rutine, root, "--format", "json"))["commits"]
    assert [(row["commit"], row["who"], row["documents"], row["dates"], row["program"]) for row in told] == [
        (stamped, "page-reviewer[bot]", 67, 67, "wrote"),
        (merged, "Ben Vik", 12, 12, "put"),
        (squashed, "Ann Ek", 5, 5, "put"),
    ]


BOOK = """\
name: Book of Smallby
language: en
documents: {edit: "https://example.org/"}
units: {smallby: {title: Smallby, units: {hr: {title: HR}, tech: {title: Tech}}}}
roles:
  head: {title: Head of HR, unit: hr, holders: [ann]}
  engineer: {title: Engineer, unit: tech, holders: [ben]}
people:
  ann: {name: Ann Ek, email: ann@linwick.example}
  ben: {name: Ben Vik, email: Ben@linwick.example}
"""
GUIDELINE = """\
---
id: {id}
title: Guideline {id}
kind: guideline
language: en
status: in-force
owner: {owner}
decision: {{by: {owner}, date: 2026-01-05}}
scope: {{units: [smallby]}}
review: {{every: 12 months}}
revisions: [{{version: "1.0", date: 2026-01-05, change: significant, summary: First}}]
---

# Guideline {id}

## Purpose

Text.

## Principles

More text.
"""


def record(root: Path, identifier: str, day: str, person: str, by: str, more: str = "") -> None:
    path = root / "records" / "reviews" / identifier / f"{day}.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"document: {identifier}\ndate: {day}\nby: {by}\nperson: {person}\noutcome: unchanged\n{more}")


@pytest.fixture
def smallby(tmp_path: Path) -> tuple[Path, str]:
    """Ann wrote all; she reviews five of her own without a word at once, Ben two with remarks, 90 minutes apart, and one without."""
    root = tmp_path / "book"
    (root / "procedures").mkdir(parents=True)
    (root / "handbook.yml").write_text(BOOK)
    (root / "procedures" / "index.md").write_text("# Front page\n")
    for number in range(1, 9):
        owner = "head" if number <= 5 else "engineer"
        (root / "procedures" / f"g{number}.md").write_text(GUIDELINE.format(id=f"GL-00{number}", owner=owner))
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-05T10:00:00Z")
    for number in range(1, 6):
        record(root, f"GL-00{number}", "2026-02-01", "ann", "head")
    together = commit(root, "2026-02-01T10:00:00Z")
    record(root, "GL-006", "2026-02-02", "ben", "engineer", "comment: Table 2 is right.\n")
    commit(root, "2026-02-02T10:00:00Z", BEN)
    record(root, "GL-007", "2026-02-02", "ben", "engineer", "looked-at: [the logs]\n")
    commit(root, "2026-02-02T11:30:00Z", BEN)
    record(root, "GL-008", "2026-02-03", "ben", "engineer")  # which is not committed yet
    return root, together


def test_records(rutine: Run, smallby: tuple[Path, str]) -> None:
    root, together = smallby
    told = json.loads(shown(rutine, root, "--format", "json"))
    assert told["owners"] == [
        {"owner": "engineer", "reviews": 3, "records": 3, "bare": 1, "together": 1.0, "most": 1, "seconds": 5400, "own": 0, "programs": 0},
        {"owner": "head", "reviews": 5, "records": 5, "bare": 5, "together": 5, "most": 5, "seconds": 0.0, "own": 5, "programs": 0},
    ]  # fmt: skip
    units = [{key: row[key] for key in ("unit", "reviews", "bare", "own")} for row in told["units"]]
    assert units == [
        {"unit": "smallby", "reviews": 8, "bare": 6, "own": 5},
        {"unit": "hr", "reviews": 5, "bare": 5, "own": 5},
        {"unit": "tech", "reviews": 3, "bare": 1, "own": 0},
    ]
    assert [(row["commit"], row["who"], row["documents"], row["bare"], row["dates"]) for row in told["commits"]] == [
        (together, "Ann Ek", 5, 5, 0)
    ]


def test_a_date_of_decision_moved_alone(rutine: Run, smallby: tuple[Path, str]) -> None:
    """It is told of like a date of review; one with a revision is a decision, and no review."""
    root, _ = smallby
    for number in (1, 2, 3, 4, 5):
        path = root / "procedures" / f"g{number}.md"
        path.write_text(path.read_text().replace("date: 2026-01-05}\nscope", "date: 2026-03-01}\nscope"))
    shutil.rmtree(root / "records" / "reviews" / "GL-008")
    moved = commit(root, "2026-03-01T10:00:00Z")
    path = root / "procedures" / "g6.md"
    text = path.read_text().replace("date: 2026-01-05}\nscope", "date: 2026-03-02}\nscope")
    path.write_text(text.replace("summary: First}]", 'summary: First}, {version: "1.1", date: 2026-03-02, change: significant, summary: More}]'))  # fmt: skip
    commit(root, "2026-03-02T10:00:00Z")
    told = json.loads(shown(rutine, root, "--format", "json"))
    assert (told["reviews"], told["records"]) == (12, 7)
    assert (told["commits"][0]["commit"], told["commits"][0]["dates"]) == (moved, 5)


# What a version did to its dates


def changed(old: str, new: str) -> Step:
    settings = read_settings(ROOT / "examples" / "govuk")
    before = PAGE.format(name="x", owner="#a", day="2026-01-01", text="One two.\n\n- three")
    assert old in before
    first, second = (parse_document(settings, "source/x.html.md", text.encode()) for text in (before, before.replace(old, new)))  # fmt: skip
    return step(first, second)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("2026-01-01", "2026-03-02", Step("2026-03-02", "", True)),
        ("2026-01-01", '"2026-03-02"', Step("2026-03-02", "", True)),
        ("2026-01-01", "2026-03-02  # done", Step("2026-03-02", "", True)),
        ("2026-01-01", "2025-12-31", Step()),
        ("2026-01-01", "2026-01-01 ", Step()),
        ("2026-01-01\nreview_in: 6 months", "2026-03-02\nreview_in: 12 months", Step("2026-03-02", "", False)),
        ("2026-01-01\nreview_in: 6 months\n---\n\n# Page x\n\nOne two.", "2026-03-02\nreview_in: 6 months\n---\n\n# Page x\n\nOne  two.\n", Step("2026-03-02", "", True)),
        ("2026-01-01\nreview_in: 6 months\n---\n\n# Page x\n\nOne two.", "2026-03-02\nreview_in: 6 months\n---\n\n# Page x\n\nOne three.", Step("2026-03-02", "", False)),
    ],
)  # fmt: skip
def test_only_the_date(old: str, new: str, found: Step) -> None:
    """White space and typography are no change of the text; a word is, and so is another field."""
    assert changed(old, new) == found


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("outcome: unchanged\n", True),
        ("outcome: unchanged\nregulations: [{ref: LOV-2005-06-17-62, state: 2026-01-01}]\n", True),
        ("outcome: unchanged\ncomment: Read aloud.\n", False),
        ("outcome: unchanged\nlooked-at: [the law]\n", False),
        ("outcome: changed\n", False),
        ("outcome: withdraw\n", False),
    ],
)
def test_a_remark(text: str, bare: bool) -> None:
    content = f"document: HR-001\ndate: 2026-01-01\nby: hr-leder\n{text}".encode()
    assert is_bare(parse_document(read_settings(ROOT), "records/reviews/HR-001/2026-01-01.yml", content)) is bare


def made(number: int, day: str, bare: bool = True) -> Renewal:
    person = Signature("Ann", "ann@example.org", number)
    return Renewal(f"{number}.md", "x", "date", day, bare, "", Version(Commit(str(number), (), person, person, ""), "", "", "", (person,)), ())  # fmt: skip


def test_a_day_that_is_still_to_come_is_not_counted() -> None:
    settings = read_settings(ROOT)
    found = stamps(
        settings, Renewals(date(2026, 1, 1), (made(1, "2026-01-02"), made(2, "2026-01-04"))), date(2026, 1, 3)
    )
    assert (found.total.reviews, found.total.bare, found.total.own, found.total.seconds) == (1, 1, None, None)


# The page


def staged(root: Path) -> tuple[Report, str]:
    report = report_for_pages(root, read_settings(root), date(2026, 11, 21))
    texts = [found.text for found in pages(report)]
    return report, texts[0] if texts else ""


def test_the_page(smallby: tuple[Path, str]) -> None:
    root, together = smallby
    _, text = staged(root)
    assert "8 reviews from 21 November 2025 to 21 November 2026, 6 of them without a remark." in text
    cells = [re.findall(r"<td>(.*?)</td>", line) for line in text.splitlines() if line.startswith("<tr><td>")]
    plain = [[re.sub(r"<[^>]+>", "", cell.replace("<br>", " | ")) for cell in row] for row in cells]
    tech, hr = "With a record: 3 · Of one&#39;s own text: 0 · By a program: 0", "With a record: 5 · Of one&#39;s own text: 5 · By a program: 0"  # fmt: skip
    assert plain == [
        [f"{together[:12]} | 1 February 2026", "Ann Ek | Program: none", "5", "5", "0"],
        [f"Engineer | {tech}", "3", "1 (33 %)", "1 | median 1", "1 hour"],
        [f"Head of HR | {hr}", "5", "5 (100 %)", "5 | median 5", "0 seconds"],
        [f"Smallby | {hr.replace('record: 5', 'record: 8')}", "8", "6 (75 %)", "5 | median 5", "0 seconds"],
        [f"HR | {hr}", "5", "5 (100 %)", "5 | median 5", "0 seconds"],
        [f"Tech | {tech}", "3", "1 (33 %)", "1 | median 1", "1 hour"],
    ]


def test_the_page_names_nobody_who_is_not_in_the_handbook(smallby: tuple[Path, str]) -> None:
    """Names in commits are a stranger's text; and not all of those who write are known to the public."""
    root, _ = smallby
    (root / "handbook.yml").write_text(BOOK.replace("ann@linwick", "other@linwick").replace("Ann Ek", "Ann <b>E</b>k"))
    _, text = staged(root)
    assert "Ann Ek" not in text and "somebody who is not in handbook.yml" in text


def test_the_page_of_an_adopted_handbook(linwick: tuple[Path, str]) -> None:
    root, _ = linwick
    _, text = staged(root)
    assert "<td>page-reviewer[bot]<br><small>Program: wrote it</small></td><td>67</td><td>67</td><td>67</td>" in text


def test_no_page_without_reviews(smallby: tuple[Path, str]) -> None:
    root, _ = smallby
    report, text = staged(root)
    assert text
    assert report.renewals
    nothing = replace(report, renewals=report.renewals._replace(known=()))
    assert list(pages(nothing)) == [] and list(pages(replace(report, renewals=None))) == []
    assert last_year(root, report.handbook, date(2024, 2, 29)).since == date(2023, 2, 28)
