"""The review calendar: what is overdue, what is due soon, and what comes later, by month."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from rutine.dates import Interval
from rutine.deadlines import Deadline
from rutine.model import Page, Report, say
from rutine.pages._areas import line
from rutine.pages._places import role_page
from rutine.pages._shelf import MANY, Shelf, chip, shelf_of
from rutine.pages._text import capital, h, heading, items, join, md, paragraph, section
from rutine.pages._ways import CALENDAR, SUBSCRIBING, title, way
from rutine.pages._ways import REVIEWS as HERE
from rutine.pages._why import is_due_now, reasons

ORDER = 26
_YEAR = Interval(1, "year")


def pages(report: Report) -> Iterator[Page]:
    """One page, if documents are reviewed at all."""
    shelf = shelf_of(report)
    published = {document.path for document in shelf.documents}
    rows = sorted(
        (row for row in shelf.deadlines.values() if row.path in published), key=lambda row: (row.due, row.path)
    )
    if not rows:
        return
    words, name = shelf.words, title(shelf, HERE)
    overdue, due, later = ([row for row in rows if row.state == state] for state in ("overdue", "due", "later"))
    told = words(say("Reviews as they stood on {date}.", date=h(words.day(shelf.today))))
    calendar = shelf.lead(h(words(say("as a calendar"))), HERE, CALENDAR)
    take = words(
        say(
            "You can also take all reviews into your own calendar program {calendar}. Each role and unit has its own: {subscribing} tells how.",
            calendar=calendar,
            subscribing=way(shelf, HERE, SUBSCRIBING),
        )
    )
    parts = [f"# {md(name)}\n", paragraph(told), paragraph(take)]
    now, soon = ([row for row in due if is_due_now(row) == wanted] for wanted in (True, False))
    groups = (
        (words(say("Overdue")), "overdue", overdue),
        (words(say("Due now, for what they rest on has changed")), "suspect", now),
        (words(say("Due soon")), "due", soon),
    )
    for heading_, anchor, group in groups:
        if group:
            parts.append(f"{heading(2, chip(anchor, md(f'{heading_}: {len(group)}')), anchor)}\n{_rows(shelf, group)}")
    yield Page(HERE, name, join([*parts, *_months(shelf, later)]), menu=words(say("Overviews")), search=None)


def _months(shelf: Shelf, rows: list[Deadline]) -> Iterator[str]:
    """What comes later; of very many, a year of it, and how many there are after that."""
    end = _YEAR.after(shelf.today) if len(rows) > MANY else None
    shown = [row for row in rows if end is None or row.due <= end]
    for month, found in groupby(shown, key=lambda row: row.due.replace(day=1)):
        yield section(capital(shelf.words.month(month)), month.strftime("%Y-%m"), _rows(shelf, list(found)))
    if end and len(shown) < len(rows):
        left, day = len(rows) - len(shown), h(shelf.words.day(end))
        told = say("{count} more are due after {date}.", one="{count} more is due after {date}.", count=left, date=day)
        yield paragraph(shelf.words(told))


def _rows(shelf: Shelf, rows: list[Deadline]) -> str:
    return items(_line(shelf, row) for row in rows)


def _line(shelf: Shelf, row: Deadline) -> str:
    document = shelf.by_path[row.path]
    role = shelf.settings.roles.get(row.owner or "")
    owner = shelf.lead(h(shelf.name(role)), HERE, role_page(role.name)) if role else h(row.owner or "")
    told = [h(shelf.words.day(row.due)), owner]
    if row.state == "overdue":
        told.insert(1, h(shelf.words(say("{count} days over", one="{count} day over", count=-row.days))))
    return line(shelf, document, HERE, note=" · ".join(part for part in (*told, reasons(shelf, row)) if part))
