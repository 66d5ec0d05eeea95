"""What a document's decided fields say, a line for each value, so that two versions can be compared. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.fingerprint import decided_fields
from rutine.model import Document
from rutine.redline import Passage, compare
from rutine.values import leaves


def changed_fields(before: Document, after: Document, language: str) -> list[Passage]:
    """What was decided beside the text and differs between two versions of a document."""
    lines = (list(field_lines(document, language)) for document in (before, after))
    return [passage for passage in compare(*lines) if passage.kind != "same"]


def field_lines(document: Document, language: str) -> Iterator[str]:
    """`Label: value` for each value, in the order in which the fields are written."""
    for pointer, value in leaves(decided_fields(document)):
        names = [pointer[: index + 1] for index, step in enumerate(pointer) if isinstance(step, str)]
        labels = [document.kind.label(name, language) if document.kind else str(name[-1]) for name in names]
        yield f"{' › '.join(labels)}: {value}"
