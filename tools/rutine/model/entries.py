"""What the rest of the handbook needs to know of a document: small, and kept between runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from rutine.model.findings import Finding


class Fact(NamedTuple):
    """One value of a document's front matter: as text, with its place."""

    value: str
    line: int
    column: int


class Link(NamedTuple):
    """A link or picture in a body that leads to another place of the handbook."""

    target: str
    line: int
    column: int


class RevisionEntry(NamedTuple):
    """An entry of a document's own revision history as it is written, with its place; what it does not say is empty."""

    version: str
    date: str
    change: str
    summary: str
    line: int = 1
    column: int = 1


class Facts(Mapping[str, Sequence[Fact]]):
    """Facts by meaning, from the plain tuples that are remembered between runs; made into facts when asked for."""

    __slots__ = ("_raw",)

    def __init__(self, raw: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        self._raw = raw

    def __getitem__(self, meaning: str) -> list[Fact]:
        return [Fact._make(fact) for fact in self._raw[meaning]]

    def first(self, meaning: str) -> Fact | None:
        """The first fact of that meaning, or None."""
        found = self._raw.get(meaning)
        return Fact._make(found[0]) if found else None

    def text(self, meaning: str) -> str | None:
        """The text of the first fact of that meaning, or None."""
        found = self._raw.get(meaning)
        return found[0][0] if found else None

    def tell(self, meanings: Iterable[str]) -> bool:
        """Whether there is a fact of one of these meanings."""
        return not self._raw.keys().isdisjoint(meanings)

    def texts(self, meaning: str) -> list[str]:
        """The facts of that meaning without their places."""
        return [fact[0] for fact in self._raw.get(meaning, ())]

    def get(self, meaning: str, default: Any = None) -> Any:
        """The facts of that meaning, or the default."""
        found = self._raw.get(meaning)
        return default if found is None else [Fact._make(fact) for fact in found]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


class Entry(NamedTuple):
    """What the rest of the handbook needs to know of one document; small, and kept between runs.

    `blob` is the name that Git gives to the file's content, and `text` tells the body, byte for byte, from every other;
    empty where they are not known, and where there is no body.
    """

    path: str
    kind: str | None
    facts: Facts
    references: Sequence[Fact]
    links: Sequence[Link]
    anchors: str
    findings: Sequence[Finding]
    blob: str = ""
    text: str = ""
    revisions: Sequence[RevisionEntry] = ()

    def fact(self, meaning: str) -> Fact | None:
        """The first value that means this, or None."""
        return self.facts.first(meaning)

    def value(self, meaning: str) -> str | None:
        """The text of the first value that means this, or None."""
        return self.facts.text(meaning)
