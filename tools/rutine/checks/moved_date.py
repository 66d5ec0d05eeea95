"""A date of decision or review that was set later while nothing else was changed.

Such a date says that somebody has looked at the document and stands by it, and gives no sign of it. It moves no
deadline: the next review still counts from the date before.

Record the review with `rutine review`, or the decision with `rutine decide`. If the date was wrong, add a revision that
says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Place, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Dates that were changed alone."""
    traces = handbook.past.traces if handbook.past else {}
    for path, trace in traces.items():
        for meaning, was, _moment in trace.moved:
            if fact := handbook.entries[path].fact(meaning):
                message = say(
                    "Only this date was changed, from {was}, and not the text. It moves no deadline. Record the review or the decision.",
                    was=was,
                )
                yield Problem(Place(path, fact.line, fact.column), message)
