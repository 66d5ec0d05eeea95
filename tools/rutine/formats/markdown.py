"""Tables in Markdown, as comments and descriptions on GitHub and GitLab show them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rutine.deadlines import Agenda
from rutine.formats._listing import rows
from rutine.formats._plain import printable
from rutine.formats._words import basis, owner_title, state, totals
from rutine.i18n import render
from rutine.model import Handbook, Message, say

if TYPE_CHECKING:
    from rutine.forecast import Forecast

_MARKUP = re.compile(r"[\\`*_{}\[\]<>&|~$]|(?<=[#@!])(?=\w)|(?<=:)(?=//|[\w+-]+:)|(?<=\bwww)(?=\.)", re.IGNORECASE)


def deadlines(agenda: Agenda) -> str:
    """A table of deadlines, and the counts below it."""
    language = agenda.settings.language
    heads = (say("Review"), say("Date"), say("Id"), say("Title"), say("Owner"), say("Rests on"), say("File"))
    table = (
        (
            state(row, language), row.due.isoformat(), row.id or "", row.title or "",
            owner_title(agenda.settings, row.owner), basis(row, language), row.path,
        )
        for row in agenda.deadlines
    )  # fmt: skip
    return _table(heads, table, totals(agenda), language) if agenda.deadlines else f"{escaped(totals(agenda))}\n"


def forecast(forecast: Forecast) -> str:
    """How much there is to review, by owner, unit and month, and what to take earlier."""
    from rutine.formats._outlook import advice, opening, suggestions, tables  # other commands do without
    from rutine.levelling import plan

    planned = plan(forecast)
    parts = [
        escaped(opening(forecast)) + "\n",
        *(_lines(table.heads, table.rows) for table in tables(forecast, planned)),
    ]
    parts.append(escaped(render(advice(planned), forecast.settings.language)) + "\n")
    parts.append("".join(f"- {escaped(line)}\n" for line in suggestions(forecast, planned)))
    return "\n".join(part for part in parts if part)


def documents(handbook: Handbook) -> str:
    """A table of documents, and their number below it."""
    language = handbook.settings.language
    heads = (say("Id"), say("Title"), say("Kind"), say("Status"), say("Owner"), say("File"))
    table = [(row.id, row.title, row.kind, row.status, row.owner, row.path) for row in rows(handbook)]
    return _table(heads, table, render(say("Documents: {count}.", count=len(table)), language), language)


def _table(heads: Iterable[Message], table: Iterable[Iterable[str]], closing: str, language: str) -> str:
    return _lines([render(head, language) for head in heads], table) + f"\n{escaped(closing)}\n"


def _lines(heads: list[str], table: Iterable[Iterable[str]]) -> str:
    lines = [
        [escaped(head) for head in heads],
        ["---"] * len(heads),
        *([escaped(cell) for cell in row] for row in table),
    ]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def escaped(text: str) -> str:
    """Text that stays as it is: no markup, no line of its own, and nobody and nothing that is mentioned by it."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}" if found[0] else "<!-- -->", printable(text).strip())
