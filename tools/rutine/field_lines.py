"""What a document's decided fields say, a line for each value, so that two versions can be compared. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rutine.fingerprint import decided_fields
from rutine.model import Document, Pointer
from rutine.redline import Passage, compare


def changed_fields(before: Document, after: Document, language: str) -> list[Passage]:
    """What was decided beside the text and differs between two versions of a document."""
    lines = (list(field_lines(document, language)) for document in (before, after))
    return [passage for passage in compare(*lines) if passage.kind != "same"]


def field_lines(document: Document, language: str) -> Iterator[str]:
    """`Label: value` for each value, in the order in which the fields are written."""
    for pointer, value in _leaves(decided_fields(document), ()):
        names = [pointer[: index + 1] for index, step in enumerate(pointer) if isinstance(step, str)]
        labels = [document.kind.label(name, language) if document.kind else str(name[-1]) for name in names]
        yield f"{' › '.join(labels)}: {value}"


def _leaves(value: Any, pointer: Pointer) -> Iterator[tuple[Pointer, Any]]:
    if isinstance(value, dict):
        for name, item in value.items():
            yield from _leaves(item, (*pointer, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*pointer, index))
    elif value is not None:
        yield pointer, value
