"""CODEOWNERS files: what stands in them, that their patterns fit the files they are about, and that other lines stay."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import Run
from rutine.codeowners import BEGIN, END, Block, line_for, merged
from rutine.errors import UsageError
from rutine.i18n import render
from rutine.report import judge
from rutine.settings import read_settings
from test_change import git

BOOK = """\
name: "Book [1] of Smallby"
language: en
owners: {handbook: editor}
roles:
  head:
    title: Head of HR
    holders:
      - {person: bo, from: 2026-01-01, until: 2026-12-31}
      - {person: cilla, until: 2027-01-31, deputy: true}
      - {person: dag, from: 2027-01-01}
  council: {title: Council, body: true, team: "@smallby/council"}
  editor: {title: Editor, holders: [ada]}
  clerk: {title: Clerk, holders: [eva]}
people:
  ada: {name: Ada Lund, accounts: {github: ada, gitlab: ada.lund}}
  bo: {name: Bo Ek, accounts: {github: bo, gitlab: bo.ek}}
  cilla: {name: Cilla Vik, accounts: {github: Cilla-Vik, gitlab: cilla.vik}}
  dag: {name: Dag Moe, accounts: {github: dag, gitlab: dag.moe}}
  eva: {name: Eva Lie}
"""
DOCUMENT = """\
---
id: {id}
title: Title
kind: guideline
language: en
status: {status}
owner: {owner}
decision: {{by: {by}, date: 2026-01-10}}
scope: {{units: []}}
---

Text.
"""
DAY = "2026-11-21"

GITHUB = """\
# BEGIN rutine codeowners
# Made from handbook.yml and the documents by `rutine codeowners --write`, which makes these lines anew.
# Write other lines above these: of several that fit a file, only the last one counts.

/handbook.yml @ada
/schema/ @ada
/records/ @ada

/procedures/hr/C? ?1?.md @bo @Cilla-Vik @ada

/procedures/hr/a\\ leave.md @bo @Cilla-Vik @smallby/council
/procedures/hr/old.md @ada @bo @Cilla-Vik

/procedures/hr/pay/draft.md @ada
# END rutine codeowners
""".replace("C? ?", "C?\\ ?")


@pytest.fixture
def book(tmp_path: Path) -> Path:
    root = tmp_path / "book"
    documents = {
        "hr/a leave.md": ("HR-001", "in-force", "head", "council"),
        "hr/C# [1].md": ("HR-002", "in-force", "head", "editor"),
        "hr/old.md": ("HR-003", "withdrawn", "editor", "head"),
        "hr/pay/draft.md": ("HR-004", "draft", "editor", "editor"),
        "desk.md": ("DES-001", "in-force", "clerk", "clerk"),
    }
    for path, (identifier, status, owner, by) in documents.items():
        file = root / "procedures" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(DOCUMENT.format(id=identifier, status=status, owner=owner, by=by))
    (root / "procedures" / "index.md").write_text("# Front page\n")
    (root / "handbook.yml").write_text(BOOK)
    return root


def test_github(book: Path, rutine: Run) -> None:
    done = rutine("codeowners", "--on", DAY, "-C", str(book))
    assert done.returncode == 0
    assert done.stdout.decode() == GITHUB
    assert done.stderr.decode() == "procedures/desk.md: nobody who owns or decided it has an account on GitHub.\n"
    assert rutine("codeowners", "--on", DAY, "-C", str(book)).stdout == done.stdout


def test_gitlab_has_a_section_and_escapes_what_github_cannot(book: Path, rutine: Run) -> None:
    done = rutine("codeowners", "--forge", "gitlab", "--on", DAY, "-C", str(book))
    assert (
        done.stdout.decode()
        == """\
# BEGIN rutine codeowners
# Made from handbook.yml and the documents by `rutine codeowners --write`, which makes these lines anew.
# Write other lines above these: they count beside the section that begins here.
[Book 1 of Smallby]

/handbook.yml @ada.lund
/schema/ @ada.lund
/records/ @ada.lund

/procedures/hr/C\\#\\ \\[1\\].md @bo.ek @cilla.vik @ada.lund
/procedures/hr/a\\ leave.md @bo.ek @cilla.vik @smallby/council
/procedures/hr/old.md @ada.lund @bo.ek @cilla.vik

