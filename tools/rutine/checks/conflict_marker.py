"""Marks that Git leaves where two changes of the same lines could not be joined.

Both versions stand in the text, one after the other, and the reader does not know which applies.

Keep the lines that are right, and delete the others with the three lines of marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine.model import Document, Place, Problem, Settings, say

SEVERITY = "error"
_MARKER = re.compile(r"^(?:<{7}|>{7}|\|{7}) ", re.MULTILINE)


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """The first mark of each conflict."""
    front = (document.front.text, document.front.line) if document.front else ("", 1)
    for text, line in (front, (document.body, document.body_line)):
        for found in _MARKER.finditer(text) if "<<<<<<< " in text or ">>>>>>> " in text else ():
            if found[0].startswith("<"):
                message = say(
                    "Two versions of these lines stand here, with marks from Git. Keep the right one, and delete the marks."
                )
                yield Problem(Place(document.path, line + text.count("\n", 0, found.start())), message)
