"""Compounds of a handbook's own words: which parts `avviksmelding` is made of. Pure.

The Nordic languages write compounds as one word, and people search for a part of them: `melding`. No word list is
needed. A word is a compound if its parts are words of the handbook themselves, or are parts of others of its words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple

SHORTEST = 7  # letters of a compound
_HEAD, _TAIL = 3, 4  # letters of its first and its last part, at least
_NEW_HEAD, _NEW_TAIL = 4, 5  # and of parts that are no words of the handbook themselves
_LINKS = ("", "s", "e")  # between the parts: avvik-s-melding, barn-e-vern
_ENDING = re.compile(
    r"(?:erne|arna|orna|erna|enes|ernes|ene|ane|ens|ets|ers|ar|en|er|et|or|na|ns|ts|es|a|e|s|n)\Z"
)  # of a word's forms
_NO_PART = re.compile(
    r"(?:[^aeiouyæøåäö]{0,2}(?:ing|else|ende|het|sjon|tion)|annen|andre|eller|denne|dette|disse|andet|lige?|ligt)"
    r"(?:s|a|e|n|en|er|et|ene|ar|ane|arna|erne|ens)?\Z|[^aeiouyæøåäö]+\Z"
)  # endings by which words are made of others, and words that mean nothing as a part of another

Parts = tuple[str, ...]
Side = Callable[[Sequence[str], frozenset[str]], Iterator[tuple[str, str]]]


class Lexicon(NamedTuple):
    """Words as they stand, what the forms of each have in common, the parts that no document uses alone, what may be the
    first part of a compound, and the words that may be one.
    """

    words: frozenset[str]
    bases: frozenset[str]
    shared: frozenset[str]
    heads: frozenset[str]
    long: tuple[str, ...]


def compounds(words: Iterable[str]) -> dict[str, Parts]:
    """The compounds among words in lower case, each with its parts, which joined give the word again."""
    known = lexicon(words)
    return dict(compounds_in(known, known.long))


def lexicon(
    words: Iterable[str], spread: Callable[..., Iterator[list[str]]] = lambda work, items: work(items)
) -> Lexicon:
    """What is known of words in lower case. `spread` may do work on several items at once."""
    known = frozenset(word for word in words if len(word) >= _HEAD)
    bases = known.union(map(base, known))
    long = sorted(word for word in known if len(word) >= SHORTEST)
    shared = frozenset(chain.from_iterable(spread(partial(_shared, long, known), (_heads, _tails))))
    heads = (word for word in known | bases | shared if len(word) >= _HEAD and not _NO_PART.match(word))
    return Lexicon(known, bases, shared, frozenset(heads), tuple(long))


def compounds_in(lexicon: Lexicon, words: Iterable[str]) -> Iterator[tuple[str, Parts]]:
    """The compounds among some of the words of a lexicon, each with its parts."""
    known: dict[str, Parts] = {}
    for word in words:
        parts = _split(word, lexicon, known)
        if len(parts) > 1:
            yield word, parts


@lru_cache(maxsize=200_000)
def base(word: str) -> str:
    """A word without the ending of its form, roughly: what its forms have in common."""
    ending = _ENDING.search(word, _HEAD)
    return word[: ending.start()] if ending else word


def _shared(long: Sequence[str], known: frozenset[str], sides: Iterable[Side]) -> Iterator[list[str]]:
    """Parts that no document uses alone, but that stand beside different words: journal in patientjournal, logjournal."""
    for side in sides:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for part, beside in side(long, known):
            found[part].add(beside)
        yield [
            part
            for part, beside in found.items()
            if len(beside) > 1 and len(part) >= _NEW_HEAD and not _NO_PART.match(part) and _differ(beside)
        ]


def _heads(long: Iterable[str], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What stands before a word that is known, with that."""
    for word in long:
        for at in range(_NEW_HEAD, len(word) - _TAIL + 1):
            if word[at:] in known:
                yield word[:at].removesuffix("s"), word[at:]


def _tails(long: Iterable[str], known: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What stands after a word that is known, with that."""
    for word in long:
        for at in range(_HEAD, len(word) - _NEW_TAIL + 1):
            if word[:at] in known:
                yield base(word[at:].removeprefix("s")), word[:at]


def _differ(words: set[str]) -> bool:
    """Whether there are two words among them of which none begins the other."""
    first = min(words)
    return any(not word.startswith(first) for word in words)


def _parts(word: str, lexicon: Lexicon, known: dict[str, Parts]) -> Parts:
    """The parts of a word, linking letters at the end of the part before; the word alone if it is no compound."""
    best = (0, 0, "")
    for at in range(_HEAD, len(word) - _TAIL + 1):
        head = word[:at]
        if head in lexicon.heads:
            for link in _LINKS:
                tail = word[at + len(link) :]
                if word.startswith(link, at) and len(tail) >= _TAIL and (rank := _rank(tail, lexicon)):
                    best = max(best, (rank + (head in lexicon.words), min(at, len(tail)), tail))
    tail = best[2]
    return (*_split(word[: -len(tail)], lexicon, known), *_split(tail, lexicon, known)) if tail else (word,)


def _rank(tail: str, lexicon: Lexicon) -> int:
    """How sure it is that this is the last part of a compound; 0 if it is none."""
    if _NO_PART.match(tail):
        return 0
    if tail in lexicon.words:
        return 5
    if len(tail) < _NEW_TAIL:
        return 0
    return 3 if base(tail) in lexicon.bases else base(tail) in lexicon.shared


def _split(word: str, lexicon: Lexicon, known: dict[str, Parts]) -> Parts:
    """The same of a word of any length; `known` is what was found before."""
    if word not in known:
        known[word] = _parts(word, lexicon, known) if len(word) >= SHORTEST else (word,)
    return known[word]
