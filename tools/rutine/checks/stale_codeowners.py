"""A CODEOWNERS file that no longer says what the handbook says of owners.

GitHub and GitLab ask those who stand in it about a change to a document. If owners have changed since it was made, they
ask the wrong people, or nobody.

Run `rutine codeowners --write`, which makes its lines anew and leaves all other lines of the file as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.codeowners import BEGIN, is_current
from rutine.model import Handbook, Place, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Files that rutine has made a part of, and would make otherwise today."""
    for file in handbook.owner_files:
        if not is_current(file, handbook, today):
            line = next(number for number, text in enumerate(file.text.splitlines(), 1) if text.strip() == BEGIN)
            message = say(
                "The owners in this file are not those of the handbook. Make the file anew: {command}",
                command=f"rutine codeowners --forge {file.forge} --write",
            )
            yield Problem(Place(file.path, line), message)
