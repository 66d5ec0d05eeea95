"""Where something stands, what is said of it, and how it may be mended."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Place(NamedTuple):
    """A spot in a file of the handbook: path from its root with `/`, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1


class Message(NamedTuple):
    """An English sentence with `{names}` and their values; `i18n` renders it in the reader's language."""

    text: str
    values: Mapping[str, str | int] = {}


def say(text: str, /, *, one: str | None = None, **values: str | int) -> Message:
    """A message; `one` is its form for a `count` of 1. Catalogues are extracted from the calls of this function."""
    return Message(one if one and values.get("count") == 1 else text, values)


class Edit(NamedTuple):
    """A mechanical repair within one line: at `line` and `column`, `old` becomes `new`."""

    line: int
    column: int
    old: str
    new: str


class Problem(NamedTuple):
    """What a check yields; the runner adds the rule and its severity."""

    place: Place
    message: Message
    edits: tuple[Edit, ...] = ()


class Finding(NamedTuple):
    """A problem with the rule that found it."""

    place: Place
    rule: str
    severity: Severity
    message: Message
    edits: tuple[Edit, ...] = ()


class Fault(NamedTuple):
    """Something the reader met in a file; the rule of the same name reports it."""

    rule: str
    line: int
    column: int
    message: Message
    edits: tuple[Edit, ...] = ()