/procedures/hr/pay/draft.md @ada.lund
# END rutine codeowners
"""
    )


def test_owners_are_those_of_the_day(book: Path, rutine: Run) -> None:
    lines = rutine("codeowners", "--on", "2027-02-01", "-C", str(book)).stdout.decode().splitlines()
    assert "/procedures/hr/a\\ leave.md @dag @smallby/council" in lines


def test_write_and_check(book: Path, rutine: Run) -> None:
    file = book / ".github" / "CODEOWNERS"

    def run(*options: str) -> tuple[int, str]:
        done = rutine("codeowners", *options, "--on", DAY, "-C", str(book))
        return done.returncode, done.stdout.decode()

    stale = (
        ".github/CODEOWNERS does not agree with the handbook. Make it anew: rutine codeowners --forge github --write\n"
    )
    assert run("--check") == (1, stale)
    assert run("--write") == (0, ".github/CODEOWNERS is written.\n")
    assert file.read_text() == GITHUB
    assert run("--check") == (0, ".github/CODEOWNERS agrees with the handbook.\n")
    assert run("--write") == (0, ".github/CODEOWNERS agrees with the handbook.\n")
    file.write_bytes(b"* @all\r\n" + GITHUB.replace("\n", "\r\n").encode() + b"\xff @last\r\n")
    assert run("--check") == (0, ".github/CODEOWNERS agrees with the handbook.\n")
    (book / "procedures" / "hr" / "old.md").unlink()
    assert run("--check") == (1, stale)
    assert run("--write") == (0, ".github/CODEOWNERS is written.\n")
    left = GITHUB.replace("/procedures/hr/old.md @ada @bo @Cilla-Vik\n", "")
    assert file.read_bytes() == b"* @all\r\n" + left.replace("\n", "\r\n").encode() + b"\xff @last\r\n"
    done = rutine("codeowners", "--write", "--check", "-C", str(book))
    assert (done.returncode, done.stderr.decode().splitlines()[-1]) == (
        2, "Error: --write and --check say different things. Give only one of them.",
    )  # fmt: skip


def test_the_forge_is_told_by_what_lies_there(book: Path, rutine: Run) -> None:
    (book / ".gitlab-ci.yml").write_text("")
    assert rutine("codeowners", "--write", "-C", str(book)).stdout.decode() == ".gitlab/CODEOWNERS is written.\n"
    (book / "CODEOWNERS").write_text("")
    errors = rutine("codeowners", "-C", str(book)).stderr.decode()
    assert "GitLab reads CODEOWNERS and not .gitlab/CODEOWNERS. Move its lines, and delete it.\n" in errors
    (book / ".github").mkdir()
    assert rutine("codeowners", "--write", "-C", str(book)).stdout.decode() == ".github/CODEOWNERS is written.\n"


def test_no_link_is_followed(book: Path, rutine: Run, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (book / ".github").symlink_to(tmp_path / "elsewhere")
    done = rutine("codeowners", "--write", "--on", DAY, "-C", str(book))
    assert done.returncode == 2
    assert done.stderr.decode().endswith(
        ".github/CODEOWNERS is reached through a symbolic link, which is never followed.\n"
    )
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_handbook_in_a_folder_of_its_repository(book: Path, rutine: Run) -> None:
    git(book.parent, "init", "-q", "-b", "main")
    done = rutine("codeowners", "--write", "--on", DAY, "-C", str(book))
    assert done.returncode == 0
    text = (book.parent / ".github" / "CODEOWNERS").read_text()
    assert "\n/book/handbook.yml @ada\n" in text
    assert "\n/book/procedures/hr/old.md @ada @bo @Cilla-Vik\n" in text
    (book / "procedures" / "hr" / "old.md").unlink()
    command = "rutine codeowners --forge github --write"
    found = [
        (finding.place.path, finding.place.line, render(finding.message, "en"))
        for finding in judge(book, read_settings(book), date(2026, 11, 21)).findings
        if finding.rule == "stale-codeowners"
    ]
    message = f"The owners in this file are not those of the handbook. Make the file anew: {command}"
    assert found == [("../.github/CODEOWNERS", 1, message)]
    shown = rutine("check", "--format", "github", "--on", DAY, "-C", str(book)).stdout.decode()
    assert "::warning file=.github/CODEOWNERS,line=1,col=1,title=stale-codeowners::" in shown


def test_since_tells_of_it_where_the_change_caused_it(book: Path, rutine: Run) -> None:
    git(book, "init", "-q", "-b", "main")
    assert rutine("codeowners", "--write", "--on", DAY, "-C", str(book)).returncode == 0
    git(book, "add", "-A")
    git(book, "commit", "-qm", "Handbook")

    def told(day: str) -> list[str]:
        lines = rutine("check", "--since", "main", "--on", day, "-C", str(book)).stdout.decode().splitlines()
        return [line.split(":")[0] for line in lines if "stale-codeowners" in line]

    (book / "procedures" / "hr" / "old.md").unlink()
    assert told(DAY) == [".github/CODEOWNERS"]
    assert told("2027-02-01") == []  # it was stale before the change already
    (book / ".github" / "CODEOWNERS").write_text(f"{BEGIN}\n{END}\n")
    assert told("2027-02-01") == [".github/CODEOWNERS"]  # the file itself is changed


def test_a_file_checked_by_itself(book: Path) -> None:
    settings, day = read_settings(book), date(2026, 11, 21)
    (book / ".github").mkdir()
    (book / ".github" / "CODEOWNERS").write_text(f"{BEGIN}\n{END}\n")
    judge(book, settings, day)
    found = judge(book, settings, day, [".github/CODEOWNERS"]).findings
    assert [finding.rule for finding in found] == ["stale-codeowners"]


MADE = Block(f"{BEGIN}\n/b @b\n{END}\n", ())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", f"{BEGIN}\n/b @b\n{END}\n"),
        ("* @a", f"* @a\n\n{BEGIN}\n/b @b\n{END}\n"),
        ("* @a\n", f"* @a\n\n{BEGIN}\n/b @b\n{END}\n"),
        ("* @a\n\n", f"* @a\n\n{BEGIN}\n/b @b\n{END}\n"),
        (f"* @a\n{BEGIN}\n/old @c\n{END}\n/c @c", f"* @a\n{BEGIN}\n/b @b\n{END}\n/c @c"),
        (f"* @a\r\n{BEGIN}\r\n{END}", f"* @a\r\n{BEGIN}\r\n/b @b\r\n{END}\r\n"),
    ],
)
def test_other_lines_stay(before: str, after: str) -> None:
    assert merged(before, MADE) == after
    assert merged(after, MADE) == after


@pytest.mark.parametrize("text", [BEGIN, END, f"{END}\n{BEGIN}\n", f"{BEGIN}\n{BEGIN}\n{END}\n"])
def test_half_a_part_is_not_guessed_at(text: str) -> None:
    with pytest.raises(UsageError) as caught:
        merged(text, MADE)
    assert render(caught.value.message, "en") == (
        "The lines # BEGIN rutine codeowners and # END rutine codeowners must each stand once in CODEOWNERS, in this order. "
        "Delete them, and what they enclose."
    )


HARD = [
    "a b.md",
    " a  .md",
    "C#.md",
    "#.md",
    "!a.md",
    "[x]/a[1-3].md",
    "a*b?.md",
    "back\\slash \\ .md",
    "æ ø/å.md",
    "x\ny.md",
    "t\tb.md",
]


def split(line: str) -> tuple[str, list[str]]:
    """A line as a forge takes it apart: at the first white space that no backslash stands before."""
    pattern, *owners = re.split(r"(?<!\\)\s+", line)
    return pattern, owners


@pytest.mark.parametrize("path", HARD)
def test_github_patterns_fit_by_the_rules_of_gitignore(path: str, tmp_path: Path) -> None:
    """Git itself is asked; that GitHub reads `#`, `[` and the like otherwise is met by not writing them."""
    pattern, owners = split(str(line_for(path, ("@a",), "github")))
    assert owners == ["@a"]
    assert pattern[0] == "/"
    assert not set("#[]") & set(pattern)
    git(tmp_path, "init", "-q")
    (tmp_path / ".gitignore").write_text(f"{pattern}\n")
    for other, fits in ((path, 0), (f"{path}x", 1), (f"in/{path}", 1)):
        done = subprocess.run(["git", "check-ignore", "-q", "--no-index", "--", other], cwd=tmp_path, check=False)
        assert done.returncode == fits, other


def fnmatch(pattern: str, path: str) -> bool:
    """GitLab's reading of a pattern: escaped white space is white space, and then Ruby's File.fnmatch?."""
    pattern = re.sub(r"\\\s+", " ", pattern)
    parts = re.findall(r"\\.|.", pattern, re.DOTALL)
    expression = "".join("[^/]" if part == "?" else re.escape(part[-1]) for part in parts)
    assert not any(part in ("*", "[", "]") for part in parts)
    return re.fullmatch(expression, f"{path}", re.DOTALL) is not None


@given(st.text(st.sampled_from("ab #[]!*?\\ \t\næ./-@"), min_size=1).filter(lambda path: "//" not in path))
def test_gitlab_patterns_fit(path: str) -> None:
    line = str(line_for(path, ("@a",), "gitlab"))
    assert "\n" not in line
    pattern, owners = split(line)
    assert owners == ["@a"]
    assert fnmatch(pattern, f"/{path}")
