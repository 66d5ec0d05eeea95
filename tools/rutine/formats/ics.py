"""A calendar (RFC 5545) to subscribe to: a whole-day event for each deadline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from hashlib import sha256
from types import MappingProxyType

from rutine import __version__
from rutine.belonging import owner_of, units_of
from rutine.dates import days_before, parse_interval
from rutine.deadlines import Agenda, Deadline
from rutine.formats._plain import printable
from rutine.formats._words import basis, day, owner_title, reasons, rhythm, unit_title
from rutine.i18n import render
from rutine.model import Message, Settings, say
from rutine.publication import Publication
from rutine.site_paths import role_calendar, unit_calendar

_LINE = 75  # bytes
_SPECIAL = re.compile(r"[\\;,]")


def deadlines(agenda: Agenda) -> str:
    """The calendar. The same deadlines seen on the same day give the same text."""
    return _calendar(agenda.settings.name, _events(agenda).values())


def publication(published: Publication) -> dict[str, str]:
    """A calendar of all reviews, and one for each role that owns documents and for each unit with those below it."""
    agenda, settings = published.agenda, published.report.handbook.settings
    pages = {document.path: published.lasting(document) or published.page(document) for document in published.documents}
    where = {path: published.site_url + page for path, page in pages.items()} if published.site_url else {}
    events = _events(agenda, where)
    found = {"reviews.ics": _calendar(settings.name, events.values())}
    shares: dict[tuple[str, str], list[str]] = {}
    for row in agenda.deadlines:
        for share in _shares(row, settings):
            shares.setdefault(share, []).append(events[row.path])
    for (file, title), own in shares.items():
        found[file] = _calendar(f"{settings.name}: {title}", own)
    return found


def _shares(row: Deadline, settings: Settings) -> Iterator[tuple[str, str]]:
    """The calendars of a role and of units that a review stands in, each with what it is called."""
    if role := owner_of(settings, row.owner):
        yield role_calendar(role), owner_title(settings, role)
    for unit in units_of(settings, row.owner):
        yield unit_calendar(unit), unit_title(settings, unit)


def _calendar(name: str, events: Iterable[str]) -> str:
    head = {"VERSION": "2.0", "PRODID": f"-//rutine//rutine {__version__}//EN", "METHOD": "PUBLISH"}
    lines = _lines({"BEGIN": "VCALENDAR", **head, "X-WR-CALNAME": _text(name)})
    return f"{lines}{''.join(events)}END:VCALENDAR\r\n"


def _events(agenda: Agenda, where: Mapping[str, str] = MappingProxyType({})) -> Mapping[str, str]:
    """The event of each document's deadline, by the document's path; `where` are the addresses of the pages."""
    ids = Counter((row.id or "").lower() for row in agenda.deadlines)
    found = {}
    for row in agenda.deadlines:
        identifier = row.id.lower() if row.id and ids[row.id.lower()] == 1 else None
        found[row.path] = _event(row, identifier, agenda, where.get(row.path))
    return found


def _event(row: Deadline, identifier: str | None, agenda: Agenda, page: str | None) -> str:
    settings = agenda.settings
    summary = _text(render(_summary(row), settings.language))
    end = {"DTEND;VALUE=DATE": _day(row.due + timedelta(days=1))} if row.due < date.max else {}
    event = {
        "BEGIN": "VEVENT",
        "SUMMARY": summary,
        "DTSTART;VALUE=DATE": _day(row.due),
        **end,
        "DTSTAMP": f"{_day(agenda.today)}T000000Z",
        "UID": _uid(settings, identifier or row.path),
        "DESCRIPTION": r"\n".join(map(_text, _description(row, settings))),
        **({"URL": page} if page else {}),
        "TRANSP": "TRANSPARENT",
    }
    alarms = (
        _lines(
            {"BEGIN": "VALARM", "ACTION": "DISPLAY", "DESCRIPTION": summary, "TRIGGER": f"-P{days}D", "END": "VALARM"}
        )
        for days in _warned(row, settings)
    )
    return f"{_lines(event)}{''.join(alarms)}END:VEVENT\r\n"


def _warned(row: Deadline, settings: Settings) -> list[int]:
    """How many days before its day a review is announced, the earliest first."""
    intervals = (parse_interval(written) for written in settings.notices.before)
    days = (days_before(row.due, interval) for interval in intervals if interval)
    return sorted({number for number in days if number is not None}, reverse=True)


def _lines(fields: Mapping[str, str]) -> str:
    return "".join(f"{_folded(f'{name}:{value}')}\r\n" for name, value in fields.items())


def _folded(line: str) -> str:
    """A line of at most 75 bytes; what is longer goes on in the next, after a blank."""
    if len(line) * 4 <= _LINE or len(content := line.encode()) <= _LINE:
        return line
    parts, start, room = [], 0, _LINE
    while len(content) - start > room:
        end = start + room
        while content[end] & 0xC0 == 0x80:  # not within a letter
            end -= 1
        parts.append(content[start:end])
        start, room = end, _LINE - 1
    return b"\r\n ".join([*parts, content[start:]]).decode()


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", printable(text))


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _uid(settings: Settings, name: str) -> str:
    """The same for a document as long as it keeps its id (or, without one, its path) in this handbook."""
    return sha256(f"{settings.name}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()[:32] + "@rutine"


def _summary(row: Deadline) -> Message:
    return say("Review: {document}", document=" ".join(part for part in (row.id, row.title) if part) or row.path)


def _description(row: Deadline, settings: Settings) -> Iterator[str]:
    language = settings.language
    yield render(say("Owner: {owner}", owner=owner_title(settings, row.owner) or "–"), language)
    yield render(say("Rests on: {basis}", basis=basis(row, language, day(row.since, language))), language)
    yield render(say("How often: {rhythm}", rhythm=rhythm(row.interval, language)), language)
    for reason in reasons(row, settings, language):
        yield render(say("Why: {reason}", reason=reason), language)
    yield render(say("File: {path}", path=row.path), language)
