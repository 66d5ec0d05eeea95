"""A section that the kind requires and that holds no text.

A heading without text promises an answer and gives none. Comments and hints from the template do not count.

Write the section.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Place, Problem, Settings, say
from rutine.sections import find, has_text

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Required sections with nothing under their heading."""
    for section in document.kind.sections if document.kind else ():
        heading = find(document, section)
        if heading and not has_text(document.markup, heading):
            message = say("The section {heading} is empty. Write it.", heading=heading.text)
            yield Problem(Place(document.path, heading.line), message)
