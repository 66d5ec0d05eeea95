"""Who is told of which review on which day: the owner before and on the day, the manager after it.

A notice falls due on one day. A run tells of those that fell due after the run before it, up to its own day, so that
nothing is told twice or left out, and nobody needs to remember what was told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple

from rutine.dates import parse_interval
from rutine.deadlines import Deadline
from rutine.holders import holders_on, manager_of
from rutine.model import Settings

Kind = Literal["before", "at", "after"]
Reason = Literal["owner", "vacant", "body", "manager", "alone"]
_ORDER = ("after", "at", "before")


class Notice(NamedTuple):
    """That a review is coming up (`before`), is due (`at`), or was not done in time (`after`), and the day to say so."""

    kind: Kind
    day: date
    row: Deadline


class Told(NamedTuple):
    """A notice to somebody, and the reason why it is they.

    They hold the role that owns the document (`owner`); nobody holds it, and they lead its unit (`vacant`); it is a body
    that no one person holds, and they lead its unit (`body`); the review was not done, and they lead the unit (`manager`); or it was not done, and nobody leads its owner (`alone`).
    """

    notice: Notice
    reason: Reason


class Digest(NamedTuple):
    """What one person is told on a day, in the person's language: what is late first."""

    person: str
    language: str
    notices: tuple[Told, ...]


class Digests(NamedTuple):
    """What a run has to tell: a digest for each person, and the notices that there is nobody to give to.

    It covers the days after `since`, the day of the run before, up to `today`.
    """

    settings: Settings
    since: date
    today: date
    digests: tuple[Digest, ...]
    unreached: tuple[Notice, ...]


def digests(settings: Settings, rows: Iterable[Deadline], since: date, today: date) -> Digests:
    """What is to be told of these reviews on a day. Who holds a role is asked for that day."""
    told: dict[str, list[Told]] = {}
    unreached = []
    for notice in notices(settings, rows, since, today):
        people, reason = _recipients(settings, notice, today)
        for person in people:
            told.setdefault(person, []).append(Told(notice, reason))
        if not people:
            unreached.append(notice)
    found = (_digest(settings, person, told[person]) for person in settings.people if person in told)
    return Digests(settings, since, today, tuple(found), tuple(unreached))


def notices(settings: Settings, rows: Iterable[Deadline], since: date, today: date) -> Iterator[Notice]:
    """The notices that fall due after one day, up to another."""
    for row in rows:
        due = _became_due(row, today)
        for kind, day in dict.fromkeys(_days(settings, due)) if due else ():
            if since < day <= today:
                yield Notice(kind, day, row)


def _became_due(row: Deadline, today: date) -> date | None:
    """The day that notices are counted from: of a document that is due for what has changed, the day of the change.

    None where that is not known: it is listed as due, and nobody is told of it every day.
    """
    if not row.rule.suspicions:
        return row.due
    days = [suspicion.day for suspicion in row.rule.suspicions if suspicion.day]
    regular = [row.due] if row.due < today else []
    return min([*days, *regular], default=None)


def _days(settings: Settings, due: date) -> Iterator[tuple[Kind, date]]:
    rules = settings.notices
    for written in rules.before:
        interval = parse_interval(written)
        day = interval.before(due) if interval else None
        if day:
            yield "before", day
    if rules.at:
        yield "at", due
    interval = parse_interval(rules.manager_after)
    day = interval.after(due) if interval else None
    if day:
        yield "after", day


def _digest(settings: Settings, person: str, told: list[Told]) -> Digest:
    told.sort(key=lambda one: (_ORDER.index(one.notice.kind), one.notice.row.due, one.notice.row.path, one.notice.day))
    return Digest(person, settings.people[person].language or settings.language, tuple(told))


def _recipients(settings: Settings, notice: Notice, day: date) -> tuple[list[str], Reason]:
    """Everybody who is told of a notice, and why."""
    owners = _people(settings, notice.row.owner, day)
    if notice.kind != "after" and owners:
        return owners, "owner"
    managers = _managers(settings, notice.row, day)
    if notice.kind == "after" and not managers:
        return owners, "alone"
    if owners:
        return managers, "manager"
    role = settings.roles.get(notice.row.owner or "")
    return managers, "body" if role and role.body else "vacant"


def _people(settings: Settings, role: str | None, day: date) -> list[str]:
    held = holders_on(settings, role, day) if role else []
    return list(dict.fromkeys(holder.person for holder in held if holder.person in settings.people))


def _managers(settings: Settings, row: Deadline, day: date) -> list[str]:
    """Those who lead the owner's unit or the nearest above; without a known owner, that of a unit which is bound by it."""
    role = settings.roles.get(row.owner or "")
    places: tuple[str | None, ...] = row.units
    if role:
        places = (role.unit if role.name in settings.units else role.name,)
    roles = (manager_of(settings, place, day) for place in places if place)
    return next((people for found in roles if found and (people := _people(settings, found, day))), [])
