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
_BETWEEN = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d{1,18}")
_LAST = "\U0010ffff"  # of what has neither letters nor numbers

DIGITS, OTHERS = "0–9", "#"
Key = tuple[str, str]


@cache
def key(text: str, language: str) -> Key:
    """What titles are sorted by: word by word, numbers by their size and before letters, other scripts last.

    The letters of the alphabet become a, b, c … in its own order.
    """
    spelled = _BETWEEN.sub(" ", _spelled(text, language)).strip()
    numbered = _NUMBER.sub(lambda found: f"{int(found[0]):018}", spelled)
    return numbered.translate(_ranks(language)) or _LAST, text


def letter(text: str, language: str) -> str:
    """The letter that a text stands under; `DIGITS` for a number, `OTHERS` for what the alphabet does not hold."""
    first = key(text, language)[0][0]
    rank = ord(first) - ord("a")
    if 0 <= rank < len(ALPHABETS[language]):
        return ALPHABETS[language][rank]
    return DIGITS if first.isdecimal() and first.isascii() else OTHERS


def anchor(found: str) -> str:
    """A letter as an anchor."""
    return {DIGITS: "digits", OTHERS: "others"}.get(found) or _ANCHORS.get(found, found)


@cache
def _ranks(language: str) -> dict[int, int]:
    return {ord(char): ord("a") + rank for rank, char in enumerate(ALPHABETS[language])}


@cache
def _letters(language: str) -> dict[int, str]:
    return {ord(char): spelled for char, spelled in {**_OTHER, **_SAME[language]}.items()}


def _spelled(text: str, language: str) -> str:
    """The text in the letters of the alphabet, as far as they go: é as e, and ä as æ in Norwegian."""
    plain = text if text.isascii() else normalize("NFC", text)
    if language in ("nb", "nn", "da"):
        plain = _DOUBLE_A.sub("å", plain)
    plain = plain.casefold().translate(_letters(language))
    return plain if plain.isascii() else "".join(_plain(char, language) for char in plain)


def _plain(char: str, language: str) -> str:
    """A letter without its marks, unless the alphabet has it."""
    if char.isascii() or char in ALPHABETS[language]:
        return char
    return "".join(part for part in normalize("NFKD", char) if not "\u0300" <= part <= "\u036f")
