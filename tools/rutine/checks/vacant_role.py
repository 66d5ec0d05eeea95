"""A document in force whose owner, or whoever decided it, is a role that nobody holds.

Nobody sees to it that the text is right, and nobody answers when a reader asks. Reminders of reviews reach nobody.

Name in handbook.yml who holds the role, if only a deputy for a time, or give the document another owner. A council or
another body that decides together is marked there with `body: true`. A handbook that names no people is passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.holders import holders_on
from rutine.model import Handbook, Message, Place, Problem, say
from rutine.ownership import is_in_force, named

SEVERITY = "warning"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Owners and deciders of documents in force that nobody holds on the day."""
    settings = handbook.settings
    vacant = {
        name
        for name, role in settings.roles.items()
        if settings.people and not role.body and not holders_on(settings, name, today)
    }
    for entry in handbook.entries.values() if vacant else ():
        for meaning in ("owner", "decided-by") if is_in_force(entry, settings) else ():
            for fact in named(entry, settings, meaning, "role"):
                if fact.value in vacant:
                    yield Problem(Place(entry.path, fact.line, fact.column), _message(meaning, fact.value))


def _message(meaning: str, role: str) -> Message:
    if meaning == "owner":
        return say(
            "Nobody holds the role {role}, which owns this document. Name in handbook.yml who holds it, or choose another owner.",
            role=role,
        )
    return say(
        "Nobody holds the role {role}, which decided this document. Name in handbook.yml who holds it.", role=role
    )
