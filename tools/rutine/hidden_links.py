"""Where HTML in a page leads, hidden from a generator that would change it, and shown again. Pure.

An address that begins with a slash every generator leaves alone. So each address of a link or a picture in HTML gets a
mark in front, which is taken away from the built page. What only looks like HTML, in code, is none the worse for it.
"""

from __future__ import annotations

import re

_TAG = re.compile(r"<[a-zA-Z](?:\"[^\"]*+\"|'[^']*+'|[^<>\"'])*+>")
_LINK = re.compile(
    r"((?<=[\s\"'/])(?:href|src)\s*+=\s*+(?:[\"']\s*+)?+)(?![a-z][a-z0-9+.-]*:)(?=[^\s\"'/#?>])", re.IGNORECASE
)
_COLOURED = r"(?:</?span[^<>]{0,99}>){0,4}"


def hide(text: str, mark: str) -> str:
    """A page's Markdown with the mark, a word that stands in no page, before every address in HTML."""
    return _TAG.sub(lambda tag: _LINK.sub(rf"\g<1>/{mark}/", tag[0]), text)


def show(page: str, mark: str) -> str:
    """The built page without the marks. In code, its parts may be coloured; in an anchor, its slashes are gone."""
    return re.sub(rf"/?({_COLOURED}){mark}({_COLOURED})/?", r"\1\2", page)
