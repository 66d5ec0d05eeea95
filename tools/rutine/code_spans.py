"""Code in backticks, blanked out so that nothing in it is taken for anything else."""

from __future__ import annotations

import re
from bisect import bisect_right

_NOT_BLANK = re.compile(r"[^\n]")
_TICKS = re.compile(r"`+")
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n)")


def blank(text: str) -> str:
    """Spaces in the place of everything but line ends."""
    return _NOT_BLANK.sub(" ", text)


def without_code(text: str) -> str:
    """The text with code in backticks blanked out: each run with the next one as long, within a paragraph."""
    runs = [found.span() for found in _TICKS.finditer(text)]
    blanks = [found.start() for found in _BLANK_LINE.finditer(text)] + [len(text)]
    next_alike: dict[int, int] = {}
    closing = [0] * len(runs)
    for index in range(len(runs) - 1, -1, -1):
        length = runs[index][1] - runs[index][0]
        closing[index] = next_alike.get(length, 0)
        next_alike[length] = index
    parts, position, index = [], 0, 0
    while index < len(runs):
        start, end = runs[index]
        last = closing[index]
        if last and text[start - 1 : start] != "\\" and blanks[bisect_right(blanks, end)] > runs[last][0]:
            parts += [text[position:start], blank(text[start : runs[last][1]])]
            position, index = runs[last][1], last
        index += 1
    return "".join([*parts, text[position:]])
