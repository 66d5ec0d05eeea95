"""A role, unit, person or risk class that handbook.yml does not know.

Lists, reminders and the pages for each role are made from these names. A name that nobody holds reaches nobody.

Write the short name as it stands in handbook.yml, or add it there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any

from rutine.kinds import walk
from rutine.model import Document, Message, Problem, Settings, say

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Values that name nothing in their register."""
    for path, register in document.kind.references if document.kind else ():
        if register == "document":
            continue
        known = settings.register(register)
        for pointer, value in walk(document.meta, path):
            if isinstance(value, str) and value not in known:
                yield Problem(document.place(pointer), _message(register, value, known))


def _message(register: str, value: str, known: Mapping[str, Any]) -> Message:
    near = _near(value, known)
    if near:
        return {
            "role": say(
                "There is no role {value} in handbook.yml. Did you mean {suggestion}?", value=value, suggestion=near
            ),
            "unit": say(
                "There is no unit {value} in handbook.yml. Did you mean {suggestion}?", value=value, suggestion=near
            ),
            "person": say(
                "There is no person {value} in handbook.yml. Did you mean {suggestion}?", value=value, suggestion=near
            ),
        }.get(
            register,
            say(
                "There is no risk class {value} in handbook.yml. Did you mean {suggestion}?",
                value=value,
                suggestion=near,
            ),
        )
    names = ", ".join(sorted(known))
    return {
        "role": say(
            "There is no role {value} in handbook.yml. Add it there, or choose among: {known}.",
            value=value,
            known=names,
        ),
        "unit": say(
            "There is no unit {value} in handbook.yml. Add it there, or choose among: {known}.",
            value=value,
            known=names,
        ),
        "person": say(
            "There is no person {value} in handbook.yml. Add it there, or choose among: {known}.",
            value=value,
            known=names,
        ),
    }.get(
        register,
        say(
            "There is no risk class {value} in handbook.yml. Add it there, or choose among: {known}.",
            value=value,
            known=names,
        ),
    )


def _near(value: str, known: Mapping[str, Any]) -> str | None:
    """The short name that was meant: one spelt alike, or one whose title was written."""
    spellings = {name.casefold(): name for name in known}
    for name, item in known.items():
        for title in getattr(item, "title", {}).values():
            spellings.setdefault(title.casefold(), name)
    near = get_close_matches(value.casefold(), spellings, n=1, cutoff=0.7)
    return spellings[near[0]] if near else None
