"""Who holds a role on a day, which roles somebody holds, and who leads a unit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rutine.model import Holder, Message, Settings, say


def holders_on(settings: Settings, role: str, day: date) -> list[Holder]:
    """Those who hold a role on that day, deputies last. Whoever has left the organisation holds none."""
    known = settings.roles.get(role)
    held = [holder for holder in known.holders if _holds(settings, holder, day)] if known else []
    return sorted(held, key=lambda holder: holder.deputy)


def coming(settings: Settings, role: str, day: date) -> list[Holder]:
    """Those who will hold a role after that day and do not yet, the first to come first."""
    known = settings.roles.get(role)
    later = [holder for holder in known.holders if _begins_after(settings, holder, day)] if known else []
    return sorted(later, key=lambda holder: holder.since or "")


def roles_of(settings: Settings, person: str, day: date) -> list[str]:
    """The roles that a person holds on that day, in the order of `handbook.yml`."""
    return [
        name for name in settings.roles if any(holder.person == person for holder in holders_on(settings, name, day))
    ]


def manager_of(settings: Settings, unit: str | None, day: date) -> str | None:
    """The role that leads a unit, or the nearest above it that somebody holds on that day; None where there is none.

    Of a role: the one that leads its unit, or the nearest above that is another than the role itself.
    """
    own = settings.roles.get(unit or "") if unit not in settings.units else None
    above, seen = own.unit if own else unit, set[str]()
    while above and above in settings.units and above not in seen:
        seen.add(above)
        manager = settings.units[above].manager
        if manager and not (own and manager == own.name) and holders_on(settings, manager, day):
            return manager
        above = settings.units[above].parent
    return None


def terms(holder: Holder, written: Callable[[str], str]) -> list[Message]:
    """That somebody is a deputy, and in which time a role is held: to be said one after the other.

    `written` makes a day as people read it from one in ISO 8601.
    """
    told = [say("deputy")] if holder.deputy else []
    if holder.since and holder.until:
        told.append(say("from {since} until {until}", since=written(holder.since), until=written(holder.until)))
    elif holder.since:
        told.append(say("from {since}", since=written(holder.since)))
    elif holder.until:
        told.append(say("until {until}", until=written(holder.until)))
    return told


def _holds(settings: Settings, holder: Holder, day: date) -> bool:
    written = day.isoformat()
    begun, ended = (holder.since or "") <= written, holder.until is not None and holder.until < written
    return begun and not ended and not has_left(settings, holder.person, day)


def _begins_after(settings: Settings, holder: Holder, day: date) -> bool:
    left = settings.people[holder.person].left if holder.person in settings.people else None
    return bool(holder.since and holder.since > day.isoformat() and not (left and left < holder.since))


def has_left(settings: Settings, person: str, day: date) -> bool:
    """Whether a person's last day in the organisation is over."""
    left = settings.people[person].left if person in settings.people else None
    return left is not None and left < day.isoformat()
