"""`rutine decision import`: from what GitHub and GitLab answer to decision records, in real repositories."""

from __future__ import annotations

import copy
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import Run
from forging import (
    BOOK,
    committed,
    document,
    git,
    github_examples,
    gitlab_example,
    pull,
    review,
    saved,
    smallby,
    squashed,
)
from rutine.errors import UsageError
from rutine.fingerprint import fingerprint
from rutine.forge_answers import read_change
from rutine.read import parse_document
from rutine.scaffold import template_files
from rutine.settings import read_settings

LEAVE, PAY = "procedures/leave.md", "procedures/pay.md"
PULL = "Codertocat/Hello-World#2"
URL = "https://github.com/Codertocat/Hello-World/pull/2#pullrequestreview-237895671"
NOTHING = "Nothing was recorded."


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return tmp_path / "book"


def told(rutine: Run, root: Path, *answers: Any, options: tuple[str, ...] = ()) -> list[str]:
    """What the command says of these answers, a line each."""
    done = rutine("decision", "import", *saved(root, *answers), *options, "-C", str(root))
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


def refused(rutine: Run, root: Path, *answers: Any, options: tuple[str, ...] = ()) -> str:
    """What the command says where it does nothing."""
    done = rutine("decision", "import", *saved(root, *answers), *options, "-C", str(root))
    assert (done.returncode, done.stdout) == (2, b"")
    assert not (root / "records").exists()
    return done.stderr.decode().removesuffix("\n")


def number(root: Path, path: str, commit: str) -> str:
    """The fingerprint of a document as it stood in a commit."""
    return fingerprint(
        parse_document(read_settings(root), path, git(root, "show", f"{commit}:{path}").encode() + b"\n")
    )


def test_github(rutine: Run, book: Path) -> None:
    """Each document is decided by whoever held the role that decides it; the time is that of the approval, in UTC."""
    base, head = smallby(book)
    squashed(book)
    document(book, "leave.md", "HR-001", "head", "Altered since, and not approved.")
    answers = (pull(base, head), [review("Ada-Lund", head, at="2026-11-20T23:59:59Z"), review("CILLA", head, at="2026-11-21T00:30:00+01:00", number=8)])  # fmt: skip
    assert told(rutine, book, *answers) == [
        "Written: records/decisions/HR-001/2026-11-20.yml",
        "Written: records/decisions/HR-002/2026-11-20.yml",
        "2 decisions were recorded.",
    ]
    record = (book / "records/decisions/HR-001/2026-11-20.yml").read_text("utf-8")
    assert record == (
        'document: HR-001\nversion: "1.0"\ndate: 2026-11-20\nby: head\nperson: cilla\n'
        f'reference: "{PULL}"\nfingerprint: "{number(book, LEAVE, head)}"\nauthor: eva\n'
        f'approval:\n  forge: github\n  by: CILLA\n  at: "2026-11-20T23:30:00Z"\n  commit: "{head}"\n  url: "{URL}"\n'
    )
    other = (book / "records/decisions/HR-002/2026-11-20.yml").read_text("utf-8")
    assert "by: director\nperson: ada\n" in other and number(book, PAY, head) in other
    git(book, "checkout", "-q", "--", LEAVE)
    done = rutine("check", str(book / "records"), "-C", str(book))
    assert (done.returncode, done.stdout.decode()) == (0, "Documents checked: 2. Errors: 0. Warnings: 0.\n")


def test_twice(rutine: Run, book: Path) -> None:
    """What is recorded is not recorded again, also where there are two records of a day."""
    base, head = smallby(book)
    answers = (pull(base, head), [review("cilla", head)])
    assert told(rutine, book, *answers)[0] == "HR-002: none whose approval counts held the role director on that day. Nothing is recorded."  # fmt: skip
    before = sorted(path.read_bytes() for path in (book / "records").rglob("*.yml"))
    again = "HR-001: this decision is already recorded in records/decisions/HR-001/2026-11-20.yml."
    assert told(rutine, book, *answers)[0] == again
    assert sorted(path.read_bytes() for path in (book / "records").rglob("*.yml")) == before
    assert len(before) == 1


