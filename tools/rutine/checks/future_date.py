"""A decision, review, revision or withdrawal dated in the future.

What is to come has not been done. Such a date is mostly a slip, and it would postpone the next review.

Correct the date. To announce a later start, use the field for the day from which the document is in force.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.dates import parse_date
from rutine.model import Handbook, Place, Problem, say

SEVERITY = "warning"
PAST = ("decided-on", "reviewed-on", "revision-date", "withdrawn-on")


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Dates of things done that lie after today."""
    now = today.isoformat()
    for entry in handbook.entries.values():
        for meaning in PAST:
            if max(entry.facts.texts(meaning), default="") <= now:
                continue  # ISO dates sort as text
            for fact in entry.facts.get(meaning, ()):
                if (day := parse_date(fact.value)) and day > today:
                    message = say("{date} is in the future. Correct the date of what has been done.", date=fact.value)
                    yield Problem(Place(entry.path, fact.line, fact.column), message)
