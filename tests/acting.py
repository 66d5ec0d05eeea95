"""A small handbook in Git for the tests of what people do with its documents, and what the handbook says then."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

from conftest import TESTS
from rutine.i18n import render
from rutine.report import findings_of, read_handbook
from rutine.settings import read_settings

ENVIRONMENT = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1"}
HIRING = "procedures/hr/hiring.md"
TODAY = date(2026, 11, 21)


def commit(root: Path, day: str, who: str = "Ola") -> None:
    """All that has changed, as a commit of that day."""
    if not (root / ".git").exists():
        subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, env=ENVIRONMENT, check=True)
    moment = f"{day}T12:00:00+01:00"
    environment = ENVIRONMENT | {"GIT_AUTHOR_DATE": moment, "GIT_COMMITTER_DATE": moment}
    person = ("-c", f"user.name={who}", "-c", "user.email=somebody@example.org")
    subprocess.run(["git", "add", "-A"], cwd=root, env=environment, check=True)
    subprocess.run(["git", *person, "commit", "-qm", day], cwd=root, env=environment, check=True)


def small_book(folder: Path) -> Path:
    """A copy of the small handbook with rutine's own kinds of records, committed in 2025."""
    root = folder / "book"
    shutil.copytree(TESTS / "handbooks" / "small", root)
    shutil.rmtree(root / "records")
    (root / "schema" / "review.json").unlink()
    commit(root, "2025-12-01")
    return root


def change(root: Path, path: str, old: str, new: str) -> None:
    """Write something else into a file."""
    text = (root / path).read_text("utf-8")
    assert old in text
    (root / path).write_text(text.replace(old, new), "utf-8")


def told(root: Path, *rules: str) -> list[str]:
    """What these rules say of the handbook: path and message."""
    found = findings_of(read_handbook(root, read_settings(root)), TODAY)
    return [f"{one.place.path}: {render(one.message, 'en')}" for one in found if one.rule in rules]
