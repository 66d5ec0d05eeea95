"""What differs between two texts, paragraph by paragraph and word by word, as people read it. Pure.

What differs in typography, white space and line breaks alone does not differ (see `fingerprint`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from rutine.fingerprint import text_of

Kind = Literal["same", "gone", "new"]
_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:(?![a-zA-Z][a-zA-Z0-9+.-]*:)[^()\s]*)\)")
_RULE = re.compile(r"[|:\s-]+")
_ALIKE = 0.4  # how much two paragraphs have in common if one is to be the other, changed
_LONG = 4_000  # words of a paragraph, or paragraphs of a text, beyond which all of it is told as changed


class Piece(NamedTuple):
    """Some words: the same in both texts, gone, or new."""

    kind: Kind
    text: str


class Passage(NamedTuple):
    """A paragraph, heading, list item or row. One that is the same in both texts is a single piece."""

    pieces: tuple[Piece, ...]

    @property
    def kind(self) -> Kind | Literal["changed"]:
        """Whether it is the same, gone, new, or changed within."""
        kinds = {piece.kind for piece in self.pieces if piece.text.strip()}
        return next(iter(kinds)) if len(kinds) == 1 else "changed" if kinds else "same"


def redline(before: str, after: str) -> list[Passage]:
    """Both texts as one, with what is gone and what is new."""
    return compare(*(list(map(_readable, text_of(text).split("\n"))) for text in (before, after)))


def _readable(line: str) -> str:
    """A paragraph or row without the marks that only tell how it looks."""
    if line.startswith("|"):
        return " · ".join(cell.strip() for cell in line.strip("| ").split("|")) if not _RULE.fullmatch(line) else ""
    return _STRONG.sub(r"\2", _LINK.sub(r"\1", line))


def compare(before: Sequence[str], after: Sequence[str]) -> list[Passage]:
    """The same of paragraphs."""
    return [passage for passage in _passages(before, after) if any(piece.text.strip() for piece in passage.pieces)]


def _passages(before: Sequence[str], after: Sequence[str]) -> Iterator[Passage]:
    if max(len(before), len(after)) > _LONG:
        yield from (_whole("gone", text) for text in before)
        yield from (_whole("new", text) for text in after)
        return
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from (_whole("same", text) for text in before[a:b])
        else:
            yield from _paired(list(before[a:b]), list(after[c:d]))


def _whole(kind: Kind, text: str) -> Passage:
    return Passage((Piece(kind, text),))


def _paired(gone: list[str], new: list[str]) -> Iterator[Passage]:
    """Paragraphs in the place of others: each new one with the first of the old that is like it."""
    for text in new:
        alike = next((index for index, old in enumerate(gone[:8]) if _likeness(old, text) >= _ALIKE), None)
        if alike is None:
            yield _whole("new", text)
            continue
        yield from (_whole("gone", old) for old in gone[:alike])
        yield Passage(tuple(_words(gone[alike], text)))
        del gone[: alike + 1]
    yield from (_whole("gone", old) for old in gone)


def _likeness(one: str, other: str) -> float:
    words, others = one.split(), other.split()
    if max(len(words), len(others)) > _LONG:
        return 0.0
    return SequenceMatcher(None, words, others, autojunk=False).ratio()


def _words(before: str, after: str) -> Iterator[Piece]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    if max(len(old), len(new)) > _LONG:
        yield from (Piece("gone", before), Piece("new", after))
        return
    for tag, a, b, c, d in _joined(SequenceMatcher(None, old, new, autojunk=False).get_opcodes(), old):
        if tag == "equal":
            yield Piece("same", "".join(old[a:b]))
            continue
        if b > a:
            yield Piece("gone", "".join(old[a:b]))
        if d > c:
            yield Piece("new", "".join(new[c:d]))


def _joined(
    steps: Sequence[tuple[str, int, int, int, int]], old: Sequence[str]
) -> Iterator[tuple[str, int, int, int, int]]:
    """Changes with nothing but blanks between them are one, so that a changed phrase is read as a phrase."""
    held: tuple[str, int, int, int, int] | None = None
    for index, step in enumerate(steps):
        tag, a, b, c, d = step
        is_gap = tag == "equal" and not "".join(old[a:b]).strip() and 0 < index < len(steps) - 1
        if tag == "equal" and not is_gap:
            if held:
                yield held
            held = None
            yield step
        else:
            held = ("replace", held[1], b, held[3], d) if held else ("replace", a, b, c, d)
    if held:
        yield held
