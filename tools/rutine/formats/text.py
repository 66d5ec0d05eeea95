"""Plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rutine.deadlines import Agenda
from rutine.formats import Shown
from rutine.formats._listing import rows as listed
from rutine.formats._plain import closing, line, printable
from rutine.formats._words import basis, owner_title, state, totals
from rutine.i18n import render
from rutine.model import Handbook, Report, say

if TYPE_CHECKING:
    from rutine.forecast import Forecast
    from rutine.notices import Digests

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
            row.path,
        )
        for row in agenda.deadlines
    ]
    return "\n".join([*aligned(table), totals(agenda)]) + "\n"


def forecast(forecast: Forecast) -> str:
    """How much there is to review, by owner, unit and month, and what to take earlier."""
    from rutine.formats._outlook import advice, opening, suggestions, tables  # other commands do without
    from rutine.levelling import plan

    language, planned = forecast.settings.language, plan(forecast)
    parts = [[printable(opening(forecast))]]
    parts += (aligned([table.heads, *table.rows]) for table in tables(forecast, planned))
    parts.append([render(advice(planned), language), *map(printable, suggestions(forecast, planned))])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def digests(found: Digests) -> str:
    """Every message with whom it is for, and what there is nobody to tell of."""
    from rutine.formats._digest import subject, text, unreached  # other commands do without

    language, people = found.settings.language, found.settings.people
    parts = []
    for digest in found.digests:
        person = people[digest.person]
        to = f"{person.full_name} <{person.email}>" if person.email else person.full_name
        parts.append(
            "\n".join(map(printable, [f"To: {to}", f"Subject: {subject(found, digest)}"]))
            + "\n\n"
            + text(found, digest)
        )
    since, until = found.since.isoformat(), found.today.isoformat()
    if not parts:
        nothing = say("There is nobody to tell of a review, after {since} until {until}.", since=since, until=until)
        parts.append(render(nothing, language) + "\n")
    parts += [f"{line}\n" for line in unreached(found)]
    return f"\n{'-' * 72}\n\n".join(parts)


def documents(handbook: Handbook) -> str:
    """A line for each document, then one that counts them."""
    table = [(row.id, row.title, row.kind, row.status, row.owner, row.path) for row in listed(handbook)]
    total = say("Documents: {count}.", count=len(table))
    return "\n".join([*aligned(table), render(total, handbook.settings.language)]) + "\n"


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


def aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """The rows with their columns one below the other; the last column is never cut."""
    rows = [[*map(_cut, cells[:-1]), printable(cells[-1])] for cells in table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cut(cell: str) -> str:
    text = printable(cell) or "–"
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
