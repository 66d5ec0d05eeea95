"""How two texts differ, told by their sections: which are there only before or after, and which passages read otherwise. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from rutine.fingerprint import plain, text_of
from rutine.model import Document
from rutine.redline import compare

MOST = 2000  # sections; of more, none is taken for another with a new name
_MARK = re.compile(r"\A\s*(?:\d{1,9}[.)]|[-+*]) ")


class Passage(NamedTuple):
    """A paragraph, step, row or line before and after; empty where there was none, or is none."""

    before: str
    after: str


class SectionChange(NamedTuple):
    """What became of the text under a heading; `was` is the heading before, empty where it is the same.

    The text before the first heading has none.
    """

    heading: str
    what: Literal["added", "removed", "changed"]
    passages: tuple[Passage, ...]
    was: str = ""


class TextChange(NamedTuple):
    """What became of a text. `is_typographic` says that only typography and line breaks changed.

    `is_layout` says that the passages are the same, but not their order, or how they are marked.
    """

    sections: tuple[SectionChange, ...] = ()
    is_typographic: bool = False
    is_layout: bool = False


NO_CHANGE = TextChange()


class _Section(NamedTuple):
    heading: str
    key: tuple[str, int]
    passages: list[str]


def text_change(before: Document | None, after: Document | None) -> TextChange:
    """What became of a document's text; of one that is new or gone, that all its sections are."""
    old, new = before.body if before else "", after.body if after else ""
    if old == new:
        return NO_CHANGE
    if text_of(old) == text_of(new):
        return TextChange(is_typographic=True)
    found = tuple(_changes(_sections(before), _sections(after)))
    return TextChange(found, is_layout=not found)


def _sections(document: Document | None) -> list[_Section]:
    """The text by headings, each with what stands under it up to the next one."""
    if document is None:
        return []
    markup, seen = document.markup, Counter[str]()
    starts = [(0, "")] + [(heading.end, heading.text) for heading in markup.headings]
    ends = [heading.start for heading in markup.headings] + [len(markup.text)]
    found = []
    for (start, heading), end in zip(starts, ends, strict=True):
        name = plain(heading).casefold()
        seen[name] += 1
        passages = [_MARK.sub("", line).strip() for line in text_of(markup.text[start:end]).split("\n")]
        found.append(_Section(heading, (name, seen[name]), [line for line in passages if line]))
    return found


def _changes(old: list[_Section], new: list[_Section]) -> Iterator[SectionChange]:
    """In the order of the text after; what is gone stands where it stood."""
    kept = {section.key for section in new}
    earlier = {section.key: section for section in old if section.key in kept} | _renamed(old, new)
    staying = {section.key for section in earlier.values()}
    gone: dict[tuple[str, int] | None, list[_Section]] = {}
    last = None
    for section in old:
        if section.key in staying:
            last = section.key
        elif section.heading or section.passages:
            gone.setdefault(last, []).append(section)
    yield from (_whole(section, "removed") for section in gone.get(None, ()))
    for section in new:
        if before := earlier.get(section.key):
            passages = tuple(_passages(before.passages, section.passages))
            was = before.heading if before.key[0] != section.key[0] else ""
            if passages or was:
                yield SectionChange(section.heading, "changed", passages, was)
            yield from (_whole(one, "removed") for one in gone.get(before.key, ()))
        elif section.heading or section.passages:
            yield _whole(section, "added")


def _renamed(old: list[_Section], new: list[_Section]) -> dict[tuple[str, int], _Section]:
    """By the key of a section that seems to be new: the one that stood in its place, with a passage in common."""
    before, after = [section.key for section in old], [section.key for section in new]
    if len(before) > MOST or len(after) > MOST:
        return {}
    found: dict[tuple[str, int], _Section] = {}
    for what, start, end, first, _ in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "replace":
            for one, other in zip(old[start:end], new[first:], strict=False):
                if (
                    one.key not in after
                    and other.key not in before
                    and not set(one.passages).isdisjoint(other.passages)
                ):
                    found[other.key] = one
    return found


def _whole(section: _Section, what: Literal["added", "removed"]) -> SectionChange:
    both = [Passage("", text) if what == "added" else Passage(text, "") for text in section.passages]
    return SectionChange(section.heading, what, tuple(both))


def _passages(old: Sequence[str], new: Sequence[str]) -> Iterator[Passage]:
    """The passages that are not in both, in order."""
    for passage in compare(old, new):
        if passage.kind != "same":
            before, after = (
                "".join(piece.text for piece in passage.pieces if piece.kind != kind) for kind in ("new", "gone")
            )
            yield Passage(before, after)
