"""What was decided lately, and what was withdrawn: with what changed, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rutine.dates import parse_date
from rutine.grounds import beside
from rutine.model import Document, Pointer
from rutine.pages._shelf import Shelf


class Decision(NamedTuple):
    """A document that was decided, or withdrawn, on a day."""

    day: date
    document: Document
    is_withdrawal: bool


class Revision(NamedTuple):
    """A revision of a document: its version, what changed, and how much as the kind says it; empty where nobody tells."""

    version: str
    summary: str
    change: tuple[Pointer, str] | None


def decisions(shelf: Shelf, since: date) -> list[Decision]:
    """The decisions from a day on, newest first. What is said to be decided later than today is none."""
    found = (decision for document in shelf.documents for decision in _of(shelf, document))
    kept = [decision for decision in found if since <= decision.day <= shelf.today]
    return sorted(kept, key=lambda decision: (-decision.day.toordinal(), decision.document.path))


def _of(shelf: Shelf, document: Document) -> Iterator[Decision]:
    state = shelf.state(document)
    if state == "withdrawn":
        if day := parse_date(document.value("withdrawn-on")):
            yield Decision(day, document, True)
    elif state != "draft" and (day := parse_date(document.value("decided-on"))):
        yield Decision(day, document, False)


def last_revision(document: Document) -> Revision:
    """The newest revision by its date; of one day's revisions, the last in the list."""
    _, where = _newest(document)
    if not where:
        return Revision("", "", None)
    texts = {meaning: beside(document, where, meaning) for meaning in ("revision", "revision-summary")}
    version, summary = (next((value for _, value in found), "") for found in texts.values())
    return Revision(version, summary, next(iter(beside(document, where, "revision-change")), None))


def last_revision_date(document: Document) -> str:
    """The day of the newest revision; empty where the document tells of none."""
    return _newest(document)[0]


def _newest(document: Document) -> tuple[str, Pointer]:
    newest: tuple[str, Pointer] = ("", ())
    for pointer, day in document.values("revision-date"):
        if day >= newest[0]:
            newest = (day, pointer)
    return newest
