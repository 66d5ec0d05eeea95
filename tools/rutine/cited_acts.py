"""The acts, regulations and standards that the documents rest on, and how each of them stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from rutine import regulations
from rutine.grounds import citations
from rutine.model import Document, Handbook, Settings
from rutine.suspects import suspects


class CitedAct(NamedTuple):
    """An act: its title, how many documents cite it (withdrawn ones do not count), the day (ISO) as of which it was read
    last, how many changes are in force, and the ids (or paths) of the documents that wait for a review because of them.
    """

    identifier: str
    title: str | None
    documents: int
    checked: str | None
    changes: int
    waiting: tuple[str, ...]


class CitedActs(NamedTuple):
    """The acts as seen on a day, by their identifiers."""

    settings: Settings
    today: date
    acts: tuple[CitedAct, ...]


def cited_acts(handbook: Handbook, documents: Iterable[Document], today: date) -> CitedActs:
    """Every act that a document cites or that the handbook tells the state or a change of."""
    settings, counts = handbook.settings, dict[str, int]()
    for document in documents:
        kind = document.kind
        if kind and not kind.is_record and kind.status(document.value("status")) != "withdrawn":
            for identifier in {citation.identifier for citation in citations(document)}:
                counts[identifier] = counts.get(identifier, 0) + 1
    waiting: dict[str, list[str]] = {}
    for path, reasons in suspects(handbook, today).items():
        for act in {one.name for one in reasons if one.what == "act"}:
            waiting.setdefault(act, []).append(handbook.entries[path].value("id") or path)
    names = sorted({*counts, *settings.regulation_states, *settings.regulation_changes})
    rows = (_act(settings, name, counts.get(name, 0), tuple(sorted(waiting.get(name, ()))), today) for name in names)
    return CitedActs(settings, today, tuple(rows))


def _act(settings: Settings, name: str, count: int, waiting: tuple[str, ...], today: date) -> CitedAct:
    title = settings.regulations.get(name) or regulations.title(name, settings.language)
    changes = sum(change.since <= today.isoformat() for change in settings.regulation_changes.get(name, ()))
    return CitedAct(name, title, count, settings.regulation_states.get(name), changes, waiting)
