"""A decision whose date is neither that of the newest significant revision nor of a later one.

The text in force is the one that was decided. If the dates differ, either the decision or the revision is missing from
the record.

Set the date of the decision to that of the revision it decided, or add the revision. Minor revisions need no decision.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.dates import parse_date
from rutine.model import Document, Problem, Settings, say
from rutine.revisions import revisions

SEVERITY = "warning"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Documents in force whose decision and newest significant revision are of different days."""
    if not document.kind or document.kind.status(document.value("status")) != "in-force":
        return
    history = revisions(document)
    significant = [revision for revision in history if revision.date and revision.change != "minor"]
    newest = max(significant, key=lambda revision: revision.date or date.min, default=None)
    days = {
        revision.date
        for revision in history
        if revision.date and newest and newest.date and revision.date >= newest.date
    }
    for pointer, value in document.values("decided-on"):
        decided = parse_date(value)
        if decided and newest and newest.date and decided not in days:
            message = say(
                "The decision is dated {decided}, but the newest significant revision ({version}) is dated {revised}. Add a revision dated {decided}, or correct the decision's date.",
                decided=value, version=str(newest.version), revised=newest.date.isoformat(),
            )  # fmt: skip
            yield Problem(document.place(pointer), message)
