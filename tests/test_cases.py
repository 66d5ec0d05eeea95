"""Every rule by example. `cases/<rule>.md` holds good and bad handbooks, with each finding on the very line.

Each section (`##`) of a case file is a handbook of its own, with the settings of `cases/handbook.yml` unless it brings
its own. Its files stand in fences of four backticks:

    ````markdown path=procedures/leave.md

Other words beside `path`: `encoding=latin-1` writes the file so; `fixed` shows the file after `rutine check --fix`.

A file with `on=2026-03-01` was committed on that day, `by=Kari_Lie` (Ola if not said); `gone` is the day on which it was
removed. The files of a day make one commit, and those without a day are as they stand now. `shallow` beside the path of
the last commit leaves a clone without the commits before it. `⟨text of 2026-03-01⟩` stands for the fingerprint of the
document that was committed on that day, and `⟨text of now⟩` for that of the one that stands there now.

A finding stands in a comment after what it is about, or, where the line cannot bear one, on a line of its own after it:

    owner: boss  # error: There is no role boss in handbook.yml. … [unknown-reference]

    <!-- ^ error: The section Purpose is empty. Write it. [empty-section] -->

These comments are taken out before anything is read, with the whole line where they stand alone. `⟨U+202E⟩` stands for
that character, so that what cannot be seen can be seen here. What is found must be what is written: no more, no less,
word for word.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from rutine.checks import rules
from rutine.fingerprint import fingerprint
from rutine.i18n import render
from rutine.model import Finding, Handbook, Settings
from rutine.read import parse_document
from rutine.repair import repair
from rutine.report import findings_of, judge, read_handbook
from rutine.settings import read_settings
from rutine.survey import survey
from test_change import ENVIRONMENT, git

PLAIN = {name: value for name, value in ENVIRONMENT.items() if not name.startswith(("GIT_AUTHOR", "GIT_COMMITTER"))}
CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 11, 21)

_PART = re.compile(r"^````\w+((?: \w+(?:=\S+)?)*)\n(.*?)^````$|^## (.+?)$", re.MULTILINE | re.DOTALL)
_EXPECTED = re.compile(r"[ ]*(?:#|<!--) (\^ )?(error|warning): (.*?) \[([a-z-]+)\](?: -->)?$")
_TEXT = re.compile("⟨text of ([\\w-]+)⟩".encode())
_CHARACTER = re.compile(r"⟨U\+([0-9A-F]{4,6})⟩")

Found = tuple[str, int, str, str, str]  # path, line, severity, message, rule


@dataclass
class Case:
    """A handbook of a case file: what is in it, what must be found, and what the files are after the repair."""

    rule: str
    title: str
    files: dict[str, bytes] = field(default_factory=dict)
    commits: dict[str, dict[str, bytes | None]] = field(default_factory=dict)  # by day: the files, None for one removed
    authors: dict[str, str] = field(default_factory=dict)
    is_shallow: bool = False
    expected: list[Found] = field(default_factory=list)
    fixed: dict[str, bytes] = field(default_factory=dict)

    def read_block(self, words: str, text: str) -> None:
        """Take a block in."""
        given = dict(_with_characters(word).partition("=")[::2] for word in words.split())
        text, expected = _without_expected(given["path"], text)
        content = _with_characters(text).encode(given.get("encoding", "utf-8"))
        if day := given.get("on"):
            assert not expected, "What is found is written in the file as it stands now"
            self.commits.setdefault(day, {})[given["path"]] = None if "gone" in given else content
            self.authors.setdefault(day, given.get("by", "Ola").replace("_", " "))
            self.is_shallow |= "shallow" in given
        elif "fixed" in given:
            assert not expected, "What is found is written in the file before the repair"
            self.fixed[given["path"]] = content
        else:
            assert given["path"] not in self.files
            self.files[given["path"]] = content
            self.expected += expected

    def commit_all(self, root: Path) -> None:
        """Make the folder a Git repository in which each day of the case is a commit."""
        for day, files in sorted(self.commits.items()):
            if not (root / ".git").exists():
                git(root, "init", "-q", "-b", "main")
            for path, content in files.items():
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).unlink() if content is None else (root / path).write_bytes(content)
            git(root, "add", "-A")
            who = (f"user.name={self.authors[day]}", "user.email=somebody@example.org")
            moment = f"{day}T12:00:00+01:00"
            dates = {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
            subprocess.run(
                ["git", "-c", who[0], "-c", who[1], "commit", "-qm", day], cwd=root, env={**PLAIN, **dates}, check=True
            )
        if self.is_shallow:
            (root / ".git" / "shallow").write_text(git(root, "rev-parse", "HEAD"))

    def lay_out(self, root: Path) -> Settings:
        """Write the handbook into a folder; its settings."""
        shutil.copyfile(CASES / "handbook.yml", root / "handbook.yml")
        shutil.copytree(CASES / "schema", root / "schema")
        (root / "procedures").mkdir()
        self.fill_in(read_settings(root))
        self.commit_all(root)
        for path, content in self.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
        return read_settings(root)

    def fill_in(self, settings: Settings) -> None:
        """Put the fingerprints where records name a text."""

        def number(found: re.Match[bytes]) -> bytes:
            files = self.files if found[1] == b"now" else self.commits[found[1].decode()]
            path, content = next((path, content) for path, content in files.items() if path.endswith(".md"))
            return fingerprint(parse_document(settings, path, content or b"")).encode()

        for files in (self.files, *self.commits.values()):
            for path, content in files.items():
                files[path] = _TEXT.sub(number, content) if content is not None else None


def _without_expected(path: str, text: str) -> tuple[str, list[Found]]:
    """The text without the comments that tell what is found in it, and what they tell."""
    lines: list[str] = []
    expected: list[Found] = []
    for line in text.split("\n"):
        found = _EXPECTED.search(line)
        if not found:
            lines.append(line)
            continue
        if not found[1]:
            lines.append(line[: found.start()])
        expected.append((path, max(len(lines), 1), found[2], _with_characters(found[3]), found[4]))
    return "\n".join(lines), expected


def _with_characters(text: str) -> str:
    return _CHARACTER.sub(lambda found: chr(int(found[1], 16)), text)


def _cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.md")):
        cases: list[Case] = []
        for part in _PART.finditer(path.read_text("utf-8")):
            if part[3]:
                cases.append(Case(path.stem, part[3]))
            else:
                cases[-1].read_block(part[1], part[2])
        yield from cases


ALL = list(_cases())


def _told(findings: list[Finding]) -> list[Found]:
    return sorted((f.place.path, f.place.line, f.severity, render(f.message, "en"), f.rule) for f in findings)


@pytest.mark.parametrize("case", ALL, ids=[f"{case.rule}: {case.title}" for case in ALL])
def test_case(case: Case, tmp_path: Path) -> None:
    """The findings of the handbook are those that are written in it."""
    settings = case.lay_out(tmp_path)
    handbook = read_handbook(tmp_path, settings)
    findings = findings_of(handbook, TODAY)
    assert _told(findings) == sorted(case.expected)
    again = findings_of(read_handbook(tmp_path, settings), TODAY)
    assert again == findings, "What is remembered differs from what was found"
    if not case.commits:  # what history tells is told of all documents together
        _compare_one_by_one(tmp_path, handbook, findings)
    _compare_repaired(case, tmp_path, findings)


def _compare_one_by_one(root: Path, handbook: Handbook, findings: list[Finding]) -> None:
    """Each file checked by itself gives what the check of all gives for it."""
    for path in handbook.files:
        alone = judge(root, handbook.settings, TODAY, [path]).findings
        assert list(alone) == [finding for finding in findings if finding.place.path == path], path


def _compare_repaired(case: Case, root: Path, findings: list[Finding]) -> None:
    """The repair makes the files that are shown, changes no others, and leaves nothing that it could repair."""
    repair(root, findings)
    assert {path: (root / path).read_bytes().decode() for path in case.fixed} == {
        path: content.decode() for path, content in case.fixed.items()
    }
    changed = {path for path, content in case.files.items() if (root / path).read_bytes() != content}
    assert changed == case.fixed.keys()
    again = findings_of(survey(root, read_settings(root)), TODAY)
    assert not [finding for finding in again if finding.edits]


@pytest.mark.parametrize("rule", [rule.name for rule in rules()])
def test_every_rule_has_cases(rule: str) -> None:
    """A case file shows what the rule finds, and a handbook that it has nothing to say of."""
    cases = [case for case in ALL if case.rule == rule]
    assert any(found[4] == rule for case in cases for found in case.expected), "no bad example"
    assert any(not case.expected for case in cases), "no good example"


def test_every_case_file_is_of_a_rule() -> None:
    """No case file is left over from a rule that has gone or has got another name."""
    assert {path.stem for path in CASES.glob("*.md")} == {rule.name for rule in rules()}


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_manual_says_what_why_and_what_to_do(rule: object) -> None:
    """Each manual has three paragraphs: what the rule finds, why that matters, what to do instead."""
    paragraphs = getattr(rule, "paragraphs", [])
    assert len(paragraphs) == 3
    assert all(paragraph.endswith(".") and paragraph[0].isupper() for paragraph in paragraphs)
