"""Lines with bars that the site does not show as a table, because the line under the heading is missing.

Readers see one long line of words and bars.

Put a line such as | --- | --- | under the first row, with as many parts as the row has columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine.model import Document, Place, Problem, Settings, say

SEVERITY = "error"
_ROWS = re.compile(r"^ {0,3}\|[^\n]*\|[ \t]*(?:\n {0,3}\|[^\n]*\|[ \t]*)+$", re.MULTILINE)
_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*\Z")


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Rows of a table whose second line is no rule."""
    if "|\n" not in document.body or settings.markdown != "python-markdown":
        return
    markup = document.markup
    for found in _ROWS.finditer(markup.plain):
        first, second = found[0].split("\n")[:2]
        if not _RULE.match(second):
            rule = "|" + " --- |" * max(first.strip().strip("|").count("|") + 1, 1)
            message = say(
                "This is shown as text and not as a table. Put this line under the first row: {rule}", rule=rule
            )
            yield Problem(Place(document.path, *markup.place(found.start())), message)
