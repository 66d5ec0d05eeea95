"""A picture that is fetched from another server.

Whoever reads the page tells that server so, and the picture vanishes when it does. The published handbook asks nothing
of anybody else's server.

Save the picture beside the document, and link to the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine.model import Document, Place, Problem, Settings, say

SEVERITY = "error"
_ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Pictures with a web address."""
    if settings.markdown != "python-markdown" or not document.body:
        return
    for reference in document.markup.references:
        if reference.picture and _ELSEWHERE.match(reference.target.strip()):
            message = say("This picture lies on another server. Save it beside the document, and link to the file.")
            yield Problem(Place(document.path, *document.markup.place(reference.offset)), message)
