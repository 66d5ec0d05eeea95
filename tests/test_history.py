"""The versions of documents in Git histories of every awkward sort, in real repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from conftest import TESTS, Run
from repositories import V1, V2, V3, Book, document, signed
from rutine.history import Known, read_history
from rutine.i18n import render
from rutine.model import Moment
from rutine.read import parse_document
from rutine.settings import read_settings
from rutine.survey import survey
from rutine.traces import Asked, Stood, history_fields, trace, untouched

LEAVE = "procedures/leave.md"
BOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"
FORGE = "GitHub <noreply@github.com>"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "book")


def known(root: Path) -> Known:
    settings = read_settings(root)
    with read_history(root, settings, survey(root, settings).entries) as found:
        return found


def told(root: Path, path: str = LEAVE) -> list[tuple[str, str, str]]:
    """Of each version of a document, newest first: the committer's day, the path and the authors."""
    versions = known(root).history.versions[path]
    return [(str(v.commit.committer.day), v.path, ", ".join(one.name for one in v.wrote)) for v in versions]


def test_versions_newest_first(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    book.write("other.md", document("Other.", V1, identifier="HR-002"))
    book.commit("2024-06-01")
    book.write("leave.md", document("Two weeks.", V1, V2))
    book.commit("2025-03-03", "Ada Lund <ada@smallby.example>")
    assert told(book.root) == [("2025-03-03", LEAVE, "Ada Lund"), ("2024-03-01", LEAVE, "Bo Ek")]


def test_a_rename_by_likeness_and_one_by_number(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    book.git("mv", "procedures/leave.md", "procedures/absence.md")
    book.commit("2024-04-01")
    (book.root / "procedures/absence.md").unlink()
    words = "\n\n".join(f"Something else entirely, paragraph {number}, with other words." for number in range(60))
    book.write("hr/time-off.md", document(words, V1, V2, title="Time off and other absence"))
    book.commit("2025-03-03")
    assert told(book.root, "procedures/hr/time-off.md") == [
        ("2025-03-03", "procedures/hr/time-off.md", "Bo Ek"),
        ("2024-04-01", "procedures/absence.md", "Bo Ek"),
        ("2024-03-01", LEAVE, "Bo Ek"),
    ]


def test_a_copy_in_the_place_of_another_document_is_not_it(book: Book) -> None:
    """Git takes a file that is like one that was removed for the same file; the numbers tell better."""
    book.write("leave.md", document("A week, and much more text that both of them have in common.", V1))
    book.commit("2024-03-01")
    (book.root / LEAVE).unlink()
    book.write(
        "new.md", document("A week, and much more text that both of them have in common.", V1, identifier="HR-009")
    )
    book.commit("2024-04-01")
    assert told(book.root, "procedures/new.md") == [("2024-04-01", "procedures/new.md", "Bo Ek")]
    assert [[version.path for version in life] for life in known(book.root).gone] == [[LEAVE, LEAVE]]


def test_two_documents_change_places(book: Book, rutine: Run) -> None:
    """Git sees two files that were changed. What was another document before is no version of this one."""
    book.write("leave.md", document("Leave: a week.", V1))
    book.write("other.md", document("Another thing altogether.", V1, identifier="HR-002", title="Other"))
    book.commit("2024-03-01")
    for before, after in (("leave", "x"), ("other", "leave"), ("x", "other")):
        (book.root / f"procedures/{before}.md").rename(book.root / f"procedures/{after}.md")
    book.commit("2024-04-01")
    done = rutine("history", "HR-001", "--format", "json", "-C", str(book.root))
    assert [(row["path"], row["change"]) for row in json.loads(done.stdout)["rows"]] == [
        ("procedures/other.md", "added")
    ]
    assert "unrecorded-change" not in rutine("check", "-C", str(book.root)).stdout.decode()


def test_a_document_that_was_removed_comes_back(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    (book.root / LEAVE).unlink()
    book.commit("2024-04-01")
    book.write("leave.md", document("Two weeks.", V1, V2))
    book.commit("2025-03-03")
    days = [(str(v.commit.committer.day), bool(v.blob)) for v in known(book.root).history.versions[LEAVE]]
    assert days == [("2025-03-03", True), ("2024-04-01", False), ("2024-03-01", True)]


def test_a_merge_brings_in_what_others_wrote(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    book.git("checkout", "-q", "-b", "proposal")
    book.write("leave.md", document("Two.", V1, V2))
    book.commit("2025-02-01", "Cilla Vik <cilla@smallby.example>")
    book.write("leave.md", document("Two weeks.", V1, V2))
    book.commit("2025-02-02", "Dag Moe <dag@smallby.example>")
    book.git("checkout", "-q", "main")
    book.commit("2025-02-15")
    book.git(
        "merge",
        "-q",
        "--no-ff",
        "-m",
        "Merge",
        "proposal",
        **signed("2025-03-03", "Ada Lund <ada@smallby.example>", FORGE),
    )
    newest, oldest = known(book.root).history.versions[LEAVE]
    assert {one.name for one in newest.wrote} == {"Cilla Vik", "Dag Moe"}
    assert (str(newest.commit.committer.day), newest.commit.committer.is_program) == ("2025-03-03", True)
    assert str(oldest.commit.committer.day) == "2024-03-01"


def test_a_squash_by_the_forge_and_a_backdated_author(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    book.write("leave.md", document("Two weeks.", V1, V2))
    book.commit("2025-03-03", BOT, FORGE, authored="2019-01-01")
    newest = known(book.root).history.versions[LEAVE][0].commit
    assert (newest.is_backdated, newest.author.is_program, newest.committer.is_program) == (True, True, True)
    assert (str(newest.author.day), str(newest.committer.day)) == ("2019-01-01", "2025-03-03")


def test_other_names_and_letters(book: Book) -> None:
    """The mailmap joins names, and Latin-1 is read where a commit does not say so."""
    book.write("leave.md", document("A week.", V1))
    (book.root / ".mailmap").write_text("Åse Øvrebø <ase@smallby.example> <old@smallby.example>\n")
    book.commit("2024-03-01", "asø <old@smallby.example>")
    book.write("leave.md", document("Two weeks.", V1, V2))
    book.git("add", "-A")
    tree, parent = book.git("write-tree"), book.git("rev-parse", "HEAD")
    raw = (
        f"tree {tree}\nparent {parent}\n".encode()
        + "author Jørn Ås <j@smallby.example> 1741000000 +0100\n".encode("latin-1")
        + "committer Jørn Ås <j@smallby.example> 1741000000 +0100\n\nBlåbær\n".encode("latin-1")
    )
    commit = book.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw)
    book.git("update-ref", "refs/heads/main", commit)
    assert [who for _, _, who in told(book.root)] == ["Jørn Ås", "Åse Øvrebø"]
    assert known(book.root).history.versions[LEAVE][0].commit.subject == "Blåbær"


def test_times_that_are_none(book: Book) -> None:
    """A year beyond the calendar, and clocks that nobody has, are read as the nearest there is."""
    book.write("leave.md", document("A week.", V1))
    book.git("add", "-A")
    tree = book.git("write-tree")
    who = b"X <x@x.example> 99999999999999 +9959"
    raw = b"tree %b\nauthor %b\ncommitter %b\n\nx\n" % (tree.encode(), who, who)
    book.git(
        "update-ref",
        "refs/heads/main",
        book.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", stdin=raw),
    )
    assert len(told(book.root)) == 1


def test_several_roots(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    book.git("checkout", "-q", "--orphan", "other")
    book.git("rm", "-qrf", ".")
    (book.root / "procedures").mkdir(exist_ok=True)
    book.write("imported.md", document("Imported.", V1, identifier="HR-050"))
    book.commit("2024-05-01", "Cilla Vik <cilla@smallby.example>")
    book.git("checkout", "-q", "main")
    book.git(
        "merge",
        "-q",
        "--allow-unrelated-histories",
        "-m",
        "Join",
        "other",
        **signed("2024-06-01", "Ada Lund <ada@smallby.example>"),
    )
    assert told(book.root, "procedures/imported.md") == [("2024-06-01", "procedures/imported.md", "Cilla Vik")]


def test_a_handbook_within_a_larger_repository_and_a_further_worktree(tmp_path: Path) -> None:
    book = Book(tmp_path / "all", inside="docs/handbook")
    (book.top / "README").write_text("x")
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    (book.top / "README").write_text("y")
    book.commit("2024-04-01")
    book.git("worktree", "add", "-q", "--detach", str(tmp_path / "further"))
    expected = [("2024-03-01", LEAVE, "Bo Ek")]
    assert told(book.root) == expected
    assert told(tmp_path / "further" / "docs" / "handbook") == expected


def test_a_proposal_is_no_version(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    book.git("checkout", "-q", "-b", "proposal")
    book.write("leave.md", document("Two.", V1, V2))
    book.commit("2025-03-03")
    book.write("leave.md", document("Two weeks.", V1, V2))
    book.commit("2025-03-04")
    assert known(book.root).history.undecided == 2
    book.git("checkout", "-q", "main")
    book.git("merge", "-q", "--ff-only", "proposal")
    assert known(book.root).history.undecided == 0


def message(root: Path) -> str:
    untold = known(root).untold
    return render(untold, "en") if untold else ""


def test_what_git_does_not_tell_is_said(book: Book, tmp_path: Path) -> None:
    assert message(book.root) == ""  # nothing is committed yet: nothing is missing
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    book.write("leave.md", document("Two weeks.", V1, V2))
    book.commit("2025-03-03")
    for name, option in (("shallow", "--depth=1"), ("partial", "--filter=blob:none")):
        book.git("config", "uploadpack.allowFilter", "true")
        book.git("clone", "-q", option, f"file://{book.top}", str(tmp_path / name))
    assert message(tmp_path / "shallow") == (
        "Git's history is not whole here. In CI, fetch all of it (fetch-depth: 0, GIT_DEPTH: 0)."
    )
    assert (
        message(tmp_path / "partial")
        == "This clone holds only a part of Git's history. Clone it again without --filter."
    )
    tree = book.git("rev-parse", "HEAD~1^{tree}")
    (book.top / ".git/objects" / tree[:2] / tree[2:]).unlink()
    assert message(book.root).startswith("Git says: ")
    shutil.rmtree(book.top / ".git")
    assert (
        message(book.root) == "This handbook is in no Git repository, so nothing is known of its history. Run: git init"
    )


HOSTILE = {
    "core.fsmonitor": "touch ran; false", "core.hooksPath": "hooks", "diff.external": "touch ran", "core.pager": "touch ran",
    "log.showSignature": "true", "gpg.program": "touch ran", "core.sshCommand": "touch ran", "diff.x.textconv": "touch ran",
    "filter.x.clean": "touch ran", "filter.x.smudge": "touch ran", "alias.log": "!touch ran", "log.mailmap": "false",
    "core.quotePath": "true", "log.diffMerges": "separate", "diff.renames": "false", "i18n.logOutputEncoding": "latin-1",
    "log.date": "relative", "format.pretty": "oneline", "log.follow": "true", "diff.relative": "true", "diff.orderFile": "/dev/zero",
}  # fmt: skip


def test_a_hostile_repository_runs_nothing_and_misleads_nobody(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    first = book.commit("2024-03-01")
    book.write("leave.md", document("Two weeks.", V1, V2))
    second = book.commit("2025-03-03", "Ada Lund <ada@smallby.example>")
    expected = told(book.root)
    (book.top / ".gitattributes").write_text("* diff=x filter=x\n")
    (book.top / "hooks").mkdir()
    for hook in ("post-checkout", "reference-transaction", "fsmonitor-watchman", "post-index-change"):
        path = book.top / "hooks" / hook
        path.write_text("#!/bin/sh\ntouch ran\n")
        path.chmod(0o755)
    for name, value in HOSTILE.items():
        book.git("config", name, value)
    tree = subprocess.run(
        ["git", "rev-parse", f"{first}^{{tree}}"], cwd=book.top, capture_output=True, text=True, check=True
    )
    forged = (
        f"tree {tree.stdout.strip()}\nauthor Evil <e@e> 1700000000 +0000\ncommitter Evil <e@e> 1700000000 +0000\n\nx\n"
    )
    name = book.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=forged.encode())
    (book.top / ".git/refs/replace").mkdir(parents=True)
    (book.top / ".git/refs/replace" / second).write_text(f"{name}\n")
    (book.top / ".git/info").mkdir(exist_ok=True)
    (book.top / ".git/info/grafts").write_text(f"{second}\n")
    assert told(book.root) == expected
    assert not (book.top / "ran").exists()


@pytest.mark.parametrize(
    "name", ["commit.md", "-x.md", ":(top)x.md", 'a"b.md', "a\nb.md", "æøå é.md", "a\tb.md", "[x]*.md"]
)
def test_odd_names_of_files(book: Book, name: str) -> None:
    book.write(name, document("A week.", V1))
    book.commit("2024-03-01")
    book.write(name, document("Two weeks.", V1, V2))
    book.commit("2025-03-03", message="commit\x01: 100644 R100")
    assert len(told(book.root, f"procedures/{name}")) == 2


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """The Git processes that were started since the last time."""
    log, program = tmp_path / "asked", tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" | head -n 1 >> {log}\nexec {shutil.which("git")} "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")

    def since() -> list[str]:
        found = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return found

    return since


def test_git_is_asked_four_times_at_the_most_and_then_for_what_is_new(
    book: Book, rutine: Run, counted: Callable[[], list[str]]
) -> None:
    for number in range(30):
        book.write(f"d{number}.md", document(f"A {number}.", V1, identifier=f"HR-{number:03}"))
    book.commit("2024-03-01")
    for number in range(30):
        book.write(f"d{number}.md", document(f"A {number} now.", V1, V2, identifier=f"HR-{number:03}"))
    book.git("mv", "procedures/d1.md", "procedures/e1.md")
    head = book.commit("2025-03-03")
    path = {"PATH": os.environ["PATH"]}
    first = rutine("check", "-C", str(book.root), **path)
    assert first.returncode == 0, first.stdout.decode()
    assert len(asked := counted()) <= 4, asked
    again = rutine("check", "-C", str(book.root), **path)
    assert (again.stdout, counted()) == (first.stdout, [])
    book.write("d2.md", document("Changed.", V1, V2, V3, identifier="HR-002"))
    book.commit("2026-10-05")
    assert rutine("check", "-C", str(book.root), **path).returncode == 0
    asked = counted()
    assert len(asked) <= 4, asked
    assert [f"^{head}" in line for line in asked if " log " in line] == [True]


def test_a_branch_that_was_rewritten(book: Book) -> None:
    book.write("leave.md", document("A week.", V1))
    book.commit("2024-03-01")
    book.write("leave.md", document("Two.", V1, V2))
    book.commit("2025-03-03")
    assert len(told(book.root)) == 2
    book.git("reset", "-q", "--hard", "HEAD~1")
    book.write("leave.md", document("Two weeks.", V1, V2))
    book.commit("2025-03-04", "Ada Lund <ada@smallby.example>")
    book.git("reflog", "expire", "--expire=now", "--all")
    book.git("gc", "-q", "--prune=now")
    assert told(book.root) == [("2025-03-04", LEAVE, "Ada Lund"), ("2024-03-01", LEAVE, "Bo Ek")]


# rutine history


def three_versions(book: Book) -> Book:
    book.write("leave.md", document("Ask a week before.\n\nThe manager answers.", V1))
    book.commit("2024-03-01")
    book.write(
        "leave.md",
        document("Ask “a week” before.\nThe manager answers.", V1).replace("“a week” before.\n", "a week before.\n\n"),
    )
    book.git("mv", "procedures/leave.md", "procedures/absence.md")
    book.commit("2024-04-01")
    book.write("absence.md", document("Ask two weeks before.\n\nThe manager answers.", V1, V2))
    book.commit("2025-03-03", "Cilla Vik <cilla@smallby.example>", FORGE)
    book.write(
        "absence.md", document("Ask two weeks before.\n\nThe manager answers.", V1, V2).replace("12 months", "6 months")
    )
    book.commit("2025-05-05", authored="2025-01-01")
    return book


def test_history_for_people(book: Book, rutine: Run) -> None:
    three_versions(book)
    done = rutine("history", "hr-001", "-C", str(book.root))
    lines = [
        line
        for line in done.stdout.decode().splitlines()
        if not line.startswith("    ") or "dates it" in line or "decided" in line
    ]
    assert lines == [
        "HR-001 Leave",
        "",
        "2.0  2025-05-05  only facts changed  Bo Ek",
        "    decided by Director 2025-03-03",
        "    its author dates it 2025-01-01",
        "",
        "2.0  2025-03-03  text changed  Cilla Vik (put there by the program GitHub)",
        "    decided by Director 2025-03-03",
        "",
        "1.0  2024-04-01  only moved  Bo Ek",
        "    decided by Director 2024-03-01",
        "",
        "1.0  2024-03-01  first version in Git  Bo Ek",
        "    decided by Director 2024-03-01",
    ]


def test_history_for_programs(book: Book, rutine: Run) -> None:
    three_versions(book)
    book.write("absence.md", document("Not committed.", V1, V2, V3))
    found = json.loads(rutine("history", "HR-001", "--format", "json", "-C", str(book.root)).stdout)
    assert [(row["version"], row["change"], row["path"], row["backdated"]) for row in found["rows"]] == [
        ("3.0", "text", "procedures/absence.md", False),
        ("2.0", "facts", "procedures/absence.md", True),
        ("2.0", "text", "procedures/absence.md", False),
        ("1.0", "moved", "procedures/absence.md", False),
        ("1.0", "added", "procedures/leave.md", False),
    ]
    assert found["rows"][0]["commit"] is None
    assert found["rows"][2]["committer"] == {
        "name": "GitHub", "email": "noreply@github.com", "at": "2025-03-03T12:00:00+01:00", "program": True,
    }  # fmt: skip


def test_history_without_git(book: Book, rutine: Run) -> None:
    book.write("leave.md", document("A week.", V1))
    shutil.rmtree(book.top / ".git")
    done = rutine("history", "HR-001", "-C", str(book.root))
    assert (done.returncode, done.stderr.decode()) == (
        2,
        "This handbook is in no Git repository, so nothing is known of its history. Run: git init\n",
    )


def test_a_document_that_never_changed_needs_no_look_at_what_git_has() -> None:
    root = TESTS.parent
    settings = read_settings(root)
    fields, parse, moment = history_fields(settings), partial(parse_document, settings), Moment("1", "2026-01-01", "A")
    entries = [entry for entry in survey(root, settings).entries.values() if entry.text]
    assert len(entries) > 40
    for entry in entries:
        content = (root / entry.path).read_bytes()
        stood = Stood(moment, entry.path, entry.blob, content, (("A", "a@a.example"), ("A", "a@a.example")))
        for asked in (Asked(who=True), Asked()):
            assert untouched(entry, stood, asked) == trace(entry, None, [stood], parse, fields, asked)
