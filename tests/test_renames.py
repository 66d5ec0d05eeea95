"""Old addresses of documents, in real Git repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from git import Git as GitProgram
from playwright.sync_api import Browser

from browsing import built, served, watched
from conftest import TESTS, TOOLS
from rutine import git_log, renames, repository
from rutine.extras import extra_files
from rutine.i18n import render
from rutine.model import Departure, Report
from rutine.moves import old_pages
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.stage import PublishingError, refuse_dangling, stage
from test_change import commit, git

TODAY = date(2026, 11, 21)
SITE = TESTS / "handbooks" / "site"
LEAVE = "procedures/hr/leave.md"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A handbook in a repository of its own."""
    book = shutil.copytree(SITE, tmp_path / "book")
    (book / ".gitignore").write_text("build\nsite\n")
    git(book, "init", "-q", "-b", "main")
    commit(book)
    return book


def old(book: Path) -> dict[str, str]:
    """The pages that were, with the documents that are to be found there."""
    return dict(old_pages(report_for_pages(book, read_settings(book), TODAY)))


def told(report: Report) -> str:
    """Why Git does not tell of old addresses."""
    assert report.untold
    return render(report.untold, "en")


def move(book: Path, *names: str) -> None:
    """Rename a document from one name to the next, each in a commit of its own."""
    for before, after in pairwise(names):
        (book / "procedures" / after).parent.mkdir(parents=True, exist_ok=True)
        (book / "procedures" / before).rename(book / "procedures" / after)
        commit(book)


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def test_nothing_was_renamed(book: Path) -> None:
    assert old(book) == {}


