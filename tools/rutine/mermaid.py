"""Diagrams in Mermaid within a body: their source, what describes them, and where they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from rutine.markdown import Fence, Markup

_CAPTION = re.compile(r"[ \t]*\n(?:[ \t]*\n)?[ \t]*(?:\*([^*\s][^*\n]*)\*|_([^_\s][^_\n]*)_)[ \t]*$", re.MULTILINE)
_TITLE = re.compile(r"^[ \t]*accTitle[ \t]*:[ \t]*(\S[^\n]*)$", re.MULTILINE)
_DESCRIPTION = re.compile(r"^[ \t]*accDescr[ \t]*(?::[ \t]*(\S[^\n]*)|\{\s*+([^{}\s][^{}]*)\})", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_SIGNS = re.compile(r"(?<!\s)\s*+\{:?[^{}]*\}\Z|[*_`]+(?=\S)|(?<=\S)[*_`]+")


class Diagram(NamedTuple):
    """A diagram: its source without indentation, its title, description and caption, and its place with the caption."""

    source: str
    title: str
    description: str
    caption: str
    indent: str
    start: int
    end: int


def diagrams_of(markup: Markup) -> Iterator[Diagram]:
    """The diagrams in a body, in order."""
    if "mermaid" not in markup.text and "Mermaid" not in markup.text:
        return
    for fence in markup.fences:
        if fence.language.lower() == "mermaid":
            yield _diagram(markup.text, fence)


def is_described(text: str, fence: Fence) -> bool:
    """Whether words say what a diagram of any language shows, in it or below it."""
    return bool(_DESCRIPTION.search(text, fence.start, fence.end) or _CAPTION.match(text, fence.end))


def _diagram(text: str, fence: Fence) -> Diagram:
    lines = text[fence.start : fence.end].split("\n")
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip(" \t"))]
    source = "\n".join(line.removeprefix(indent) for line in lines[1:-1])
    title, description = _TITLE.search(source), _DESCRIPTION.search(source)
    caption = _CAPTION.match(text, fence.end)
    return Diagram(
        source,
        title[1].strip() if title else "",
        " ".join((description[1] or description[2] or "").split()) if description else "",
        _SIGNS.sub("", _LINK.sub(r"\1", caption[1] or caption[2])) if caption else "",
        indent,
        fence.start,
        caption.end() if caption else fence.end,
    )
