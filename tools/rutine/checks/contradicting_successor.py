"""A document and its successor that do not agree on who replaces whom.

Readers of a withdrawn page are sent to its successor. If that one is withdrawn too, or knows nothing of it, they are sent astray.

Name the successor under replaced-by in the old document and the old one under replaces in the new, and withdraw the old one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.dates import parse_date
from rutine.model import Entry, Handbook, Message, Place, Problem, say

SEVERITY = "error"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Successors that are not in force, and documents that are replaced and yet in force."""
    for entry in handbook.entries.values():
        for fact in entry.facts.get("replaced-by", ()):
            successor = handbook.entry_of(fact.value)
            status = _status(handbook, successor) if successor and successor.path != entry.path else ""
            if status == "withdrawn":
                message = say(
                    "The successor {id} is itself withdrawn. Name the document that applies now.", id=fact.value
                )
                yield Problem(Place(entry.path, fact.line, fact.column), message)
            elif status == "draft":
                message = say(
                    "The successor {id} is still a draft. Put it in force, or wait with the withdrawal.", id=fact.value
                )
                yield Problem(Place(entry.path, fact.line, fact.column), message)
        for fact in entry.facts.get("replaces", ()) if _applies(handbook, entry, today) else ():
            former = handbook.entry_of(fact.value)
            if former and former.path != entry.path and (fault := _disagreement(handbook, entry, former, fact.value)):
                yield Problem(Place(entry.path, fact.line, fact.column), fault)


def _applies(handbook: Handbook, entry: Entry, today: date) -> bool:
    effective = parse_date(entry.value("effective-from"))
    return _status(handbook, entry) == "in-force" and (effective is None or effective <= today)


def _disagreement(handbook: Handbook, entry: Entry, former: Entry, identifier: str) -> Message | None:
    if _status(handbook, former) == "in-force":
        return say(
            "{id} is replaced by this document and yet in force. Withdraw it ({path}).", id=identifier, path=former.path
        )
    named = former.value("replaced-by")
    other = handbook.entry_of(named) if named else None
    if not named or other == entry:
        return None
    if other and identifier.lower() in map(str.lower, other.facts.texts("replaces")):
        return None  # one document has become several
    return say(
        "This document replaces {id}, but {path} says that it is replaced by {named}. Correct one of them.",
        id=identifier,
        path=former.path,
        named=named,
    )


def _status(handbook: Handbook, entry: Entry) -> str:
    kind = handbook.settings.kinds.get(entry.kind or "")
    return kind.status(entry.value("status")) if kind else ""
