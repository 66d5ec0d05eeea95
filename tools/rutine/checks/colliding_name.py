"""File names that differ only by letter case or by how an accented letter is composed.

On Windows and macOS they are one file, and on the published site one address: one document hides the other.

Rename one of the files.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Place, Problem, say

SEVERITY = "error"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Paths that fall together."""
    first: dict[str, str] = {}
    for path in sorted(handbook.files | handbook.entries.keys()):
        folded = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        other = first.setdefault(folded, path)
        if other != path:
            message = say(
                "The name differs from {other} only by letter case or accents. Rename one of them.", other=other
            )
            yield Problem(Place(path), message)
