"""The annual wheel: what the next twelve months hold, as a picture and as a table of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rutine.dates import Interval, parse_date
from rutine.forecast import Review, reviews_until
from rutine.levelling import month_of, months_between
from rutine.model import Document, Message, Page, Report, say
from rutine.pages._places import role_page
from rutine.pages._shelf import MANY, Shelf, chip, shelf_of
from rutine.pages._text import capital, h, join, md, paragraph, region, section
from rutine.pages._ways import FORECAST, REVIEWS, title, way
from rutine.pages._ways import WHEEL as HERE
from rutine.pages._wheel import Sector, wheel

ORDER = 27
MONTHS = 12


class Change(NamedTuple):
    """A document comes into force, or is withdrawn, on a day that is known already."""

    day: date
    document: Document
    is_withdrawal: bool


def pages(report: Report) -> Iterator[Page]:
    """One page, if documents are reviewed at all."""
    shelf = shelf_of(report)
    published = {document.path for document in shelf.documents}
    rows = [row for row in shelf.deadlines.values() if row.path in published]
    if not rows:
        return
    months = months_between(shelf.today, _last_month(shelf.today))
    end = Interval(1, "month").after(months[-1]) or date.max
    reviews = [review for review in reviews_until(rows, shelf.today, end) if month_of(review.due) in months]
    changes = [change for change in _changes(shelf) if month_of(change.day) in months]
    name, words = title(shelf, HERE), shelf.words
    told = words(
        say(
            "What falls due from {date} on, month by month. A document that is reviewed several times a year stands in several months.",
            date=h(words.day(shelf.today)),
        )
    )
    more = words(
        say(
            "Every date stands in {calendar}. How much work it is for whom stands in {forecast}.",
            calendar=way(shelf, HERE, REVIEWS), forecast=way(shelf, HERE, FORECAST),
        )
    )  # fmt: skip
    sectors = [_sector(shelf, month, reviews, changes) for month in months]
    picture = section(words(say("As a picture")), "picture", wheel(shelf, sectors) if len(sectors) == MONTHS else "")
    listed = section(words(say("As a table")), "months", _table(shelf, sectors, reviews, changes))
    parts = [f"# {md(name)}\n", paragraph(told), picture if len(sectors) == MONTHS else "", listed, paragraph(more)]
    yield Page(HERE, name, join(parts), menu=words(say("Overviews")), search=None)


def _last_month(today: date) -> date:
    return Interval(MONTHS - 1, "month").after(month_of(today)) or date.max


def _changes(shelf: Shelf) -> list[Change]:
    """What is to come into force or to be withdrawn, soonest first."""
    found = []
    for document in shelf.documents:
        start, end = (parse_date(document.value(meaning)) for meaning in ("effective-from", "withdrawn-on"))
        if start and start > shelf.today and shelf.state(document) == "upcoming":
            found.append(Change(start, document, False))
        if end and end > shelf.today and shelf.state(document) != "draft":
            found.append(Change(end, document, True))
    return sorted(found, key=lambda change: (change.day, change.document.path))


def _sector(shelf: Shelf, month: date, reviews: Sequence[Review], changes: Sequence[Change]) -> Sector:
    own = [review for review in reviews if month_of(review.due) == month]
    overdue = sum(_is_overdue(shelf, review) for review in own)
    return Sector(month, len(own), overdue, sum(month_of(change.day) == month for change in changes))


def _is_overdue(shelf: Shelf, review: Review) -> bool:
    return review.turn == 0 and review.row.due < shelf.today


def _table(shelf: Shelf, sectors: Sequence[Sector], reviews: Sequence[Review], changes: Sequence[Change]) -> str:
    """A row for each month: how many reviews, and which; of very many only their number."""
    words = shelf.words
    month, due = h(words(say("Month"))), h(words(say("What is due")))
    lines = [
        f'<table class="rutine-grid rutine-months"><thead><tr><th scope="col">{month}</th><th scope="col">{due}</th></tr></thead>',
        "<tbody>",
    ]
    for sector in sectors:
        told = [_change(shelf, change) for change in changes if month_of(change.day) == sector.month]
        if len(reviews) <= MANY:
            told += [_review(shelf, review) for review in reviews if month_of(review.due) == sector.month]
        listed = "".join(f"<li>{one}</li>" for one in told)
        cell = f'<ul class="rutine-due">{listed}</ul>' if told else "–"
        lines.append(f'<tr><th scope="row">{_month(shelf, sector)}</th><td>{cell}</td></tr>')
    return region(title(shelf, HERE), [*lines, "</tbody>", "</table>"])


def _month(shelf: Shelf, sector: Sector) -> str:
    """A month's name, with how many reviews it holds."""
    words = shelf.words
    told = h(words(say("{count} reviews", one="{count} review", count=sector.reviews)))
    late = chip("overdue", h(words(say("{count} overdue", count=sector.overdue)))) if sector.overdue else ""
    return f"{h(capital(words.month(sector.month)))}<br><small>{told}</small> {late}".rstrip()


def _review(shelf: Shelf, review: Review) -> str:
    role = shelf.settings.roles.get(review.row.owner or "")
    owner = shelf.lead(h(shelf.name(role)), HERE, role_page(role.name)) if role else h(review.row.owner or "")
    overdue = _is_overdue(shelf, review)
    day = shelf.words(say("due {date}", date=shelf.words.day(review.row.due if overdue else review.due)))
    mark = chip("overdue", h(shelf.words(say("Overdue")))) if overdue else ""
    document = shelf.by_path[review.row.path]
    told = " · ".join(part for part in (h(document.value("id") or ""), h(day), owner) if part)
    return f"{' '.join(part for part in (shelf.link(document, HERE), mark) if part)}<br><small>{told}</small>"


def _change(shelf: Shelf, change: Change) -> str:
    text: Message = say("withdrawn from {date}", date=shelf.words.day(change.day))
    if not change.is_withdrawal:
        text = say("in force from {date}", date=shelf.words.day(change.day))
    told = [h(change.document.value("id") or ""), h(shelf.words(text))]
    return f"{shelf.link(change.document, HERE)}<br><small>{' · '.join(part for part in told if part)}</small>"
