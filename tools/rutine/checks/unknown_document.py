"""An id that no document of the handbook bears.

What rests on or is replaced by a document that is not there leads the reader nowhere.

Correct the id, or remove it if the document is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Message, Place, Problem, say

SEVERITY = "error"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """References to documents that are not there."""
    messages: dict[tuple[str, str], Message] = {}  # many may refer to a document that has gone
    for entry in handbook.entries.values():
        for fact in entry.references:
            if fact.value.lower() not in handbook.ids:
                key = fact.value, (entry.value("id") or "").lower()
                message = messages.get(key) or messages.setdefault(key, _message(handbook, *key))
                yield Problem(Place(entry.path, fact.line, fact.column), message)


def _message(handbook: Handbook, value: str, own: str) -> Message:
    from difflib import get_close_matches  # only where something is wrong

    near = [name for name in get_close_matches(value.lower(), handbook.ids, n=2, cutoff=0.75) if name != own]
    if near:
        suggestion = handbook.ids[near[0]][0][1].value
        return say("No document has the id {value}. Did you mean {suggestion}?", value=value, suggestion=suggestion)
    named = [
        entry for entry in handbook.entries.values() if (entry.value("title") or "").casefold() == value.casefold()
    ]
    if named and (identifier := named[0].value("id")):
        return say("No document has the id {value}. Did you mean {suggestion}?", value=value, suggestion=identifier)
    return say("No document has the id {value}. Correct it, or remove it.", value=value)
