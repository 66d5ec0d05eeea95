"""A field that the kind requires and that is missing or empty.

Each required field answers a question that readers and auditors ask: who owns this, who decided it, whom does it
apply to, when is it reviewed.

Add the field with its value. A field that is only required sometimes says so in the reference of its kind.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Faults of the front matter by its schema."""
    return document.schema_problems("missing-field")
