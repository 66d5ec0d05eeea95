"""What a Markdown body holds, found without rendering it: headings, links, pictures, code, lists.

The dialect is Python-Markdown's, as the handbook's site renders it; anchors are made as its `toc` extension makes them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from rutine.anchors import Anchors, slug
from rutine.code_spans import blank, without_code

# Each of these takes time in proportion to the text, whatever the text: no two ways to match the same characters, and
# no search to the end of the text from every place that might begin something.
_FENCE = re.compile(r"^[ \t]*+(`{3,}+|~{3,}+)([^\n]*)$", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INDENTED = re.compile(r"(?:\A|\n)[ \t]*\n((?:(?: {4}|\t)[^\n]*\n?|[ \t]*\n)+)")
_HANGING = re.compile(r"[ \t]|[-*+] |\d+[.)] |!!!|\?\?\?|\[\^|: |<")
_HEADING = re.compile(r"^(#{1,6})(.+)$", re.MULTILINE)
_UNDERLINED = re.compile(r"^([^\s#>|\-*+:`<][^\n]*|[-*+:][^\s\n][^\n]*)\n(=+|-+)[ \t]*$", re.MULTILINE)
_ATTRIBUTES = re.compile(r"\{:?([^{}\n]*)\}$")
_IDENTIFIER = re.compile(r"#([\w.-]+)")
_HTML_ID = re.compile(r"<[a-zA-Z][^<>]*?\s(?:id|name)\s*=\s*[\"']?([^\"'\s>]+)")
_TITLE = r"(?:\s++(?:\"[^\"]*\"|'[^']*'|\([^)]*\)))?"
_TARGET = (
    r"(<[^<>\n]*>|[^()\s<]*(?:\([^()\n]*\)[^()\s]*)*|[^()\n<\"']*?\.[a-z0-9]{2,5}|[^()\n\"']*\([^()\n]*\)[^()\n\"']*)"
)
_WORDS = r"(?:[^\[\]\\\n]|\n(?![ \t]*\n)|\\.|\[[^\[\]]*\](?:\([^)\n]*\))?+)*+"
_LINK = re.compile(rf"\[({_WORDS})\]\(\s*+{_TARGET}{_TITLE}\s*+\)")  # the literal first lets the engine skip to it
_NOT_ESCAPED = r"(?:(?<!\\)|(?<=\\\\))"
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\]\n]+)\]:[ \t]*(<[^>\n]*>|\S+)", re.MULTILINE)
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^<>\s]*)>")
_HTML_LINK = re.compile(
    r"<(?:a|img|area|source|video|audio)\b[^<>]*?\s(?:href|src)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(r"<%[^%]*(?:%(?!>)[^%]*)*%>")  # ERB, and what else is written so
_MARKUP = re.compile(r"[*_`<\[\\]")
_INLINE = re.compile(
    r"!?\[([^\]]*)\]\([^)]*\)|<[^<>]+>|[*`]+|\\(?=[^\w\s])|(?<!\w)(_{1,3})(?=[^\s_])(.*?[^\s_]|[^\s_])\2(?!\w)"
)
LONGEST_HEADING = 1000  # characters; what is longer has no markup worth taking out


class Heading(NamedTuple):
    """A heading: level 1–6, its text without markup, its anchor, and where it and what follows it begin in the body."""

    level: int
    text: str
    anchor: str
    line: int
    start: int
    end: int


class Reference(NamedTuple):
    """A link or picture: where it leads as written, the text that stands for it, and its offset in the body."""

    target: str
    text: str
    offset: int
    picture: bool


class Fence(NamedTuple):
    """A fenced block of code or a diagram: its language and its offsets in the body."""

    language: str
    start: int
    end: int


class Markup:
    """The body of a document, looked at in parts. Offsets count characters of `text`."""

    def __init__(self, text: str, line: int = 1) -> None:
        self.text, self.line = text, line

    def place(self, offset: int) -> tuple[int, int]:
        """Line in the file and column of an offset."""
        row = bisect_right(self._starts, offset) - 1
        return self.line + row, offset - self._starts[row] + 1

    @cached_property
    def _starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        while (newline := find("\n", starts[-1])) >= 0:
            starts.append(newline + 1)
        return starts

    @cached_property
    def fences(self) -> list[Fence]:
        """Fenced blocks."""
        text = self.text
        if "```" not in text and "~~~" not in text:
            return []
        return list(_fences(text))

    @cached_property
    def unfenced(self) -> str:
        """The text with fenced blocks blanked out; offsets stay."""
        if not self.fences:
            return self.text
        parts, position = [], 0
        for fence in self.fences:
            parts += [self.text[position : fence.start], blank(self.text[fence.start : fence.end])]
            position = fence.end
        return "".join([*parts, self.text[position:]])

    @cached_property
    def plain(self) -> str:
        """The text with all code and all comments blanked out; offsets stay."""
        text = self.unfenced
        if "<!--" in text:
            text = _without_comments(text)
        if "\n    " in text or "\n\t" in text or text.startswith(("    ", "\t")):
            text = _INDENTED.sub(lambda found: found[0] if _hangs(text, found.start()) else blank(found[0]), text)
        if "`" in text:
            text = without_code(text)
        return text

    def published(self, dialect: str) -> str:
        """The body as its site reads it: lines stay, Python-Markdown drops two control characters, others' code is code."""
        if dialect != "python-markdown":
            return _TEMPLATE.sub(lambda found: blank(found[0]), self.plain)
        text = self.text
        return text.replace("\x02", "").replace("\x03", "") if "\x02" in text or "\x03" in text else text

    @cached_property
    def headings(self) -> list[Heading]:
        """Headings in order, with anchors as Python-Markdown's `toc` makes them."""
        text = self.unfenced
        if "<!--" in text:
            text = _without_comments(text)
        found = (
            [(match, len(match[1]), _unmarked(match[2])) for match in _HEADING.finditer(text)] if "#" in text else []
        )
        found = [item for item in found if item[2]]
        if "\n--" in text or "\n==" in text:
            found += [(match, 1 if match[2][0] == "=" else 2, match[1]) for match in _UNDERLINED.finditer(text)]
            found.sort(key=lambda item: item[0].start())
        used = Anchors()
        return [self._heading(match, level, raw.strip(), used) for match, level, raw in found]

    def _heading(self, match: re.Match[str], level: int, raw: str, used: Anchors) -> Heading:
        attributes = _ATTRIBUTES.search(raw) if raw.endswith("}") else None
        given = _IDENTIFIER.search(attributes[1]) if attributes else None
        words = raw[: attributes.start()].rstrip() if attributes else raw
        if len(words) <= LONGEST_HEADING and _MARKUP.search(words):
            words = _INLINE.sub(lambda found: found[1] or found[3] or "", words).strip()
        anchor = used.take(given[1] if given else slug(words), as_it_is=bool(given))
        return Heading(level, words, anchor, self.place(match.start())[0], match.start(), match.end())

    @cached_property
    def anchors(self) -> set[str]:
        """Everything in the page that a `#fragment` may name."""
        anchors = {heading.anchor for heading in self.headings}
        if "<" in self.plain:
            anchors.update(_HTML_ID.findall(self.plain))
        if "{" in self.plain:
            anchors.update(
                name
                for attributes in re.findall(r"\{:?([^{}\n]*)\}", self.plain)
                for name in _IDENTIFIER.findall(attributes)
            )
        return anchors

    @cached_property
    def references(self) -> list[Reference]:
        """Links and pictures, inline, by definition, in angle brackets and in HTML."""
        return list(self._references())

    def _references(self) -> Iterator[Reference]:
        text = self.plain
        if "](" in text:
            for found in re.finditer(_NOT_ESCAPED + _LINK.pattern, text) if "\\[" in text else _LINK.finditer(text):
                yield _reference(text, found, 0)
                if "](" in found[1]:
                    for inner in _LINK.finditer(found[1]):
                        yield _reference(found[1], inner, found.start(1))
        if "]:" in text:
            for found in _DEFINITION.finditer(text):
                yield Reference(found[2].strip("<>"), found[1], found.start(), False)
        if "<" in text:
            for found in _AUTOLINK.finditer(text):
                yield Reference(found[1], found[1], found.start(), False)
            for found in _HTML_LINK.finditer(text):
                yield Reference(
                    found[1] or found[2] or found[3] or "", "", found.start(), found[0][1:4].lower() == "img"
                )

    def section(self, heading: Heading) -> str:
        """What stands under a heading, with its subsections, comments left out."""
        later = (other.start for other in self.headings if other.start > heading.start and other.level <= heading.level)
        return _COMMENT.sub("", self.text[heading.end : next(later, len(self.text))]).strip()


