"""What the example handbook held on any day of its history."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from example_stream import Person
from example_texts import as_draft, at_version, changes_of, led, revisions
from rutine.fingerprint import fingerprint
from rutine.frontmatter import Loaded
from rutine.holders import holders_on
from rutine.model import Settings
from rutine.read import parse_document
from rutine.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
DATA = Path(__file__).resolve().parent / "example_history"
KEPT = ("handbook.yml", "mkdocs.yml", "procedures", "records", "schema")
EVIDENCE = re.compile(r"^# The texts of this example .*\nevidence: \{from: [\d-]+\}\n", re.MULTILINE)
EDITOR = "kvalitetsradgiver"  # the role of whoever looks after the handbook


class Book:
    """The example handbook, and what it held on any day."""

    def __init__(self) -> None:
        self.settings: Settings = read_settings(ROOT)
        self.events: dict[str, Any] = _data("events.yml")
        self.earlier = _data("earlier.yml")
        self.begins: str = self.events["begins"]
        self.files = {path: (ROOT / path).read_bytes() for path in sorted(_kept())}
        self.documents = {path: content.decode() for path, content in self.files.items() if _is_document(path, content)}
        self.paths = {self._number(text): path for path, text in self.documents.items()}
        self.pages = [path for path in self.files if path.endswith(".md") and path not in self.documents]
        self.records: dict[str, tuple[str, bytes]] = {}  # by path: the day, and what it holds
        for path, content in self.files.items():
            if path.startswith("records/"):
                self.records[path] = (Path(path).stem, content)

    @staticmethod
    def _number(text: str) -> str:
        found = re.search(r"^id: (\S+)$", text, re.MULTILINE)
        assert found  # noqa: S101  # each document of the example has one
        return found[1]

    @cache  # noqa: B019  # there is one book, as long as the program runs
    def text(self, number: str, day: str) -> str:
        """What a document said at the end of a day; empty before there was one."""
        last = self.documents[self.paths[number]]
        known = [revision for revision in revisions(last) if revision.day <= day]
        earlier = {version: changes_of(rows) for version, rows in self.earlier.get(number, {}).items()}
        text = at_version(last, len(known), earlier) if known else ""
        if draft := next(
            (row for row in self.events["drafted"] if row["id"] == number and not known and row["since"] <= day), None
        ):
            text = as_draft(last, draft["since"], draft["summary"])
        if text and text != last:  # the links that it had when it was written
            since = known[-1].day if known else day
            text = led(text, self.paths[number], self.places(max(since, self.begins)))
        for change in self.events["changed"] if text else ():
            if change["id"] == number and day < change["on"]:
                for words in changes_of(change["changes"]):
                    text = words.undo(text)
        return text

    @cache  # noqa: B019  # there is one book, as long as the program runs
    def page(self, path: str, day: str) -> bytes:
        """What a page that is no document led to at the end of a day."""
        return led(self.files[path].decode(), path, self.places(day)).encode()

    @cache  # noqa: B019  # there is one book, as long as the program runs
    def places(self, day: str) -> dict[str, str]:
        """Where each document and page stood at the end of a day, by where it stands now."""
        found = {path: path for path in self.pages}
        for number, path in self.paths.items():
            drafted = any(row["id"] == number and row["since"] <= day for row in self.events["drafted"])
            if drafted or any(revision.day <= day for revision in revisions(self.documents[path])):
                found[path] = self.path(number, day)
        return found

    def path(self, number: str, day: str) -> str:
        """Where a document stood at the end of a day."""
        for move in self.events["moved"]:
            if move["id"] == number and day < (move.get("on") or self.day_of(number, move["with"])):
                return str(move["from"])
        return self.paths[number]

    def day_of(self, number: str, version: str) -> str:
        """The day of a version."""
        return next(one.day for one in revisions(self.documents[self.paths[number]]) if one.version == version)

    def handbook(self, day: str) -> str:
        """What handbook.yml said at the end of a day."""
        text = EVIDENCE.sub(
            f"# What Git holds from this day on is held against the documents.\nevidence: {{from: {self.events['evidence']}}}\n",
            self.files["handbook.yml"].decode(),
            count=1,
        )
        for change in self.events["settings"]:
            if day < change["on"]:
                for words in changes_of(change["changes"]):
                    text = words.undo(text)
        return text

    def holder(self, role: str, day: str) -> str:
        """The key of the person who held a role on a day; empty for one whom handbook.yml does not know, or nobody."""
        former = self.events["before"].get(role)
        held = holders_on(self.settings, role, date.fromisoformat(day))
        return "" if former and day < former["until"] or not held else held[0].person

    def person(self, role: str, day: str) -> Person:
        """Who held a role on a day."""
        former = self.events["before"].get(role)
        if former and day < former["until"]:
            return Person(former["name"], former["email"])
        found = self.settings.people[self.holder(role, day) or self.holder(EDITOR, day)]
        return Person(found.full_name, found.email or "handbok@granvag.example")

    def owner(self, number: str) -> str:
        """The role that owns a document."""
        found = re.search(r"^owner: (\S+)$", self.documents[self.paths[number]], re.MULTILINE)
        return found[1] if found else EDITOR

    def fingerprint(self, number: str, day: str) -> str:
        """The fingerprint of what a document said at the end of a day."""
        path = self.path(number, day)
        return fingerprint(parse_document(self.settings, path, self.text(number, day).encode()))

    def version(self, number: str, day: str) -> str:
        """The newest version of a document on a day."""
        return revisions(self.text(number, day))[-1].version


def _data(name: str) -> dict[str, Any]:
    found: dict[str, Any] = Loaded((DATA / name).read_text("utf-8"), 1).value
    return found


def _kept() -> Iterator[str]:
    """The files that make up the example handbook."""
    for name in KEPT:
        found = [ROOT / name] if (ROOT / name).is_file() else (ROOT / name).rglob("*")
        yield from (path.relative_to(ROOT).as_posix() for path in found if path.is_file() and path.name[0] != ".")


def _is_document(path: str, content: bytes) -> bool:
    return path.endswith(".md") and content.startswith(b"---\n") and b"\nrevisions:\n" in content
