"""Places in acts, regulations and standards: whether a change at one touches another.

A place is read as what it names: a paragraph (§), chapter, article, annex or clause, its number, and what lies within it
(`first paragraph`, `første ledd`, `(1)`, `nr. 1` and `bokstav b` are `1` and `b`). Dashes, spaces and capitals do not
count. A change at one place touches another if one of them lies within the other or they are the same:

- § 2 and § 2 (1) touch one another, § 2 (1) and § 2 (2) do not, nor do § 2 and § 2-1, or § 2 and § 2 a;
- 7.5 and 7.5.3 touch one another;
- kapittel 2 A and § 2 A-1 touch one another, kapittel 2 and § 2 A-1 do not: the number of the paragraph begins with that of
  its chapter. Where it does not, nobody can tell by the number, and a chapter and any paragraph touch one another.

What cannot be read touches everything in the act: a review too many is better than one too few.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from rutine.regulations import parse_at

_NUMBER = r"\d+(?: ?[a-zæøå](?![\w)]))?"
_SIGN = re.compile(
    rf"(?:(?P<chapter>{_NUMBER}) ?kap[a-z]*\.? )?"
    rf"(?:§ ?(?P<after>{_NUMBER}(?:-\d+)*(?: ?[a-zæøå](?![\w)]))?)|(?P<before>{_NUMBER}) ?§(?! ?\d))"
)
_CHAPTER = re.compile(rf"\b(?:kap[a-zæøå]*|chapter|ch)\.? ?(?P<number>{_NUMBER}|[ivx]+\b)|(?P<before>{_NUMBER}) ?kap\b")
_OTHER = re.compile(r"(?P<unit>art|vedlegg|bilag|annex|appendi)[a-zæøå]*\.? ?(?P<number>\d+|[ivx]+\b|[a-z]\b)?")
_CLAUSE = re.compile(r"(?:(?:clause|punkt|pkt|section|avsnitt|pt)\.? )?(?P<number>(?:[a-z]\.)?\d+(?:\.\d+)*)(?![\w-])")
_DASH = re.compile(r" ?- ?")
_SEVERAL = re.compile(r" ?(?:[,;&]|\b(?:og|och|and|til|till|to|eller|or|samt)\b) ?§? ?(?:[\d(]|[a-zæøå]\b)")
_WITHIN = re.compile(r"\b(?:\d+|[a-zæøå]|[a-zæøå]{4,})\b")
_ORDINALS = {
    word: str(number)
    for number, words in enumerate(
        (
            "første fyrste først första first", "andre annet annen anna anden andet andra second", "tredje third",
            "fjerde fjärde fourth", "femte fifth", "sjette sjätte sixth", "sjuende sjunde syvende seventh", "åttende ottende åttonde eighth",
            "niende nionde ninth", "tiende tionde tenth",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")


class Spot(NamedTuple):
    """A place as it is compared: its chapter (None: unknown), what it is (`""` the chapter itself), number and rest."""

    chapter: str | None
    unit: str
    number: str
    within: tuple[str, ...]


@lru_cache(maxsize=4096)
def touches(changed: str, cited: str) -> bool:
    """Whether a change at one place of an act touches another place of the same act. It works both ways."""
    one, other = spot(changed), spot(cited)
    if one is None or other is None:
        return True
    if one.chapter is not None and other.chapter is not None and one.chapter != other.chapter:
        return False
    if not one.unit or not other.unit:
        return True
    if one.unit != other.unit or one.number != other.number:
        return False
    return all(first == second for first, second in zip(one.within, other.within, strict=False))


@lru_cache(maxsize=4096)
def spot(text: str) -> Spot | None:
    """What a text names; None where it cannot be read, or names several."""
    plain = _DASH.sub("-", (parse_at(text, "") or "").lower())
    if plain.count("§") > 1:
        return None
    if sign := _SIGN.search(plain):
        number, rest = _tight(sign["after"] or sign["before"]), plain[sign.end() :]
        named = _CHAPTER.search(plain[: sign.start()] + (f"kap {sign['chapter']}" if sign["chapter"] else ""))
        chapter = number.partition("-")[0] if "-" in number else _tight(named["number"]) if named else None
        found = Spot(chapter, "§", number, _within(rest))
    elif chapter_ := _CHAPTER.search(plain):
        rest, found = plain[chapter_.end() :], Spot(_tight(chapter_["number"] or chapter_["before"]), "", "", ())
    elif other := _OTHER.match(plain):
        rest, unit = plain[other.end() :], "article" if other["unit"] == "art" else "annex"
        within = (*([_tight(other["number"])] if other["number"] else ()), *_within(rest))
        found = Spot(None if unit == "article" else unit, unit, "", within)
    elif clause := _CLAUSE.match(plain):
        first, *below = clause["number"].split(".")
        rest = plain[clause.end() :]
        within = (*below, *_within(rest))
        found = Spot(first, "clause" if within else "", "", within)
    else:
        return None
    return None if _SEVERAL.match(rest) else found


def _tight(number: str) -> str:
    """A number without blanks, and in digits: `2 a`, `iv`."""
    tight = number.replace(" ", "")
    return str(_ROMAN.index(tight)) if tight in _ROMAN[1:] else tight


def _within(rest: str) -> tuple[str, ...]:
    """The numbers and letters of what lies within a place, from the outside in; of several, what holds them all."""
    several = _SEVERAL.search(rest)
    words = _WITHIN.findall(rest[: several.start()] if several else rest)
    found = [word for word in (_ORDINALS.get(word, word) for word in words) if len(word) == 1 or word.isdecimal()]
    return tuple(found[:-1] if several else found)
