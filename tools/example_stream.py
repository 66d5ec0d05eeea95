"""Commits for `git fast-import`, as a forge makes them: straight, squashed, and merged."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

Files = Mapping[str, bytes | None]  # what each path holds from then on; None: nothing any more


class Person(NamedTuple):
    """Somebody's name and address."""

    name: str
    email: str


FORGE = Person("GitHub", "noreply@github.com")
_SUMMER = range(4, 11)  # months in which the clocks are an hour ahead


def environment() -> dict[str, str]:
    """An environment in which Git heeds nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


class Stream:
    """Makes commits in an empty repository, in the order of time."""

    def __init__(self, out: Path) -> None:
        command = ["git", "fast-import", "--quiet", "--date-format=raw", "--done"]
        self._process = subprocess.Popen(command, cwd=out, stdin=subprocess.PIPE, env=environment())
        assert self._process.stdin  # noqa: S101
        self._pipe = self._process.stdin
        self._made, self._main = 0, 0
        self._today, self._minutes = "", 0

    def commit(self, day: str, subject: str, author: Person, files: Files, committer: Person | None = None) -> None:
        """One commit on the main line."""
        self._main = self._commit("main", self._now(day), subject, author, committer or author, files, [self._main])

    def squash(self, day: str, subject: str, author: Person, files: Files) -> None:
        """A proposal that the forge made one commit of."""
        self.commit(day, subject, author, files, FORGE)

    def merge(
        self, day: str, subject: str, number: int, author: Person, merger: Person, draft: Files, files: Files
    ) -> None:
        """A proposal of a draft and its final form, which the forge merged for somebody."""
        words = {
            path: content.replace(b"summary: ", b"summary: Utkast. ") for path, content in draft.items() if content
        }
        first = self._commit(
            "forslag", self._now(day), f"{subject} (utkast)", author, author, {**draft, **words}, [self._main]
        )
        last = self._commit("forslag", self._now(day), subject, author, author, files, [first])
        told = f"Merge pull request #{number} from granvag/forslag-{number}\n\n{subject}"
        self._main = self._commit("main", self._now(day), told, merger, FORGE, files, [self._main, last])

    def close(self) -> None:
        """To the end. Raises CalledProcessError where Git did not like it."""
        self._pipe.write(b"done\n")
        self._pipe.close()
        if code := self._process.wait():
            raise subprocess.CalledProcessError(code, "git fast-import")

    def _now(self, day: str) -> str:
        """A moment of the day, some minutes after the last: seconds and the offset of the clock."""
        self._minutes = self._minutes + 7 if day == self._today else 9 * 60
        self._today = day
        hours = 2 if date.fromisoformat(day).month in _SUMMER else 1
        clock = datetime.fromisoformat(day).replace(tzinfo=UTC) + timedelta(minutes=self._minutes, hours=-hours)
        return f"{int(clock.timestamp())} +0{hours}00"

    def _commit(
        self, branch: str, when: str, message: str, author: Person, committer: Person, files: Files, parents: list[int]
    ) -> int:
        self._made += 1
        lines = [f"commit refs/heads/{branch}", f"mark :{self._made}"]
        lines += [
            f"author {author.name} <{author.email}> {when}",
            f"committer {committer.name} <{committer.email}> {when}",
        ]
        lines += [f"data {len(message.encode())}\n{message}"]
        lines += [f"{word} :{parent}" for word, parent in zip(("from", "merge"), parents, strict=False) if parent]
        self._pipe.write(("\n".join(lines) + "\n").encode())
        for path, content in sorted(files.items()):
            if content is None:
                self._pipe.write(f"D {path}\n".encode())
            else:
                self._pipe.write(f"M 100644 inline {path}\ndata {len(content)}\n".encode() + content + b"\n")
        return self._made
