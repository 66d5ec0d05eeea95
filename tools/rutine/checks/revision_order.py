"""Revisions whose versions or dates are out of order.

The history tells which text applied when. If it contradicts itself, it proves nothing.

List the revisions in order, oldest first or newest first, with growing versions and dates.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rutine.model import Document, Problem, Settings, say
from rutine.revisions import Revision, revisions

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Neighbours in the history that stand the wrong way round, and versions that stand twice."""
    history = revisions(document)
    newest_first = _newest_first(history)
    for one, other in pairwise(history):
        place = document.place(other.pointer)
        earlier, later = (other, one) if newest_first else (one, other)
        if one.version == other.version:
            message = say(
                "Version {version} stands twice. Give each revision a version of its own.", version=str(one.version)
            )
            yield Problem(place, message)
        elif earlier.number and later.number and earlier.number > later.number:
            message = say(
                "Version {earlier} is listed as older than version {later}. Put the revisions in order.",
                earlier=str(earlier.version),
                later=str(later.version),
            )
            yield Problem(place, message)
        elif earlier.date and later.date and earlier.date > later.date:
            message = say(
                "Version {later} is dated {later_date}, before version {earlier} ({earlier_date}). Correct the dates or the order.",
                later=str(later.version), later_date=later.date.isoformat(), earlier=str(earlier.version), earlier_date=earlier.date.isoformat(),
            )  # fmt: skip
            yield Problem(place, message)


def _newest_first(history: list[Revision]) -> bool:
    """Whether more neighbours grow backwards than forwards, by date and by version."""
    balance = 0
    for one, other in pairwise(history):
        if one.date and other.date and one.date != other.date:
            balance += 1 if one.date < other.date else -1
        if one.number and other.number and one.number != other.number:
            balance += 1 if one.number < other.number else -1
    return balance < 0
