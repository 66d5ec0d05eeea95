"""The revision history that a document tells of itself."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rutine.dates import parse_date
from rutine.model import Document, Pointer


class Revision(NamedTuple):
    """One entry of the history: version as written, date, whether it changed what people do, and the pointer to it."""

    version: str | None
    date: date | None
    change: str | None
    summary: str | None
    pointer: Pointer

    @property
    def number(self) -> tuple[int, ...] | None:
        """The version as numbers, so that 1.10 comes after 1.9; None for anything else."""
        written = self.version or ""
        if not written.isascii() or not written.replace(".", "").isdigit():
            return None
        return tuple(int(part or 0) for part in written.split("."))


def revisions(document: Document) -> list[Revision]:
    """The entries in the order in which they are written."""
    parts: dict[Pointer, dict[str, str]] = {}
    for meaning in ("revision", "revision-date", "revision-change", "revision-summary"):
        for pointer, value in document.values(meaning):
            parts.setdefault(pointer[:-1], {})[meaning] = value
    return [_revision(pointer, parts[pointer]) for pointer in sorted(parts, key=_position)]


def _position(pointer: Pointer) -> list[int]:
    return [step for step in pointer if isinstance(step, int)]


def _revision(pointer: Pointer, found: dict[str, str]) -> Revision:
    version, day, change, summary = map(found.get, ("revision", "revision-date", "revision-change", "revision-summary"))
    return Revision(version, parse_date(day), change, summary, pointer)
