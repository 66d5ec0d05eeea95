"""Required sections, and where a document has them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from rutine.kinds import Section
from rutine.markdown import Heading, Markup
from rutine.model import Document

_NUMBER = re.compile(r"(?:\d+(?:\.\d+)*[.)]?|[IVX]+\.)\s+")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def find(document: Document, section: Section) -> Heading | None:
    """The heading of a section, in any language and with or without a number before it; None where there is none.

    Of several, the first with a text under it.
    """
    names = section.names()
    markup = document.markup
    found = [heading for heading in markup.headings if heading.level > 1 and _plain(heading.text) in names]
    if len(found) > 1:
        return next((heading for heading in found if has_text(markup, heading)), found[0])
    return found[0] if found else None


@lru_cache(maxsize=4096)
def _plain(heading: str) -> str:
    text = _NUMBER.sub("", heading, count=1).rstrip(" :").casefold()
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def has_text(markup: Markup, heading: Heading) -> bool:
    """Whether anything but headings and comments stands in a section or in its subsections."""
    headings = [other for other in markup.headings if other.start >= heading.start]
    for index, inner in enumerate(headings):
        if index and inner.level <= heading.level:
            return False
        following = headings[index + 1].start if index + 1 < len(headings) else len(markup.text)
        if _COMMENT.sub("", markup.text[inner.end : following]).strip():
            return True
    return False


def is_empty(markup: Markup) -> bool:
    """Whether a text holds nothing but headings and comments."""
    text = _COMMENT.sub("", markup.text)
    return not any(line and not line.startswith("#") for line in map(str.strip, text.split("\n")))
