"""The revision history that a document tells of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from rutine.dates import parse_date
from rutine.model import Document, Pointer, RevisionEntry


class Revision(NamedTuple):
    """One entry of the history: version as written, date, whether it changed what people do, and the pointer to it.

    `number` is the version as numbers, so that 1.10 comes after 1.9; None for anything else.
    """

    version: str | None
    date: date | None
    change: str | None
    summary: str | None
    pointer: Pointer
    number: tuple[int, ...] | None


def revisions(document: Document) -> list[Revision]:
    """The entries in the order in which they are written."""
    known: list[Revision] | None = document.memo.get("revisions")
    if known is None:
        known = document.memo["revisions"] = list(_revisions(document))
    return known


def latest(document: Document) -> Revision | None:
    """The newest revision by its date; of one day's, the last that is written."""
    found = revisions(document)
    return max(enumerate(found), key=lambda row: (row[1].date or date.min, row[0]))[1] if found else None


def as_entry(revision: Revision, line: int = 1, column: int = 1) -> RevisionEntry:
    """A revision as plain texts, with its place."""
    day = revision.date.isoformat() if revision.date else ""
    return RevisionEntry(revision.version or "", day, revision.change or "", revision.summary or "", line, column)


def _revisions(document: Document) -> Iterator[Revision]:
    parts: dict[Pointer, dict[str, str]] = {}
    for meaning in ("revision", "revision-date", "revision-change", "revision-summary"):
        for pointer, value in document.values(meaning):
            parts.setdefault(pointer[:-1], {})[meaning] = value
    for pointer in sorted(parts, key=_position):
        yield _revision(pointer, parts[pointer])


def _position(pointer: Pointer) -> list[int]:
    return [step for step in pointer if isinstance(step, int)]


def _revision(pointer: Pointer, found: dict[str, str]) -> Revision:
    version, day, change, summary = map(found.get, ("revision", "revision-date", "revision-change", "revision-summary"))
    return Revision(version, parse_date(day), change, summary, pointer, _number(version or ""))


@lru_cache(maxsize=4096)
def _number(version: str) -> tuple[int, ...] | None:
    if not version.isascii() or not version.replace(".", "").isdigit():
        return None
    return tuple(int(part or 0) for part in version.split("."))
