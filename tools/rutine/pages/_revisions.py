"""The history of a document: its revisions, newest first, each with what changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rutine.model import Document, Pointer
from rutine.pages._editions import period, shown_versions
from rutine.pages._text import h, items, section
from rutine.pages._values import Values

_FIRST = ("revision", "revision-date", "revision-change")


def revisions(values: Values) -> str:
    """The revision history under a heading; empty where there is none."""
    pointer = history_of(values.document)
    rows = _at(values.document.meta, pointer) if pointer else None
    if not pointer or not isinstance(rows, list):
        return ""
    shelf = values.shelf
    shown = shown_versions(shelf, values.document).items()
    pages = {edition.name: (page, h(shelf.words(period(shelf, edition)))) for page, edition in shown}
    entries = [_entry(values, (*pointer, index), row, pages) for index, row in enumerate(rows) if isinstance(row, dict)]
    return section(values.title(pointer), "revisions", items(reversed(entries), "history"))


def history_of(document: Document) -> Pointer:
    """Where the list of a document's revisions stands in its metadata; empty where it has none."""
    return _list_of(document, "revision") or _list_of(document, "revision-date")


def _list_of(document: Document, meaning: str) -> Pointer:
    pointer = next((pointer for pointer, _ in document.values(meaning)), ())
    index = next((i for i, step in enumerate(pointer) if isinstance(step, int)), None)
    return pointer[:index] if index else ()


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value


def _entry(values: Values, pointer: Pointer, row: dict[str, Any], pages: Mapping[str, tuple[str, str]]) -> str:
    """Version, day and weight in a line, then what changed, then whatever else is told of it."""
    parts = values.parts(pointer)
    named = {meaning: parts[meaning] for meaning in (*_FIRST, "revision-summary") if parts.get(meaning) in row}
    told = {
        meaning: values.show((*pointer, name), row[name]) for meaning, name in named.items() if row[name] is not None
    }
    version = f"<strong>{told['revision']}</strong>" if "revision" in told else ""
    if page := pages.get(str(row.get(parts.get("revision", "")))):
        version = values.shelf.lead(version, values.here, page[0])
    first = " · ".join(part for part in (version, *(told.get(meaning, "") for meaning in _FIRST[1:])) if part)
    rest = [
        f"{values.label((*pointer, name))}: {values.show((*pointer, name), value)}"
        for name, value in row.items()
        if name not in named.values() and value not in (None, [])
    ]
    applied = f"<small>{page[1]}</small>" if page else ""
    return "<br>".join(part for part in (first, told.get("revision-summary", ""), *rest, applied) if part)
