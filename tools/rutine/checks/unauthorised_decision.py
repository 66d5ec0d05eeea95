"""A decision by somebody who did not hold the role, or in another role than the document names.

A document binds because somebody with the authority to do so decided it. A decision by anybody else binds nobody.

Let the right role decide, and record that with `rutine decide`; or correct in handbook.yml who held the role and when. If
the document names the wrong role, correct that.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.authority import lacks_role
from rutine.evidence import decision_record, is_judged, of_act, records_about
from rutine.model import Entry, Handbook, Place, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Decision records whose person did not hold the role on that day, and those that contradict the document."""
    for path, records in records_about(handbook).items():
        document = handbook.entries[path]
        newest = decision_record(document, records)
        for record in of_act(records, "decided-on"):
            if is_judged(handbook, record):
                yield from _person(handbook, record)
                yield from _role(document, record) if record is newest else ()


def _person(handbook: Handbook, record: Entry) -> Iterator[Problem]:
    role, person, day = record.value("decided-by"), record.fact("person"), record.value("decided-on")
    if role and person and lacks_role(handbook.settings, record, role, day):
        message = say(
            "{person} did not hold the role {role} on {date}. Let somebody decide who does, or correct handbook.yml.",
            person=person.value, role=role, date=day or "",
        )  # fmt: skip
        yield Problem(Place(record.path, person.line, person.column), message)


def _role(document: Entry, record: Entry) -> Iterator[Problem]:
    role, named = record.fact("decided-by"), document.value("decided-by")
    if role and named and role.value != named:
        message = say(
            "{id} says that {named} decided it, and this record that {role} did. Let the right role decide, or correct the document.",
            id=document.value("id") or document.path, named=named, role=role.value,
        )  # fmt: skip
        yield Problem(Place(record.path, role.line, role.column), message)