def test_every_name_that_a_document_had_leads_to_it(book: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md", "people/new.md", "people/hiring-people.md")
    there = "procedures/people/hiring-people.md"
    assert old(book) == {"hr/recruiting.md": there, "hr/employing.md": there, "people/new.md": there}


def test_a_rename_that_is_not_committed(book: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md")
    change(book / "procedures/hr/employing.md", "We hire the best.", "We hire.")
    git(book, "mv", "procedures/hr/employing.md", "procedures/hr/employment.md")
    assert (
        old(book) == {}
    )  # nobody has seen these pages move: the old file was exactly the same, so its number was not read
    git(book, "mv", "procedures/hr/employment.md", "procedures/hr/employing.md")
    change(book / "procedures/hr/employing.md", "We hire.", "We employ.")
    commit(book)
    assert old(book) == {"hr/recruiting.md": "procedures/hr/employing.md"}


def test_a_document_that_was_written_anew_is_known_by_its_number(book: Path) -> None:
    text = (book / "procedures/hr/recruiting.md").read_text()
    (book / "procedures/hr/recruiting.md").unlink()
    commit(book)
    head = text[: text.index("# Recruiting")]
    new = book / "procedures/service/employment.md"
    new.write_text(f"{head}# Recruiting\n\n## Purpose\n\nAnother text.\n\n## Method\n\n1. Nothing is as it was.\n")
    commit(book)
    assert old(book) == {"hr/recruiting.md": "procedures/service/employment.md"}


def test_a_document_in_the_place_of_a_similar_one_is_another(book: Path) -> None:
    text = (book / "procedures/hr/recruiting.md").read_text()
    (book / "procedures/hr/recruiting.md").unlink()
    (book / "procedures/hr/dismissing.md").write_text(text.replace("HR-009", "HR-099"))
    commit(book)
    assert "R09" in git(book, "log", "-1", "--raw", "-M", "--format=")  # Git takes it for a rename
    assert old(book) == {}


def test_a_page_without_a_number_is_known_by_its_text(book: Path) -> None:
    move(book, "service/notes.md", "service/remarks.md")
    assert old(book) == {"service/notes.md": "procedures/service/remarks.md"}


def test_an_address_that_was_used_twice(book: Path) -> None:
    move(book, "service/notes.md", "service/first.md")
    (book / "procedures/service/notes.md").write_text(
        "# Other notes\n\nSomething else altogether, and longer than before.\n"
    )
    commit(book)
    move(book, "service/notes.md", "service/second.md")
    assert old(book) == {"service/notes.md": "procedures/service/second.md"}
    (book / "procedures/service/earlier.md").write_text("# One more\n\nThat nobody has read.\n")
    commit(book)
    move(book, "service/earlier.md", "service/notes.md", "service/third.md")
    assert old(book) == {
        "service/notes.md": "procedures/service/third.md", "service/earlier.md": "procedures/service/third.md",
    }  # fmt: skip


def test_where_a_page_stands_now_nothing_leads_away(book: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md")
    shutil.copy(book / "procedures/service/notes.md", book / "procedures/hr/recruiting.md")
    commit(book)
    assert old(book) == {}


def test_a_document_that_is_gone_leads_nowhere(book: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md")
    (book / "procedures/hr/employing.md").unlink()
    commit(book)
    assert old(book) == {}


def test_a_handbook_below_the_top_of_a_repository(tmp_path: Path) -> None:
    book = shutil.copytree(SITE, tmp_path / "repository" / "docs" / "handbook")
    (tmp_path / "repository" / "procedures").mkdir()
    (tmp_path / "repository" / "procedures" / "other.md").write_text("# Not ours\n\nThis is another text.\n")
    git(tmp_path / "repository", "init", "-q", "-b", "main")
    commit(tmp_path / "repository")
    move(tmp_path / "repository", "other.md", "another.md")
    (book / LEAVE).rename(book / "procedures/hr/absence.md")
    commit(book)
    assert old(book) == {"hr/leave.md": "procedures/hr/absence.md"}


def test_names_with_letters_of_all_sorts(book: Path) -> None:
    move(book, "service/notes.md", "service/Ærlige spørsmål (ny) & 'svar'.md", "service/x.md")
    assert old(book) == {
        "service/notes.md": "procedures/service/x.md",
        "service/Ærlige spørsmål (ny) & 'svar'.md": "procedures/service/x.md",
    }


@pytest.mark.parametrize(
    "name", ["<script>alert(1)<", 'a"b', "a\nb", "a\tb", "a\\b", "a:b", "a|b", "a ", "x" * 120, "a\u202eb*", "%2e?"]
)
def test_names_that_are_no_addresses(book: Path, name: str) -> None:
    move(book, "service/notes.md", f"service/{name}.md", "service/x.md")
    assert old(book) == {"service/notes.md": "procedures/service/x.md"}


def test_what_git_is_told_to_do_otherwise(book: Path) -> None:
    for name, value in {
        "log.follow": "true", "diff.renames": "false", "diff.external": "touch ran", "log.showSignature": "true",
        "diff.noprefix": "true", "format.pretty": "fuller", "log.diffMerges": "m", "core.quotePath": "true",
        "log.decorate": "full", "diff.relative": "false", "diff.renameLimit": "1", "color.ui": "always",
    }.items():  # fmt: skip
        git(book, "config", name, value)
    move(book, "service/notes.md", "service/æ.md", "service/x.md")
    assert old(book) == {"service/notes.md": "procedures/service/x.md", "service/æ.md": "procedures/service/x.md"}
    assert not (book / "ran").exists()


# What is remembered


def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The questions that Git is asked from here on."""
    found: list[tuple[str, ...]] = []
    stream = repository.Repository.stream

    def listening(self: repository.Repository, *arguments: str, patience: float) -> Iterator[bytes]:
        found.append(arguments)
        return stream(self, *arguments, patience=patience)

    monkeypatch.setattr(repository.Repository, "stream", listening)
    return found


def test_git_is_asked_once_and_then_for_what_is_new(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md")
    questions = asked(monkeypatch)
    first = old(book)
    assert questions
    questions.clear()
    assert old(book) == first
    assert questions == []
    before = git(book, "rev-parse", "HEAD").strip()
    move(book, "hr/employing.md", "hr/employment.md")
    there = "procedures/hr/employment.md"
    assert old(book) == {"hr/recruiting.md": there, "hr/employing.md": there}
    head = git(book, "rev-parse", "HEAD").strip()
    asked_for = [question[: question.index("--")][-3:] for question in questions if "log" in question]
    assert asked_for == [(head, f"^{before}", f"^{before}")]
    git(book, "pack-refs", "--all")
    assert old(book) == {"hr/recruiting.md": there, "hr/employing.md": there}


def test_a_rename_in_a_merge(book: Path) -> None:
    git(book, "checkout", "-q", "-b", "branch")
    change(book / LEAVE, "Everybody gets", "All get")
    commit(book)
    git(book, "checkout", "-q", "main")
    change(book / "procedures/service/notes.md", "# ", "# Our ")
    commit(book)
    git(book, "merge", "-q", "--no-commit", "branch")
    git(book, "mv", "procedures/hr/recruiting.md", "procedures/hr/employing.md")
    commit(book)
    assert len(git(book, "log", "-1", "--format=%P").split()) == 2
    assert old(book) == {"hr/recruiting.md": "procedures/hr/employing.md"}


def test_a_rename_on_a_branch_that_was_merged(book: Path) -> None:
    git(book, "checkout", "-q", "-b", "branch")
    move(book, "hr/recruiting.md", "hr/employing.md", "hr/employment.md")
    git(book, "checkout", "-q", "main")
    move(book, "service/notes.md", "service/remarks.md")
    git(book, "merge", "-q", "--no-edit", "branch")
    employment = "procedures/hr/employment.md"
    assert old(book) == {
        "hr/recruiting.md": employment, "hr/employing.md": employment, "service/notes.md": "procedures/service/remarks.md",
    }  # fmt: skip


def test_a_history_that_was_rewritten_is_read_anew(book: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md")
    assert list(old(book)) == ["hr/recruiting.md"]
    git(book, "mv", "procedures/hr/employing.md", "procedures/hr/employment.md")
    git(book, "commit", "-q", "--amend", "-m", "Another name")
    assert old(book) == {"hr/recruiting.md": "procedures/hr/employment.md"}
    git(book, "checkout", "-q", "-b", "other", "HEAD~1")
    assert old(book) == {}


def test_a_further_working_tree(book: Path, tmp_path: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md")
    git(book, "worktree", "add", "-q", "-b", "second", str(tmp_path / "second"))
    move(tmp_path / "second", "hr/employing.md", "hr/employment.md")
    assert old(tmp_path / "second")["hr/recruiting.md"] == "procedures/hr/employment.md"
    assert old(book) == {"hr/recruiting.md": "procedures/hr/employing.md"}


# What is not known


def build(book: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "rutine", "build", "--on", "2026-11-21"]
    kept = {name: value for name, value in os.environ.items() if name not in ("LANGUAGE", "SOURCE_DATE_EPOCH")}
    environment = kept | {"PYTHONPATH": str(TOOLS), "LC_ALL": "C.UTF-8", "NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True, check=False)


def test_a_clone_without_its_history_says_so_and_claims_nothing(book: Path, tmp_path: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md", "hr/employment.md")
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{book}", "shallow")
    shallow = tmp_path / "shallow"
    done = build(shallow)
    assert (done.returncode, done.stderr) == (
        0,
        "What was in force on 2026-11-21 cannot be told; everything is as it stands now. Git's history is not whole here."
        " In CI, fetch all of it (fetch-depth: 0, GIT_DEPTH: 0).\n"
        "Old addresses of renamed documents are unknown. Git's history is not whole here."
        " In CI, fetch all of it (fetch-depth: 0, GIT_DEPTH: 0).\n",
    )
    assert not (shallow / "site/hr/employing").exists()
    git(shallow, "fetch", "-q", "--unshallow")
    assert (build(shallow).stderr, (shallow / "site/hr/employing/index.html").is_file()) == ("", True)


def test_a_clone_without_contents_asks_nobody_for_them(book: Path, tmp_path: Path) -> None:
    git(book, "config", "uploadpack.allowFilter", "true")
    change(book / LEAVE, "Everybody gets", "All get")
    commit(book)
    move(book, "hr/recruiting.md", "hr/employing.md")
    change(book / "procedures/hr/employing.md", "We hire the best.", "We hire.")
    git(book, "mv", "procedures/hr/employing.md", "procedures/hr/employment.md")
    commit(book)
    git(tmp_path, "clone", "-q", "--filter=blob:none", f"file://{book}", "partial")
    (tmp_path / "book").rename(tmp_path / "gone")
    report = report_for_pages(tmp_path / "partial", read_settings(tmp_path / "partial"), TODAY)
    message = "This clone holds only a part of Git's history. Clone it again without --filter."
    assert (report.departures, told(report)) == ((), message)


def test_no_repository_and_no_commit(book: Path) -> None:
    shutil.rmtree(book / ".git")
    report = report_for_pages(book, read_settings(book), TODAY)
    assert (report.departures, report.untold) == ((), None)
    git(book, "init", "-q", "-b", "main")
    report = report_for_pages(book, read_settings(book), TODAY)
    assert (list(report.departures), report.untold) == ([], None)


def test_a_repository_that_git_does_not_read(book: Path) -> None:
    (book / ".git" / "HEAD").write_text("nonsense")
    report = report_for_pages(book, read_settings(book), TODAY)
    assert (report.departures, told(report)) == ((), f"{book} is not in a Git repository.")


def test_why_git_does_not_tell(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not there, where the folder is somebody else's, and where it takes too long."""
    move(book, "hr/recruiting.md", "hr/employing.md")
    settings = read_settings(book)
    with monkeypatch.context() as patch:
        patch.setattr(GitProgram, "GIT_PYTHON_GIT_EXECUTABLE", "no-such-program")
        assert told(report_for_pages(book, settings, TODAY)) == (
            "Git is not installed, or is not on the PATH. Install it from git-scm.com."
        )
    with monkeypatch.context() as patch:
        patch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        assert told(report_for_pages(book, settings, TODAY)) == (
            "Git does not trust this folder because somebody else owns it."
            f" Run: git config --global --add safe.directory {book}"
        )
    with monkeypatch.context() as patch:
        slow = book / "slow-git"
        slow.write_text("#!/bin/sh\nexec sleep 60\n")
        slow.chmod(0o755)
        patch.setattr(GitProgram, "GIT_PYTHON_GIT_EXECUTABLE", str(slow))
        patch.setattr(git_log, "PATIENCE", 0.1)
        assert told(report_for_pages(book, settings, TODAY)) == "Git gave no answer within 0.1 seconds."
    assert old(book) == {"hr/recruiting.md": "procedures/hr/employing.md"}


def test_old_addresses_on_windows(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """GitPython refuses a limit of time there."""
    move(book, "hr/recruiting.md", "hr/employing.md")
    settings = read_settings(book)
    monkeypatch.setattr(sys, "platform", "win32")
    left = renames.departures(book, settings)
    assert left == ([Departure("procedures/hr/recruiting.md", "procedures/hr/employing.md", "")], None)


# What handbook.yml says


def redirects(book: Path, text: str) -> None:
    with (book / "handbook.yml").open("a") as file:
        file.write(f"\nredirects:\n{text}")


def test_old_addresses_that_the_handbook_itself_knows(book: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md")
    redirects(
        book,
        "  hr/time-off.md: HR-001\n  hr/recruiting.md: hr/leave.md\n  HR-900: hr-010\n  /old/place/: service/notes.md\n",
    )
    assert old(book) == {
        "hr/time-off.md": LEAVE, "hr/recruiting.md": LEAVE, "HR-900.md": "procedures/hr/hiring.md",
        "old/place.md": "procedures/service/notes.md",
    }  # fmt: skip


@pytest.mark.parametrize("place", ["../out.md", "a/../../out.md", "/", "a//b", ".git/x.md", "<b>.md", "a/./b"])
def test_old_addresses_that_are_none(book: Path, place: str) -> None:
    redirects(book, f"  '{place}': HR-001\n")
    assert old(book) == {}


def test_an_old_address_that_leads_to_nothing_stops_the_build(book: Path) -> None:
    redirects(book, "  hr/time-off.md: HR-777\n  x.md: hr/none.md\n")
    report = report_for_pages(book, read_settings(book), TODAY)
    with pytest.raises(PublishingError) as caught:
        refuse_dangling(stage(book, report, book / "build" / "pages"))
    assert [(place.path, message.text.format_map(message.values)) for place, message in caught.value.faults] == [
        ("handbook.yml", "redirects: hr/time-off.md leads to HR-777, which is no document. Correct it."),
        ("handbook.yml", "redirects: x.md leads to hr/none.md, which is no document. Correct it."),
    ]


# What is published of it


def files(book: Path) -> dict[str, bytes]:
    report = report_for_pages(book, read_settings(book), TODAY)
    return extra_files(stage(book, report, book / "build" / "pages"), None)


def test_a_page_at_each_old_address(book: Path) -> None:
    move(book, "hr/recruiting.md", "people/employing.md")
    page = files(book)["hr/recruiting/index.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=../../people/employing/">' in page
    assert "<title>Recruiting</title>" in page
    change(book / "handbook.yml", "{plain: true}", "{plain: true, address: html}")
    assert b'url=../people/employing.html"' in files(book)["hr/recruiting.html"]


def test_no_old_address_takes_the_place_of_anything(book: Path) -> None:
    places = (
        "gifts.md", "hr/index.md", "hr.md", "404.md", "handbook.json.md", "hr/plan.png.md", "hr/plan.png/x.md", "HR-001.md",
        "register/roles/index.md", "index.md",
    )  # fmt: skip
    before = files(book)
    redirects(book, "".join(f"  {place}: HR-004\n" for place in places))
    assert files(book) == {**before, "404/index.html": files(book)["404/index.html"]}
    change(book / "handbook.yml", "{plain: true}", "{plain: true, address: html}")
    assert "404.html" not in files(book)


def test_a_document_that_is_not_published_is_not_led_to(book: Path) -> None:
    move(book, "service/eige.md", "service/own.md")
    assert "service/eige/index.html" in files(book)
    change(book / "schema/routine.json", '"type": "object"', '"type": "object", "x-publish": "never"')
    assert "service/eige/index.html" not in files(book)


@pytest.mark.browser
def test_the_browser_follows_an_old_address_to_its_document(browser: Browser, book: Path, tmp_path: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md", "people/hiring people.md")
    (tmp_path / "installed").mkdir()
    with served(built(book, tmp_path / "installed")) as address, watched(browser, address) as open_:
        for path in ("hr/recruiting/", "hr/employing/", "HR-009/"):
            page = open_(path)
            page.wait_for_url("**/people/hiring%20people/")
            assert page.locator("h1").inner_text() == "Recruiting"


def test_departures_are_plain_values(book: Path) -> None:
    move(book, "hr/recruiting.md", "hr/employing.md")
    found = renames.departures(book, read_settings(book))
    assert found == ([Departure("procedures/hr/recruiting.md", "procedures/hr/employing.md", "")], None)
    assert renames.departures(book, read_settings(book)) == found
