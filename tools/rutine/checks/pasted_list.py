"""A list pasted from a word processor that the site does not show as a list.

A hard space after the number, or a bullet that is only a character, makes the step run on in the line before. Steps
vanish, and those after them get other numbers.

Write a number and a full stop, or a hyphen, and then an ordinary space. The option --fix does it for you.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine.model import Document, Edit, Place, Problem, Settings, say

SEVERITY = "error"
_PASTED = "\u00a0\u202f\u2007\u2009\u3000\u2022\u00b7\u25aa\u25ab\u25e6\u2023\u25cf\u25cb\uf0b7"
_HARD_SPACE = re.compile(r"^([ \t]*(?:\d{1,3}[.)]|[-*+]))([\u00a0\u2007\u2009\u202f\u3000]+)(?=\S)", re.MULTILINE)
_BULLET = re.compile(
    r"^([ ]*)([\u2022\u00b7\u25aa\u25ab\u25e6\u2023\u25cf\u25cb\uf0b7][ \t\u00a0]*)(?=\S)", re.MULTILINE
)


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Lines that look like items of a list and are none."""
    if not any(character in document.body for character in _PASTED):
        return
    markup = document.markup
    for found in _HARD_SPACE.finditer(markup.plain):
        line, column = markup.place(found.start(2))
        message = say(
            "A hard space stands after {mark}, so the site shows no list here. Put an ordinary space in its place.",
            mark=found[1].strip(),
        )
        yield Problem(Place(document.path, line, column), message, (Edit(line, column, found[2], " "),))
    for found in _BULLET.finditer(markup.plain):
        line, column = markup.place(found.start(2))
        message = say(
            "{mark} is only a character, so the site shows no list here. Begin the line with a hyphen and a space.",
            mark=found[2].strip(),
        )
        yield Problem(Place(document.path, line, column), message, (Edit(line, column, found[2], "- "),))
