"""A document whose review is overdue.

The text may be right, but nobody has looked since the date that the organisation itself set. Auditors ask for this first.

Read the document through, and record the review with `rutine review`; the next date counts from it. What is overdue
never stops a change to another document.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.deadlines import deadlines
from rutine.model import Handbook, Place, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Documents whose next review lies before today."""
    for row in deadlines(handbook, today):
        if row.state == "overdue":
            message = say(
                "The review was due on {date}, {count} days ago. Review the document and record it.",
                one="The review was due on {date}, yesterday. Review the document and record it.",
                date=row.due.isoformat(), count=-row.days,
            )  # fmt: skip
            yield Problem(Place(row.path, row.line, row.column), message)
