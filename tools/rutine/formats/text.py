"""Plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rutine.cited_acts import CitedAct, CitedActs
from rutine.deadlines import Agenda
from rutine.formats import Shown
from rutine.formats._listing import rows as listed
from rutine.formats._plain import closing, line, printable
from rutine.formats._words import basis, owner_title, reasons, state, totals
from rutine.i18n import render
from rutine.model import Handbook, Report, say

_WIDEST = 60  # characters of a column before the last; longer values are cut


def findings(report: Report) -> str:
    """A line for each finding in the order of files, then one that counts them, then what to do next."""
    language = report.handbook.settings.language
    return "\n".join([*(line(finding, language) for finding in report.findings), *closing(report)]) + "\n"


def deadlines(agenda: Agenda) -> str:
    """A line for each document, its state first, then one that counts them."""
    language = agenda.settings.language
    table = [
        (
            state(row, language),
            row.due.isoformat(),
            row.id or "–",
            row.title or "–",
            owner_title(agenda.settings, row.owner) or "–",
            basis(row, language),
            _why(reasons(row, agenda.settings, language), language),
            row.path,
        )
        for row in agenda.deadlines
    ]
    return "\n".join([*aligned(table, whole=2), totals(agenda)]) + "\n"


def _why(told: Sequence[str], language: str) -> str:
    """Why it is that day; of several reasons the first, and how many there are beside it."""
    more = len(told) - 1
    return render(say("{reason} (and {count} more)", reason=told[0], count=more), language) if more else told[0]


def documents(handbook: Handbook) -> str:
    """A line for each document, then one that counts them."""
    table = [(row.id, row.title, row.kind, row.status, row.owner, row.path) for row in listed(handbook)]
    total = say("Documents: {count}.", count=len(table))
    return "\n".join([*aligned(table), render(total, handbook.settings.language)]) + "\n"


def acts(found: CitedActs) -> str:
    """A line for each act: how many documents cite it, as of which day it was read, and how many wait for a review."""
    language = found.settings.language

    def told(act: CitedAct) -> str:
        count = len(act.waiting)
        text = say("{count} documents to be reviewed", one="{count} document to be reviewed", count=count)
        return f"{render(text, language)}: {', '.join(act.waiting)}" if count else "–"

    table = [
        (
            act.identifier,
            act.title or "–",
            render(say("{count} documents", one="{count} document", count=act.documents), language),
            render(say("state checked {date}", date=act.checked), language) if act.checked else "–",
            told(act),
        )
        for act in found.acts
    ]
    return "".join(f"{line}\n" for line in aligned(table)) if table else ""


def document(shown: Shown) -> str:
    """Everything that is known of a document: a label and a value a line."""
    from rutine.formats._facts import facts  # a check, the most frequent command, does without

    found = [(fact.label, fact.values) for fact in facts(shown)]
    width = max(len(label) for label, _ in found) + 2
    lines = []
    for label, values in found:
        for index, value in enumerate(values):
            lines.append(f"{f'{label}:' if index == 0 else '':{width}}{printable(value)}".rstrip())
    return "\n".join(lines) + "\n"


def aligned(table: Sequence[Sequence[str]], whole: int = 1) -> list[str]:
    """The rows with their columns one below the other; so many of the last ones are never cut."""
    rows = [[*map(_cut, cells[:-whole]), *map(printable, cells[-whole:])] for cells in table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cut(cell: str) -> str:
    text = printable(cell) or "–"
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
