"""What the documents of the example handbook said on earlier days, as their own revision entries tell it."""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

_ENTRY = re.compile(
    r'^  - \{version: "([^"]+)", date: (\d{4}-\d\d-\d\d)(?:, change: (\w+))?, summary: (.*)\}\n', re.MULTILINE
)
_DECISION = re.compile(r"^(decision: \{by: \S+, date: )\S+?((?:, reference: )[^}]+)?\}", re.MULTILINE)
_EFFECTIVE = re.compile(r"^effective: .*\n", re.MULTILINE)
_SENTENCE = re.compile(r"(?<=[.!?]) (?=[A-ZÆØÅÄÖ*])")
_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()\s:#]+\.md(?:#[^()\s]*)?)\)")
_WORD = re.compile(r"\w{4,}")
_STEM = 5  # letters by which words are taken for forms of one


class Revision(NamedTuple):
    """A revision entry as it is written: version, day, whether it is minor, what it says, and its line."""

    version: str
    day: str
    is_minor: bool
    summary: str
    line: str


class Change(NamedTuple):
    """Words that a document has from a day on, and those that it had before."""

    now: str
    before: str
    everywhere: bool = False

    def undo(self, text: str) -> str:
        """The text before. Raises ValueError where the words are not there, or stand there more than once."""
        if not self.everywhere and text.count(self.now) != 1:
            raise ValueError(f"stands there {text.count(self.now)} times: {self.now}")
        if not self.before and f"\n{self.now}\n" in text:
            return text.replace(f"\n{self.now}\n", "\n")
        return text.replace(self.now, self.before)


@cache
def revisions(text: str) -> list[Revision]:
    """The revision entries of a document, oldest first."""
    found = [
        Revision(entry[1], entry[2], entry[3] == "minor", entry[4].strip('"'), entry[0])
        for entry in _ENTRY.finditer(text)
    ]
    return sorted(found, key=lambda revision: revision.day)


def at_version(text: str, count: int, earlier: Mapping[str, Sequence[Change]]) -> str:
    """The document as it was with its first `count` revisions; `earlier` are the words that later versions changed."""
    known = revisions(text)
    if count == len(known):
        return text
    for revision in reversed(known[count:]):
        text = _before(text, revision, earlier.get(revision.version, ()))
    decided = [revision for revision in known[:count] if not revision.is_minor] or known[:1]
    return _EFFECTIVE.sub("", _DECISION.sub(lambda found: _decision(found, decided[-1]), text, count=1), count=1)


def _decision(found: re.Match[str], revision: Revision) -> str:
    """The decision of an earlier version, with a case number of its own."""
    number = zlib.crc32(f"{found[0]}{revision.version}".encode()) % 2900 + 100
    reference = f", reference: {revision.day[:4]}/{number:04}" if found[2] else ""
    return f"{found[1]}{revision.day}{reference}}}"


def _before(text: str, revision: Revision, changes: Sequence[Change]) -> str:
    """The document without a revision, and without what it changed."""
    text = text.replace(revision.line, "", 1)
    for change in changes:
        text = change.undo(text)
    return text if changes else _without(text, revision.summary)


def _without(text: str, summary: str) -> str:
    """The text without the sentence that a revision seems to speak of; never a whole paragraph, step or row."""
    front, mark, body = text.partition("\n---\n\n")
    wanted = _stems(summary)
    best: tuple[int, int, str, str] = (0, 0, "", "")
    for line in body.split("\n"):
        parts = _SENTENCE.split(line)
        if len(parts) > 1 and not line.startswith(("#", "|", "!", ">")):
            for place, sentence in enumerate(parts[1:], 1):
                score = len(wanted & _stems(sentence))
                if (score, len(sentence)) > best[:2] and body.count(line) == 1:
                    best = (score, len(sentence), line, " ".join(parts[:place] + parts[place + 1 :]))
    return f"{front}{mark}{body.replace(best[2], best[3], 1)}" if best[2] else text


def _stems(text: str) -> set[str]:
    return {word[:_STEM].lower() for word in _WORD.findall(text)}


def as_draft(text: str, since: str, summary: str) -> str:
    """The document as a draft that nobody had decided yet."""
    known = revisions(text)
    entry = f'  - {{version: "0.1", date: {since}, change: significant, summary: {summary}}}\n'
    for place, revision in enumerate(known):
        text = text.replace(revision.line, entry if place == 0 else "", 1)
    text = re.sub(r"^status: in-force$", "status: draft", text, count=1, flags=re.MULTILINE)
    return _EFFECTIVE.sub("", re.sub(r"^decision: .*\n", "", text, count=1, flags=re.MULTILINE), count=1)


def led(text: str, path: str, places: Mapping[str, str]) -> str:
    """The text of a file with its links as they were: `places` tells where each document stood, of those that there were.

    A link to one that there was not is its words alone.
    """

    def link(found: re.Match[str]) -> str:
        target, mark, anchor = found[2].partition("#")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        if there not in places:
            return found[1]
        then = posixpath.relpath(places[there], posixpath.dirname(path))
        return f"[{found[1]}]({then}{mark}{anchor})"

    return _LINK.sub(link, text)


def changes_of(rows: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Changes as the data files write them."""
    return [Change(row["now"], row["before"] or "", bool(row.get("everywhere"))) for row in rows]
