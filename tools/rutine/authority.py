"""Who may review and decide a document, and whether one person did what two should have done. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rutine.dates import parse_date
from rutine.holders import holders_on
from rutine.model import Document, Entry, Fact, Handbook, Settings

_ADDRESSED = re.compile(r"\s*(.*?)\s*<([^<>]+)>\s*\Z")  # Kari Nordmann <kari@example.org>


def accountable(document: Document) -> Iterator[Fact]:
    """The roles that answer for what a document says is to be done."""
    places = {pointer[:-1] for pointer, value in document.values("responsibility") if value == "accountable"}
    for (pointer, _), fact in zip(document.values("role"), document.facts("role"), strict=True):
        if pointer[:-1] in places:
            yield fact


def roles_that_answer(settings: Settings, document: Entry, records: Sequence[Entry]) -> list[str]:
    """The roles whose review counts: the owner, those that decided the document, and those that are accountable in it."""
    told = [*document.facts.texts("owner"), *document.facts.texts("decided-by"), *document.facts.texts("accountable")]
    told += [role for record in records for role in record.facts.texts("decided-by")]
    return [role for role in dict.fromkeys(told) if role in settings.roles]


def lacks_role(settings: Settings, record: Entry, role: str, day: str | None) -> bool:
    """Whether the person whom a record names did not hold the role in which it says something was done on a day."""
    person, when, known = record.value("person"), parse_date(day), settings.roles.get(role)
    if person is None or when is None or known is None or known.body or person not in settings.people:
        return False
    return person not in {holder.person for holder in holders_on(settings, role, when)}


def only_author(handbook: Handbook, document: Entry) -> str | None:
    """The one person of `handbook.yml` who wrote the newest version alone, by Git; None where nobody can tell."""
    trace = handbook.past.traces.get(document.path) if handbook.past else None
    people = {_known(handbook.settings, *who) for who in (trace.wrote if trace else ())}
    return people.pop() if len(people) == 1 else None


def person_meant(settings: Settings, text: str) -> str | None:
    """The person of `handbook.yml` whom a text names: by short or full name, or e-mail; None for nobody, and for several."""
    if text in settings.people:
        return text
    found = _ADDRESSED.match(text)
    return _known(settings, found[1], found[2]) if found else _known(settings, text, text)


def _known(settings: Settings, name: str, email: str) -> str | None:
    """The person with that full name or that e-mail address, where they are not two people's."""
    name, email = name.strip().casefold(), email.strip().casefold()
    meant = {
        person.name
        for person in settings.people.values()
        if name == person.full_name.casefold() or email and email == (person.email or "").casefold()
    }
    return meant.pop() if len(meant) == 1 else None
