"""What a style sheet would ask another host for, read as a browser reads it. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

_CSS = re.compile(
    r"@import|(?:url\(\s*[\"']?|(?:image-set|src)\([^)]*?[\"'])\s*((?:https?:|ftp:|(?:[a-z][a-z0-9+.-]*:)?//)[^\s)\"']*)",
    re.IGNORECASE,
)
_CSS_ESCAPE = re.compile(r"/\*.*?\*/|\\(?:([0-9a-fA-F]{1,6})[ \t\n\f\r]?|(.))", re.DOTALL)


def css_requests(text: str, own: str = "") -> Iterator[str]:
    """What a style sheet would ask another host for."""
    text = _CSS_ESCAPE.sub(_meant, text)
    for found in _CSS.finditer(text):
        if found[1] is None or not is_own(found[1], own):
            yield found[1] or text[found.start() : found.start() + 60]


def _meant(escape: re.Match[str]) -> str:
    """What an escape in a style sheet stands for; a backslash in an address is a slash to a browser."""
    char = chr(min(int(escape[1], 16), 0x10FFFF)) if escape[1] else escape[2] or ""
    return "/" if char == "\\" else char


def is_own(address: str, own: str) -> bool:
    """Whether an address is on the handbook's own host."""
    try:
        return bool(own) and urlsplit(address).netloc == own
    except ValueError:
        return False
