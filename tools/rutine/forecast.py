"""Which reviews the coming months hold, by owner and by unit. Every review that falls due is counted, not only the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rutine.belonging import owner_of, units_of
from rutine.dates import Interval
from rutine.deadlines import Deadline
from rutine.model import Settings

HORIZONS = (3, 6, 12, 24)  # months ahead


class Review(NamedTuple):
    """A review to come of a document: the next one (`turn` 0), or one of those that follow.

    `due` is its day. A review that is overdue is due at once: on the day from which one looks ahead.
    """

    row: Deadline
    due: date
    turn: int


class Share(NamedTuple):
    """What one owner or one unit has before it: how much is overdue, and how many reviews fall due within each horizon.

    `name` is None for documents whose owner nobody knows. What is overdue is counted in every horizon: it is to be done.
    """

    name: str | None
    overdue: int
    counts: tuple[int, ...]


class Forecast(NamedTuple):
    """The reviews from a day on, as far as so many months ahead, and how many there are for whom."""

    settings: Settings
    today: date
    months: int
    until: date
    reviews: tuple[Review, ...]
    total: Share
    owners: tuple[Share, ...]
    units: tuple[Share, ...]


def forecast(settings: Settings, today: date, rows: Sequence[Deadline], months: int) -> Forecast:
    """What the months from `today` on hold; `reviews` are those until `months` have passed, soonest first."""
    ends = [end_of(today, number) for number in HORIZONS]
    coming = list(reviews_until(rows, today, max(ends[-1], end_of(today, months))))
    until = end_of(today, months)
    shares = (
        _shares(coming, today, ends, lambda row: (owner_of(settings, row.owner),)),
        _shares(coming, today, ends, lambda row: units_of(settings, row.owner) or (None,)),
    )
    owners, units = ([found[name] for name in (*known, None) if name in found]
                     for found, known in zip(shares, (settings.roles, settings.units), strict=True))  # fmt: skip
    total = _share(None, coming, today, ends)
    listed = tuple(review for review in coming if review.due <= until)
    return Forecast(settings, today, months, until, listed, total, tuple(owners), tuple(units))


def end_of(today: date, months: int) -> date:
    """The last day of so many months ahead; it belongs to them, as with `rutine due --within`."""
    return Interval(months, "month").after(today) or date.max


def reviews_until(rows: Iterable[Deadline], today: date, until: date) -> list[Review]:
    """Every review that falls due until a day, soonest first."""
    found = (review for row in rows for review in _reviews(row, today, until))
    return sorted(found, key=lambda review: (review.due, review.row.due, review.row.path))


def _reviews(row: Deadline, today: date, until: date) -> Iterator[Review]:
    """The next review, and those that follow it at the document's interval.

    All are reckoned from the first, so that the 31st stays the 31st wherever a month has one.
    """
    first = max(row.due, today)
    due: date | None = first
    turn = 0
    while due is not None and due <= until:
        yield Review(row, due, turn)
        turn += 1
        due = Interval(row.interval.number * turn, row.interval.unit).after(first)


def _shares(
    reviews: Iterable[Review], today: date, ends: Sequence[date], whose: Callable[[Deadline], Iterable[str | None]]
) -> dict[str | None, Share]:
    by_name: dict[str | None, list[Review]] = {}
    for review in reviews:
        for name in whose(review.row):
            by_name.setdefault(name, []).append(review)
    return {name: _share(name, own, today, ends) for name, own in by_name.items()}


def _share(name: str | None, reviews: Iterable[Review], today: date, ends: Sequence[date]) -> Share:
    reviews = list(reviews)
    overdue = sum(review.turn == 0 and review.row.due < today for review in reviews)
    return Share(name, overdue, tuple(sum(review.due <= end for review in reviews) for end in ends))
