"""What `rutine init` lays out for GitHub and GitLab: one issue for each owner, found again, closed and opened again."""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from conftest import TESTS, TOOLS
from rutine.i18n import LANGUAGES
from rutine.scaffold import template_files

FILES = dict(template_files("en", "Handbook", date(2026, 11, 21)))
DUE = yaml.safe_load(FILES[".github/workflows/due.yml"])
GITLAB = yaml.safe_load(FILES[".gitlab-ci.yml"])
HOSTILE = """$(touch hacked)`touch hacked`"; touch hacked; '@everyone -x"""
# A program in the place of GitHub's gh, for what the workflow calls it for. It keeps the issues in a file.
GH = """
import json, os, sys
from pathlib import Path
file = Path(os.environ["GH_ISSUES"])
issues = json.loads(file.read_text()) if file.exists() else []
arguments = sys.argv[1:]
named = dict(zip(arguments[::1], arguments[1:]))
with open(os.environ["GH_LOG"], "a") as log:
    log.write(json.dumps(arguments) + "\\n")
assert os.environ["GH_TOKEN"] == "token"
command = arguments[:2]
if command == ["issue", "list"]:
    assert (named["--label"], named["--state"], named["--json"]) == ("rutine-due", "all", "number,state,body")
    found = [issue for issue in issues if "rutine-due" in issue["labels"]]
    print(json.dumps([{name: issue[name] for name in ("number", "state", "body")} for issue in found[::-1]]))
elif command == ["issue", "create"]:
    text = Path(named["--body-file"]).read_text("utf-8")
    number = len(issues) + 1
    issues.append({"number": number, "state": "OPEN", "title": named["--title"], "body": text, "labels": [named["--label"]]})
elif command[0] == "issue":
    issue = issues[int(arguments[2]) - 1]
    if command[1] == "edit":
        issue["body"] = Path(named["--body-file"]).read_text("utf-8")
    else:
        issue["state"] = {"close": "CLOSED", "reopen": "OPEN"}[command[1]]
else:
    assert command == ["label", "create"]
file.write_text(json.dumps(issues))
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """The small handbook, in which the road engineer's role is called what no role should be called."""
    book = shutil.copytree(TESTS / "handbooks" / "small", tmp_path / "book")
    name = json.dumps(HOSTILE)
    path = book / "handbook.yml"
    path.write_text(path.read_text("utf-8").replace("  engineer:", f"  {name}:"), "utf-8")
    for name_ in ("bridges", "roads"):
        document = book / "procedures" / "tech" / f"{name_}.md"
        document.write_text(document.read_text("utf-8").replace("owner: engineer", f"owner: {name}"), "utf-8")
    return book


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder with `rutine` as it is, and `gh` as the workflow sees it."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "gh.py").write_text(GH)
    for name, command in (("rutine", "-m rutine"), ("gh", str(folder / "gh.py")), ("python3", "")):
        program = folder / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" {command} "$@"\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return folder


def run(
    shell: list[str], script: str, book: Path, programs: Path, day: str, **more: str
) -> subprocess.CompletedProcess[str]:
    """A script as CI runs it, on a day."""
    epoch = str(int((date.fromisoformat(day) - date(1970, 1, 1)).total_seconds()))
    environment = os.environ | {
        "PATH": f"{programs}:{os.environ['PATH']}",
        "PYTHONPATH": str(TOOLS),
        "LC_ALL": "C.UTF-8",
    }
    environment |= {"SOURCE_DATE_EPOCH": epoch, **more}
    done = subprocess.run([*shell, script], cwd=book, env=environment, capture_output=True, text=True, check=False)
    assert not list(book.rglob("hacked"))
    return done


# GitHub

STEP = DUE["jobs"]["due"]["steps"][-1]


def on_github(book: Path, programs: Path, day: str) -> list[dict[str, Any]]:
    more = {"GH_TOKEN": "token", "GH_ISSUES": str(programs / "issues.json"), "GH_LOG": str(programs / "log")}
    (programs / "log").unlink(missing_ok=True)
    done = run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"], STEP["run"], book, programs, day, **more)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads((programs / "issues.json").read_text())
    return found


def calls(programs: Path) -> list[str]:
    lines = (programs / "log").read_text().splitlines()
    return [" ".join(json.loads(line)[:2]) for line in lines][2:]  # after the label and the list


def test_github_keeps_one_issue_for_each_owner(book: Path, programs: Path) -> None:
    """On 2026-11-21 the head of HR has HR-001 and HR-002, and the engineer TEC-010 and TEC-011."""
    issues = on_github(book, programs, "2026-11-21")
    assert [(issue["title"], issue["state"]) for issue in issues] == [
        (f"Reviews: {HOSTILE}", "OPEN"), ("Reviews: head-of-hr", "OPEN"),
    ]  # fmt: skip
    assert [re.findall(r"\| (\w+-\d+) \|", issue["body"]) for issue in issues] == [
        ["TEC-011", "TEC-010"],
        ["HR-002", "HR-001"],
    ]
    assert all(re.match(r"<!-- rutine-due:[0-9a-f]{32} -->\n\n\| ", issue["body"]) for issue in issues)
    assert "<b>" not in issues[0]["body"]
    assert calls(programs) == ["issue create", "issue create"]

    again = on_github(book, programs, "2026-11-28")
    assert calls(programs) == ["issue edit", "issue edit"]
    assert [issue["title"] for issue in again] == [issue["title"] for issue in issues]
    assert "OVERDUE by 8 days" in again[1]["body"]  # HR-002 was due on 2026-11-20


