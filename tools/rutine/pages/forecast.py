"""The review work ahead: how many reviews each owner and unit has before it, and what to take earlier."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rutine.deadlines import Deadline
from rutine.forecast import HORIZONS, Share, forecast
from rutine.levelling import Move, Plan, plan
from rutine.model import Page, Report, say
from rutine.pages._places import role_page, unit_page
from rutine.pages._shelf import MANY, Shelf, chip, shelf_of
from rutine.pages._text import capital, code, h, items, join, md, paragraph, prose, region, section
from rutine.pages._ways import FORECAST as HERE
from rutine.pages._ways import REVIEWS, WHEEL, title, way

ORDER = 28
MONTHS = 12  # that the months and the suggestions reach


def pages(report: Report) -> Iterator[Page]:
    """One page, if documents are reviewed at all."""
    shelf = shelf_of(report)
    published = {document.path for document in shelf.documents}
    rows = sorted(
        (row for row in shelf.deadlines.values() if row.path in published), key=lambda row: (row.due, row.path)
    )
    if rows:
        name, words = title(shelf, HERE), shelf.words
        parts = [f"# {md(name)}\n", *_intro(shelf), *_sections(shelf, rows)]
        yield Page(HERE, name, join(parts), menu=words(say("Overviews")), search=None)


def _intro(shelf: Shelf) -> Iterator[str]:
    words = shelf.words
    yield paragraph(
        words(
            say(
                "How many reviews fall due within 3, 6, 12 and 24 months from {date}. A document that is reviewed every 6 months is counted four times in 24 months, and what is overdue is counted as work to be done now.",
                date=h(words.day(shelf.today)),
            )
        )
    )
    yield paragraph(
        words(
            say(
                "The dates stand in {calendar}, and the months side by side in {wheel}.",
                calendar=way(shelf, HERE, REVIEWS), wheel=way(shelf, HERE, WHEEL),
            )
        )
    )  # fmt: skip


def _sections(shelf: Shelf, rows: Sequence[Deadline]) -> Iterator[str]:
    found = forecast(shelf.settings, shelf.today, rows, MONTHS)
    planned, words = plan(found), shelf.words
    roles, units = shelf.settings.roles, shelf.settings.units
    owner, unit = words(say("Owner")), words(say("Unit"))
    everybody = [*found.owners, found.total]
    names = {name: shelf.lead(h(shelf.name(role)), HERE, role_page(name)) for name, role in roles.items()}
    yield section(words(say("By owner")), "owners", _shares(shelf, owner, everybody, found.total, names))
    names = {name: shelf.lead(h(shelf.name(one)), HERE, unit_page(name)) for name, one in units.items()}
    if any(share.name for share in found.units):
        note = paragraph(h(words(say("A unit has the reviews of the roles in it, and in those below it."))))
        shares = _shares(shelf, unit, found.units, None, names)
        yield section(words(say("By unit")), "units", join([note, shares]))
    yield section(words(say("Even out the work")), "suggestion", join(_suggestion(shelf, planned)))


def _shares(shelf: Shelf, head: str, shares: Sequence[Share], total: Share | None, links: Mapping[str, str]) -> str:
    """A row for each: what is overdue, and the number within each length of time."""
    words = shelf.words
    overdue, within = h(words(say("Overdue"))), h(words(say("Within so many months")))
    nobody, everything = words(say("No owner that the handbook knows")), words(say("All"))
    lines = [
        '<table class="rutine-grid rutine-counts"><thead>',
        f'<tr><th scope="col" rowspan="2">{h(head)}</th><th scope="col" rowspan="2">{overdue}</th>'
        f'<th scope="colgroup" colspan="{len(HORIZONS)}">{within}</th></tr>',
        "<tr>" + "".join(f'<th scope="col">{months}</th>' for months in HORIZONS) + "</tr>",
        "</thead><tbody>",
    ]
    for share in shares:
        called = h(everything) if share is total else links.get(share.name or "") or h(nobody)
        late = chip("overdue", str(share.overdue)) if share.overdue else "0"
        cells = "".join(f"<td>{cell}</td>" for cell in (late, *share.counts))
        mark = ' class="rutine-all"' if share is total else ""
        lines.append(f'<tr{mark}><th scope="row">{called}</th>{cells}</tr>')
    return region(head, [*lines, "</tbody>", "</table>"])


def _suggestion(shelf: Shelf, planned: Plan) -> Iterator[str]:
    """The months as they are and as they could be, and each document to take earlier."""
    words = shelf.words
    rule = say(
        "A review may be done earlier than it falls due, and never later. Where an owner has more than two in a month, some are suggested for an earlier month, by no more than half of their interval. Nobody's fullest month gets fuller, and no review is added."
    )
    yield paragraph(h(words(rule)))
    if planned.moves:
        yield items(_move(shelf, move) for move in planned.moves[:MANY])
    else:
        nothing = say("The reviews of the next twelve months are spread well enough. There is nothing to suggest.")
        yield paragraph(h(words(nothing)))
    yield _months(shelf, planned)
    command = code("rutine forecast --months 24")
    yield paragraph(prose(words(say("Other lengths of time, one owner or one unit: "))) + command)


def _months(shelf: Shelf, planned: Plan) -> str:
    words = shelf.words
    heads = "".join(
        f'<th scope="col">{h(words(head))}</th>' for head in (say("Month"), say("Fall due"), say("As suggested"))
    )
    lines = [f'<table class="rutine-grid rutine-counts"><thead><tr>{heads}</tr></thead><tbody>']
    for row in planned.months:
        month = h(capital(words.month(row.month)))
        lines.append(f'<tr><th scope="row">{month}</th><td>{row.due}</td><td>{row.planned}</td></tr>')
    return region(words(say("Reviews by month")), [*lines, "</tbody>", "</table>"])


def _move(shelf: Shelf, move: Move) -> str:
    words, row = shelf.words, move.review.row
    role = shelf.settings.roles.get(move.owner or "")
    months = {"month": words.month(move.month), "left": words.month(move.review.due)}
    earlier = words(say("in {month} rather than on {due}", month=months["month"], due=words.day(move.review.due)))
    why = words(
        say(
            "reviews of {owner}: {there} in {left}, {here} in {month}",
            owner=shelf.name(role) if role else row.owner or "–", there=move.there, here=move.here, **months,
        )
    )  # fmt: skip
    told = " · ".join(h(part) for part in (row.id or "", earlier, why) if part)
    return f"{shelf.link(shelf.by_path[row.path], HERE)}<br><small>{told}</small>"
