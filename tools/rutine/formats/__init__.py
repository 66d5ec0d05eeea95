"""Outputs. Each file of this folder is one: a function for each thing that it can print, from values to text.

- `findings(report)` prints a `Report`;
- `deadlines(agenda)` prints an `Agenda`;
- `acts(found)` prints `CitedActs`;
- `forecast(forecast)` prints a `Forecast`, with what to take earlier;
- `digests(found)` prints `Digests`, what people are told of reviews;
- `documents(handbook)` prints the documents of a `Handbook` as a list;
- `document(shown)` prints what is known of one document, a `Shown`;
- `chronicle(chronicle)` prints the history of one document, a `Chronicle`;
- `comparison(comparison)` prints what differs between two versions of one, a `Comparison`;
- `reviews(stamps)` prints how reviews are done, a `Stamps`;
- `memo(memo)` prints what a proposed change is about, a `Memo`;
- `publication(published)` makes the files that are published beside the pages of a `Publication`, by their names.

What several of them share stands in files that begin with `_`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from rutine.deadlines import Deadline
from rutine.errors import UsageError
from rutine.evidence import Standing
from rutine.model import Document, Edition, Settings, say


class Shown(NamedTuple):
    """A document to show, with its next review, what proves its reviews and decisions, and the day from which that is seen."""

    document: Document
    settings: Settings
    today: date
    deadline: Deadline | None
    standing: Standing | None = None


class Comparison(NamedTuple):
    """Two versions of a document, the earlier first, as documents and as versions; `in_colour` where a terminal shows it."""

    texts: tuple[Document, Document]
    versions: tuple[Edition, Edition]
    settings: Settings
    in_colour: bool = False


@cache
def names(subject: str) -> list[str]:
    """The formats that can print this subject, `text` first."""
    stems = sorted(name[:-3] for name in os.listdir(__path__[0]) if name.endswith(".py") and name[0] != "_")  # noqa: PTH208
    found = [stem for stem in stems if hasattr(import_module(f"{__name__}.{stem}"), subject)]
    return sorted(found, key=lambda name: (name != "text", name))


def find(name: str, subject: str) -> Callable[[Any], Any]:
    """The function that prints the subject in that format. Raises UsageError where there is none."""
    if name.isidentifier() and name[0] != "_" and os.path.exists(f"{__path__[0]}/{name}.py"):  # noqa: PTH110
        function: Callable[[Any], Any] | None = getattr(import_module(f"{__name__}.{name}"), subject, None)
        if function:
            return function
    known = ", ".join(names(subject))
    raise UsageError(say("There is no format {value} here. Choose among: {known}.", value=name, known=known))


def render(name: str, subject: str, value: Any) -> str:
    """The value in that format, ending in a line end. Raises UsageError for a format that there is not."""
    return str(find(name, subject)(value))
