"""A role, unit, person or risk class that handbook.yml does not know.

Lists, reminders and the pages for each role are made from these names. A name that nobody holds reaches nobody.

Write the short name as it stands in handbook.yml, or add it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rutine.kinds import walk
from rutine.model import Document, Message, Person, Problem, Role, Settings, Unit, say

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Values that name nothing in their register."""
    for path, register in document.kind.references if document.kind else ():
        if register == "document":
            continue
        known = settings.register(register)
        for pointer, value in walk(document.meta, path):
            if isinstance(value, str) and value not in known:
                yield Problem(document.place(pointer), _message(register, value, settings))


def _message(register: str, value: str, settings: Settings) -> Message:
    known = settings.register(register)
    near = _near(value, known, settings.people)
    return _mistaken(register, value, near) if near else _missing(register, value, ", ".join(sorted(known)))


def _mistaken(register: str, value: str, near: str) -> Message:
    if register == "role":
        return say("There is no role {value} in handbook.yml. Did you mean {suggestion}?", value=value, suggestion=near)
    if register == "unit":
        return say("There is no unit {value} in handbook.yml. Did you mean {suggestion}?", value=value, suggestion=near)
    if register == "person":
        return say(
            "There is no person {value} in handbook.yml. Did you mean {suggestion}?", value=value, suggestion=near
        )
    return say(
        "There is no risk class {value} in handbook.yml. Did you mean {suggestion}?", value=value, suggestion=near
    )


def _missing(register: str, value: str, names: str) -> Message:
    if register == "role":
        return say(
            "There is no role {value} in handbook.yml. Add it there, or choose among: {known}.",
            value=value,
            known=names,
        )
    if register == "unit":
        return say(
            "There is no unit {value} in handbook.yml. Add it there, or choose among: {known}.",
            value=value,
            known=names,
        )
    if register == "person":
        return say(
            "There is no person {value} in handbook.yml. Add it there, or choose among: {known}.",
            value=value,
            known=names,
        )
    return say(
        "There is no risk class {value} in handbook.yml. Add it there, or choose among: {known}.",
        value=value,
        known=names,
    )


def _near(value: str, known: Mapping[str, Any], people: Mapping[str, Person]) -> str | None:
    """The short name that was meant: one spelt alike, one whose title was written, or the role of who was named."""
    spellings = {name.casefold(): name for name in known}
    for name, item in known.items():
        titles = item.title.values() if isinstance(item, Role | Unit) else ()
        for title in (*titles, *([item.full_name] if isinstance(item, Person) else ())):
            spellings.setdefault(title.casefold(), name)
        for holder in item.holders if isinstance(item, Role) else ():
            for name_of_holder in (holder.person, people[holder.person].full_name):
                spellings.setdefault(name_of_holder.casefold(), name)
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(value.casefold(), spellings, n=1, cutoff=0.7)
    return spellings[near[0]] if near else None
