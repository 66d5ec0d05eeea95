"""A value in the front matter between quotation marks that are not YAML's own.

A word processor makes “ ” or « » of quotation marks. In the front matter they are no quotes: they become part of the
value, and stand in every list and on every page.

Write straight quotation marks (") or none. The option --fix does it for you. If the marks belong to the value, put
straight ones around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine.model import Document, Edit, Problem, Settings, say
from rutine.values import texts

SEVERITY = "warning"
_MARKS = re.compile("[“”„‟«»‘’‚‛]")
_ENCLOSED = re.compile("[“”„‟][^“”„‟]*[“”]|[«»][^«»]*[«»]|[‘’‚‛][^‘’‚‛]*[‘’]")


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Plain values that typographical quotation marks enclose."""
    if document.front is None or document.front.text.isascii() or not _MARKS.search(document.front.text):
        return
    for pointer, value in texts(document.meta):
        if not _ENCLOSED.fullmatch(value):
            continue
        place = document.place(pointer)
        if document.written(place) != value:
            continue  # in quotes of its own, or on several lines
        edits = (Edit(place.line, place.column, value, f'"{value[1:-1]}"'),) if not {'"', "\\"} & set(value) else ()
        message = say(
            'The quotation marks in {value} become part of the value. Write straight ones (") or none.', value=value
        )
        yield Problem(place, message, edits)
