"""A document and its successor that do not agree on who replaces whom.

Readers of a withdrawn page are sent to its successor. If that one is withdrawn too, or knows nothing of it, they are sent astray.

Name the successor under replaced-by in the old document and the old one under replaces in the new, and withdraw the old one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Entry, Handbook, Place, Problem, say

SEVERITY = "error"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Successors that are not in force, and documents that are replaced and yet in force."""
    for entry in handbook.entries.values():
        for fact in entry.facts.get("replaced-by", ()):
            successor = handbook.entry_of(fact.value)
            if successor and successor.path != entry.path and _status(handbook, successor) == "withdrawn":
                message = say(
                    "The successor {id} is itself withdrawn. Name the document that applies now.", id=fact.value
                )
                yield Problem(Place(entry.path, fact.line, fact.column), message)
        for fact in entry.facts.get("replaces", ()) if _status(handbook, entry) == "in-force" else ():
            former = handbook.entry_of(fact.value)
            if former and former.path != entry.path and _status(handbook, former) == "in-force":
                message = say(
                    "{id} is replaced by this document and yet in force. Withdraw it ({path}).",
                    id=fact.value,
                    path=former.path,
                )
                yield Problem(Place(entry.path, fact.line, fact.column), message)
            elif (
                former and (named := former.value("replaced-by")) and named.lower() != (entry.value("id") or "").lower()
            ):
                message = say(
                    "This document replaces {id}, but {path} says that it is replaced by {named}. Correct one of them.",
                    id=fact.value,
                    path=former.path,
                    named=named,
                )
                yield Problem(Place(entry.path, fact.line, fact.column), message)


def _status(handbook: Handbook, entry: Entry) -> str:
    kind = handbook.settings.kinds.get(entry.kind or "")
    return kind.status(entry.value("status")) if kind else ""
