"""A deputy whose time is over, or who has been given no last day.

Standing in is for a time. Without an end nobody notices when it has become the rule, and who really holds the role is
forgotten.

Give the deputy a last day with `until`. When that day is over, delete the line, or set a later day if it goes on.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.handbook_yml import place_in
from rutine.model import Handbook, Message, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Deputies without a last day, and those whose last day lies before today."""
    settings = handbook.settings
    for role in settings.roles.values():
        for index, holder in enumerate(role.holders):
            person = settings.people[holder.person].full_name
            message: Message | None = None
            if holder.deputy and holder.until is None:
                message = say(
                    "{person} is a deputy in the role {role} without a last day. Add one: until: YYYY-MM-DD.",
                    person=person,
                    role=role.name,
                )
            elif holder.deputy and holder.until and holder.until < today.isoformat():
                message = say(
                    "The time of {person} as a deputy in the role {role} ended on {until}. Delete this holder, or set a later day if it goes on.",
                    person=person, role=role.name, until=holder.until,
                )  # fmt: skip
            if message:
                yield Problem(place_in(settings, ("roles", role.name, "holders", index)), message)
