"""When each document was last looked at, and what records tell of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from rutine.dates import parse_date
from rutine.evidence import counts
from rutine.model import Entry, Handbook
from rutine.ownership import is_in_force

Basis = Literal["record", "decision", "claim"]


class Review(NamedTuple):
    """A review that a record tells of: its day, and the record."""

    day: date
    entry: Entry


class Records(NamedTuple):
    """What records tell of a document up to a day, the oldest first: reviews, and all others by day and kind.

    Decisions are in neither: what was decided stands in the document.
    """

    reviews: tuple[Review, ...] = ()
    others: tuple[tuple[date, str], ...] = ()


class Ground(NamedTuple):
    """What the next review of a document in force counts from, and what that day rests on.

    That is the day on which somebody last stood by it (None: unknown): the newest of a recorded review, the decision, and
    a review date in the document itself.
    """

    entry: Entry
    since: date | None
    basis: Basis
    decided: date | None
    records: Records


@lru_cache(maxsize=2)
def review_grounds(handbook: Handbook, today: date) -> Mapping[str, Ground]:
    """Every document in force by its path, as seen on that day."""
    records, nothing = _records(handbook, today), Records()
    return {
        path: _ground(handbook, entry, records.get((entry.value("id") or "").lower(), nothing), today)
        for path, entry in handbook.entries.items()
        if is_in_force(entry, handbook.settings)
    }


def held_dates(handbook: Handbook, entry: Entry) -> dict[str, str]:
    """What the dates were from which reviews count, before they were changed with nothing else: a date alone is no evidence."""
    trace = handbook.past.traces.get(entry.path) if handbook.past else None
    return {meaning: was for meaning, was, _ in trace.moved} if trace else {}


def _ground(handbook: Handbook, entry: Entry, records: Records, today: date) -> Ground:
    """A review that is still to come does not count."""
    held = held_dates(handbook, entry)
    basis: Basis = "record"
    since = records.reviews[-1].day if records.reviews else None
    decided = parse_date(held.get("decided-on") or entry.value("decided-on"))
    if decided and (since is None or since < decided):
        since, basis = decided, "decision"
    claimed = parse_date(held.get("reviewed-on") or entry.value("reviewed-on"))
    if claimed and claimed <= today and (since is None or since < claimed):
        since, basis = claimed, "claim"
    return Ground(entry, since, basis, decided, records)


def _records(handbook: Handbook, today: date) -> dict[str, Records]:
    """What records tell, by the id of the document in lower case; nothing that is still to come, and no review that proves nothing."""
    reviews: dict[str, list[Review]] = {}
    others: dict[str, list[tuple[date, str]]] = {}
    for entry in handbook.entries.values():
        kind = handbook.settings.kinds.get(entry.kind or "")
        if kind is None or not kind.is_record:
            continue
        reviewed = parse_date(entry.value("reviewed-on"))
        if reviewed and not counts(handbook, entry):
            continue
        other = None if kind.means("reviewed-on") or kind.means("decided-on") else _day_of(handbook, entry)
        for about in entry.facts.texts("about") if reviewed or other else ():
            if reviewed and reviewed <= today:
                reviews.setdefault(about.lower(), []).append(Review(reviewed, entry))
            elif other and other <= today:
                others.setdefault(about.lower(), []).append((other, kind.name))
    return {
        name: Records(
            tuple(sorted(reviews.get(name, ()), key=lambda review: (review.day, review.entry.path))),
            tuple(sorted(others.get(name, ()))),
        )
        for name in reviews.keys() | others.keys()
    }


def _day_of(handbook: Handbook, record: Entry) -> date | None:
    """The day of a record that is no review: the one that it tells, or that its file is named by, or on which Git got it."""
    told = parse_date(record.value("recorded-on")) or parse_date(record.path.rpartition("/")[2][:10])
    came = handbook.past.records.get(record.path) if handbook.past and not told else None
    return told or (parse_date(came[0].day) if came else None)
