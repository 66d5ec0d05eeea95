"""A link or picture whose address can run something instead of opening a page.

Addresses such as javascript: and data: carry programs. Others, such as ftp: and sms:, open nothing for most readers.

Link to a file of the handbook, or to an address that begins with https:, http:, mailto: or tel:. Put pictures beside
the document as files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine.addresses import unsafe_scheme
from rutine.markdown import Markup
from rutine.model import Document, Place, Problem, Settings, say

SEVERITY = "error"
_LINK = re.compile(r"\]\(")
_DEFINITION = re.compile(r"^[ \t>*+\-\d.:]*(?<!\*)\[(?!\^)[^\[\]]*\]:[ \t]*\n?[ \t]*", re.MULTILINE)
_HTML_ADDRESS = re.compile(r"(?<![\w-])(?:href|src) *= *(?:\"([^\"\n]*)|'([^'\n]*)|([^\s>]*))", re.IGNORECASE)


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Addresses with another scheme than those of web pages, e-mail and telephone."""
    if ":" not in document.body and "&" not in document.body:
        return
    text = document.markup.published(settings.markdown)
    markup = document.markup if text is document.body else Markup(text, document.body_line)
    for offset, scheme in _unsafe_addresses(text):
        message = say(
            "A link may not begin with {scheme}:. Link to a file, or to an address with https:, http:, mailto: or tel:.",
            scheme=scheme,
        )
        yield Problem(Place(document.path, *markup.place(offset)), message)


def _unsafe_addresses(text: str) -> Iterator[tuple[int, str]]:
    """Offset and scheme of every address in a published text that a browser may run instead of opening it."""
    for offset, written in (*_addresses(text), *(_html_addresses(text) if "<" in text else ())):
        if scheme := unsafe_scheme(written):
            from rutine.rawhtml import certain_code  # most documents hold nothing of the kind

            if not certain_code(text).holds(offset):
                yield offset, scheme


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    for found in _LINK.finditer(text) if "](" in text else ():
        yield found.end(), text[found.end() : found.end() + 250]
    for found in _DEFINITION.finditer(text) if "]:" in text else ():
        yield found.end(), text[found.end() : found.end() + 250].partition("\n")[0]


def _html_addresses(text: str) -> Iterator[tuple[int, str]]:
    from rutine.rawhtml import ALLOWED, AUTOLINK, TAG  # most documents hold no HTML

    for found in TAG.finditer(text):
        if tag := AUTOLINK.match(text, found.start()):
            if "://" in tag[0]:
                yield tag.start(), tag[0][1:-1]
        elif tag := ALLOWED.match(text, found.start()):
            for address in _HTML_ADDRESS.finditer(tag[0]):
                yield tag.start(), address[1] or address[2] or address[3] or ""