def test_github_closes_what_is_done_and_opens_it_again(book: Path, programs: Path) -> None:
    on_github(book, programs, "2026-11-21")
    documents = [book / "procedures" / "hr" / f"{name}.md" for name in ("leave", "hiring")]
    written = [document.read_text("utf-8") for document in documents]
    for document, text in zip(documents, written, strict=True):
        document.write_text(re.sub(r"date: 20\d\d-\d\d-\d\d", "date: 2026-11-20", text), "utf-8")
    closed = on_github(book, programs, "2026-11-28")[1]
    assert (closed["state"], calls(programs)[-2:]) == ("CLOSED", ["issue edit", "issue close"])
    assert "No review is due until 2027-01-27." in closed["body"]
    assert on_github(book, programs, "2026-12-05")[1]["state"] == "CLOSED"
    assert calls(programs) == ["issue edit"]  # the engineer's
    for document, text in zip(documents, written, strict=True):
        document.write_text(text, "utf-8")
    issues = on_github(book, programs, "2026-12-12")
    assert (len(issues), issues[1]["state"], calls(programs)[-2:]) == (2, "OPEN", ["issue edit", "issue reopen"])


def test_an_issue_of_a_stranger_is_not_taken_for_one(book: Path, programs: Path) -> None:
    """It holds the mark, but no stranger can give it the label."""
    issues = on_github(book, programs, "2026-11-21")
    fake = [
        {**issues[1], "labels": [], "number": 1, "title": "x"},
        {**issues[0], "number": 2},
        {**issues[1], "number": 3},
    ]
    (programs / "issues.json").write_text(json.dumps(fake))
    after = on_github(book, programs, "2026-11-28")
    assert (len(after), after[0]["body"]) == (3, issues[1]["body"])


def test_github_takes_no_text_that_is_too_long(book: Path, programs: Path) -> None:
    text = (book / "procedures" / "hr" / "leave.md").read_text("utf-8")
    for number in range(300):
        (book / "procedures" / "hr" / f"l{number}.md").write_text(text.replace("HR-001", f"HRX-{number:03}"), "utf-8")
    body = on_github(book, programs, "2026-11-21")[1]["body"]
    assert len(body) < 65536
    assert body.count("HRX-") >= 200


def test_no_change_of_anybody_waits_for_it() -> None:
    on = DUE[True]  # YAML 1.1 takes `on` for a truth
    assert set(on) == {"schedule", "workflow_dispatch"}
    assert DUE["permissions"] == {"contents": "read"}
    assert DUE["jobs"]["due"]["permissions"] == {"contents": "read", "issues": "write"}
    assert GITLAB["due"]["rules"] == [{"if": '$CI_PIPELINE_SOURCE == "schedule"'}]
    assert GITLAB["due"]["allow_failure"] is True


