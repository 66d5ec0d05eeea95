"""A calendar (RFC 5545) to subscribe to: a whole-day event for each deadline."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from rutine import __version__
from rutine.deadlines import Agenda, Deadline
from rutine.errors import UsageError
from rutine.formats._plain import printable
from rutine.formats._words import basis, owner_title, rhythm
from rutine.i18n import render
from rutine.model import Message, Settings, say

if TYPE_CHECKING:
    from icalendar import Event

WARNED = timedelta(days=30)  # how long before its day a review is announced


def deadlines(agenda: Agenda) -> str:
    """The calendar. The same deadlines seen on the same day give the same text."""
    try:
        from icalendar import Calendar  # 0.2 s, and an extra that not everybody has installed
    except ImportError:
        raise UsageError(say('Calendars need one more package: pip install "rutine[calendar]".')) from None
    calendar = Calendar()
    calendar.add("prodid", f"-//rutine//rutine {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", printable(agenda.settings.name))
    ids = Counter((row.id or "").lower() for row in agenda.deadlines)
    for row in agenda.deadlines:
        alone = row.id if row.id and ids[row.id.lower()] == 1 else None
        calendar.add_component(_event(row, alone, agenda))
    return str(calendar.to_ical(), "utf-8")


def _event(row: Deadline, identifier: str | None, agenda: Agenda) -> Event:
    from icalendar import Alarm, Event

    settings = agenda.settings
    summary = printable(render(_summary(row), settings.language))
    event = Event()
    event.add("uid", _uid(settings, identifier.lower() if identifier else row.path))
    event.add("dtstamp", datetime.combine(agenda.today, time(), UTC))
    event.add("dtstart", row.due)
    if row.due < date.max:
        event.add("dtend", row.due + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", _description(row, settings))
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", -WARNED)
    alarm.add("description", summary)
    event.add_component(alarm)
    return event


def _uid(settings: Settings, name: str) -> str:
    """The same for a document as long as it keeps its id (or, without one, its path) in this handbook."""
    return sha256(f"{settings.name}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()[:32] + "@rutine"


def _summary(row: Deadline) -> Message:
    return say("Review: {document}", document=" ".join(part for part in (row.id, row.title) if part) or row.path)


def _description(row: Deadline, settings: Settings) -> str:
    language = settings.language
    lines = [render(say("Owner: {owner}", owner=owner_title(settings, row.owner) or "–"), language)]
    lines.append(render(say("Rests on: {basis}", basis=basis(row, language)), language))
    lines.append(render(say("How often: {rhythm}", rhythm=rhythm(row.interval, language)), language))
    lines.append(render(say("File: {path}", path=row.path), language))
    return "\n".join(map(printable, lines))
