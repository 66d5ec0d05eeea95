"""One person who owns more documents in force than the handbook allows, through all roles that the person holds.

Nobody can keep so many texts right. Reviews become signatures, and much knowledge goes when the person does.

Give some of the documents to other roles, or share the roles among more people. How many are too many is said in
handbook.yml: `owners: {most: 40}`. Without it nobody counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.handbook_yml import place_in
from rutine.holders import holders_on, roles_of
from rutine.model import Handbook, Pointer, Problem, Settings, say
from rutine.ownership import documents_of_people, documents_of_roles

SEVERITY = "warning"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """People with more documents than `owners.most`, at the first of their roles that own any."""
    settings, most = handbook.settings, handbook.settings.owners.most
    if most is None:
        return
    by_role, by_person = documents_of_roles(handbook), documents_of_people(handbook)
    for name, person in settings.people.items():
        roles = [role for role in roles_of(settings, name, today) if role in by_role]
        count = len(by_person.get(name, set()).union(*(by_role[role] for role in roles)))
        if count > most:
            message = say(
                "{person} owns {count} documents in force, more than the {most} that this handbook allows. Share them among more people.",
                person=person.full_name, count=count, most=str(most),
            )  # fmt: skip
            yield Problem(place_in(settings, _pointer(settings, name, roles, today)), message)


def _pointer(settings: Settings, person: str, roles: list[str], today: date) -> Pointer:
    """Where the person stands among the holders of the first of these roles, or else among the people."""
    if not roles:
        return ("people", person)
    holder = next(holder for holder in holders_on(settings, roles[0], today) if holder.person == person)
    return ("roles", roles[0], "holders", settings.roles[roles[0]].holders.index(holder))
