"""Required sections, and where a document has them."""

from __future__ import annotations

import re

from rutine.kinds import Section
from rutine.markdown import Heading
from rutine.model import Document

_NUMBER = re.compile(r"\d+(?:\.\d+)*[.)]?\s+")


def find(document: Document, section: Section) -> Heading | None:
    """The heading of a section, in any language and with or without a number before it; None where there is none."""
    names = section.names()
    for heading in document.markup.headings:
        if heading.level > 1 and _NUMBER.sub("", heading.text, count=1).casefold() in names:
            return heading
    return None
