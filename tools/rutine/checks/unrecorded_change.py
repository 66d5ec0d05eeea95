"""A document in force whose text has changed since its newest revision entry.

What people must follow is then something else than what was decided, and the revision history does not say so. White
space, line breaks and typography (quotation marks, dashes, spaces that do not break) do not count.

Add a revision that says what was changed, with a version and a date of its own, or take the change back. What Git holds
on the default branch is what counts; it is judged only where the whole handbook is checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Entry, Handbook, Place, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Documents in force that say something else than when their newest revision was recorded."""
    traces = handbook.past.traces if handbook.past else {}
    for path, trace in traces.items():
        entry = handbook.entries[path]
        if not (trace.changed or trace.uncommitted) or not _is_in_force(entry, handbook):
            continue
        newest = max(enumerate(entry.revisions), key=lambda row: (row[1].date, row[0]))[1]
        version = newest.version or newest.date
        place = Place(path, newest.line, newest.column)
        if trace.changed:
            message = say(
                "The text was changed on {date} by {author} without a revision, after version {version} was recorded. Add a revision that says what was changed.",
                date=trace.changed.day, author=trace.changed.author, version=version,
            )  # fmt: skip
        else:
            message = say(
                "The text is not that of version {version} any more. Add a revision that says what you change.",
                version=version,
            )
        yield Problem(place, message)


def _is_in_force(entry: Entry, handbook: Handbook) -> bool:
    kind = handbook.settings.kinds.get(entry.kind or "")
    return kind is not None and kind.status(entry.value("status")) == "in-force"
