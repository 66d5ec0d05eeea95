"""A file name that Windows cannot hold, or that is too long.

Colleagues on Windows cannot fetch the handbook at all as long as one such file is in it.

Rename the file. Avoid the characters < > : " | ? * and \\, names such as CON or AUX, and a dot or space at the end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Place, Problem, say

SEVERITY = "warning"
LONGEST = 200  # characters: Windows allows 260 with the drive and the folder that the repository lies in
_UNPORTABLE = re.compile(
    r"(?:\A|/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?(?:/|\Z)|[<>:\"|?*\\\x00-\x1f]|[. ](?:/|\Z)",
    re.IGNORECASE,
)


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Paths that cannot be laid out on Windows."""
    for path in sorted(handbook.files | handbook.entries.keys()):
        if _UNPORTABLE.search(path):
            yield Problem(Place(path), say("Windows cannot hold a file of this name. Rename it."))
        elif len(path) > LONGEST:
            yield Problem(
                Place(path),
                say(
                    "The path is {length} characters long; Windows holds at most about {limit}. Shorten it.",
                    length=len(path),
                    limit=LONGEST,
                ),
            )
