"""The tags of a page, read so that every reader of HTML takes it for the same. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

RAW = frozenset("script style title textarea xmp iframe noembed noframes noscript plaintext template".split())

# A page is read as tags that every reader takes for the same: whatever else begins with < is refused.
_BLANK = r"[ \t\n\f\r]"
_VALUE = r"(?:\"[^\"]*+\"|'[^']*+'|[^ \t\n\f\r\"'=<>`]++)"
_ATTRIBUTES = rf"(?:{_BLANK}++[a-zA-Z_:@][a-zA-Z0-9_:.-]*+(?:{_BLANK}*+={_BLANK}*+{_VALUE})?+)*+{_BLANK}*+"
_TOKEN = re.compile(
    rf"<script{_ATTRIBUTES}>(?:[^<]|<(?!!--|/script|script))*+</script>"
    rf"|<(?:style{_ATTRIBUTES}>[^<]*+</style>|title{_ATTRIBUTES}>[^<]*+</title>)"
    rf"|</?[a-zA-Z][a-zA-Z0-9:-]*+{_ATTRIBUTES}/?>"
    r"|<!--(?!-?>)(?:[^-<]|-(?!-!?>)|<(?!!--))*+-->"
    r"|<!doctype html>"
    r"|<(?=[a-zA-Z/!?])",
    re.IGNORECASE | re.ASCII,
)
_NAME = re.compile(r"<(/?[a-zA-Z][a-zA-Z0-9:-]*)")
_ATTRIBUTE = re.compile(rf"{_BLANK}([a-zA-Z_:@][a-zA-Z0-9_:.-]*+)(?:{_BLANK}*={_BLANK}*({_VALUE}))?+")
_START = re.compile(rf"{_ATTRIBUTES}/?>", re.ASCII)

Attributes = dict[str, str]


class Tag(NamedTuple):
    """A start tag, and what is in it where that is no HTML: of a script, a style sheet, a title."""

    name: str
    attributes: Attributes
    content: str


@lru_cache(maxsize=2)
def tokens_of(page: str) -> list[str]:
    """The tags, comments and whole scripts, styles and titles of a page in turn; a lone `<` for each that is none of these."""
    return _TOKEN.findall(page)


@lru_cache(maxsize=20_000)
def tag_of(token: str) -> Tag | None:
    """The start tag that a token is; None for ends and comments. A browser keeps the first of two equal attributes."""
    found = _NAME.match(token)
    if not found or found[1].startswith("/"):
        return None
    name, content = found[1].lower(), ""
    if name in RAW and (parts := _raw(token, found.end())):
        token, content = parts
    attributes = Attributes()
    for attribute in _ATTRIBUTE.finditer(token, found.end()):
        value = attribute[2] or ""
        attributes.setdefault(attribute[1].lower(), value[1:-1] if value[:1] in ("'", '"') else value)
    return Tag(name, attributes, content)


def _raw(token: str, start: int) -> tuple[str, str] | None:
    """The start tag and the content of an element whose content is no HTML."""
    end = _START.match(token, start)
    if end is None or end.end() == len(token):
        return None
    return token[: end.end()], token[end.end() : token.rindex("</")]


def unclear(page: str) -> Iterator[int]:
    """Where readers of HTML may disagree on what a `<` begins."""
    return (found.start() for found in _TOKEN.finditer(page) if found[0] == "<")
