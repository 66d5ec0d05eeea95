"""A heading that every document of the kind has, and that this one lacks.

Readers find what they look for because it stands under the same heading everywhere.

Add the heading (level 2: two number signs) and write the section. `rutine new` makes a template with all of them.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.i18n import choose
from rutine.model import Document, Place, Problem, Settings, say
from rutine.sections import find

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Sections of the kind without a heading in the body."""
    if not document.kind or not document.body.strip():
        return
    language = document.value("language") or settings.language
    for section in document.kind.sections:
        if find(document, section) is None:
            heading = choose(section.heading, language)
            message = say(
                "The section {heading} is missing. Add the heading ## {heading} and write it.", heading=heading
            )
            yield Problem(Place(document.path, document.body_line), message)