def test_nothing_is_written_into_a_script() -> None:
    for job in DUE["jobs"].values():
        assert all("${{" not in step.get("run", "") for step in job["steps"])
    assert set(re.findall(r"\$\{\{ (.*?) \}\}", FILES[".github/workflows/due.yml"])) == {
        "github.token",
        "github.repository",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language_the_files_can_be_read(language: str) -> None:
    files = dict(template_files(language, "Håndbok", date(2026, 11, 21)))
    word = {"en": "Reviews", "nb": "Gjennomganger", "nn": "Gjennomgangar", "da": "Gennemgange", "sv": "Översyner"}[
        language
    ]
    for name in (".github/workflows/due.yml", ".github/workflows/check.yml", ".gitlab-ci.yml"):
        assert yaml.safe_load(files[name])
        assert ("check" in name) != (f"{word}: $owner" in files[name])


# GitLab


class Forge(ThreadingHTTPServer):
    """The part of GitLab's interface (v4) for the issues of project 7."""

    def __init__(self) -> None:
        self.issues: list[dict[str, Any]] = []
        self.got: list[str] = []
        self.status = 200
        super().__init__(("127.0.0.1", 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    server: Forge

    def do_GET(self) -> None:
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        assert (asked["labels"], asked["state"], asked["per_page"]) == ("rutine-due", "all", "100")
        start = 100 * (int(asked["page"]) - 1)
        found = [issue for issue in self.server.issues if "rutine-due" in issue["labels"]]
        self.answer(found[::-1][start : start + 100])

    def do_POST(self) -> None:
        fields = self.fields()
        self.server.issues.append({
            "iid": len(self.server.issues) + 1, "state": "opened", "title": fields["title"],
            "labels": [fields["labels"]], "description": fields["description"],
        })  # fmt: skip
        self.answer(self.server.issues[-1])

    def do_PUT(self) -> None:
        fields = self.fields()
        issue = self.server.issues[int(self.path.rpartition("/")[2]) - 1]
        issue["description"] = fields["description"]
        issue["state"] = {"close": "closed", "reopen": "opened", "": issue["state"]}[fields.get("state_event", "")]
        self.answer(issue)

    def fields(self) -> dict[str, str]:
        content = self.rfile.read(int(self.headers["Content-Length"])).decode()
        return {name: values[0] for name, values in parse_qs(content).items()}

    def answer(self, value: Any) -> None:
        self.server.got.append(self.command)
        known = self.headers["PRIVATE-TOKEN"] == "token"
        assert urlsplit(self.path).path.startswith("/api/v4/projects/7/issues")
        content = json.dumps(value).encode()
        self.send_response(self.server.status if known else 401)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def forge() -> Iterator[Forge]:
    server = Forge()
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def on_gitlab(
    book: Path,
    programs: Path,
    forge: Forge,
    day: str,
    token: str = "token",  # noqa: S107
) -> subprocess.CompletedProcess[str]:
    forge.got.clear()
    more = {
        "CI_API_V4_URL": f"http://127.0.0.1:{forge.server_port}/api/v4",
        "CI_PROJECT_ID": "7",
        "RUTINE_TOKEN": token,
    }
    return run(["bash", "-eo", "pipefail", "-c"], "\n".join(GITLAB["due"]["script"]), book, programs, day, **more)


def test_gitlab_keeps_one_issue_for_each_owner(book: Path, programs: Path, forge: Forge) -> None:
    done = on_gitlab(book, programs, forge, "2026-11-21")
    assert done.returncode == 0, done.stderr
    assert [(issue["title"], issue["state"]) for issue in forge.issues] == [
        (f"Reviews: {HOSTILE}", "opened"), ("Reviews: head-of-hr", "opened"),
    ]  # fmt: skip
    found = [re.findall(r"\| (\w+-\d+) \|", issue["description"]) for issue in forge.issues]
    assert found == [["TEC-011", "TEC-010"], ["HR-002", "HR-001"]]
    assert on_gitlab(book, programs, forge, "2026-11-28").returncode == 0
    assert (len(forge.issues), forge.got) == (2, ["GET", "PUT", "PUT"])
    assert "OVERDUE by 8 days" in forge.issues[1]["description"]
    assert all(not line.startswith("/") for issue in forge.issues for line in issue["description"].splitlines())


def test_gitlab_closes_what_is_done_and_opens_it_again(book: Path, programs: Path, forge: Forge) -> None:
    on_gitlab(book, programs, forge, "2026-11-21")
    documents = [book / "procedures" / "hr" / f"{name}.md" for name in ("leave", "hiring")]
    written = [document.read_text("utf-8") for document in documents]
    for document, text in zip(documents, written, strict=True):
        document.write_text(re.sub(r"date: 20\d\d-\d\d-\d\d", "date: 2026-11-20", text), "utf-8")
    on_gitlab(book, programs, forge, "2026-11-28")
    assert forge.issues[1]["state"] == "closed"
    on_gitlab(book, programs, forge, "2026-12-05")
    assert forge.got == ["GET", "PUT"]
    for document, text in zip(documents, written, strict=True):
        document.write_text(text, "utf-8")
    on_gitlab(book, programs, forge, "2026-12-12")
    assert (len(forge.issues), forge.issues[1]["state"]) == (2, "opened")


def test_gitlab_finds_an_issue_on_any_page(book: Path, programs: Path, forge: Forge) -> None:
    on_gitlab(book, programs, forge, "2026-11-21")
    others = [
        {"iid": 3 + number, "state": "opened", "title": "x", "labels": ["rutine-due"], "description": None}
        for number in range(198)
    ]
    forge.issues += others
    done = on_gitlab(book, programs, forge, "2026-11-28")
    assert done.returncode == 0, done.stderr
    assert forge.got == ["GET", "GET", "GET", "PUT", "PUT"]


@pytest.mark.parametrize(("token", "status"), [("wrong", 200), ("token", 500)])
def test_gitlab_that_refuses_is_a_failed_job_and_no_second_issue(
    book: Path, programs: Path, forge: Forge, token: str, status: int
) -> None:
    forge.status = status
    assert on_gitlab(book, programs, forge, "2026-11-21", token).returncode != 0
    assert (forge.got, forge.issues) == (["GET"], [])


def test_without_a_token_the_log_tells_what_is_due(book: Path, programs: Path, forge: Forge) -> None:
    done = on_gitlab(book, programs, forge, "2026-11-21", "")
    assert (done.returncode, forge.got) == (0, [])
    assert "OVERDUE by 1 day" in done.stdout
