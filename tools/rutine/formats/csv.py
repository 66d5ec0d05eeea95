"""Comma-separated values (RFC 4180, UTF-8) for spreadsheets. Field names and codes are those of the JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from rutine.deadlines import Agenda
from rutine.formats._listing import rows
from rutine.formats._plain import printable
from rutine.formats._words import every, owner_title
from rutine.model import Handbook

DEADLINE_FIELDS = (
    "due", "state", "days", "id", "title", "kind", "owner", "owner-title", "units", "basis", "since", "interval", "path",
)  # fmt: skip
DOCUMENT_FIELDS = ("id", "title", "kind", "status", "owner", "owner-title", "units", "path")


def deadlines(agenda: Agenda) -> str:
    """A line for each deadline below the names of the fields."""
    table = (
        (
            row.due.isoformat(), row.state, row.days, row.id, row.title, row.kind, row.owner,
            owner_title(agenda.settings, row.owner), " ".join(row.units), row.basis, row.since.isoformat(),
            every(row.interval), row.path,
        )
        for row in agenda.deadlines
    )  # fmt: skip
    return _table(DEADLINE_FIELDS, table)


def documents(handbook: Handbook) -> str:
    """A line for each document below the names of the fields."""
    table = (
        (
            row.id, row.title, row.entry.kind, row.code, row.entry.value("owner"), row.owner,
            " ".join(fact.value for fact in row.entry.facts.get("scope-unit", ())), row.path,
        )
        for row in rows(handbook)
    )  # fmt: skip
    return _table(DOCUMENT_FIELDS, table)


def _table(fields: Iterable[str], table: Iterable[Iterable[str | int | None]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # RFC 4180: commas, double quotes, CRLF
    writer.writerow(fields)
    writer.writerows([value if isinstance(value, int) else harmless(value or "") for value in row] for row in table)
    return text.getvalue()


def harmless(text: str) -> str:
    """Text that a spreadsheet takes for no formula: an apostrophe goes before what begins like one."""
    shown = printable(text)
    return f"'{shown}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else shown
