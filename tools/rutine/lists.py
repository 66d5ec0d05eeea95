"""Lists as Python-Markdown reads them: four spaces for each level, and an empty line before the first item.

Authors mean a list as CommonMark reads it, where an item belongs to the one that it is indented under by any number of
spaces. Where the two differ, the page shows another list than the one that was meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from rutine.markdown import Markup

WIDTH = 4

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_NOT_BLANK = re.compile(r"[^\n]")
_ITEM = re.compile(r" *([-*+]|\d{1,9}\.)( +)(?=\S)")
_RULE = re.compile(r" {0,3}([-*_])(?: *\1){2,} *\Z")
_BOX = re.compile(r" *(?:(!!!|\?\?\?)|\[\^[^\]]+\]:|: {1,3})")
_OTHER = re.compile(r" *(?:#{1,6}[^#]|<|\*?\[[^\]]+\]:)")  # what a list may follow at once
_UNDERLINE = re.compile(r" *(?:=+|-+) *\Z")

_MARKED = re.compile(r"\n( *)(?:[-*+]|\d{1,9}\.) ")
_FURTHER = re.compile(r"\n\n( +)[^ \n]")
_BLANKS = re.compile(r"(?<=\n) +(?=\n)")
_ODD = re.compile(r"\n(?: {1,3}| {5,})(?:[-*+]|\d{1,9}\.) ")  # an item that is indented otherwise than by four, or deep
_UNASKED = re.compile(r"\n(?! *(?:[-*+] |\d{1,9}\. |#|\n))[^\n]+\n *(?:[-*+]|\d{1,9}\.) ")  # an item at once after text


class Shift(NamedTuple):
    """A line whose indentation must change: its index in the text, the blanks it begins with, and how many are right."""

    row: int
    blanks: str
    wanted: int


class Fault(NamedTuple):
    """A list that is shown otherwise than meant: lines at another level, to be shifted; or a line that joins the one before.

    What needs an empty line before it is the beginning of a list, or an item after a further paragraph of the one before.
    """

    row: int
    shifts: tuple[Shift, ...] = ()
    begins: bool = True


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


def list_faults(markup: Markup) -> list[Fault]:
    """Where Python-Markdown shows a list otherwise than it is meant."""
    return _Reader(markup).faults() if _is_suspect(f"\n{markup.text}") else []


def _is_suspect(text: str) -> bool:
    """Whether a closer look is worth its time: most texts hold plain lists, or none."""
    if " \n" in text:
        text = _BLANKS.sub("", text)
    if _ODD.search(text) or _UNASKED.search(text):
        return True
    for found in _FURTHER.finditer(text):
        indent, end = len(found[1]), text.find("\n\n", found.end())
        block = text[found.end() : end if end >= 0 else len(text)]
        if indent % WIDTH or any(len(item[1]) < indent for item in _MARKED.finditer(block)):
            return True
    return "\t" in text


@dataclass
class _Reader:
    """Reads a text line by line; `stack` holds the items and boxes that the line may belong to."""

    markup: Markup
    stack: list[_Holder] = field(default_factory=list)
    shifts: list[Shift] = field(default_factory=list)
    found: list[Fault] = field(default_factory=list)
    is_new_block: bool = True  # an empty line or the beginning of the text came before
    before: str = ""  # what the line before is part of: "text", a "box", an indented block of "code", the first lines of an "item"
    depth: int = 0  # how deep the paragraph of the line before lies
    block: int = 0  # how deep the first line since the last empty one lies
    code: int = 0  # how far the code of the line before is indented
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
            elif not line.strip():
                self.is_new_block = True
            else:
                self._line(row, line)
                self.is_new_block = self.before == "box"
                end = fences.get(row, end)
        self._close()
        return sorted(self.found)

    def _row(self, offset: int) -> int:
        return self.markup.place(offset)[0] - self.markup.line

    def _line(self, row: int, line: str) -> None:
        indent = _indent(line)
        item = None if _RULE.match(line) else _ITEM.match(line.expandtabs(WIDTH))
        if self._is_code(indent):
            self.before, self.moved = "code", 0
        elif item and (self.stack or self.is_new_block or indent < WIDTH):
            self._item(row, line, indent, item)
        elif self.is_new_block:
            self._block(row, line, indent)
        else:
            self._continue(row, line, indent)

    def _is_code(self, indent: int) -> bool:
        """Whether the line begins or continues an indented block of code."""
        if not self.is_new_block:
            return self.before == "code" and indent >= self.code
        content = self.stack[-1].content if self.stack else 0
        self.code = content + WIDTH
        return indent >= self.code

    def _item(self, row: int, line: str, indent: int, item: re.Match[str]) -> None:
        marker = "1" if item[1][-1] == "." else "-"
        if not self.stack:
            self._close()
        left = []
        while self.stack and not self.stack[-1].holds_item(indent, marker):
            left.append(self.stack.pop())
        depth = len(self.stack)
        if not self.is_new_block:
            self._join(row, depth, item[1], any(holder.marker for holder in left))
        if self.is_new_block:
            self.block = depth
        moved = self._place(row, line, indent, depth)
        spaces = len(item[2]) if len(item[2]) <= WIDTH else 1
        self.stack.append(_Holder(indent, indent + len(item[1]) + spaces, marker, moved))
        self.before, self.moved = "item", moved

    def _join(self, row: int, depth: int, marker: str, leaves_item: bool) -> None:
        """Without an empty line, an item is part of the paragraph before it, or lies as deep as what comes before it."""
        if depth < self.block and leaves_item:
            self.found.append(Fault(row, begins=False))
            self.is_new_block = True
        elif self.before == "text" and self.depth == depth and marker in ("-", "*", "+", "1."):
            self.found.append(Fault(row))
            self.is_new_block = True

    def _block(self, row: int, line: str, indent: int) -> None:
        while self.stack and indent < self.stack[-1].content:
            self.stack.pop()
        if not self.stack:
            self._close()
        self.depth = self.block = len(self.stack)
        needed = WIDTH * self.depth
        self.moved = needed - indent if indent < needed else 0
        self._shift(row, line, indent + self.moved)
        self._kind(line, indent)

    def _continue(self, row: int, line: str, indent: int) -> None:
        if self.moved and indent:
            self._shift(row, line, indent + self.moved)
        if self.before == "text" and _UNDERLINE.match(line):
            self.before = "heading"
        elif self.before != "item" or _OTHER.match(line) or _BOX.match(line):
            self._kind(line, indent)

    def _kind(self, line: str, indent: int) -> None:
        """What the line is part of, for the lines after it."""
        self.before = "other" if _OTHER.match(line) else "text"
        if box := _BOX.match(line):
            self.stack.append(_Holder(indent, indent + WIDTH, "", self.moved))
            self.before = "box" if box[1] else "text"
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
