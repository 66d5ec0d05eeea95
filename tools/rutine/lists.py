"""Lists as Python-Markdown reads them: four spaces for each level, and an empty line before the first item.

Authors mean a list as CommonMark reads it, where an item belongs to the one that it is indented under by any number of
spaces. Where the two differ, the page shows another list than the one that was meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from rutine.markdown import Markup

WIDTH = 4

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOT_BLANK = re.compile(r"[^\n]")
_ITEM = re.compile(r" *([-*+]|\d{1,9}\.)( +)(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *\Z")
_BOX = re.compile(r" *(?:(?:!!!|\?\?\?\+?) ?|(\[\^[^\]]+\]:|: {1,3}))")
_OTHER = re.compile(r" *(?:#{1,6}\s|#{1,6}[^#\s]|[|>]|<|\[[^\]]+\]:|\*\[[^\]]+\]:|`{3}|~{3})")
_UNDERLINE = re.compile(r" *(?:=+|-+) *\Z")

_SUSPECT = (
    re.compile(r"^(?:    )* {1,3}(?:[-*+]|\d{1,9}\.) ", re.MULTILINE),
    re.compile(r"^ {8,}(?:[-*+]|\d{1,9}\.) ", re.MULTILINE),
    re.compile(r"^[ \t]*\n(?:    )* {1,3}[^ \n]", re.MULTILINE),
    re.compile(r"^(?! *(?:[-*+] |\d{1,9}\. |#|\n))[^\n]*\n *(?:[-*+]|1\.) ", re.MULTILINE),
)


class Shift(NamedTuple):
    """A line whose indentation must change: its index in the text, the blanks it begins with, and how many are right."""

    row: int
    blanks: str
    wanted: int


class Fault(NamedTuple):
    """A list that is shown otherwise than meant: at another level (the lines to shift), or not as a list at all (none)."""

    row: int
    shifts: tuple[Shift, ...]


@dataclass
class _Holder:
    """A list item or a box (an admonition, a footnote) that lines can belong to; `moved` is how far it must be shifted."""

    indent: int
    content: int
    marker: str
    moved: int = 0

    def holds_item(self, indent: int, marker: str) -> bool:
        """Whether an author who indents an item so far means it to lie in this one."""
        if not self.marker:
            return indent >= self.content
        return indent >= self.indent + 2 or (indent == self.indent + 1 and marker != self.marker)


def list_faults(markup: Markup) -> Iterator[Fault]:
    """Where Python-Markdown shows a list otherwise than it is meant."""
    text = markup.text
    if "\t" not in text and not any(pattern.search(text) for pattern in _SUSPECT):
        return
    yield from _Reader(markup).faults()


@dataclass
class _Reader:
    """Reads a text line by line; `stack` holds the items and boxes that the line may belong to."""

    markup: Markup
    stack: list[_Holder] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    found: list[Fault] = field(default_factory=list)
    is_new_block: bool = True  # an empty line or the beginning of the text came before
    before: str = ""  # what the line before was: "text" of a paragraph, first line of an "item", or "other"
    depth: int = 0  # how deep the paragraph of the line before lies
    moved: int = 0  # how far the block of the line before must be shifted

    def faults(self) -> list[Fault]:
        """Every fault of the text, in order."""
        fences = {self._row(fence.start): self._row(fence.end) for fence in self.markup.fences}
        text = _COMMENT.sub(lambda found: _NOT_BLANK.sub(" ", found[0]), self.markup.text)
        end = -1
        for row, line in enumerate(text.split("\n")):
            if row <= end:
                if line.strip() and self.moved:
                    self._shift(row, line, _indent(line) + self.moved)
                continue
            if not line.strip():
                self.is_new_block = True
                continue
            self._line(row, line)
            self.is_new_block = False
            end = fences.get(row, end)
        self._close()
        return sorted(self.found)

    def _row(self, offset: int) -> int:
        return self.markup.place(offset)[0] - self.markup.line

    def _line(self, row: int, line: str) -> None:
        indent = _indent(line)
        item = None if _RULE.match(line) else _ITEM.match(line.expandtabs(WIDTH))
        if self._is_code(indent):
            self.before = "other"
        elif item and (self.stack or self.is_new_block or indent < WIDTH):
            self._item(row, line, indent, item)
        elif self.is_new_block:
            self._block(row, line, indent)
        else:
            self._continue(row, line, indent)

    def _is_code(self, indent: int) -> bool:
        """Whether the line begins (or continues) an indented block of code."""
        if not self.is_new_block:
            return self.before == "code" and indent >= self.depth
        stack = [holder for holder in self.stack if indent >= holder.content]
        content = stack[-1].content if stack else 0
        return indent >= content + WIDTH and not (self.stack and indent < self.stack[-1].content)

    def _item(self, row: int, line: str, indent: int, item: re.Match[str]) -> None:
        marker = "1" if item[1][-1] == "." else "-"
        begins = not self.stack
        while self.stack and not self.stack[-1].holds_item(indent, marker):
            self.stack.pop()
        depth = len(self.stack)
        if begins:
            self._close()
        if self.before == "text" and not self.is_new_block and self.depth == depth and item[1] in "-*+1.":
            self.found.append(Fault(row, ()))
        moved = self._place(row, line, indent, depth)
        spaces = len(item[2]) if len(item[2]) <= WIDTH else 1
        self.stack.append(_Holder(indent, indent + len(item[1]) + spaces, marker, moved))
        self.before, self.moved = "item", moved

    def _block(self, row: int, line: str, indent: int) -> None:
        while self.stack and indent < self.stack[-1].content:
            self.stack.pop()
        if not self.stack:
            self._close()
        self.depth = len(self.stack)
        needed = WIDTH * self.depth
        self.moved = 0
        if indent < needed:
            self.moved = needed + indent - self.stack[-1].content - indent
            self._shift(row, line, indent + self.moved)
        self._kind(line, indent)

    def _continue(self, row: int, line: str, indent: int) -> None:
        if self.moved and indent:
            self._shift(row, line, indent + self.moved)
        if self.before == "text" and _UNDERLINE.match(line):
            self.before = "other"
        elif self.before == "other":
            if not line.lstrip().startswith(("|", ">")):
                self._kind(line, indent)
        elif self.before == "text" or _OTHER.match(line):
            self._kind(line, indent)

    def _kind(self, line: str, indent: int) -> None:
        """What the line is, for the lines after it."""
        box = _BOX.match(line)
        if box:
            self.stack.append(_Holder(indent, indent + WIDTH, "", self.moved))
            self.before = "item"
        else:
            self.before = "other" if _OTHER.match(line) else "text"
            self.depth = len(self.stack)

    def _place(self, row: int, line: str, indent: int, depth: int) -> int:
        """Shift an item to its level, if it does not lie there; how far."""
        needed = WIDTH * depth
        if needed <= indent < needed + WIDTH:
            return 0
        self._shift(row, line, needed)
        return needed - indent

    def _shift(self, row: int, line: str, wanted: int) -> None:
        blanks = line[: len(line) - len(line.lstrip(" \t"))]
        if len(blanks.expandtabs(WIDTH)) != wanted:
            self.shifts.append(Shift(row, blanks, max(wanted, 0)))

    def _close(self) -> None:
        """The list has ended: tell of its lines that lie at a wrong level."""
        if self.shifts:
            self.found.append(Fault(self.shifts[0].row, tuple(self.shifts)))
            self.shifts = []


def _indent(line: str) -> int:
    expanded = line.expandtabs(WIDTH)
    return len(expanded) - len(expanded.lstrip(" "))
