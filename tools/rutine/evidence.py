"""Which records are evidence: whom and what they speak of, and whether that is what the document said around their day. Pure.

A record names the text that it is about by its fingerprint. It covers the text if that text stood on the main line on
the record's day, or came there between that day and the day on which the record itself did. A record that is not
committed may also be about the file at hand. Without a fingerprint nobody can tell, and the record counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal, NamedTuple

from rutine.dates import parse_date
from rutine.kinds import Kind
from rutine.model import Entry, Handbook, RevisionEntry, Settings

Act = Literal["reviewed-on", "decided-on"]  # what makes a record one of a review, or of a decision
ACTS: tuple[Act, ...] = ("reviewed-on", "decided-on")
LAST_DAY = "9999-12-31"
ACTORS = {"reviewed-on": "reviewed-by", "decided-on": "decided-by"}


def record_kind(settings: Settings, act: Act) -> Kind | None:
    """The kind of record that a review or a decision is; of several the one of rutine's own name."""
    kinds = [kind for kind in settings.kinds.values() if kind.is_record and kind.means("about") and kind.means(act)]
    own = "review" if act == "reviewed-on" else "decision"
    return next((kind for kind in kinds if kind.name == own), next(iter(kinds), None))


def records_about(handbook: Handbook) -> dict[str, list[Entry]]:
    """By the path of each document: the records that speak of it, those of the latest day first; made once and kept."""
    known: dict[str, list[Entry]] | None = vars(handbook).get("_records")
    if known is None:
        known = vars(handbook)["_records"] = _records_about(handbook)
    return known


def _records_about(handbook: Handbook) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    for entry in handbook.entries.values():
        if is_record(handbook.settings, entry):
            for document in documents_of(handbook, entry):
                found.setdefault(document.path, []).append(entry)
    return {
        path: sorted(records, key=lambda one: (day_of(one), one.path), reverse=True) for path, records in found.items()
    }


def is_record(settings: Settings, entry: Entry) -> bool:
    """Whether an entry is a record, and no document."""
    kind = settings.kinds.get(entry.kind or "")
    return kind is not None and kind.is_record


def documents_of(handbook: Handbook, record: Entry) -> Iterator[Entry]:
    """The documents that a record speaks of."""
    for about in record.facts.texts("about"):
        if document := handbook.entry_of(about):
            yield document


def day_of(record: Entry) -> str:
    """The day of a record (ISO): of the review or decision, or the one that its file is named by; empty without any."""
    if told := record.value("reviewed-on") or record.value("decided-on"):
        return told
    named = record.path.rpartition("/")[2][:10]
    return named if parse_date(named) else ""


def of_act(records: Sequence[Entry], act: Act, until: date | None = None) -> list[Entry]:
    """Those of a review, or of a decision, up to a day."""
    last = until.isoformat() if until else LAST_DAY
    return [record for record in records if parse_date(day := record.value(act)) and (day or "") <= last]


def is_judged(handbook: Handbook, record: Entry, day: str | None = None) -> bool:
    """Whether history is held against what was done on a record's day: Git tells all, and that is of the time that counts."""
    past = handbook.past
    return past is not None and past.untold is None and (day or day_of(record)) >= handbook.settings.evidence_from


def covers(handbook: Handbook, document: Entry, record: Entry) -> bool | None:
    """Whether a record is about a text that the document had around the record's day; None where nobody can tell."""
    number, past = record.value("fingerprint"), handbook.past
    if not number or past is None or not is_judged(handbook, record):
        return None
    trace = past.traces.get(document.path)
    if trace is None or not trace.fingerprints:
        return None
    came = past.records.get(record.path)
    return number in _around(trace.fingerprints, day_of(record), came[0].day if came else None)


def counts(handbook: Handbook, record: Entry) -> bool:
    """Whether a record is valid evidence: it is not known to be about a text that never stood."""
    return all(covers(handbook, document, record) is not False for document in documents_of(handbook, record))


def _around(stood: Sequence[tuple[str, str]], day: str, came: str | None) -> Iterator[str]:
    """The fingerprints of what stood on a day, or came until the record did, the newest first."""
    for number, since in stood:
        if since <= (max(day, came) if came else LAST_DAY) if since else came is None:
            yield number
        if since and since < day:
            return


def is_current(handbook: Handbook, document: Entry, record: Entry) -> bool | None:
    """Whether a record is about what the document says now; None where nobody can tell."""
    number, past = record.value("fingerprint"), handbook.past
    trace = past.traces.get(document.path) if past else None
    return number == trace.fingerprints[0][0] if number and trace and trace.fingerprints else None


def last_revision(document: Entry) -> RevisionEntry | None:
    """The newest revision by its date; of one day's, the last that is written."""
    return _newest(document.revisions)


class Standing(NamedTuple):
    """What proves that a document was reviewed and decided: the newest records, and whether their text is the one now.

    Of a text None: the record does not say which, or nobody can tell.
    """

    review: Entry | None = None
    is_reviewed: bool | None = None
    decision: Entry | None = None
    is_decided: bool | None = None


def standing(handbook: Handbook, document: Entry, records: Sequence[Entry], day: date) -> Standing:
    """What of a document's records is evidence on a day, as far as it is valid."""
    valid = [record for record in records if covers(handbook, document, record) is not False]
    review = next(iter(of_act(valid, "reviewed-on", day)), None)
    decision = decision_record(document, of_act(valid, "decided-on", day))
    texts = (is_current(handbook, document, record) if record else None for record in (review, decision))
    return Standing(review, next(texts), decision, next(texts))


def significant(document: Entry) -> RevisionEntry | None:
    """The newest revision that changed what people do, which is the one that must have been decided."""
    return _newest([entry for entry in document.revisions if entry.change != "minor"])


def _newest(revisions: Sequence[RevisionEntry]) -> RevisionEntry | None:
    found = max(enumerate(revisions), key=lambda row: (row[1].date, row[0]), default=None)
    return found[1] if found else None


def decision_record(document: Entry, records: Sequence[Entry]) -> Entry | None:
    """The newest of a document's records that decided the version in force, or a minor one that came after it."""
    version = significant(document)
    decisions = of_act(records, "decided-on")
    if version is None:
        return next(iter(decisions), None)
    later = {entry.version for entry in document.revisions if entry.date >= version.date}
    return next((one for one in decisions if _decides(one, version.date, later)), None)


def _decides(record: Entry, since: str, versions: set[str]) -> bool:
    version = record.value("about-version")
    return version in versions if version else day_of(record) >= since
