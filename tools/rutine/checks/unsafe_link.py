"""A link or picture whose address can run something instead of opening a page.

Addresses such as javascript: and data: carry programs. Others, such as ftp: and sms:, open nothing for most readers.

Link to a file of the handbook, or to an address that begins with https:, http:, mailto: or tel:. Put pictures beside
the document as files.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.markdown import Markup
from rutine.model import Document, Place, Problem, Settings, say
from rutine.rawhtml import cleaned, unsafe_addresses

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Addresses with another scheme than those of web pages, e-mail and telephone."""
    if ":" not in document.body and "&" not in document.body:
        return
    text = cleaned(document.body)
    markup = document.markup if text is document.body else Markup(text, document.body_line)
    for offset, scheme in unsafe_addresses(text):
        message = say(
            "A link may not begin with {scheme}:. Link to a file, or to an address with https:, http:, mailto: or tel:.",
            scheme=scheme,
        )
        yield Problem(Place(document.path, *markup.place(offset)), message)
