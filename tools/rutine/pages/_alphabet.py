"""The order of the alphabet in each language, and the letter that a title stands under."""

from __future__ import annotations

import re
from functools import cache
from unicodedata import normalize

LATIN = "abcdefghijklmnopqrstuvwxyz"
ALPHABETS = {"nb": f"{LATIN}æøå", "nn": f"{LATIN}æøå", "da": f"{LATIN}æøå", "sv": f"{LATIN}åäö", "en": LATIN}
_WEST = {"ä": "æ", "ö": "ø", "ü": "y", "œ": "ø"}  # of Norwegian and Danish
_SAME = {
    "nb": _WEST,
    "nn": _WEST,
    "da": _WEST,
    "sv": {"æ": "ä", "ø": "ö", "ü": "y", "œ": "ö"},
    "en": {"æ": "ae", "ø": "o", "œ": "oe"},
}
_OTHER = {"đ": "d", "ð": "d", "þ": "th", "ŋ": "n", "ŧ": "t", "ł": "l", "ı": "i"}
_ANCHORS = {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe"}
_DOUBLE_A = re.compile("[Aa]a")  # Aabenraa, but not AAP
_PARTS = re.compile(r"\d+|[^\W\d_]|[\W_]+")

DIGITS, OTHERS = "0–9", "#"
Key = tuple[tuple[tuple[int, int], ...], str]


@cache
def key(text: str, language: str) -> Key:
    """What titles are sorted by: word by word, numbers by their size and before letters, other scripts last."""
    parts = tuple(_part(part, language) for part in _PARTS.findall(_spelled(text, language)))
    found = parts[1:] if parts[:1] == ((0, 0),) else parts
    return found or ((4, 0),), text


def letter(text: str, language: str) -> str:
    """The letter that a text stands under; `DIGITS` for a number, `OTHERS` for what the alphabet does not hold."""
    group, rank = key(text, language)[0][0]
    return ALPHABETS[language][rank] if group == 2 else DIGITS if group == 1 else OTHERS


def anchor(found: str) -> str:
    """A letter as an anchor."""
    return {DIGITS: "digits", OTHERS: "others"}.get(found) or _ANCHORS.get(found, found)


def _part(part: str, language: str) -> tuple[int, int]:
    """A number, a letter, a letter of another script, or what stands between words."""
    if part.isdecimal():
        return 1, int(part)
    rank = ALPHABETS[language].find(part)
    if rank >= 0:
        return 2, rank
    return (3, ord(part)) if part.isalpha() else (0, 0)


def _spelled(text: str, language: str) -> str:
    """The text in the letters of the alphabet, as far as they go: é as e, and ä as æ in Norwegian."""
    plain = normalize("NFC", text)
    if "å" in ALPHABETS[language] and language != "sv":
        plain = _DOUBLE_A.sub("å", plain)
    return "".join(_letter(char, language) for char in plain.casefold())


def _letter(char: str, language: str) -> str:
    if char in ALPHABETS[language]:
        return char
    found = _SAME[language].get(char) or _OTHER.get(char)
    return found or "".join(part for part in normalize("NFKD", char) if not "\u0300" <= part <= "\u036f")
