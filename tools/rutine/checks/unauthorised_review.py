"""A review by somebody who did not hold the role, or in a role that does not answer for the document.

A review says that the text is right. That counts for something only from those whom the organisation has made answer for
it: the owner, whoever decided the document, or a role that is accountable in it.

Let one of these roles review the document, or correct in handbook.yml who held the role and when.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.authority import lacks_role, roles_that_answer
from rutine.evidence import is_judged, of_act, records_about
from rutine.model import Entry, Fact, Handbook, Place, Problem, Settings, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Review records whose person did not hold the role on that day, or whose role has nothing to do with the document."""
    for path, records in records_about(handbook).items():
        document = handbook.entries[path]
        for record in of_act(records, "reviewed-on"):
            role = record.fact("reviewed-by")
            if role and role.value in handbook.settings.roles and is_judged(handbook, record):
                yield from _person(handbook.settings, record, role.value)
                yield from _role(document, record, role, roles_that_answer(handbook.settings, document, records))


def _person(settings: Settings, record: Entry, role: str) -> Iterator[Problem]:
    person, day = record.fact("person"), record.value("reviewed-on")
    if person and lacks_role(settings, record, role, day):
        message = say(
            "{person} did not hold the role {role} on {date}. Let somebody review the document who does, or correct handbook.yml.",
            person=person.value, role=role, date=day or "",
        )  # fmt: skip
        yield Problem(Place(record.path, person.line, person.column), message)


def _role(document: Entry, record: Entry, role: Fact, answering: list[str]) -> Iterator[Problem]:
    if answering and role.value not in answering:
        message = say(
            "The role {role} does not answer for {id}. Let one of these review it: {roles}.",
            role=role.value, id=document.value("id") or document.path, roles=", ".join(answering),
        )  # fmt: skip
        yield Problem(Place(record.path, role.line, role.column), message)
