"""A decision record of another text than the version that it decided.

What people must follow is what was decided, word for word. If the text in force is another, nobody with the authority to
do so has decided it.

Decide the text that stands there with `rutine decide`, or take the change back. A minor change becomes a revision of its
own, which needs no decision. Records without a fingerprint are weaker evidence, but are not judged.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.evidence import covers, day_of, decision_record, is_current, is_judged, last_revision, of_act, records_about
from rutine.model import Entry, Handbook, Message, Place, Problem, say
from rutine.ownership import is_in_force

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """The newest record of the version in force is held against the text now, any other against what stood then."""
    for path, records in records_about(handbook).items():
        document = handbook.entries[path]
        newest = decision_record(document, records) if _is_last(document, records) else None
        for record in of_act(records, "decided-on"):
            fact = record.fact("fingerprint")
            if fact is None or not is_judged(handbook, record):
                continue
            if record is newest and is_in_force(document, handbook.settings):
                wrong = _of_now(document, record) if is_current(handbook, document, record) is False else None
            else:
                wrong = _of_then(document, record) if covers(handbook, document, record) is False else None
            if wrong:
                yield Problem(Place(record.path, fact.line, fact.column), wrong)


def _is_last(document: Entry, records: list[Entry]) -> bool:
    """Whether no revision has come after the one that the newest record decided."""
    record, last = decision_record(document, records), last_revision(document)
    if record is None or last is None:
        return record is not None
    version = record.value("about-version")
    return version == last.version if version else day_of(record) >= last.date


def _of_now(document: Entry, record: Entry) -> Message:
    return say(
        "{id} does not have the text that was decided on {date}. Decide the text that stands there, take the change back, or add a revision for a minor change.",
        id=document.value("id") or document.path, date=day_of(record),
    )  # fmt: skip


def _of_then(document: Entry, record: Entry) -> Message:
    return say(
        "{id} did not have the text that this record names, neither on {date} nor when the record was made. Add a record of what was decided.",
        id=document.value("id") or document.path, date=day_of(record),
    )  # fmt: skip
