"""JSON that is safe to print and the same every time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any
from unicodedata import category

from rutine.deadlines import Deadline
from rutine.formats._words import every, reasons
from rutine.model import Settings

_encode = json.JSONEncoder(ensure_ascii=False).encode
_UNUSUAL = re.compile(r"[^\x20-\x7e]")


def dump(value: Any) -> str:
    """The value as JSON: letters as they are, and what would act on a terminal as JSON's own escapes."""
    return _harmless(json.dumps(value, ensure_ascii=False, indent=2)) + "\n"


def dump_rows(head: dict[str, Any], name: str, rows: Iterable[dict[str, Any]]) -> str:
    """An object as JSON that holds a long list: a line for each field, and for each row of the list, which comes last.

    What a browser could take for HTML is escaped too: this is made to be published.
    """
    fields = [f"{json.dumps(field)}: {_encode(value)}" for field, value in head.items()]
    lines = ",\n".join(map(_encode, rows))
    text = "{\n" + ",\n".join([*fields, f"{json.dumps(name)}: [\n{lines}\n]"]) + "\n}\n"
    return _harmless(text).replace("<", "\\u003c")


def _harmless(text: str) -> str:
    lines = (line if line.isprintable() else _UNUSUAL.sub(_escaped, line) for line in text.split("\n"))
    return "\n".join(lines)


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    return char if char.isprintable() or category(char) == "Zs" else json.dumps(char)[1:-1]


def review(row: Deadline, settings: Settings) -> dict[str, Any]:
    """When a document must be reviewed, what that rests on, and why it is that day."""
    rule = row.rule
    return {
        "due": row.due.isoformat(),
        "state": row.state,
        "days": row.days,
        "basis": row.basis,
        "since": row.since.isoformat(),
        "interval": every(row.interval),
        "rule": {
            "source": rule.source,
            "class": rule.risk_class,
            "usual": every(rule.usual or row.interval),
            "change": rule.change,
            "words": reasons(row, settings, settings.language),
        },
        "suspect": [
            {
                "what": one.what,
                "name": one.name,
                "at": list(one.places),
                "changed": one.day.isoformat() if one.day else None,
                "note": one.note or None,
            }
            for one in rule.suspicions
        ],
    }
