"""Tables and memos in Markdown, as comments and descriptions on GitHub and GitLab show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rutine.deadlines import Agenda
from rutine.formats._listing import rows
from rutine.formats._memo import written
from rutine.formats._plain import escaped
from rutine.formats._stamps import OWNERS, UNITS, batch_heads, batch_rows, heads, owner_rows, unit_rows
from rutine.formats._words import basis, owner_title, reasons, state, totals
from rutine.i18n import render
from rutine.memo import Memo
from rutine.model import Handbook, Message, say
from rutine.stamp_words import CANNOT_TELL, MEANINGS, summary
from rutine.stamps import Stamps

if TYPE_CHECKING:
    from rutine.forecast import Forecast


def deadlines(agenda: Agenda) -> str:
    """A table of deadlines, and the counts below it."""
    language = agenda.settings.language
    names = (
        say("Review"),
        say("Date"),
        say("Id"),
        say("Title"),
        say("Owner"),
        say("Rests on"),
        say("Why"),
        say("File"),
    )
    table = (
        (
            state(row, language), row.due.isoformat(), row.id or "", row.title or "",
            owner_title(agenda.settings, row.owner), basis(row, language),
            "; ".join(reasons(row, agenda.settings, language)), row.path,
        )
        for row in agenda.deadlines
    )  # fmt: skip
    return _table(names, table, totals(agenda), language) if agenda.deadlines else f"{escaped(totals(agenda))}\n"


def forecast(forecast: Forecast) -> str:
    """How much there is to review, by owner, unit and month, and what to take earlier."""
    from rutine.formats._outlook import advice, opening, suggestions, tables  # other commands do without
    from rutine.levelling import plan

    planned = plan(forecast)
    parts = [
        escaped(opening(forecast)) + "\n",
        *(_rows(table.heads, table.rows) for table in tables(forecast, planned)),
    ]
    parts.append(escaped(render(advice(planned), forecast.settings.language)) + "\n")
    parts.append("".join(f"- {escaped(line)}\n" for line in suggestions(forecast, planned)))
    return "\n".join(part for part in parts if part)


def documents(handbook: Handbook) -> str:
    """A table of documents, and their number below it."""
    language = handbook.settings.language
    names = (say("Id"), say("Title"), say("Kind"), say("Status"), say("Owner"), say("File"))
    table = [(row.id, row.title, row.kind, row.status, row.owner, row.path) for row in rows(handbook)]
    return _table(names, table, render(say("Documents: {count}.", count=len(table)), language), language)


def reviews(found: Stamps) -> str:
    """Tables of owners, of units and of the commits to look at, and what the figures can mean."""
    language = found.settings.language
    tables = [
        (heads(OWNERS, language), owner_rows(found)),
        (heads(UNITS, language), unit_rows(found)),
        (batch_heads(language), batch_rows(found)),
    ]
    parts = [f"{escaped(render(summary(found), language))}\n", *(_rows(names, rows) for names, rows in tables if rows)]
    if found.untold:
        reason = render(found.untold, language)
        parts.append(f"{escaped(render(Message(CANNOT_TELL.text, {'reason': reason}), language))}\n")
    parts += [f"{escaped(render(meaning, language))}\n" for meaning in MEANINGS if found.total.reviews]
    return "\n".join(parts)


def memo(memo: Memo) -> str:
    """The memo, as a comment on a pull request or merge request."""
    return written(memo)


def _table(names: Iterable[Message], table: Iterable[Iterable[str]], closing: str, language: str) -> str:
    return _rows([render(head, language) for head in names], table) + f"\n{escaped(closing)}\n"


def _rows(names: Sequence[str], table: Iterable[Iterable[str]]) -> str:
    lines = [
        [escaped(name) for name in names],
        ["---"] * len(names),
        *([escaped(cell) for cell in row] for row in table),
    ]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)
