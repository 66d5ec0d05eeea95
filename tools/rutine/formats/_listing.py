"""The documents of a handbook as rows of a list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rutine.formats._words import owner_title
from rutine.i18n import render
from rutine.kinds import Kind
from rutine.model import Entry, Handbook, say

_STATUSES = {"draft": say("Draft"), "in-force": say("In force"), "withdrawn": say("Withdrawn")}


class Row(NamedTuple):
    """A document as a list shows it, in the handbook's language; empty where the document says nothing.

    `code` is its status in rutine's words, for programs.
    """

    id: str
    title: str
    kind: str
    status: str
    owner: str
    path: str
    code: str
    entry: Entry


def rows(handbook: Handbook) -> list[Row]:
    """The documents of the handbook by id; those without one come last, by path."""
    return sorted(_rows(handbook), key=lambda row: (not row.id, row.id.casefold(), row.path))


def _rows(handbook: Handbook) -> Iterator[Row]:
    settings = handbook.settings
    for path, entry in handbook.entries.items():
        kind = settings.kinds.get(entry.kind or "")
        if kind:
            status = entry.value("status")
            yield Row(
                entry.value("id") or "",
                entry.value("title") or "",
                kind.title(settings.language),
                status_title(kind, status, settings.language),
                owner_title(settings, entry.value("owner")),
                path,
                "" if kind.is_record and not status else kind.status(status),
                entry,
            )


def status_title(kind: Kind, value: str | None, language: str) -> str:
    """What a status is called: as its kind says, else in rutine's own words.

    A document without one is in force; a record without one has none.
    """
    if kind.is_record and not value:
        return ""
    written = kind.label(tuple(kind.name_of("status").split(".")), language, value) if value else None
    if written and written != value:
        return written
    word = _STATUSES.get(kind.status(value))
    return render(word, language) if word else value or ""
