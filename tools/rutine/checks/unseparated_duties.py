"""A version that was decided by the person who wrote it.

Two pairs of eyes see more than one, and nobody can grant oneself an exception. This is judged only where handbook.yml
says `four_eyes: true` under `evidence`.

Let somebody else decide the version, or name in the decision's record who else wrote it (`author`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.authority import only_author, person_meant
from rutine.dates import parse_date
from rutine.evidence import decision_record, is_judged, records_about
from rutine.holders import holders_on
from rutine.model import Entry, Fact, Handbook, Place, Problem, Settings, say
from rutine.ownership import is_in_force

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Documents in force that one and the same person wrote and decided, where that can be told."""
    settings = handbook.settings
    records = records_about(handbook) if settings.four_eyes and handbook.past else {}
    for path, document in handbook.entries.items() if settings.four_eyes and handbook.past else ():
        if not is_in_force(document, settings):
            continue
        record = decision_record(document, records.get(path, ()))
        deciding = record or document
        if not is_judged(handbook, deciding, deciding.value("decided-on")) or not (
            fact := deciding.fact("person") or deciding.fact("decided-by")
        ):
            continue
        author = record.value("author") if record else None
        writer = person_meant(settings, author) if author else only_author(handbook, document)
        decider = _decider(settings, deciding, fact)
        if writer and writer == decider:
            message = say(
                "{person} both wrote and decided this version. Let somebody else decide it.",
                person=settings.people[writer].full_name,
            )
            yield Problem(Place(deciding.path, fact.line, fact.column), message)


def _decider(settings: Settings, deciding: Entry, fact: Fact) -> str | None:
    """The person who is named, or the only one who held the role that decided on that day."""
    if deciding.value("person"):
        return person_meant(settings, fact.value)
    day = parse_date(deciding.value("decided-on"))
    held = holders_on(settings, fact.value, day) if day else []
    return held[0].person if len(held) == 1 else None
