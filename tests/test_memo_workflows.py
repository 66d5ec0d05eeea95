"""What `rutine init` lays out puts the memo of a change into one comment: run as GitHub and GitLab run it, against forges of our own."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from conftest import TOOLS, missing
from rutine.formats._memo import MARKER
from rutine.scaffold import lay_out

TOKEN = {"RUTINE_TOKEN": "secret"}
HOSTILE = "$(touch pwned) `touch pwned` \"; touch pwned; ' @everyone\n/close\n"
MEMO = f"{MARKER}\n## Beslutningsnotat\n\næøå {HOSTILE}"

GH = """\
#!%(python)s
# Speaks like `gh api`, and keeps its comments in a file.
import json, os, subprocess, sys
from pathlib import Path
arguments, store = sys.argv[1:], Path(os.environ["STORE"])
assert arguments.pop(0) == "api" and os.environ["GH_TOKEN"] == "secret"
options, positional = {}, []
while arguments:
    word = arguments.pop(0)
    if word in ("--paginate", "--silent"):
        options[word] = True
    elif word in ("--jq", "--method", "--field"):
        options[word] = arguments.pop(0)
    else:
        assert not word.startswith("-"), word
        positional.append(word)
(path,) = positional
comments = json.loads(store.read_text())
with open(os.environ["CALLS"], "a") as calls:
    calls.write(f"{options.get('--method', 'GET')} {path}\\n")
if "--method" not in options:
    assert path == "repos/granvag/handbok/issues/7/comments?per_page=100", path
    pages = [comments[start : start + 100] for start in range(0, len(comments), 100)] or [[]]
    for page in pages if options.get("--paginate") else pages[:1]:
        subprocess.run(["jq", "-r", options["--jq"]], input=json.dumps(page), text=True, check=True)
    sys.exit(0)
if os.environ.get("FORK"):
    print("gh: Resource not accessible by integration (HTTP 403)", file=sys.stderr)
    sys.exit(1)
name, _, value = options["--field"].partition("=")
assert name == "body" and value.startswith("@")
body = Path(value[1:]).read_text()
if options["--method"] == "POST":
    assert path == "repos/granvag/handbok/issues/7/comments", path
    comments.append({"id": 1000 + len(comments), "user": {"login": "github-actions[bot]"}, "body": body})
else:
    assert options["--method"] == "PATCH"
    (comment,) = [one for one in comments if path == f"repos/granvag/handbok/issues/comments/{one['id']}"]
    comment["body"] = body
