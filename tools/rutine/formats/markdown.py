"""Tables and memos in Markdown, as comments and descriptions on GitHub and GitLab show them."""

from __future__ import annotations

from collections.abc import Iterable

from rutine.deadlines import Agenda
from rutine.formats._listing import rows
from rutine.formats._memo import written
from rutine.formats._plain import escaped
from rutine.formats._words import basis, owner_title, state, totals
from rutine.i18n import render
from rutine.memo import Memo
from rutine.model import Handbook, Message, say


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


def documents(handbook: Handbook) -> str:
    """A table of documents, and their number below it."""
    language = handbook.settings.language
    heads = (say("Id"), say("Title"), say("Kind"), say("Status"), say("Owner"), say("File"))
    table = [(row.id, row.title, row.kind, row.status, row.owner, row.path) for row in rows(handbook)]
    return _table(heads, table, render(say("Documents: {count}.", count=len(table)), language), language)


def memo(memo: Memo) -> str:
    """The memo, as a comment on a pull request or merge request."""
    return written(memo)


def _table(heads: Iterable[Message], table: Iterable[Iterable[str]], closing: str, language: str) -> str:
    names = [escaped(render(head, language)) for head in heads]
    lines = [names, ["---"] * len(names), *([escaped(cell) for cell in row] for row in table)]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines) + f"\n{escaped(closing)}\n"
