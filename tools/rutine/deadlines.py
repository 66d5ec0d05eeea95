"""When documents must be reviewed, and what that date rests on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from rutine.dates import Interval, parse_interval
from rutine.intervals import Rule, interval_of
from rutine.model import Handbook, Settings
from rutine.review_basis import Basis, Ground, review_grounds
from rutine.suspects import Suspicion, suspects

State = Literal["overdue", "due", "later"]


class Deadline(NamedTuple):
    """When a document's next review is due.

    `basis` says what the date rests on: a review record, the decision that the front matter names, or only a
    review date that somebody typed into the front matter. `days` counts from today, negative when overdue. `rule` says
    why it is that day.
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
    rule: Rule = Rule()


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
    """The next review of every document in force that says, or whose handbook says, how often it is reviewed.

    What is suspect is due today, unless its review is overdue already.
    """
    soon = parse_interval(handbook.settings.review_soon) or Interval(60, "day")
    horizon = soon.after(today) or date.max
    suspicions = suspects(handbook, today)
    for path, ground in review_grounds(handbook, today).items():
        found = _deadline(ground, handbook.settings, suspicions.get(path, ()), today, horizon)
        if found:
            yield found


def _deadline(
    ground: Ground, settings: Settings, suspicions: tuple[Suspicion, ...], today: date, horizon: date
) -> Deadline | None:
    entry, since = ground.entry, ground.since
    found = interval_of(ground, settings)
    due = found[0].after(since) if found and since else None
    if found is None or since is None or due is None:
        return None
    interval, rule = found
    if suspicions:
        due, rule = min(due, today), rule._replace(suspicions=suspicions)
    state: State = "overdue" if due < today else "due" if due <= horizon else "later"
    place = (
        entry.fact("review-interval")
        or entry.fact("review-class")
        or entry.fact("reviewed-on")
        or entry.fact("decided-on")
    )
    units = tuple(entry.facts.texts("scope-unit"))
    return Deadline(
        entry.path, entry.value("id"), entry.value("title"), entry.kind, entry.value("owner"), units, due, state,
        (due - today).days, ground.basis, since, interval, place.line if place else 1, place.column if place else 1, rule,
    )  # fmt: skip


def agenda(handbook: Handbook, today: date, within: Interval | None = None) -> Agenda:
    """Every deadline, soonest first; with `within`, those overdue or due before so long has passed."""
    rows = sorted(deadlines(handbook, today), key=lambda row: (row.due, row.path))
    if within is None:
        return Agenda(handbook.settings, today, tuple(rows))
    until = within.after(today) or date.max
    return Agenda(handbook.settings, today, tuple(row for row in rows if row.due <= until), until)
