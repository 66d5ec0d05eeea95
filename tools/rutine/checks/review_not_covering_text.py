"""A review record of a text that the document did not have when it was reviewed.

Each record names the text that was read by its fingerprint. If the document never said that around the day of the
review, nobody can tell what was read, and the record moves no deadline.

Review the document again with `rutine review`: the record then names the text that is there. Text and record may come in
one change. Records without a fingerprint are weaker evidence, but are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.evidence import covers, day_of, documents_of
from rutine.model import Handbook, Place, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Review records whose fingerprint is that of no text that stood around their day."""
    for record in handbook.entries.values():
        fact = record.fact("fingerprint")
        for document in documents_of(handbook, record) if fact and record.value("reviewed-on") else ():
            if fact and covers(handbook, document, record) is False:
                message = say(
                    "{id} did not have the text that this record names, neither on {date} nor when the record was made. It moves no deadline. Review the document again.",
                    id=document.value("id") or document.path, date=day_of(record),
                )  # fmt: skip
                yield Problem(Place(record.path, fact.line, fact.column), message)
