"""Answers of GitHub and GitLab for tests: their own examples, with what a test wants to say in its place; and a handbook to be about."""

from __future__ import annotations

import copy
import json
import os
import subprocess
from pathlib import Path
from typing import Any

from conftest import TESTS, missing

EXAMPLES = TESTS / "node_modules" / "@octokit" / "webhooks-examples" / "api.github.com" / "index.json"
BOOK = """\
name: Book of Smallby
language: en
roles:
  head:
    title: Head of HR
    holders:
      - {person: bo, from: 2026-01-01, until: 2026-10-31}
      - {person: cilla, from: 2026-11-01}
      - {person: dag, until: 2026-11-20, deputy: true}
  director: {title: Director, holders: [ada]}
  council: {title: Council, body: true}
people:
  ada: {name: Ada Lund, accounts: {github: Ada-Lund, gitlab: ada.lund}}
  bo: {name: Bo Ek, accounts: {github: bo-ek, gitlab: bo.ek}}
  cilla: {name: Cilla Vik, accounts: {github: cilla, gitlab: cilla.vik}}
  dag: {name: Dag Moe, accounts: {github: dag, gitlab: dag.moe}}
  eva: {name: Eva Lie, accounts: {github: Codertocat, gitlab: admin}}
"""
DOCUMENT = """\
---
id: {id}
title: {title}
kind: guideline
language: en
status: {status}
owner: head
decision: {{by: {by}, date: 2026-01-10}}
scope: {{units: []}}
revisions:
  - {{version: "1.0", date: 2026-01-10, change: significant, summary: First}}
---

# {title}

{text}
"""


def git(root: Path, *arguments: str, when: str = "2026-11-20T10:00:00Z", who: str = "Eva", **more: str) -> str:
    """Run Git; its output."""
    person = {
        "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": who, "GIT_AUTHOR_EMAIL": "eva@example.org", "GIT_AUTHOR_DATE": when,
        "GIT_COMMITTER_NAME": who, "GIT_COMMITTER_EMAIL": "eva@example.org", "GIT_COMMITTER_DATE": when,
    }  # fmt: skip
    return subprocess.run(
        ["git", *arguments], cwd=root, env=person | more, check=True, capture_output=True, text=True
    ).stdout.strip()


def document(root: Path, name: str, identifier: str, by: str, text: str, status: str = "in-force") -> None:
    path = root / "procedures" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(DOCUMENT.format(id=identifier, title=name.removesuffix(".md"), status=status, by=by, text=text))


def smallby(root: Path) -> tuple[str, str]:
    """A handbook in Git with a change on the branch `change`: the names of the commit that it begins at, and of its last.

    The change alters `leave.md` (which the head of HR decides) and `pay.md` (the director).
    """
    root.mkdir(exist_ok=True)
    (root / "handbook.yml").write_text(BOOK)
    document(root, "leave.md", "HR-001", "head", "Ask first.")
    document(root, "pay.md", "HR-002", "director", "On the 20th.")
    document(root, "other.md", "HR-003", "head", "Nothing new.")
    git(root, "init", "-q", "-b", "main")
    base = committed(root)
    git(root, "checkout", "-q", "-b", "change")
    document(root, "leave.md", "HR-001", "head", "Ask your leader first.")
    document(root, "pay.md", "HR-002", "director", "On the 12th.")
    return base, committed(root)


def committed(root: Path, **more: str) -> str:
    """All that has changed as a commit; its name."""
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Change", **more)
    return git(root, "rev-parse", "HEAD")


def squashed(root: Path) -> None:
    """The change as one commit on `main`, by a program, with an author's date of long ago."""
    git(root, "checkout", "-q", "main")
    git(root, "merge", "-q", "--squash", "change")
    git(root, "commit", "-qm", "Change (#2)", GIT_AUTHOR_DATE="2020-01-01T00:00:00Z", GIT_COMMITTER_NAME="GitHub", GIT_COMMITTER_EMAIL="noreply@github.com", GIT_AUTHOR_NAME="merge[bot]")  # fmt: skip


def github_examples(event: str, action: str) -> dict[str, Any]:
    """What GitHub's webhook sends, by its own example."""
    if not EXAMPLES.exists():
        missing("the npm package @octokit/webhooks-examples (npm ci --prefix tests)")
    known = json.loads(EXAMPLES.read_text("utf-8"))
    found = next(one["examples"] for one in known if one["name"] == event)
    return copy.deepcopy(next(example for example in found if example["action"] == action))


def pull(base: str, head: str, **more: Any) -> dict[str, Any]:
    """A pull request, merged: Codertocat/Hello-World#2, by Codertocat."""
    found: dict[str, Any] = github_examples("pull_request", "closed")["pull_request"]
    found["base"]["sha"], found["head"]["sha"] = base, head
    return found | {"state": "closed", "merged": True, "merged_at": "2026-11-22T08:00:00Z"} | more


def review(login: str, commit: str, state: str = "APPROVED", at: str = "2026-11-20T23:59:59Z", number: int = 7) -> Any:
    """A review of it as the REST interface answers, which writes the state in capitals."""
    found: dict[str, Any] = github_examples("pull_request_review", "submitted")["review"]
    found["user"]["login"] = login
    return found | {"id": number, "state": state, "commit_id": commit, "submitted_at": at}


def gitlab_example(name: str) -> Any:
    """A GitLab answer by GitLab's own example."""
    return json.loads((TESTS / "forges" / f"gitlab-{name}.json").read_text("utf-8"))


def saved(root: Path, *answers: Any) -> list[str]:
    """Each answer as a file outside the handbook; their paths."""
    paths = []
    for number, answer in enumerate(answers, 1):
        path = root.parent / f"answer-{number}.json"
        path.write_text(json.dumps(answer))
        paths.append(str(path))
    return paths