store.write_text(json.dumps(comments))
"""


@pytest.fixture(scope="module")
def laid_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init") / "hb"
    lay_out(folder, "en", "Trial", date(2026, 11, 21))
    return folder


def environment(**more: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name not in ("GH_TOKEN", "GITHUB_TOKEN", "RUTINE_TOKEN")
    }
    return {**kept, "LC_ALL": "C.UTF-8", **more}


# GitHub


class GitHub:
    """A pull request with its comments, and the step that comments on it."""

    def __init__(self, folder: Path, laid_out: Path) -> None:
        if shutil.which("jq") is None:
            missing("jq")
        workflow = yaml.safe_load((laid_out / ".github" / "workflows" / "check.yml").read_text("utf-8"))
        self.job = workflow["jobs"]["memo"]
        self.folder, self.summary, self.calls, self.store = (
            folder,
            folder / "summary",
            folder / "calls",
            folder / "comments.json",
        )
        (folder / "bin").mkdir()
        (folder / "temp").mkdir()
        (folder / "bin" / "gh").write_text(GH % {"python": sys.executable})
        (folder / "bin" / "gh").chmod(0o755)
        self.hold([])

    def hold(self, comments: list[dict[str, Any]]) -> None:
        self.store.write_text(json.dumps(comments))

    def run(self, memo: str, **more: str) -> str:
        (self.folder / "temp" / "memo.md").write_text(memo)
        step = next(step for step in self.job["steps"] if step.get("name") == "Put the memo into a comment")
        assert set(step["env"]) == {"GH_TOKEN", "REPOSITORY", "NUMBER"} and step["shell"] == "bash"
        variables = environment(
            PATH=f"{self.folder / 'bin'}:{os.environ['PATH']}", GH_TOKEN="secret", REPOSITORY="granvag/handbok", NUMBER="7",  # noqa: S106
            RUNNER_TEMP=str(self.folder / "temp"), GITHUB_STEP_SUMMARY=str(self.summary),
            STORE=str(self.store), CALLS=str(self.calls), **more,
        )  # fmt: skip
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=self.folder, env=variables, check=True, capture_output=True, text=True)
        assert not list(self.folder.rglob("pwned"))
        return done.stdout

    @property
    def comments(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads(self.store.read_text())
        return found


@pytest.fixture
def github(tmp_path: Path, laid_out: Path) -> GitHub:
    return GitHub(tmp_path, laid_out)


def test_one_comment_that_is_kept_up_to_date(github: GitHub) -> None:
    assert github.run(MEMO) == ""
    github.run(f"{MEMO}more")
    assert [comment["body"] for comment in github.comments] == [f"{MEMO}more"]
    assert not github.summary.exists()


def test_others_comments_are_left_alone(github: GitHub) -> None:
    """Also one that begins like ours, and where there are many before ours."""
    theirs = [{"id": number, "user": {"login": "kari"}, "body": f"{MARKER}\nMine"} for number in range(1, 151)]
    ours = {"id": 500, "user": {"login": "github-actions[bot]"}, "body": f"{MARKER}\nOld"}
    other = {"id": 501, "user": {"login": "github-actions[bot]"}, "body": f"See {MARKER}"}
    github.hold([*theirs, ours, other])
    github.run(MEMO)
    assert github.comments == [*theirs, {**ours, "body": MEMO}, other]


@pytest.mark.parametrize("comments", [[], [{"id": 5, "user": {"login": "github-actions[bot]"}, "body": MARKER}]])
def test_a_fork_gets_a_summary(github: GitHub, comments: list[dict[str, Any]]) -> None:
    github.hold(comments)
    assert github.run(MEMO, FORK="1") == "::notice::This run may not comment. The memo stands in its summary.\n"
    assert github.summary.read_text() == MEMO
    assert github.comments == comments


def test_only_the_memo_may_write(github: GitHub, laid_out: Path) -> None:
    """The job that builds what strangers wrote has no right to comment, and nothing of theirs stands in a command."""
    workflow = yaml.safe_load((laid_out / ".github" / "workflows" / "check.yml").read_text("utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    assert github.job["permissions"] == {"contents": "read", "pull-requests": "write"}
    assert [name for name, job in workflow["jobs"].items() if "pull-requests" in job["permissions"]] == ["memo"]
    assert github.job["if"] == "github.event_name == 'pull_request'"
    for job in workflow["jobs"].values():
        for step in job["steps"]:
            assert "${{" not in step.get("run", "")
            if "checkout" in step.get("uses", ""):
                assert step["with"] == {"fetch-depth": 0, "persist-credentials": False}


# GitLab


class GitLab(BaseHTTPRequestHandler):
    """The notes of a merge request, and the user of a token."""

    notes: list[dict[str, Any]]
    calls: list[str]

    def log_message(self, *arguments: Any) -> None:
        """Nothing."""

    def answer(self, value: Any, status: int = 200) -> None:
        content = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def handle_any(self) -> None:
        address, there = urlsplit(self.path), "/api/v4/projects/3/merge_requests/7/notes"
        type(self).calls.append(f"{self.command} {address.path}")
        length = int(self.headers.get("Content-Length", 0))
        body = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True).get("body", [""])[0]
        if self.headers["PRIVATE-TOKEN"] != "secret":
            self.answer({"message": "401 Unauthorized"}, 401)
        elif self.command == "GET" and address.path == "/api/v4/user":
            self.answer({"id": 9})
        elif self.command == "GET" and address.path == there:
            asked = {name: values[0] for name, values in parse_qs(address.query).items()}
            assert (asked["sort"], asked["order_by"], asked["per_page"]) == ("asc", "created_at", "100")
            start = (int(asked["page"]) - 1) * 100
            self.answer(self.notes[start : start + 100])
        elif self.command == "POST" and address.path == there:
            self.notes.append({"id": 1000 + len(self.notes), "author": {"id": 9}, "body": body})
            self.answer(self.notes[-1], 201)
        elif self.command == "PUT" and (
            found := [note for note in self.notes if address.path == f"{there}/{note['id']}"]
        ):
            found[0]["body"] = body
            self.answer(found[0])
        else:
            self.answer({"message": "404 Not Found"}, 404)

    do_GET = do_POST = do_PUT = handle_any  # noqa: N815


@contextmanager
def gitlab(notes: list[dict[str, Any]]) -> Iterator[tuple[str, list[str]]]:
    """The address of a forge with these notes, and what it was asked."""
    calls: list[str] = []
    handler = type("Forge", (GitLab,), {"notes": notes, "calls": calls})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/api/v4", calls
    finally:
        server.shutdown()
        server.server_close()


def run_gitlab(
    folder: Path, laid_out: Path, memo: str, address: str, **more: str
) -> "subprocess.CompletedProcess[str]":
    """The job's script, with a rutine that has written this memo."""
    job = yaml.safe_load((laid_out / ".gitlab-ci.yml").read_text("utf-8"))["memo"]
    assert job["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "merge_request_event"'}]
    (folder / "bin").mkdir(exist_ok=True)
    (folder / "given.md").write_text(memo)
    wanted = '[ "$*" = "memo --since origin/main" ]'
    (folder / "bin" / "rutine").write_text(f"#!/bin/sh\n{wanted} && cat given.md\n")
    (folder / "bin" / "rutine").chmod(0o755)
    variables = environment(
        PATH=f"{folder / 'bin'}:{os.environ['PATH']}", CI_API_V4_URL=address, CI_PROJECT_ID="3", CI_MERGE_REQUEST_IID="7",
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", no_proxy="127.0.0.1", **more,
    )  # fmt: skip
    command = ["bash", "-eo", "pipefail", "-c", "\n".join(job["script"])]
    done = subprocess.run(command, cwd=folder, env=variables, check=False, capture_output=True, text=True)
    assert not list(folder.rglob("pwned"))
    return done


def test_one_note_that_is_kept_up_to_date(tmp_path: Path, laid_out: Path) -> None:
    notes: list[dict[str, Any]] = []
    with gitlab(notes) as (address, _):
        for memo in (MEMO, f"{MEMO}more & more=1"):
            done = run_gitlab(tmp_path, laid_out, memo, address, **TOKEN)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [note["body"] for note in notes] == [f"{MEMO}more & more=1"]


def test_others_notes_are_left_alone(tmp_path: Path, laid_out: Path) -> None:
    theirs = [{"id": number, "author": {"id": 4}, "body": f"{MARKER}\nMine"} for number in range(1, 131)]
    ours = {"id": 500, "author": {"id": 9}, "body": f"{MARKER}\nOld"}
    notes = [*theirs, dict(ours)]
    with gitlab(notes) as (address, calls):
        assert run_gitlab(tmp_path, laid_out, MEMO, address, **TOKEN).returncode == 0
    assert notes == [*theirs, {**ours, "body": MEMO}]
    assert [call for call in calls if not call.startswith("GET")] == [
        "PUT /api/v4/projects/3/merge_requests/7/notes/500"
    ]


def test_without_a_token_the_log_tells(tmp_path: Path, laid_out: Path) -> None:
    with gitlab([]) as (address, calls):
        done = run_gitlab(tmp_path, laid_out, MEMO, address)
    assert (done.returncode, done.stdout, calls) == (0, MEMO, [])


def test_a_token_that_may_not_is_told(tmp_path: Path, laid_out: Path) -> None:
    with gitlab([]) as (address, _):
        done = run_gitlab(tmp_path, laid_out, MEMO, address, RUTINE_TOKEN="wrong")  # noqa: S106
    assert done.returncode == 1
    assert "401" in done.stderr


def test_the_memo_stays_with_the_merge_request(laid_out: Path) -> None:
    job = yaml.safe_load((laid_out / ".gitlab-ci.yml").read_text("utf-8"))["memo"]
    assert job["artifacts"] == {"when": "always", "expose_as": "memo", "paths": ["memo.md"]}


# The whole way


def test_from_a_proposal_to_a_comment(tmp_path: Path, laid_out: Path, github: GitHub) -> None:
    """A handbook that `rutine init` laid out, a change in it, and rutine itself."""
    book, who = tmp_path / "book", ["-c", "user.name=Kari", "-c", "user.email=kari@example.org"]
    shutil.copytree(laid_out, book)

    def git(*arguments: str) -> None:
        subprocess.run(["git", *who, *arguments], cwd=book, check=True, capture_output=True)

    git("init", "-q", "-b", "main")
    git("add", "-A")
    git("commit", "-qm", "Begin")
    git("update-ref", "refs/remotes/origin/main", "HEAD")
    path = book / "procedures" / "management" / "governing-documents.md"
    path.write_text(path.read_text("utf-8") + "\nA further sentence.\n", "utf-8")
    git("commit", "-qam", "Change")
    step = next(step for step in github.job["steps"] if step.get("run", "").startswith("rutine memo"))
    (github.folder / "bin" / "rutine").write_text(f'#!/bin/sh\nexec {sys.executable} -m rutine "$@"\n')
    (github.folder / "bin" / "rutine").chmod(0o755)
    variables = environment(
        PATH=f"{github.folder / 'bin'}:{os.environ['PATH']}", PYTHONPATH=str(TOOLS), RUNNER_TEMP=str(github.folder / "temp"), BASE="main",
    )  # fmt: skip
    subprocess.run(["bash", "-e", "-c", step["run"]], cwd=book, env=variables, check=True)
    memo = (github.folder / "temp" / "memo.md").read_text("utf-8")
    github.run(memo)
    (comment,) = github.comments
    assert comment["body"] == memo
    assert memo.startswith(f"{MARKER}\n## Decision memo\n\nOne document changes.")
    assert "*New:* A further sentence." in memo
