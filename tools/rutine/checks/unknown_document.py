"""An id that no document of the handbook bears.

What rests on or is replaced by a document that is not there leads the reader nowhere.

Correct the id, or remove it if the document is gone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from difflib import get_close_matches

from rutine.model import Handbook, Place, Problem, say

SEVERITY = "error"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """References to documents that are not there."""
    for entry in handbook.entries.values():
        for fact in entry.references:
            if fact.value.lower() in handbook.ids:
                continue
            near = get_close_matches(fact.value.lower(), handbook.ids, n=1, cutoff=0.75)
            message = say("No document has the id {value}. Correct it, or remove it.", value=fact.value)
            if near:
                suggestion = handbook.ids[near[0]][0][1].value
                message = say(
                    "No document has the id {value}. Did you mean {suggestion}?",
                    value=fact.value,
                    suggestion=suggestion,
                )
            yield Problem(Place(entry.path, fact.line, fact.column), message)
