"""One index out of several that Pagefind has made of some pages each: what Pagefind makes of all of them. Pure.

Pagefind numbers the pages of an index, and writes of each word in which pages it stands, and where; the first of these
pages by its number, each other by how many pages after the one before. So lists are joined by counting the first page
anew; what is written of a page in an index is the same in every index.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from hashlib import sha1
from itertools import pairwise
from typing import NamedTuple
from zlib import crc32

from rutine.search_cbor import LIST, NUMBER, TEXT, decode, encoded, head, packed, read_head

_NUMBER = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39]..|[\x1a\x3a]....)"  # below zero too
_LIST = rb"(?:[\x80-\x97]|\x98.|\x99..|\x9a....)"
_NUMBERS = rb"%s%s*+" % (_LIST, _NUMBER)
_PAGE = rb"\x83(%s)%s%s" % (_NUMBER, _NUMBERS, _NUMBERS)  # a page, places in its text, places in what is known of it
_PAGES = re.compile(rb"%s(?:%s)*+" % (_LIST, _PAGE.replace(b"(%s)" % _NUMBER, _NUMBER)), re.DOTALL)
_EACH = re.compile(_PAGE, re.DOTALL)
_EMPTY, _ALONE = 0x80, 0x81  # a list of nothing, and of one
_SHORT, _LONG = 0x60, 24  # a text of no bytes; and of so many bytes, whose number stands by itself
_LEAST, _MOST = (
    32_000,
    96_000,
)  # how much a part of the index weighs; in smaller ones less of what begins alike is found
_ENDS = 64  # of so many words one is the last of a part, so that a change moves few borders


Pages = tuple[int, int, int, bytes]
# A list of pages: how many, the numbers of the first and of the last, and what is written after the number of the first
Places = tuple[Pages, tuple[tuple[str, Pages], ...]]  # where a word stands, and where in each other spelling
Entry = tuple[bytes, int]  # what is written of a word, and how much it weighs in a part: its letters and places
Gathered = dict[str, list[tuple[int, Places]]]
_NOWHERE: Pages = (0, 0, 0, b"")


class Index(NamedTuple):
    """An index of some pages, by their numbers: what each is called, and how many words it has; by word, where it
    stands; by facet and value, the pages that have it; and the names of what is known of a page.
    """

    pages: Sequence[tuple[str, int]]
    words: Mapping[str, Places]
    facets: Mapping[str, Mapping[str, Sequence[int]]]
    fields: Sequence[str]


def words_in(part: bytes) -> Iterator[tuple[str, Places]]:
    """The words of a part of an index, each with where it stands."""
    _, count, at = read_head(part, 1)
    for _ in range(count):
        size, at = part[at + 1] - _SHORT, at + 2
        if size >= _LONG:
            _, size, at = read_head(part, at - 1)
        word, at = part[at : at + size].decode(), at + size
        pages, at = _pages_in(part, at)
        if part[at] == _EMPTY:
            yield word, (pages, ())
            at += 1
            continue
        forms, at = read_head(part, at)[1:]
        variants = []
        for _ in range(forms):
            form, at = decode(part, at + 1)
            others, at = _pages_in(part, at)
            variants.append((form, others))
        yield word, (pages, tuple(variants))


def _pages_in(content: bytes, at: int) -> tuple[Pages, int]:
    """The list of pages that begins there, and where it ends."""
    if content[at] == _ALONE and (one := _EACH.match(content, at + 1)):
        start, end = one.span(1)
        number = content[start] if end == start + 1 else read_head(content, start)[1]
        return (1, number, number, content[end : one.end()]), one.end()
    found = _PAGES.match(content, at)
    if found is None:
        raise ValueError("no list of pages")
    count, at = read_head(content, at)[1:]
    if count == 0:
        return _NOWHERE, at
    first, rest = read_head(content, at + 1)[1:]
    steps = _EACH.findall(content, at, found.end())
    last = sum(step[0] if len(step) == 1 else read_head(step, 0)[1] for step in steps)
    return (count, first, last, content[rest : found.end()]), found.end()


def gathered(indexes: Sequence[Index], words: Set[str] | None = None) -> Gathered:
    """By word (one of `words`, or any), where it stands in these indexes, each with the number that its first page has
    among all pages.
    """
    found: Gathered = {}
    first = 0
    for index in indexes:
        for word in index.words if words is None else words & index.words.keys():
            found.setdefault(word, []).append((first, index.words[word]))
        first += len(index.pages)
    return found


def parts(entries: Mapping[str, Entry]) -> list[list[str]]:
    """All words in their order, in parts that are asked for by themselves; given what is written of each word."""
    found: list[list[str]] = [[]]
    size = 0
    for word in sorted(entries):
        found[-1].append(word)
        size += entries[word][1]
        if size >= _MOST or (size >= _LEAST and crc32(word.encode()) % _ENDS == 0):
            found.append([])
            size = 0
    return found if found[-1] else found[:-1]


def part(words: Sequence[str], entries: Mapping[str, Entry]) -> bytes:
    """A part of the index of all pages, given what is written of each word."""
    return b"".join((b"\x81", head(LIST, len(words)), *(entries[word][0] for word in words)))


def entry(word: str, there: Iterable[tuple[int, Places]]) -> Entry:
    """What is written of a word: where it stands, as gathered from several indexes."""
    text, variants = word.encode(), dict[str, list[tuple[int, Pages]]]()
    found = [b"\x83", head(TEXT, len(text)), text, b""]
    before, total, weight = 0, 0, len(word)
    for start, ((count, first, last, rest), forms) in there:
        if count:
            found += (b"\x83", head(NUMBER, start + first - before), rest)
            total += count
            before = start + last
            weight += len(rest)
        for form, pages in forms:
            variants.setdefault(form, []).append((start, pages))
    found[3] = head(LIST, total)
    found.append(head(LIST, len(variants)))
    for form, lists in variants.items():
        alone = entry(form, [(start, (pages, ())) for start, pages in lists])[0]
        found += (b"\x82", alone[1:-1])  # a form has no others
    return b"".join(found), weight


def borders(words: Sequence[Sequence[str]]) -> list[tuple[str, str]]:
    """Between which words each part holds what begins so, as Pagefind tells it: no longer than it takes to tell them apart.

    The first begins with no word at all: a search for pages of some sort, which asks for no word, fetches this part only,
    where it would fetch every part if it found none.
    """
    found = [[part[0], part[-1]] for part in words]
    for one, two in pairwise(found):
        alike = next((at for at, (a, b) in enumerate(zip(one[1], two[0], strict=False)) if a != b), None)
        alike = min(len(one[1]), len(two[0])) if alike is None else alike
        if one[1][: alike + 1] >= one[0]:
            one[1] = one[1][: alike + 1]
        two[0] = two[0][: alike + 1]
    found[0][0] = ""
    return [(start, end) for start, end in found]


def facets(indexes: Sequence[Index]) -> dict[str, bytes]:
    """By facet, the file of its values in all of these indexes."""
    found: dict[str, dict[str, list[int]]] = {}
    start = 0
    for index in indexes:
        for facet, values in index.facets.items():
            for value, pages in values.items():
                found.setdefault(facet, {}).setdefault(value, []).extend(start + page for page in pages)
        start += len(index.pages)
    return {facet: packed(encoded([facet, sorted(values.items())])) for facet, values in sorted(found.items())}


def name_of(content: bytes, letters: int = 10) -> str:
    """A name for a file of the index that changes with its content."""
    return sha1(content, usedforsecurity=False).hexdigest()[:letters]
