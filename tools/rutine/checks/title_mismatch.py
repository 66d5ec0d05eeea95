"""A first heading that differs from the title, or a second heading of level 1.

Lists, search and links show the title, the page shows the heading. If they differ, readers think that they are in the wrong place.

Make them equal. Other headings are of level 2 or below.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.markdown import Heading
from rutine.model import Document, Place, Problem, Settings, say

SEVERITY = "warning"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Headings of level 1 that are not the title."""
    title = document.value("title")
    headings = [heading for heading in document.markup.headings if heading.level == 1 and heading.text] if title else []
    if headings and title and _is_plain(headings[0]) and " ".join(headings[0].text.split()) != " ".join(title.split()):
        message = say(
            "The heading says {heading}, but the title says {title}. Make them equal.",
            heading=headings[0].text,
            title=title,
        )
        yield Problem(Place(document.path, headings[0].line), message)
    for heading in headings[1:]:
        message = say("This is a second heading of level 1. Use ## for sections: {heading}.", heading=heading.text)
        yield Problem(Place(document.path, heading.line), message)


def _is_plain(heading: Heading) -> bool:
    """Whether the heading is written out, and not filled in by a site's templates."""
    return "{{" not in heading.text and "{%" not in heading.text
