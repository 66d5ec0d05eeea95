"""What documents rest on, and what records vouch for: values that only say something together with others beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rutine.kinds import walk
from rutine.model import Document, Entry, Fact, Pointer, Settings

CITED, READ, SEEN = "citation", "state-of-regulation", "state-of-document"
_BETWEEN = "\t"


class Citation(NamedTuple):
    """A regulation that a document rests on: its identifier and the places in it."""

    identifier: str
    places: tuple[str, ...]
    pointer: Pointer


class Pair(NamedTuple):
    """Two values that belong together, at the place of the one that says more.

    Of a citation the act and the place in it, empty for the whole; of a review the act and the day as of which it was
    read, or the document and its fingerprint then.
    """

    first: str
    second: str
    line: int
    column: int


def beside(document: Document, pointer: Pointer, meaning: str) -> list[tuple[Pointer, str]]:
    """The values of that meaning that stand with the value at `pointer`: in the same item of a list, or below it."""
    around = pointer[:-1]
    return [row for row in document.values(meaning) if row[0][: len(around)] == around]


def citations(document: Document) -> list[Citation]:
    """The regulations that a document rests on."""
    return [
        Citation(identifier, tuple(place for _, place in beside(document, pointer, "regulation-at")), pointer)
        for pointer, identifier in document.values("regulation")
    ]


def paired_facts(document: Document, settings: Settings) -> Iterator[tuple[str, list[Fact]]]:
    """The pairs of a document or record as facts, by what they are; `pairs` takes them apart.

    Citations only of acts whose changes the handbook tells of.
    """
    if document.kind is None:
        return
    if not document.kind.is_record:
        if settings.regulation_changes and (found := list(_cited(document, settings))):
            yield CITED, found
        return
    for meaning in (READ, SEEN):
        if told := document.values(meaning):
            named = _named(document, meaning)
            yield meaning, [_fact(document, pointer, named.get(pointer[:-1], ""), value) for pointer, value in told]


def pairs(entry: Entry, meaning: str) -> Iterator[Pair]:
    """The pairs of an entry: `CITED` for documents, `READ` and `SEEN` for records of reviews."""
    for value, line, column in entry.facts.get(meaning, ()):
        first, _, second = value.partition(_BETWEEN)
        yield Pair(first, second, line, column)


def _cited(document: Document, settings: Settings) -> Iterator[Fact]:
    for pointer, identifier in document.values("regulation"):
        if identifier in settings.regulation_changes:
            places = beside(document, pointer, "regulation-at") or [(pointer, "")]
            yield from (_fact(document, where, identifier, place) for where, place in places)


def _named(document: Document, meaning: str) -> dict[Pointer, str]:
    """By the object that holds it: the act or the document that a state is of."""
    if meaning == READ:
        return {pointer[:-1]: value for pointer, value in document.values("regulation")}
    paths = [path for path, register in document.kind.references if register == "document"] if document.kind else []
    return {
        pointer[:-1]: value for path in paths for pointer, value in walk(document.meta, path) if isinstance(value, str)
    }


def _fact(document: Document, pointer: Pointer, first: str, second: str) -> Fact:
    return Fact(f"{first}{_BETWEEN}{second}", *document.place(pointer)[1:])
