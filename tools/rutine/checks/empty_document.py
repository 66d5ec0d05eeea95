"""A document with metadata and no text.

Its owner and its decision are on record, and nobody can read what was decided.

Write the text below the closing line of the front matter.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Place, Problem, Settings, say
from rutine.sections import is_empty

SEVERITY = "warning"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Documents whose body is empty, or holds nothing but headings and comments where no section is asked for."""
    if document.kind is None or document.front is None or document.path.endswith((".yml", ".yaml")):
        return
    if not document.body.strip() or (not document.kind.sections and is_empty(document.markup)):
        message = say("The document is empty: there is no text below its metadata. Write it.")
        yield Problem(Place(document.path, document.body_line if document.body else document.body_line - 1), message)
