"""A role that still names somebody whose time is over: who has left the organisation, or held it last.

Reminders and questions go to a person who no longer answers them, and readers are told a name that does not help them.

Name in handbook.yml who has taken over, and end the time of the one before with `until`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.handbook_yml import place_in
from rutine.holders import coming, has_left, holders_on
from rutine.model import Handbook, Message, Problem, Role, Settings, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Holders who have left, and the last one of a role that nobody has taken over."""
    settings = handbook.settings
    for role in settings.roles.values():
        last = _last(role, settings, today)
        for index, holder in enumerate(role.holders):
            person = settings.people[holder.person]
            is_over = holder.until is not None and holder.until < today.isoformat()
            message: Message | None = None
            if index == last:
                message = say(
                    "The time of {person} in the role {role} ended on {until}, and nobody comes after. Name who has taken over.",
                    person=person.full_name, role=role.name, until=str(holder.until),
                )  # fmt: skip
            elif person.left and has_left(settings, holder.person, today) and not is_over:
                message = say(
                    "{person} left on {left} and still stands as a holder of the role {role}. Name who has taken over, and add until: {left}.",
                    person=person.full_name, role=role.name, left=person.left,
                )  # fmt: skip
            if message:
                yield Problem(place_in(settings, ("roles", role.name, "holders", index)), message)


def _last(role: Role, settings: Settings, today: date) -> int | None:
    """Of a role that nobody holds any more, nor will: the holder (no deputy) whose time ended last."""
    if role.body or holders_on(settings, role.name, today) or coming(settings, role.name, today):
        return None
    ended = [
        (holder.until, index)
        for index, holder in enumerate(role.holders)
        if holder.until and holder.until < today.isoformat() and not holder.deputy
    ]
    return max(ended)[1] if ended else None
