"""A record that says something else than when it was made.

Records are evidence of what was done and are kept as they were. One that can be changed afterwards proves nothing, even
if the change was meant well.

Write again what the record said, and make a record of its own for what is to be corrected, which says so in its comment.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.evidence import is_judged, is_record
from rutine.model import Handbook, Place, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Records that are not what first stood on the main line."""
    for path, (_first, other) in (handbook.past.records if handbook.past else {}).items():
        record = handbook.entries[path]
        if other is None or not is_record(handbook.settings, record) or not is_judged(handbook, record):
            continue
        if other.day:
            message = say(
                "This record was changed on {date} by {author}. Write again what it said, and make a record of its own for what is to be corrected.",
                date=other.day, author=other.author,
            )  # fmt: skip
        else:
            message = say(
                "This record is not what it was when it was made. Write again what it said, and make a record of its own for what is to be corrected."
            )
        yield Problem(Place(path), message)
