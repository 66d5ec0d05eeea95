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
        parts = (self.version or "").split(".")
        return tuple(map(int, parts)) if all(part.isascii() and part.isdigit() for part in parts) else None


def revisions(document: Document) -> list[Revision]:
    """The entries in the order in which they are written."""
    parts: dict[Pointer, dict[str, str]] = {}
    for meaning in ("revision", "revision-date", "revision-change", "revision-summary"):
        for pointer, value in document.values(meaning):
            parts.setdefault(pointer[:-1], {})[meaning] = value
    return [
        Revision(
            found.get("revision"), parse_date(found.get("revision-date")), found.get("revision-change"), found.get("revision-summary"), pointer
        )
        for pointer, found in sorted(parts.items(), key=lambda item: [str(step).zfill(6) for step in item[0]])
    ]  # fmt: skip