@pytest.mark.parametrize(
    ("login", "at", "by"),
    [
        ("bo-ek", "2026-10-31T23:59:59Z", "bo"),  # his last day
        ("bo-ek", "2026-11-01T00:00:00Z", None),
        ("cilla", "2026-11-01T00:00:00Z", "cilla"),  # her first
        ("cilla", "2026-11-01T00:30:00+01:00", None),  # which in UTC is the day before
        ("dag", "2026-11-20T12:00:00Z", "dag"),  # the deputy's last
        ("dag", "2026-11-21T00:00:00Z", None),
        ("Ada-Lund", "2026-11-20T12:00:00Z", None),  # the director, who does not decide this one
    ],
)
def test_who_held_the_role_on_the_day(login: str, at: str, by: str | None, rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    lines = told(rutine, book, pull(base, head), review(login, head, at=at), options=("--document", "HR-001"))
    if by:
        (record,) = (book / "records/decisions/HR-001").iterdir()
        assert f"\nperson: {by}\n" in record.read_text()
    else:
        assert lines == [
            "HR-001: none whose approval counts held the role head on that day. Nothing is recorded.",
            NOTHING,
        ]


OLD = "0123456789abcdef0123456789abcdef01234567"
STALE = "cilla approved the commit 0123456789ab, but the change was altered after that. The approval does not count."
NO_APPROVAL = f"No approval of {PULL} counts. Nothing is recorded."


@pytest.mark.parametrize(
    ("reviews", "reason"),
    [
        ([("cilla", "OLD", "APPROVED", 1)], STALE),
        ([("cilla", "HEAD", "APPROVED", 1), ("cilla", "HEAD", "CHANGES_REQUESTED", 2)], "cilla has asked for changes last, which is no approval."),
        ([("cilla", "HEAD", "APPROVED", 1), ("Cilla", "OLD", "APPROVED", 2)], STALE.replace("cilla", "Cilla")),
        ([("cilla", "HEAD", "DISMISSED", 1)], "The approval of cilla was taken back or dismissed."),
        ([("cilla", "HEAD", "COMMENTED", 1)], ""),
        ([("nobody", "HEAD", "APPROVED", 1)], "nobody is the account of no person, or of several, in handbook.yml. Add it there: accounts, at the person."),
        ([("renovate[bot]", "HEAD", "APPROVED", 1)], "renovate[bot] is a program. Its approval does not count."),
        ([("cilla", "HEAD", "CHANGES_REQUESTED", 1), ("cilla", "HEAD", "APPROVED", 2)], None),
        ([("cilla", "OLD", "APPROVED", 1), ("cilla", "HEAD", "APPROVED", 2)], None),
        ([("cilla", "HEAD", "APPROVED", 2), ("cilla", "HEAD", "CHANGES_REQUESTED", 1)], None),  # not in their order
        ([("cilla", "HEAD", "APPROVED", 1), ("cilla", "HEAD", "COMMENTED", 2)], None),
        ([("cilla", "HEAD", "APPROVED", 1), ("Ada-Lund", "HEAD", "CHANGES_REQUESTED", 2)], None),
    ],
)  # fmt: skip
def test_the_last_word_of_each(reviews: list[Any], reason: str | None, rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    answers = [
        review(login, head if commit == "HEAD" else OLD, state, f"2026-11-20T12:00:0{second}Z", index)
        for index, (login, commit, state, second) in enumerate(reviews, 1)
    ]
    lines = told(rutine, book, pull(base, head), answers, options=("--document", "HR-001"))
    if reason is None:
        assert lines[-1] == "One decision was recorded."
    else:
        assert lines == [*([reason] if reason else []), NO_APPROVAL, NOTHING]
        assert not (book / "records").exists()


def test_a_program_without_the_name_of_one(rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    found = review("cilla", head)
    found["user"]["type"] = "Bot"
    assert told(rutine, book, pull(base, head), found)[0] == "cilla is a program. Its approval does not count."


def test_a_review_that_was_dismissed_later(rutine: Run, book: Path) -> None:
    """The webhook's own example of it; and the newest state counts in whatever order the answers are given."""
    base, head = smallby(book)
    event = github_examples("pull_request_review", "dismissed")
    assert event["review"]["state"] == "dismissed"
    event["pull_request"]["base"]["sha"], event["pull_request"]["head"]["sha"] = base, head
    event["review"] |= {"id": 7, "commit_id": head}
    event["review"]["user"]["login"] = "cilla"
    for answers in ((event, pull(base, head), review("cilla", head)), (review("cilla", head), pull(base, head), event)):
        assert told(rutine, book, *answers)[0] == "The approval of cilla was taken back or dismissed."


def test_the_webhook_alone(rutine: Run, book: Path) -> None:
    """It comes before the change is merged, which is said."""
    base, head = smallby(book)
    event = github_examples("pull_request_review", "submitted")
    event["pull_request"]["base"]["sha"], event["pull_request"]["head"]["sha"] = base, head
    event["review"] |= {"commit_id": head, "state": "approved", "submitted_at": "2026-11-20T12:00:00Z"}
    event["review"]["user"]["login"] = "cilla"
    assert told(rutine, book, event, options=("--document", "hr-001")) == [
        f"{PULL} is not merged yet. If it is altered after this, what was approved is not what comes to be in force.",
        "Written: records/decisions/HR-001/2026-11-20.yml",
        "One decision was recorded.",
    ]


def test_closed_and_not_merged(rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    answers = pull(base, head, merged=False, merged_at=None), review("cilla", head)
    assert told(rutine, book, *answers) == [f"{PULL} was closed without being merged. Nothing is recorded.", NOTHING]


def test_a_later_push_is_the_newest_of_the_answers(rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    document(book, "leave.md", "HR-001", "head", "Something else.")
    later = committed(book)
    early, late = pull(base, head, updated_at="2026-11-20T10:00:00Z"), pull(base, later, updated_at="2026-11-21T10:00:00Z")  # fmt: skip
    assert told(rutine, book, late, review("cilla", head), early)[0] == (
        f"cilla approved the commit {head[:12]}, but the change was altered after that. The approval does not count."
    )


def test_what_the_change_says_of_who_decides(rutine: Run, book: Path) -> None:
    """A change that names another decider must also be approved by the one it was, under whatever name the file goes."""
    base, _ = smallby(book)
    git(book, "mv", LEAVE, "procedures/days-off.md")
    document(book, "days-off.md", "HR-001", "director", "Never.")
    head = committed(book)
    answers = pull(base, head), [review("Ada-Lund", head)]
    assert told(rutine, book, *answers)[0] == (
        "HR-001: the change says that director decides, where it was head. Nothing is recorded, for head has not approved that."
    )
    both = [review("Ada-Lund", head), review("cilla", head, number=8)]
    assert told(rutine, book, pull(base, head), both)[0] == "HR-002: this decision is already recorded in records/decisions/HR-002/2026-11-20.yml."  # fmt: skip
    assert "by: director\n" in (book / "records/decisions/HR-001/2026-11-20.yml").read_text()


def test_four_eyes(rutine: Run, book: Path) -> None:
    """Where the handbook wants two pairs of eyes, nobody approves their own proposal, from whatever account."""
    base, head = smallby(book)
    own = pull(base, head) | {"user": review("cilla", head)["user"]}
    assert told(rutine, book, own, review("cilla", head))[-1] == "One decision was recorded."
    assert "author: cilla\n" in (book / "records/decisions/HR-001/2026-11-20.yml").read_text()
    shutil.rmtree(book / "records")
    (book / "handbook.yml").write_text(BOOK + "evidence: {four_eyes: true}\n")
    assert told(rutine, book, own, review("Cilla", head))[0] == (
        "Cilla approved what was their own proposal. With four eyes, that does not count."
    )
    assert told(rutine, book, pull(base, head), review("cilla", head))[-1] == "One decision was recorded."
    event_ = event("cilla.vik", head, "approved", "2026-11-20T12:00:00Z", state="merged")
    assert told(rutine, book, event_, options=("--document", "HR-001"))[0] == (
        "The answers do not say who proposed the change, so that the approval of cilla.vik might be of somebody's own work. Give also what GitLab answers to GET /projects/ID/merge_requests/NUMBER."
    )


def test_an_author_without_an_account_is_no_person(rutine: Run, book: Path) -> None:
    """`ada` on GitHub need not be `ada` in handbook.yml."""
    base, head = smallby(book)
    told(rutine, book, pull(base, head) | {"user": review("ada", head)["user"]}, review("cilla", head))
    assert 'author: "github:ada"\n' in (book / "records/decisions/HR-001/2026-11-20.yml").read_text()


def test_a_change_of_the_settings_is_told(rutine: Run, book: Path) -> None:
    base, _ = smallby(book)
    (book / "handbook.yml").write_text(BOOK.replace("holders: [ada]", "holders: [ada, eva]"))
    head = committed(book)
    assert told(rutine, book, pull(base, head), review("Codertocat", head))[0] == (
        f"{PULL} also alters handbook.yml, which says who holds which role. See that it does not itself make its approval valid."
    )


def test_documents_of_which_nothing_can_be_recorded(rutine: Run, book: Path) -> None:
    base, _ = smallby(book)
    document(book, "draft.md", "HR-004", "head", "Perhaps.", "draft")
    document(book, "odd.md", "HR-005", "nobody", "Text.")
    document(book, "council.md", "HR-006", "council", "Text.")
    (book / "procedures" / "index.md").write_text("# Front page\n")
    (book / "procedures" / "broken.md").write_text("---\nid: [\n---\n\nText.\n")
    (book / PAY).unlink()
    head = committed(book)
    lines = told(rutine, book, pull(base, head), review("cilla", head))
    assert lines == [
        "procedures/broken.md cannot be read as it is in the approved commit. Nothing is recorded of it.",
        "HR-006: none whose approval counts held the role council on that day. Nothing is recorded.",
        "procedures/draft.md is a draft, of which nothing was decided.",
        "procedures/odd.md is decided by nobody, which is no role of handbook.yml.",
        "Written: records/decisions/HR-001/2026-11-20.yml",
        "One decision was recorded.",
    ]


def test_no_document(rutine: Run, book: Path) -> None:
    base, _ = smallby(book)
    git(book, "checkout", "-q", "main")
    (book / "README.md").write_text("Read this.\n")
    head = committed(book)
    assert told(rutine, book, pull(base, head), review("cilla", head)) == [f"{PULL} alters no document.", NOTHING]


def test_what_the_branch_took_over_from_others_is_not_its_own(rutine: Run, book: Path) -> None:
    """The base that the forge tells may be older than what was merged into the branch since."""
    base, _ = smallby(book)
    git(book, "checkout", "-q", "main")
    document(book, "other.md", "HR-003", "head", "Somebody else's change.")
    committed(book)
    git(book, "checkout", "-q", "change")
    git(book, "merge", "-q", "-m", "Up to date", "main")
    head = git(book, "rev-parse", "HEAD")
    squashed(book)
    merged = pull(base, head, merge_commit_sha=git(book, "rev-parse", "HEAD"))
    assert [line for line in told(rutine, book, merged, review("cilla", head)) if "HR-003" in line] == []
    by_hand = pull(base, head, merge_commit_sha=head)  # merged without GitHub: then the base is all there is
    assert any("HR-003" in line for line in told(rutine, book, by_hand, review("cilla", head)))


def test_commits_that_are_not_here(rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    assert refused(rutine, book, pull(base, OLD), review("cilla", OLD)) == (
        f"The approved commit 0123456789ab of {PULL} is not here, so that nobody can tell what it says. Fetch it: git fetch origin refs/pull/2/head"
    )
    assert refused(rutine, book, pull(OLD, head), review("cilla", head)) == (
        f"What {PULL} is to be compared with is not known here, so that its documents cannot be told. Name them with --document, or fetch the whole history."
    )
    assert refused(rutine, book, pull(OLD, head), options=("--document", "HR-9")) == "There is no document HR-9, or more than one."  # fmt: skip
    lines = told(rutine, book, pull(OLD, head), review("cilla", head), options=("--document", "HR-001"))
    assert lines[-1] == "One decision was recorded."


# GitLab


def merge_request(base: str, head: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = gitlab_example("merge-request")
    return found | {"sha": head, "diff_refs": {"base_sha": base, "head_sha": head, "start_sha": base}} | more


def approvals(*people: tuple[str, str | None]) -> dict[str, Any]:
    found: dict[str, Any] = gitlab_example("approvals")
    one = found["approved_by"][0]
    found["approved_by"] = [{"user": one["user"] | {"username": login}, "approved_at": at} for login, at in people]
    return found | {"iid": 1}


def versions(*heads: tuple[str, str]) -> list[dict[str, Any]]:
    one = gitlab_example("versions")[0]
    return [one | {"head_commit_sha": head, "created_at": at} for head, at in heads]


def event(login: str, head: str, action: str, at: str, **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = gitlab_example("webhook")
    found["user"]["username"] = login
    found["project"]["path_with_namespace"] = "my-group/my-project"
    found["object_attributes"] |= {"action": action, "updated_at": at, **more}
    found["object_attributes"]["last_commit"]["id"] = head
    return found


def test_gitlab(rutine: Run, book: Path) -> None:
    """An approval names no commit: it is of the version that was the newest then."""
    base, head = smallby(book)
    squashed(book)
    pushed = versions((head, "2026-11-20T10:00:00.000Z"), (OLD, "2026-11-19T10:00:00.000Z"))
    given = approvals(("cilla.vik", "2026-11-20T10:00:00.500+00:00"), ("ada.lund", "2026-11-20T09:59:59.999Z"))
    assert told(rutine, book, merge_request(base, head), given, pushed) == [
        "ada.lund approved the commit 0123456789ab, but the change was altered after that. The approval does not count.",
        "HR-002: none whose approval counts held the role director on that day. Nothing is recorded.",
        "Written: records/decisions/HR-001/2026-11-20.yml",
        "One decision was recorded.",
    ]
    assert (book / "records/decisions/HR-001/2026-11-20.yml").read_text("utf-8") == (
        'document: HR-001\nversion: "1.0"\ndate: 2026-11-20\nby: head\nperson: cilla\n'
        f'reference: "my-group/my-project!1"\nfingerprint: "{number(book, LEAVE, head)}"\nauthor: eva\n'
        f'approval:\n  forge: gitlab\n  by: cilla.vik\n  at: "2026-11-20T10:00:00Z"\n  commit: "{head}"\n'
        '  url: "http://gitlab.example.com/my-group/my-project/merge_requests/1"\n'
    )


WITHOUT = (
    "The answers do not say which commit cilla.vik approved. Give also what GitLab answers to GET /projects/ID/merge_requests/NUMBER/versions.",
    "The answers do not say when cilla.vik approved. Newer versions of GitLab do, and so does what its webhook sends.",
)


def test_gitlab_without_the_commit_or_the_time(rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    request, pushed = merge_request(base, head), versions((head, "2026-11-20T10:00:00Z"))
    no_approval = "No approval of my-group/my-project!1 counts. Nothing is recorded."
    for answers, reason in (
        ((request, approvals(("cilla.vik", "2026-11-20T11:00:00Z"))), WITHOUT[0]),
        ((request, approvals(("cilla.vik", "2026-11-20T09:00:00Z")), pushed), WITHOUT[0]),
        ((request, approvals(("cilla.vik", None)), pushed), WITHOUT[1]),
    ):
        assert told(rutine, book, *answers) == [reason, no_approval, NOTHING]


def test_gitlab_webhook(rutine: Run, book: Path) -> None:
    """Who has approved, of which commit, and whether that was taken back; which the list of approvals knows as well."""
    base, head = smallby(book)
    given = event("cilla.vik", head, "approved", "2026-11-20 12:00:00 UTC", state="opened")
    back = event("cilla.vik", head, "unapproval", "2026-11-20 12:01:00 UTC", state="opened")
    request = merge_request(base, head)
    assert told(rutine, book, given, back, request)[0] == "The approval of cilla.vik was taken back or dismissed."
    assert told(rutine, book, request, given, approvals())[0] == "No approval of my-group/my-project!1 counts. Nothing is recorded."  # fmt: skip
    lines = told(rutine, book, request, given, approvals(("cilla.vik", None)), options=("--document", "HR-001"))
    assert lines == ["Written: records/decisions/HR-001/2026-11-20.yml", "One decision was recorded."]
    assert 'at: "2026-11-20T12:00:00Z"' in (book / "records/decisions/HR-001/2026-11-20.yml").read_text()


def test_gitlabs_programs(rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    given = approvals(("project_12_bot_0f1e", "2026-11-20T11:00:00Z"))
    pushed = versions((head, "2026-11-20T10:00:00Z"))
    assert told(rutine, book, merge_request(base, head), given, pushed)[0] == (
        "project_12_bot_0f1e is a program. Its approval does not count."
    )


# What is no such answer, and what means harm

EXPECTED = (
    "holds something else than what GitHub or GitLab answers about a change. Expected is a pull request, its reviews or the webhook's pull_request_review (GitHub), "
    "or a merge request, its approvals, its versions or the webhook's merge request (GitLab)."
)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "There is no answer in FILE."),
        (b"[]", "There is no answer in FILE."),
        (b"{", "FILE is not valid JSON (Expecting property name enclosed in double quotes)."),
        (b"{}", f"FILE {EXPECTED}"),
        (b'{"message": "Not Found", "status": "404"}', f"FILE {EXPECTED}"),
        (b"7", f"FILE {EXPECTED}"),
        (b"[[[null]]]", f"FILE {EXPECTED}"),
        (b"\xff\xfe\xfa", "FILE is not saved as UTF-8."),
        (b'{"a": "\xe5"}', "FILE is not saved as UTF-8."),
        (b"[" * 51 + b"]" * 51, "FILE is nested too deep."),
        (b"[" * 1_000_000, "FILE is nested too deep."),
        (b'{"a":' * 400_000, "FILE is nested too deep."),
        (b'{"number": ' + b"9" * 5000 + b"}", "FILE is not valid JSON (ValueError)."),
        (b'{"number": NaN}', "FILE is not valid JSON (ValueError)."),
        (b" " * 20_000_001, "FILE is larger than 20 MB."),
        (b"[" + b'{"pull_request_url":"x","state":"y"},' * 5000 + b'{"pull_request_url":"x","state":"y"}]', "There are more than 5000 answers here. Give those of one change."),
        (b'{"pull_request_url":"x","state":"y"}', "There are reviews, but not the pull request that they are about. Give also what GitHub answers to GET /repos/OWNER/REPOSITORY/pulls/NUMBER."),
        (b'{"approved_by": []}', "There are approvals, but not the merge request that they are about. Give also what GitLab answers to GET /projects/ID/merge_requests/NUMBER."),
        (b'{"approved_by": []} {"pull_request_url":"x","state":"y"}', "Some of the answers are GitHub's (FILE) and some are GitLab's (FILE). Give those of one change."),
        (b'{"object_kind": "note", "object_attributes": {}}', "FILE: the field object_kind is missing, or is not what GitHub or GitLab answers. Fetch the answer again, and do not change it."),
    ],
)  # fmt: skip
def test_what_is_no_answer(content: bytes, problem: str, rutine: Run, book: Path) -> None:
    smallby(book)
    path = book.parent / "answer.json"
    path.write_bytes(content)
    done = rutine("decision", "import", str(path), "-C", str(book))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode() == problem.replace("FILE", str(path)) + "\n"


def test_files_that_cannot_be_read(rutine: Run, book: Path) -> None:
    smallby(book)
    done = rutine("decision", "import", "gone.json", "-C", str(book))
    assert (done.returncode, done.stderr) == (2, b"gone.json cannot be read: No such file or directory.\n")


HOSTILE = [
    ("number", True), ("number", "2"), ("number", 0), ("head.sha", "main"), ("head.sha", OLD.upper()), ("head.sha", f"{OLD}\n"),
    ("head.sha", "--output=/tmp/x"), ("base.sha", ["x"]), ("base.repo.full_name", "a/b\nby: director"), ("base.repo.full_name", "../.."),
    ("base.repo", None), ("user.login", "eva: {x: y}"), ("user.login", "x" * 100_000), ("user.login", "\ud800"), ("user", "eva"),
    ("updated_at", "yesterday"), ("updated_at", "0000-00-00T00:00:00Z"), ("updated_at", "0001-01-01T00:00:00+23:59"),
    ("review.state", "APPROVED\x1b[31m"), ("review.state", "agreed"), ("review.commit_id", 7), ("review.html_url", "javascript:alert(1)"),
    ("review.html_url", 'https://x/"\nby: director'), ("review.html_url", "https://x/" + "a" * 5000), ("review.html_url", None),
    ("review.submitted_at", "2026-13-01T00:00:00Z"), ("review.submitted_at", None), ("review.user.login", "a\u202eb"), ("review.user", []),
    ("review.pull_request_url", "https://api.github.com/x"), ("review.id", "7"), ("review.id", 10**30),
]  # fmt: skip


@pytest.mark.parametrize(("field", "value"), HOSTILE)
def test_hostile_values(field: str, value: Any, rutine: Run, book: Path) -> None:
    """Whatever is not what the forge writes is told by its name; the value itself is shown nowhere."""
    base, head = smallby(book)
    request, given = pull(base, head), review("cilla", head)
    place: Any = given if field.startswith("review.") else request
    name = field.removeprefix("review.")
    *above, last = name.split(".")
    for part in above:
        place = place[part]
    place[last] = value
    first = book.parent / "answer-1.json"
    blame = book.parent / "answer-2.json" if field.startswith("review.") else first
    assert refused(rutine, book, request, given) == (
        f"{blame}: the field {name} is missing, or is not what GitHub or GitLab answers. Fetch the answer again, and do not change it."
    )


def test_answers_about_two_changes(rutine: Run, book: Path) -> None:
    base, head = smallby(book)
    other = review("cilla", head) | {"pull_request_url": "https://api.github.com/repos/Codertocat/Hello-World/pulls/3"}
    assert refused(rutine, book, pull(base, head), other) == (
        f"The answers are about two changes, {PULL} and Codertocat/Hello-World#3. Give those of one."
    )
    assert refused(rutine, book, merge_request(base, head), gitlab_example("approvals")) == (
        "The answers are about two changes, my-group/my-project!1 and !5. Give those of one."
    )


def test_ids_that_lead_elsewhere(rutine: Run, book: Path) -> None:
    """A number that a stranger's change gives a document is no way out of the folder of records."""
    base, _ = smallby(book)
    document(book, "leave.md", '"../../../x"', "head", "Text.")
    head = committed(book)
    told(rutine, book, pull(base, head), review("cilla", head))
    written = {path.relative_to(book.parent).as_posix() for path in book.parent.rglob("*.yml")}
    assert {path for path in written if "records" not in path} == {"book/handbook.yml"}
    assert not any(".." in path for path in written)


def test_standard_input_and_pages_one_after_the_other(book: Path, environment: dict[str, str]) -> None:
    """`gh api --paginate` writes a list for each page."""
    base, head = smallby(book)
    text = "\n".join(
        map(json.dumps, (pull(base, head), [review("Ada-Lund", head)], [[review("cilla", head, number=8)]]))
    )
    command = [sys.executable, "-W", "error", "-m", "rutine", "decision", "import", "-", "-C", str(book)]
    done = subprocess.run(command, env=environment, input=text.encode("utf-16"), capture_output=True, check=False)
    assert (done.returncode, done.stderr, done.stdout.decode().splitlines()[-1]) == (
        0,
        b"",
        "2 decisions were recorded.",
    )


# In CI

STAND_IN = """\
#!/bin/sh
echo "$@" >> "$ANSWERS/called"
case "$*" in
  *"/commits/"*) echo 2 ;;
  *"/reviews") cat "$ANSWERS/reviews.json" ;;
  "api "*) cat "$ANSWERS/change.json" ;;
  "pr create"*) exit "$CREATE" ;;
esac
"""


def in_ci(book: Path, script: str, environment: dict[str, str]) -> str:
    """Run a step's script as the CI server does, with `rutine` on the PATH; what it prints."""
    tools = book.parent / "tools"
    tools.mkdir(exist_ok=True)
    for name, text in (("rutine", f'#!/bin/sh\nexec {sys.executable} -W error -m rutine "$@"\n'), ("gh", STAND_IN)):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    path = {"PATH": f"{tools}:{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(book.parent)}
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=book, env=environment | path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def origin_of(book: Path, reference: str) -> Path:
    """A bare repository that the handbook is a clone of, with the change at the name that the forge gives it."""
    origin = book.parent / "origin.git"
    git(book.parent, "clone", "-q", "--bare", str(book), str(origin))
    git(origin, "update-ref", reference, "change")
    git(origin, "update-ref", "-d", "refs/heads/change")
    git(book, "remote", "add", "origin", str(origin))
    git(book, "branch", "-qD", "change")
    git(book, "reflog", "expire", "--expire=now", "--all")
    git(book, "gc", "-q", "--prune=now")
    return origin


@pytest.mark.parametrize("create", ["0", "1"])
def test_the_workflow(create: str, book: Path, environment: dict[str, str]) -> None:
    """The steps as they are written, in Bash, with a stand-in for GitHub's own program."""
    base, head = smallby(book)
    squashed(book)
    origin = origin_of(book, "refs/pull/2/head")
    (book.parent / "change.json").write_text(json.dumps(pull(base, head)))
    (book.parent / "reviews.json").write_text(json.dumps([review("cilla", head)]))
    merged, temporary = git(book, "rev-parse", "HEAD"), book.parent / "temporary"
    temporary.mkdir()
    text = dict(template_files("en", "Trial", date(2026, 11, 21)))[".github/workflows/decisions.yml"]
    steps = [step for step in yaml.safe_load(text)["jobs"]["decisions"]["steps"] if "shell" in step]
    assert not any("${{" in step["run"] for step in steps), "nothing of an event is written into a script"
    more = {
        "ANSWERS": str(book.parent), "CREATE": create, "RUNNER_TEMP": str(temporary), "GITHUB_SHA": merged,
        "GITHUB_REPOSITORY": "Codertocat/Hello-World", "GITHUB_REF_NAME": "main",
    }  # fmt: skip
    printed = [in_ci(book, step["run"], environment | more) for step in steps]
    assert printed[0].splitlines()[-2:] == [
        "Written: records/decisions/HR-001/2026-11-20.yml",
        "One decision was recorded.",
    ]
    branch = f"decisions-{merged}"
    assert printed[1] == ("" if create == "0" else f"The records are in the branch {branch}. Open a pull request for it.\n")  # fmt: skip
    assert git(origin, "diff", "--name-status", merged, branch) == "A\trecords/decisions/HR-001/2026-11-20.yml"
    assert f"pr create --base main --head {branch}" in (book.parent / "called").read_text()
    assert in_ci(book, steps[0]["run"], environment | more).splitlines()[-1] == NOTHING
    assert in_ci(book, steps[1]["run"], environment | more) == ""


class Answers(BaseHTTPRequestHandler):
    """GitLab's REST interface, as far as the pipeline asks."""

    known: ClassVar[dict[str, Any]] = {}

    def do_GET(self) -> None:
        answer = self.known.get(self.path) if self.headers["PRIVATE-TOKEN"] == "secret" else None
        self.send_response(200 if answer is not None else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_: Any) -> None:
        """Nothing is printed."""


def test_the_pipeline(book: Path, environment: dict[str, str]) -> None:
    """The script as it is written, with curl and a server that answers as GitLab does."""
    base, head = smallby(book)
    squashed(book)
    origin = origin_of(book, "refs/merge-requests/1/head")
    git(origin, "config", "receive.advertisePushOptions", "true")
    merged = git(book, "rev-parse", "HEAD")
    request = merge_request(base, head)
    Answers.known = {
        f"/projects/3/repository/commits/{merged}/merge_requests": [request],
        "/projects/3/merge_requests/1": request,
        "/projects/3/merge_requests/1/approvals": approvals(("cilla.vik", "2026-11-20T11:00:00Z")),
        "/projects/3/merge_requests/1/versions?per_page=100": versions((head, "2026-11-20T10:00:00Z")),
    }
    text = dict(template_files("en", "Trial", date(2026, 11, 21)))[".gitlab/decisions.yml"]
    (script,) = yaml.safe_load(text)["decisions"]["script"]
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        more = {
            "RUTINE_TOKEN": "secret", "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}", "CI_PROJECT_ID": "3",
            "CI_COMMIT_SHA": merged, "CI_DEFAULT_BRANCH": "main", "CI_SERVER_HOST": "gitlab.example",
            "CI_PROJECT_URL": str(origin).removesuffix(".git"), "no_proxy": "*",
        }  # fmt: skip
        printed = in_ci(book, script, environment | more)
        server.shutdown()
    assert printed.splitlines()[-1] == "One decision was recorded."
    assert git(origin, "diff", "--name-status", merged, f"decisions-{merged}") == "A\trecords/decisions/HR-001/2026-11-20.yml"  # fmt: skip


# Anything at all

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Where something stands in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [way, *(found for key, item in inner for found in places(item, (*way, key)))]


def with_other(value: Any, way: tuple[str | int, ...], other: Any) -> Any:
    """The value with something else at a place."""
    if not way:
        return other
    made = copy.copy(value)
    made[way[0]] = with_other(value[way[0]], way[1:], other)
    return made


@settings(deadline=None)
@given(st.data())
def test_whatever_stands_in_an_answer(data: st.DataObject) -> None:
    """It is read as what it must be, or refused with a sentence; nothing else happens."""
    github = [pull(OLD, OLD), review("cilla", OLD), github_examples("pull_request_review", "submitted")]
    gitlab = [
        merge_request(OLD, OLD),
        approvals(("cilla.vik", "2026-11-20T11:00:00Z")),
        versions((OLD, "2026-11-20T10:00:00Z")),
        event("cilla.vik", OLD, "approved", "2026-11-20T12:00:00Z"),
    ]
    answers: Any = data.draw(st.sampled_from([github, gitlab]))
    for _ in range(data.draw(st.integers(0, 2))):
        answers = with_other(answers, data.draw(st.sampled_from(places(answers))), data.draw(JSON))
    content = json.dumps(answers).encode()
    cut = data.draw(st.sampled_from([len(content), len(content), len(content) // 2]))
    try:
        change = read_change([("answers.json", content[:cut])])
    except UsageError as error:
        assert "answers" in str(error) or "There are" in str(error)
    else:
        texts = [change.reference, change.author, change.base, change.head]
        texts += [text for one in change.opinions for text in (one.login, one.commit, one.url)]
        assert all(text.isascii() and text.isprintable() and not set(text) & set(" \"'\\`<>{}") for text in texts)
