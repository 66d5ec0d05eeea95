"""When documents must be reviewed, and what that date rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from rutine.dates import Interval, parse_date, parse_interval
from rutine.evidence import counts
from rutine.model import Entry, Handbook, Settings

Basis = Literal["record", "decision", "claim"]
State = Literal["overdue", "due", "later"]


class Deadline(NamedTuple):
    """When a document's next review is due.

    `basis` says what the date rests on: a review record, the decision that the front matter names, or only a
    review date that somebody typed into the front matter. `days` counts from today, negative when overdue.
    """

    path: str
    id: str | None
    title: str | None
    kind: str | None
    owner: str | None
    units: tuple[str, ...]
    due: date
    state: State
    days: int
    basis: Basis
    since: date
    interval: Interval
    line: int
    column: int


class Agenda(NamedTuple):
    """Deadlines as seen on a day, soonest first: all of them, or those up to the day `until`."""

    settings: Settings
    today: date
    deadlines: tuple[Deadline, ...]
    until: date | None = None

    def number_of(self, state: State) -> int:
        """How many deadlines are in that state."""
        return sum(row.state == state for row in self.deadlines)


def deadlines(handbook: Handbook, today: date) -> Iterator[Deadline]:
    """The next review of every document in force that says, or whose handbook says, how often it is reviewed."""
    soon = parse_interval(handbook.settings.review_soon) or Interval(60, "day")
    horizon = soon.after(today) or date.max
    records = _records(handbook, today)
    for entry in handbook.entries.values():
        record = records.get((entry.value("id") or "").lower())
        found = _deadline(entry, handbook, record, today, horizon)
        if found:
            yield found


def _deadline(entry: Entry, handbook: Handbook, record: date | None, today: date, horizon: date) -> Deadline | None:
    settings = handbook.settings
    kind = settings.kinds.get(entry.kind or "")
    if kind is None or kind.is_record or kind.status(entry.value("status")) != "in-force":
        return None
    interval = review_interval(entry, settings)
    started = _start(entry, held_dates(handbook, entry), record, today)
    if interval is None or started is None:
        return None
    since, basis = started
    due = interval.after(since)
    if due is None:
        return None
    state: State = "overdue" if due < today else "due" if due <= horizon else "later"
    place = (
        entry.fact("review-interval")
        or entry.fact("review-class")
        or entry.fact("reviewed-on")
        or entry.fact("decided-on")
    )
    units = tuple(entry.facts.texts("scope-unit"))
    return Deadline(
        entry.path, entry.value("id"), entry.value("title"), entry.kind, entry.value("owner"), units,
        due, state, (due - today).days, basis, since, interval, place.line if place else 1, place.column if place else 1,
    )  # fmt: skip


def review_interval(entry: Entry, settings: Settings) -> Interval | None:
    """How often a document is reviewed: its own interval, that of its risk class, or the handbook's."""
    own, risk_class = entry.value("review-interval"), entry.value("review-class")
    if own is not None:
        return parse_interval(own)
    if risk_class is not None:
        return parse_interval(settings.review_classes.get(risk_class))
    return parse_interval(settings.review_every)


def held_dates(handbook: Handbook, entry: Entry) -> dict[str, str]:
    """What the dates were from which reviews count, before they were changed with nothing else: a date alone is no evidence."""
    trace = handbook.past.traces.get(entry.path) if handbook.past else None
    return {meaning: was for meaning, was, _ in trace.moved} if trace else {}


def _start(entry: Entry, held: Mapping[str, str], record: date | None, today: date) -> tuple[date, Basis] | None:
    """The day that the interval counts from: the newest of what is known, and what kind of knowledge that is.

    A review that is still to come is none.
    """
    known: list[tuple[date, Basis]] = [(record, "record")] if record else []
    if decided := parse_date(held.get("decided-on") or entry.value("decided-on")):
        known.append((decided, "decision"))
    if (reviewed := parse_date(held.get("reviewed-on") or entry.value("reviewed-on"))) and reviewed <= today:
        known.append((reviewed, "claim"))
    return max(known, key=lambda item: item[0]) if known else None


def _records(handbook: Handbook, today: date) -> dict[str, date]:
    """The newest review that a record tells of, by the id of the document in lower case; none that is still to come."""
    newest: dict[str, date] = {}
    for entry in handbook.entries.values():
        kind = handbook.settings.kinds.get(entry.kind or "")
        reviewed = parse_date(entry.value("reviewed-on")) if kind and kind.is_record else None
        reviewed = reviewed if reviewed and counts(handbook, entry) else None
        for about in entry.facts.get("about", ()) if reviewed else ():
            identifier = about.value.lower()
            if reviewed and newest.get(identifier, date.min) < reviewed <= today:
                newest[identifier] = reviewed
    return newest


def agenda(handbook: Handbook, today: date, within: Interval | None = None) -> Agenda:
    """Every deadline, soonest first; with `within`, those overdue or due before so long has passed."""
    rows = sorted(deadlines(handbook, today), key=lambda row: (row.due, row.path))
    if within is None:
        return Agenda(handbook.settings, today, tuple(rows))
    until = within.after(today) or date.max
    return Agenda(handbook.settings, today, tuple(row for row in rows if row.due <= until), until)
