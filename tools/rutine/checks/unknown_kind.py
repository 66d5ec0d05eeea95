"""A document whose kind is missing or unknown.

The kind decides which fields and sections a document must have.

Set the field kind to one of the kinds of the handbook, or add a schema for a new kind in the folder schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """What the reader met in the file."""
    return document.fault("unknown-kind")
