"""A regulation, or a place in one, that is not written as an identifier.

Links to Lovdata, Retsinformation, SFS, EUR-Lex and the lists of what cites which paragraph are made from the identifier.
Free text and copied addresses lead astray or to nothing, and nobody notices when the act changes.

Write the identifier: LOV-2005-06-17-62, FOR-1996-12-06-1127, LBK nr 433 af 22/04/2014, SFS 2017:900, 32016R0679,
ISO 9001:2015; and the place in a field of its own: § 2 A-1, kapittel 3, artikkel 33, 7.5.3. The option --fix mends
spelling.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Edit, Message, Problem, Settings, say
from rutine.regulations import Malformed, parse, parse_at

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Identifiers and places that cannot be read."""
    for pointer, value in document.values("regulation"):
        if value in settings.regulations:
            continue
        found = parse(value)
        if isinstance(found, Malformed):
            place = document.place(pointer)
            edits: tuple[Edit, ...] = ()
            if found.suggestion and found.reason not in ("place", "address"):  # those say more than the identifier
                edits = (Edit(place.line, place.column, document.written(place), found.suggestion),)
            yield Problem(place, _message(value, found), edits)
    for pointer, value in document.values("regulation-at"):
        if parse_at(value, "") is None:
            yield Problem(document.place(pointer), _place(value))


def _message(value: str, found: Malformed) -> Message:
    if found.reason == "address" and found.suggestion:
        return say(
            "Do not write an address here; links are made from the identifier. Write {suggestion}.",
            suggestion=found.suggestion,
        )
    if found.reason == "place" and found.suggestion:
        return say(
            "{value} holds more than the identifier. Write {suggestion} here, and the place in the field for it.",
            value=value,
            suggestion=found.suggestion,
        )
    if found.suggestion:
        return say(
            "{value} is not written as an identifier. Write {suggestion}.", value=value, suggestion=found.suggestion
        )
    if found.reason == "address":
        return say(
            "Do not write an address here; links are made from the identifier. Write it like LOV-2005-06-17-62 or 32016R0679."
        )
    if found.reason == "impossible-date":
        return say("{value} holds a date that is not in the calendar. Correct the identifier.", value=value)
    return say(
        "{value} is not an identifier of an act, regulation or standard. Write it like LOV-2005-06-17-62, SFS 2017:900, 32016R0679 or ISO 9001:2015.",
        value=value,
    )


def _place(value: str) -> Message:
    if ":" in value and "/" in value or "javascript:" in value.lower():
        return say(
            "Do not write an address here; links are made from the identifier. Write the paragraph, for example § 5."
        )
    return say(
        "{value} is not a paragraph, chapter, article or clause. Write it like § 2-1, kapittel 3, artikkel 33 or 7.5.3.",
        value=value,
    )
