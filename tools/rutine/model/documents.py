"""A document as it was read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rutine.model.entries import Fact
from rutine.model.findings import Edit, Fault, Place, Problem

if TYPE_CHECKING:
    from rutine.frontmatter import Loaded
    from rutine.kinds import Kind
    from rutine.markdown import Markup
    from rutine.validation import SchemaFault

Pointer = tuple[str | int, ...]

_IN_QUOTES = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


def _text(value: Any) -> str:
    """A value as text; empty for one of another type."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


@dataclass
class Document:
    """A document or record as it was read: its metadata as plain values, its body, and what was wrong with the file."""

    path: str
    kind: Kind | None
    meta: dict[str, Any]
    body: str = ""
    body_line: int = 1
    front: Loaded | None = None
    faults: list[Fault] = field(default_factory=list)
    claimed_id: Fact | None = None
    blob: str = ""  # the name that Git gives to the file's content
    memo: dict[str, Any] = field(default_factory=dict, repr=False)  # what several rules work out

    @cached_property
    def markup(self) -> Markup:
        """What the body holds: headings, links, code, lists."""
        from rutine.markdown import Markup  # only when a rule asks for it

        return Markup(self.body, self.body_line)

    def place(self, pointer: Pointer = (), *, key: bool = False) -> Place:
        """Where a value (or its key) stands; of what is not there, the nearest thing around it."""
        if self.front is None:
            return Place(self.path)
        return Place(self.path, *self.front.place(pointer, key=key))

    def values(self, meaning: str) -> list[tuple[Pointer, str]]:
        """Every value that means this, as text, with its pointer. Values of a wrong type are no facts."""
        return self.meanings.get(meaning, [])

    @cached_property
    def meanings(self) -> dict[str, list[tuple[Pointer, str]]]:
        """All of these, by what they mean."""
        found = self.kind.find_all(self.meta) if self.kind else {}
        return {
            meaning: [(pointer, text) for pointer, value in values if (text := _text(value))]
            for meaning, values in found.items()
        }

    def value(self, meaning: str) -> str | None:
        """The first value that means this, or None."""
        found = self.meanings.get(meaning)
        return found[0][1] if found else None

    def facts(self, meaning: str) -> list[Fact]:
        """The values that mean this, with line and column."""
        return [Fact(value, *self.place(pointer)[1:]) for pointer, value in self.values(meaning)]

    @cached_property
    def _schema_faults(self) -> list[SchemaFault]:
        unread = self.front is None or (self.front.value is None and self.front.faults)
        if self.kind is None or unread or self.kind.accepts(self.meta):
            return []
        from rutine.validation import faults  # jsonschema takes 0.1 s to import, and only faults need it

        return faults(self.kind.schema, self.meta)

    def schema_problems(self, rule: str) -> Iterator[Problem]:
        """The faults of the front matter by its schema that this rule reports."""
        told = {fault.line for fault in self.faults if fault.rule == "broken-front-matter"}
        for fault in self._schema_faults:
            place = self.place(fault.pointer, key=fault.at_key)
            if fault.rule == rule and place.line not in told:
                old = str(fault.pointer[-1]) if fault.at_key and fault.pointer else self.written(place)
                edits = (Edit(place.line, place.column, old, fault.mended),) if fault.mended else ()
                yield Problem(place, fault.message, edits)

    def written(self, place: Place) -> str:
        """A value on one line of the front matter as it is written there."""
        line = self.front.text.split("\n")[place.line - self.front.line] if self.front else ""
        before, rest = line[: place.column - 1], line[place.column - 1 :]
        if quoted := _IN_QUOTES.match(rest):
            return quoted[0]
        if sum(before.count(mark) for mark in "[{") > sum(before.count(mark) for mark in "]}"):
            rest = re.split(r"[,\]}]", rest, maxsplit=1)[0]
        return rest.split(" #")[0].rstrip(" ,]}")

    def fault(self, rule: str) -> Iterator[Problem]:
        """What the reader met that this rule reports."""
        for fault in self.faults:
            if fault.rule == rule:
                yield Problem(Place(self.path, fault.line, fault.column), fault.message, fault.edits)
