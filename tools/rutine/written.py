"""Values of the front matter as they stand in the file, and the edits that replace them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rutine.model import Document, Edit, Place, Pointer


def texts(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Every text in the metadata, with its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, (*pointer, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*pointer, index))


def from_place(document: Document, place: Place) -> str:
    """The rest of the line in the front matter, from a place on."""
    line = document.front.text.split("\n")[place.line - document.front.line] if document.front else ""
    return line[place.column - 1 :]


def replace(document: Document, place: Place, value: str, new: str) -> tuple[Edit, ...]:
    """The edit that writes another value in its place, in the same quotes; none for a value of several lines."""
    rest = from_place(document, place)
    for quote in ("", '"', "'"):
        written = f"{quote}{value}{quote}"
        if rest.startswith(written) and (quote or rest[len(written) : len(written) + 1] in ("", " ", ",", "]", "}")):
            return (Edit(place.line, place.column, written, f"{quote}{new}{quote}"),)
    return ()
