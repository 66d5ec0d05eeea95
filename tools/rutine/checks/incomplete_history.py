"""A clone of which Git cannot tell the whole history.

Whether a text was changed without a revision, whether old entries were rewritten and what a review looked at can then
not be told. These rules find nothing, and that proves nothing.

Fetch all of the history. In GitHub's workflows: `fetch-depth: 0` for actions/checkout. In GitLab: `GIT_DEPTH: 0`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Place, Problem

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Why Git does not tell of all."""
    if handbook.past and handbook.past.untold and handbook.past.is_versioned:
        yield Problem(Place("handbook.yml"), handbook.past.untold)
