"""The values of front matter, whatever they mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rutine.model import Document, Pointer


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


def groups(document: Document, lead: str, *others: str) -> Iterator[dict[str, list[str]]]:
    """Values that stand together in one item of a list: for each of the leading ones, the others beside it."""
    if leading := document.values(lead):
        known = [(other, document.values(other)) for other in others]
        for pointer, value in leading:
            around = pointer if isinstance(pointer[-1], int) else pointer[:-1]
            depth = len(around)
            beside = {other: [text for place, text in rows if place[:depth] == around] for other, rows in known}
            yield {lead: [value], **beside}


def leaves(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Every value in the metadata that holds no others, with its pointer."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from leaves(item, (*pointer, str(name)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from leaves(item, (*pointer, index))
    elif value is not None:
        yield pointer, value
