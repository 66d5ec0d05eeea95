"""A version in force of which nothing says that it was decided.

Everybody can write a text. It binds from when somebody with the authority to do so has decided it, and that must be
proved: by the document itself, which says who and when, or, where handbook.yml says `decisions: records` under
`evidence`, by a record of the decision.

Record the decision with `rutine decide`, or write it into the document where that is enough. Minor revisions need none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.evidence import decision_record, records_about, significant
from rutine.model import Entry, Handbook, Place, Problem, say
from rutine.ownership import is_in_force

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Documents in force whose newest significant revision nobody is said to have decided."""
    settings, past = handbook.settings, handbook.past
    if past is None or past.untold:
        return
    records = records_about(handbook)
    for path, entry in handbook.entries.items():
        kind, version = settings.kinds.get(entry.kind or ""), significant(entry)
        if kind is None or version is None or not (kind.means("decided-on") and is_in_force(entry, settings)):
            continue
        if version.date < settings.evidence_from or decision_record(entry, records.get(path, ())):
            continue
        if settings.decisions_are_records:
            message = say(
                "No record says who decided version {version}. Record the decision with rutine decide.",
                version=version.version or version.date,
            )
        elif not _is_decided(entry):
            message = say(
                "Nothing says who decided version {version}, and when. Write it into the document, or record the decision with rutine decide.",
                version=version.version or version.date,
            )
        else:
            continue
        yield Problem(Place(path, version.line, version.column), message)


def _is_decided(entry: Entry) -> bool:
    return bool(entry.value("decided-on") and entry.value("decided-by"))
