"""A revision, decision or review that is dated long before anybody could see it.

The day on which something was taken into the handbook is known; the date that is written beside it is what somebody says.
With more than 30 days between them, nobody can check what happened on the day that is named.

Use the day on which it was done, and record it then. What was truly done earlier is told in the comment of the record, or
in the summary of the revision. What a document already said when it was first taken in is not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.dates import parse_date
from rutine.evidence import ACTS, documents_of, is_judged, last_revision
from rutine.model import Entry, Handbook, Message, Place, Problem, say

SEVERITY = "warning"
LONGEST = 30  # days


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """The newest revision of each document, and each record."""
    if handbook.past is None:
        return
    for path, trace in handbook.past.traces.items():
        entry, recorded = handbook.entries[path], trace.recorded
        newest = last_revision(entry)
        is_later = newest and recorded and trace.added and recorded.commit != trace.added.commit
        if newest and recorded and is_later and (late := _late(newest.date, recorded.day)):
            yield Problem(Place(path, newest.line, newest.column), late)
    for path, (first, _other) in handbook.past.records.items():
        record = handbook.entries[path]
        fact = next((found for act in ACTS if (found := record.fact(act))), None)
        is_new = is_judged(handbook, record, first.day) and not _came_with(handbook, record, first.commit)
        if fact and is_new and (late := _late(fact.value, first.day)):
            yield Problem(Place(path, fact.line, fact.column), late)


def _late(said: str, came: str) -> Message | None:
    day, seen = parse_date(said), parse_date(came)
    if day is None or seen is None or (seen - day).days <= LONGEST:
        return None
    return say(
        "This is dated {date}, {count} days before it was there to be seen ({came}). Use the day on which it was done, and record it then.",
        date=said, count=(seen - day).days, came=came,
    )  # fmt: skip


def _came_with(handbook: Handbook, record: Entry, commit: str) -> bool:
    """Whether a record was taken in together with the document that it is about."""
    traces = handbook.past.traces if handbook.past else {}
    added = (traces[document.path].added for document in documents_of(handbook, record) if document.path in traces)
    return any(moment is not None and moment.commit == commit for moment in added)
