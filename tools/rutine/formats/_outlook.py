"""The work to come in the reader's words: tables with their heads, and each suggestion with why it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from rutine.forecast import HORIZONS, Forecast, Share
from rutine.formats._words import owner_title, unit_title
from rutine.i18n import render
from rutine.levelling import Move, Plan
from rutine.model import Message, say


class Table(NamedTuple):
    """A table in plain text: its heads, and its rows."""

    heads: list[str]
    rows: list[list[str]]


def tables(forecast: Forecast, plan: Plan) -> Iterator[Table]:
    """By owner, by unit, and by month."""
    language = forecast.settings.language
    nobody = render(say("No owner that the handbook knows"), language)
    ahead = [render(say("{count} months", count=months), language) for months in HORIZONS]
    counted = [render(say("Overdue"), language), *ahead]
    owners = [_row(share, owner_title(forecast.settings, share.name) or nobody) for share in forecast.owners]
    units = [_row(share, unit_title(forecast.settings, share.name or "") or nobody) for share in forecast.units]
    everything = _row(forecast.total, render(say("All"), language))
    if forecast.owners:
        yield Table([render(say("Owner"), language), *counted], [*owners, everything])
        yield Table([render(say("Unit"), language), *counted], units)
        yield _months(plan, language)


def _months(plan: Plan, language: str) -> Table:
    heads = [render(head, language) for head in (say("Month"), say("Fall due"), say("As suggested"))]
    return Table(heads, [[f"{row.month:%Y-%m}", str(row.due), str(row.planned)] for row in plan.months])


def _row(share: Share, name: str) -> list[str]:
    return [name, str(share.overdue), *map(str, share.counts)]


def opening(forecast: Forecast) -> str:
    """From when to when, and how many reviews that is."""
    told = say(
        "Reviews from {start} to {end}: {count}. A document that is reviewed often is counted each time.",
        start=forecast.today.isoformat(), end=forecast.until.isoformat(), count=len(forecast.reviews),
    )  # fmt: skip
    return render(told, forecast.settings.language)


def suggestions(forecast: Forecast, plan: Plan) -> Iterator[str]:
    """Each move on a line: which document, to which month, and why."""
    for move in plan.moves:
        yield render(_suggestion(move, owner_title(forecast.settings, move.owner)), forecast.settings.language)


def _suggestion(move: Move, owner: str) -> Message:
    row = move.review.row
    return say(
        "Review {document} in {month} rather than on {due}. Reviews of {owner}: {there} in {left}, {here} in {month}.",
        document=" ".join(part for part in (row.id, row.title) if part) or row.path,
        month=_month(move.month), due=move.review.due.isoformat(), owner=owner or "–",
        there=move.there, left=_month(move.review.due), here=move.here,
    )  # fmt: skip


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def advice(plan: Plan) -> Message:
    """What the suggestions are, or that there are none."""
    if not plan.moves:
        return say("The reviews are spread well enough. There is nothing to suggest.")
    return say(
        "To even out the work, take {count} reviews earlier than they fall due:",
        one="To even out the work, take one review earlier than it falls due:",
        count=len(plan.moves),
    )
