"""A field whose value is not as the kind's schema demands.

Dates that are no dates, lists that are no lists and words that are not among the allowed ones cannot be sorted,
counted or reminded of.

Write the value as the message shows. The reference of the kind lists every field with its allowed values.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Faults of the front matter by its schema."""
    return document.schema_problems("schema-mismatch")
