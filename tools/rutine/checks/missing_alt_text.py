"""A picture or diagram without a text for those who cannot see it.

Screen readers, search and readers with a slow line get nothing from it. Public bodies are bound by law to give the text.

Say in the brackets what the picture shows: ![The four steps of a recruitment](steps.png). In a mermaid diagram write a
line accDescr: followed by the description; below any diagram you may write a line in italics that describes it:
*Figure: …*. A picture that is mere decoration is written as HTML with an empty alt: <img src="line.png" alt="">.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename
from urllib.parse import unquote

from rutine.markdown import Markup
from rutine.mermaid import is_described
from rutine.model import Document, Place, Problem, Settings, say

SEVERITY = "error"
DIAGRAMS = frozenset({"mermaid", "plantuml", "puml", "dot", "graphviz", "d2", "vega", "vega-lite"})
_EMPTY = re.compile(r"!\[\s*\]\s?(?:\(|\[([^\]\n]*)\])")
_IMAGE = re.compile(r"<img\b(?![^<>]*\salt\s*=)[^<>]*>", re.IGNORECASE)


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Pictures without words, or with the file's name instead, and diagrams that nothing describes."""
    body = document.body
    if "![" in body or "<im" in body or "<IM" in body:
        yield from _pictures(document, document.markup)
    if "```" in body or "~~~" in body:
        for fence in document.markup.fences:
            if fence.language.lower() in DIAGRAMS and not is_described(document.markup.text, fence):
                message = say(
                    "Nothing describes this diagram. Write a line accDescr: in it, or a line in italics below it: *Figure: …*."
                )
                yield Problem(Place(document.path, *document.markup.place(fence.start)), message)


def _pictures(document: Document, markup: Markup) -> Iterator[Problem]:
    for found in [*_EMPTY.finditer(markup.plain), *_IMAGE.finditer(markup.plain)]:
        message = say("The picture has no alternative text. Say in the brackets what it shows: ![…].")
        if found[0][0] == "<":
            message = say(
                'The picture has no alternative text. Say what it shows: alt="…", or alt="" if it is mere decoration.'
            )
        yield Problem(Place(document.path, *markup.place(found.start())), message)
    for picture in markup.references if "![" in markup.plain else ():
        if picture.picture and picture.text.strip() and _is_name(picture.text.strip(), picture.target):
            message = say("{text} is the name of the file. Say what the picture shows.", text=picture.text.strip())
            yield Problem(Place(document.path, *markup.place(picture.offset)), message)


def _is_name(text: str, target: str) -> bool:
    name = unquote(basename(target.partition("#")[0].partition("?")[0]))
    return text.casefold() in (name.casefold(), name.rpartition(".")[0].casefold()) and not name.startswith(".")
