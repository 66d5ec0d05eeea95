"""The review calendar: what is overdue, what is due soon, and what comes later, by month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rutine.deadlines import Deadline
from rutine.model import Page, Report, say
from rutine.pages._areas import line
from rutine.pages._places import role_page
from rutine.pages._shelf import Shelf, chip, shelf_of
from rutine.pages._text import capital, h, heading, items, join, md, paragraph, section

ORDER = 26
HERE = "register/reviews.md"


def pages(report: Report) -> Iterator[Page]:
    """One page, if documents are reviewed at all."""
    shelf = shelf_of(report)
    published = {document.path for document in shelf.documents}
    rows = sorted(
        (row for row in shelf.deadlines.values() if row.path in published), key=lambda row: (row.due, row.path)
    )
    if not rows:
        return
    words = shelf.words
    title = words(say("Review calendar"))
    parts = [
        f"# {md(title)}\n",
        paragraph(words(say("Reviews as they stood on {date}.", date=h(words.day(shelf.today))))),
    ]
    groups = [
        (words(say("Overdue")), "overdue", [row for row in rows if row.state == "overdue"]),
        (words(say("Due soon")), "due", [row for row in rows if row.state == "due"]),
    ]
    for name, anchor, group in groups:
        if group:
            parts.append(f"{heading(2, chip(anchor, md(name)), anchor)}\n{_rows(shelf, group)}")
    later = (row for row in rows if row.state == "later")
    for month, found in groupby(later, key=lambda row: row.due.replace(day=1)):
        parts.append(section(capital(words.month(month)), month.strftime("%Y-%m"), _rows(shelf, list(found))))
    yield Page(HERE, title, join(parts), menu=words(say("Overviews")), search=None)


def _rows(shelf: Shelf, rows: list[Deadline]) -> str:
    return items(_line(shelf, row) for row in rows)


def _line(shelf: Shelf, row: Deadline) -> str:
    document = shelf.by_path[row.path]
    role = shelf.settings.roles.get(row.owner or "")
    owner = shelf.lead(h(shelf.name(role)), HERE, role_page(role.name)) if role else h(row.owner or "")
    note = h(shelf.words.day(row.due))
    return line(shelf, document, HERE, note=f"{note} · {owner}" if owner else note)
