"""An id that several documents bear, also when only letter case tells them apart.

Reviews, decisions and links name documents by id. If two bear the same, nobody can tell which one is meant.

Give one of the documents a new id; `rutine new` finds the next free one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Place, Problem, say

SEVERITY = "error"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Every document that shares its id with another."""
    for found in handbook.ids.values():
        for path, fact in found if len(found) > 1 else ():
            others = ", ".join(f"{other}:{that.line}" for other, that in found if other != path)
            message = say(
                "The id {id} is also that of {others}. Give one of them a new id.", id=fact.value, others=others
            )
            yield Problem(Place(path, fact.line, fact.column), message)