def _reference(text: str, found: re.Match[str], before: int) -> Reference:
    start = found.start()
    picture = text[start - 1 : start] == "!"
    return Reference(found[2].strip("<>"), found[1], before + start - picture, picture)


def _fences(text: str) -> Iterator[Fence]:
    lines = list(_FENCE.finditer(text))
    unclosed = {"`": len(text), "~": len(text)}  # the shortest that is known to find no end
    index = 0
    while index < len(lines):
        opening = lines[index]
        index += 1
        mark, length = opening[1][0], len(opening[1])
        if "`" in opening[2] or length >= unclosed[mark]:
            continue
        closing = next((later for later in range(index, len(lines)) if _closes(lines[later], opening[1])), None)
        if closing is None:
            unclosed[mark] = length
            continue
        yield Fence(opening[2].strip().split(" ")[0].strip("{}."), opening.start(), lines[closing].end())
        index = closing + 1


def _closes(line: re.Match[str], fence: str) -> bool:
    return line[1].startswith(fence) and not line[2].strip("`~ \t")


def _without_comments(text: str) -> str:
    end = text.rfind("-->") + 3
    return _COMMENT.sub(lambda found: blank(found[0]), text[:end]) + text[end:] if end > 2 else text


def _unmarked(heading: str) -> str:
    """What stands after the signs of a heading, and before those that some put at its end."""
    return heading.strip(" \t").rstrip("#").rstrip(" \t") or heading.strip(" \t")


def _hangs(text: str, start: int) -> bool:
    """Whether an indented block belongs to what stands before it (a list, an admonition) and so is no code."""
    end = start
    while end > 0:
        begin = text.rfind("\n", 0, end) + 1
        if text[begin:end].strip() and not text[begin].isspace():
            return bool(_HANGING.match(text, begin, end))
        end = begin - 1
    return False
