"""A status that the document's dates or successor contradict.

A reader must be able to trust the word on top of the page: draft, in force or withdrawn.

Correct the status or the date. A withdrawn document keeps its decision, and names the day it was withdrawn and its successor.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.dates import parse_date
from rutine.model import Document, Problem, Settings, say

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """What the document says of itself and cannot all be true."""
    if not document.kind:
        return
    status = document.kind.status(document.value("status"))
    decided = parse_date(document.value("decided-on"))
    effective = parse_date(document.value("effective-from"))
    yield from _withdrawal(document, status, decided, effective)
    yield from _successor(document, status)
    for pointer, value in document.values("effective-from"):
        if decided and effective and effective < decided:
            message = say(
                "The document is in force from {date}, before it was decided on {decided}. Correct the dates.",
                date=value, decided=decided.isoformat(),
            )  # fmt: skip
            yield Problem(document.place(pointer), message)


def _withdrawal(document: Document, status: str, decided: date | None, effective: date | None) -> Iterator[Problem]:
    for pointer, value in document.values("withdrawn-on"):
        withdrawn = parse_date(value)
        if status != "withdrawn":
            message = say(
                "The document is said to be withdrawn on {date}, but its status is not withdrawn. Correct one of them.",
                date=value,
            )
        elif withdrawn and effective and withdrawn < effective:
            message = say(
                "The document is withdrawn on {date}, before it came into force on {effective}. Correct the dates.",
                date=value, effective=effective.isoformat(),
            )  # fmt: skip
        elif withdrawn and decided and withdrawn < decided:
            message = say(
                "The document is withdrawn on {date}, before it was decided on {decided}. Correct the dates.",
                date=value, decided=decided.isoformat(),
            )  # fmt: skip
        else:
            continue
        yield Problem(document.place(pointer), message)


def _successor(document: Document, status: str) -> Iterator[Problem]:
    for pointer, value in document.values("replaced-by"):
        if value.lower() == (document.value("id") or "").lower():
            yield Problem(
                document.place(pointer), say("The document is said to be replaced by itself. Name its successor.")
            )
        elif status != "withdrawn":
            message = say(
                "The document is replaced by {id}, but its status is not withdrawn. Correct one of them.", id=value
            )
            yield Problem(document.place(pointer), message)
