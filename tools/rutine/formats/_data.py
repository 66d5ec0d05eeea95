"""JSON that is safe to print and the same every time."""

from __future__ import annotations

import json
import re
from typing import Any
from unicodedata import category

from rutine.deadlines import Deadline
from rutine.formats._words import every

_UNUSUAL = re.compile(r"[^\x20-\x7e\n]")


def dump(value: Any) -> str:
    """The value as JSON: letters as they are, and what would act on a terminal as JSON's own escapes."""
    return _UNUSUAL.sub(_escaped, json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    return char if char.isprintable() or category(char) == "Zs" else json.dumps(char)[1:-1]


def review(row: Deadline) -> dict[str, Any]:
    """When a document must be reviewed, and what that rests on."""
    return {
        "due": row.due.isoformat(),
        "state": row.state,
        "days": row.days,
        "basis": row.basis,
        "since": row.since.isoformat(),
        "interval": every(row.interval),
    }
