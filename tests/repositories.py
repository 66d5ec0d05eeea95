"""Real Git repositories whose every commit is as a test says: who, when, and what."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

BARE = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C.UTF-8"}
SETTINGS = """\
name: Handbook of Smallby
language: en
roles:
  director: {title: Director, holders: [ada]}
  head-of-hr: {title: Head of HR, holders: [bo]}
people:
  ada: {name: Ada Lund, email: ada@smallby.example}
  bo: {name: Bo Ek, email: bo@smallby.example}
"""
DOCUMENT = """\
---
id: {id}
title: {title}
kind: guideline
status: {status}
owner: head-of-hr
decision: {{by: director, date: {decided}}}
{more}scope: {{roles: [director]}}
review: {{every: 12 months}}
revisions:
{revisions}
---

# {title}

## Purpose

Everybody knows it.

## Principles

{text}
"""


class Book:
    """A handbook in a Git repository of its own."""

    def __init__(self, root: Path, *, inside: str = "") -> None:
        self.top, self.root = root, root / inside if inside else root
        self.root.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        (self.root / "handbook.yml").write_text(SETTINGS)
        (self.root / "procedures").mkdir()

    def git(self, *arguments: str, stdin: bytes | None = None, **environment: str) -> str:
        """What Git answers."""
        done = subprocess.run(
            ["git", *arguments], cwd=self.top, env={**BARE, **environment}, check=True, capture_output=True, input=stdin
        )
        return done.stdout.decode("utf-8", "replace").strip()

    def commit(
        self,
        day: str,
        author: str = "Bo Ek <bo@smallby.example>",
        committer: str | None = None,
        authored: str | None = None,
        message: str | None = None,
    ) -> str:
        """Commit everything; the commit's name."""
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message or day, **signed(day, author, committer, authored))
        return self.git("rev-parse", "HEAD")

    def write(self, name: str, content: str) -> Path:
        """A file of the documents' folder."""
        path = self.root / "procedures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        return path


def signed(day: str, author: str, committer: str | None = None, authored: str | None = None) -> dict[str, str]:
    """The environment in which Git writes these names and days."""
    found = {}
    for role, who, when in (("AUTHOR", author, authored or day), ("COMMITTER", committer or author, day)):
        name, _, email = who.rpartition(" <")
        found |= {f"GIT_{role}_NAME": name, f"GIT_{role}_EMAIL": email.rstrip(">"), f"GIT_{role}_DATE": moment(when)}
    return found


def moment(day: str) -> str:
    """Noon of a day, or the moment itself."""
    return day if "T" in day else f"{day}T12:00:00+01:00"


def document(
    text: str,
    *revisions: tuple[str, str, str],
    identifier: str = "HR-001",
    title: str = "Leave",
    status: str = "in-force",
    decided: str | None = None,
    effective: str = "",
    more: str = "",
) -> str:
    """A guideline with these revisions: version, day and what changed."""
    rows = "\n".join(
        f'  - {{version: "{version}", date: {day}, change: significant, summary: {summary}}}'
        for version, day, summary in revisions
    )
    fields = more + (f"effective: {effective}\n" if effective else "")
    decided = decided or revisions[-1][1]
    return DOCUMENT.format(
        id=identifier, title=title, status=status, decided=decided, more=fields, revisions=rows, text=text
    )


V1 = ("1.0", "2024-03-01", "First version")
V2 = ("2.0", "2025-03-03", "Two weeks")
V3 = ("3.0", "2026-10-05", "Three weeks")
