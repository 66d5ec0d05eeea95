"""A field that the kind does not know, often a misspelling.

A misspelt field is a field that is missing: nobody is told, and the value is lost to lists, search and reminders.

Correct the spelling, or delete the field. To keep a field of your own, add it to the kind's schema.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Faults of the front matter by its schema."""
    return document.schema_problems("unknown-field")
