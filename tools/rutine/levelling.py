"""A suggestion that evens out the work of reviewing: which documents to take earlier, so that no month holds too much."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rutine.belonging import owner_of
from rutine.dates import Interval
from rutine.forecast import Forecast, Review

EASY = 2  # reviews of one owner in a month that nobody needs to spread
_TRIES = 12


class Move(NamedTuple):
    """A review to be done in an earlier month, given as its first day.

    `there` and `here` are how many reviews the owner has in the month that it leaves and in the one that it goes to,
    before anything is moved; `most` is how many the fullest month then holds.
    """

    review: Review
    owner: str | None
    month: date
    there: int
    here: int
    most: int


class Month(NamedTuple):
    """How many reviews a calendar month holds as they fall due, and how many with the suggestion."""

    month: date
    due: int
    planned: int


class Plan(NamedTuple):
    """The moves, soonest month first, and what every month of the forecast then holds."""

    moves: tuple[Move, ...]
    months: tuple[Month, ...]


class _Task(NamedTuple):
    """A review by the numbers of the months in which it may be done: the first, and that in which it is due."""

    review: Review
    first: int
    due: int


def plan(forecast: Forecast) -> Plan:
    """The same for the same forecast. Nothing is moved later than its day, nor into a month that has begun."""
    starts = months_between(forecast.today, forecast.until)
    number = {start: index for index, start in enumerate(starts)}
    last = {review.row.path: review.turn for review in forecast.reviews}
    by_owner: dict[str | None, list[_Task]] = {}
    for review in forecast.reviews:
        due = number[month_of(review.due)]
        first = min(due, _first(review, forecast, number)) if last[review.row.path] == review.turn else due
        by_owner.setdefault(owner_of(forecast.settings, review.row.owner), []).append(_Task(review, first, due))
    moves = [move for owner, tasks in by_owner.items() for move in _moves(owner, tasks, starts)]
    moves.sort(key=lambda move: (move.month, move.review.due, move.review.row.path))
    before = _loads((number[month_of(review.due)] for review in forecast.reviews), len(starts))
    after = list(before)
    for move in moves:
        after[number[month_of(move.review.due)]] -= 1
        after[number[move.month]] += 1
    return Plan(tuple(moves), tuple(Month(*row) for row in zip(starts, before, after, strict=True)))


def month_of(day: date) -> date:
    """The first day of a day's month."""
    return day.replace(day=1)


def months_between(start: date, end: date) -> list[date]:
    """The calendar months from one day to another, by their first days."""
    found, month = [], month_of(start)
    while month <= end:
        found.append(month)
        following = Interval(1, "month").after(month)
        if following is None:
            break
        month = following
    return found


def _first(review: Review, forecast: Forecast, number: Mapping[date, int]) -> int:
    """The first month in which a document's last review of the forecast may be done.

    The month has not begun, less than half of the interval is given away, and the review after it stays beyond the
    forecast: a suggestion that makes more work is none.
    """
    interval = review.row.interval
    following = interval.before(forecast.until) or date.min
    half = (interval.after(review.due) or date.max) - review.due
    earliest = max(forecast.today, review.due - half // 2, following + timedelta(days=1))
    while interval.after(earliest) is not None and (interval.after(earliest) or date.max) <= forecast.until:
        earliest += timedelta(
            days=1
        )  # 30 November and three months is the end of February, as 28 November and three is
    start = month_of(earliest)
    if start < earliest:
        start = Interval(1, "month").after(start) or earliest
    return number.get(start, len(number))


def _moves(owner: str | None, tasks: Sequence[_Task], starts: Sequence[date]) -> list[Move]:
    before = _loads((task.due for task in tasks), len(starts))
    placed = _spread(tasks, before)
    most = max(_loads((month for _, month in placed), len(starts)))
    return [
        Move(task.review, owner, starts[month], before[task.due], before[month], most)
        for task, month in placed
        if month != task.due
    ]


def _spread(tasks: Sequence[_Task], before: Sequence[int]) -> list[tuple[_Task, int]]:
    """Every review with its month: of several ways, the one whose fullest months are least full, then with fewest moves."""
    fair, most = max(EASY, -(-len(tasks) // len(before))), max(before)
    unmoved = [(task, task.due) for task in tasks]
    ways = [_placed(tasks, len(before), cap) for cap in _caps(tasks, len(before), fair, most)] + [unmoved]

    def fullness(way: Sequence[tuple[_Task, int]]) -> tuple[list[int], int]:
        loads = sorted((max(load, EASY) for load in _loads((month for _, month in way), len(before))), reverse=True)
        return loads, sum(month != task.due for task, month in way)

    return min(ways, key=fullness)


def _caps(tasks: Sequence[_Task], months: int, fair: int, most: int) -> Iterable[int]:
    """How many a month may hold: the fewest that can be kept to in all months, and some numbers around it."""
    low, high = fair, most
    while low < high:
        middle = (low + high) // 2
        if max(_loads((month for _, month in _placed(tasks, months, middle)), months)) <= middle:
            high = middle
        else:
            low = middle + 1
    return sorted({low, *range(fair, most, max(1, (most - fair) // _TRIES))}) if fair < most else ()


def _placed(tasks: Sequence[_Task], months: int, cap: int) -> list[tuple[_Task, int]]:
    """From the last month back to the first: each keeps up to `cap` reviews, and what is more goes to the one before it.

    Those stay that cannot go further; then those whose day is latest, so that a review moves as little as can be.
    """
    due: dict[int, list[_Task]] = {}
    for task in tasks:
        due.setdefault(task.due, []).append(task)
    placed: list[tuple[_Task, int]] = []
    waiting: list[_Task] = []
    for month in reversed(range(months)):
        waiting += due.get(month, ())
        waiting.sort(
            key=lambda task: (-task.first, -task.review.due.toordinal(), task.review.row.path, task.review.turn)
        )
        bound = sum(task.first >= month for task in waiting)
        stay = max(cap, bound)
        placed += ((task, month) for task in waiting[:stay])
        del waiting[:stay]
    return placed


def _loads(months: Iterable[int], length: int) -> list[int]:
    found = [0] * length
    for month in months:
        found[month] += 1
    return found
