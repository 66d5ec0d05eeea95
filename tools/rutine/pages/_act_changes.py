"""What the handbook tells of changes in an act, and which documents are still to be reviewed for each."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.dates import parse_date, parse_interval
from rutine.model import ActChange, Document, say
from rutine.pages._places import act_page
from rutine.pages._shelf import Shelf, chip
from rutine.pages._text import facts, h, section
from rutine.pages._values import place_link
from rutine.regulations import parse_at


def waiting(shelf: Shelf, identifier: str, change: ActChange | None = None) -> list[Document]:
    """The documents that are suspect because of a change in an act, or because of any."""
    return [
        document
        for document in shelf.documents
        if any(
            one.what == "act" and one.name == identifier
            and (change is None or (one.note == change.note and one.day == parse_date(change.since)))
            for one in shelf.suspects.get(document.path, ())
        )
    ]  # fmt: skip


def is_waiting(shelf: Shelf, document: Document, identifier: str, place: str) -> bool:
    """Whether a document is suspect because of a change that touches a place of an act (empty: the act as a whole)."""
    found = (one for one in shelf.suspects.get(document.path, ()) if one.what == "act" and one.name == identifier)
    return any(not one.places or _spelled(place) in map(_spelled, one.places) for one in found)


def _spelled(place: str) -> str:
    return parse_at(place, "") or place


def mark(shelf: Shelf, identifier: str) -> str:
    """How many documents are to be reviewed because an act has changed, as a word and a shape; empty where none is."""
    count = len(waiting(shelf, identifier))
    told = say("{count} documents to be reviewed", one="{count} document to be reviewed", count=count)
    return chip("suspect", h(shelf.words(told))) if count else ""


def checked(shelf: Shelf, identifier: str) -> str:
    """The day as of which the organisation last read an act, as HTML; empty where nobody has said."""
    day = parse_date(shelf.settings.regulation_states.get(identifier))
    every = parse_interval(shelf.settings.regulations_every)
    end = every.after(day) if every and day else None
    late = f" {chip('due', h(shelf.words(say('To be checked again'))))}" if end and end < shelf.today else ""
    return f"{h(shelf.words.day(day))}{late}" if day else ""


def changes(shelf: Shelf, identifier: str) -> str:
    """What has changed in an act, the newest first, each change with the documents that wait for a review."""
    found = sorted(shelf.settings.regulation_changes.get(identifier, ()), key=lambda one: one.since, reverse=True)
    rows = [(_when(shelf, identifier, change), "<br>".join(_told(shelf, identifier, change))) for change in found]
    return section(shelf.words(say("What has changed")), "changes", facts(rows)) if rows else ""


def _when(shelf: Shelf, identifier: str, change: ActChange) -> str:
    places = ", ".join(place_link(shelf, identifier, place) for place in change.at)
    return f"{h(shelf.words.day(change.since))}<br>{places or h(shelf.words(say('The act as a whole')))}"


def _told(shelf: Shelf, identifier: str, change: ActChange) -> Iterator[str]:
    words, here = shelf.words, act_page(identifier)
    if change.note:
        yield h(change.note)
    if change.since > shelf.today.isoformat():
        yield chip("upcoming", h(words(say("Takes effect later"))))
    elif documents := waiting(shelf, identifier, change):
        yield chip("suspect", h(words(say("To be reviewed"))))
        yield from (shelf.numbered(document, here) for document in documents)
    else:
        yield chip("ok", h(words(say("No document is left to be reviewed for this"))))
