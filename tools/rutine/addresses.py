"""Addresses that a browser may run instead of opening them, whatever disguise they are written in."""

from __future__ import annotations

import re

_BEGINNING = re.compile(r"[^:)\"']{0,200}:")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]|[\u200b-\u200f\u2028\u2029\ufeff]")
SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SCRIPTS = ("javascript", "vbscript", "data")


def unsafe_scheme(written: str) -> str | None:
    """The scheme of an address that is no ordinary one, as a browser reads it; None where there is nothing to fear.

    Drive letters and `file:` lead nowhere but do no harm: another rule speaks of them.
    """
    if "&" in written:
        from html import unescape  # a millisecond to import, for what hardly an address holds

        written = unescape(written)
    plain = _CONTROL.sub("", written).lstrip().lstrip("<").lstrip()
    found = _SCHEME.match(plain)
    if found:
        scheme = found[1].lower()
        return None if scheme in SAFE_SCHEMES or scheme == "file" or len(scheme) == 1 else scheme
    beginning = _BEGINNING.match(plain)
    if beginning and any(mark in beginning[0] for mark in "`[\\!<&"):
        return next((scheme for scheme in _SCRIPTS if _is_hidden_in(scheme, beginning[0].lower())), None)
    return None


def _is_hidden_in(word: str, text: str) -> bool:
    """Whether the letters of the word follow each other in the text, with anything between them."""
    position = 0
    for letter in word:
        position = text.find(letter, position) + 1
        if not position:
            return False
    return True
