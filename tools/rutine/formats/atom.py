"""A feed (Atom, RFC 4287) of every version that was decided, what came into force and what was withdrawn.

Every date is the document's own, so that the same documents give the same feed on any later day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from rutine.belonging import owner_of, units_of
from rutine.dates import parse_date
from rutine.formats._plain import printable
from rutine.formats._words import owner_title, unit_title
from rutine.i18n import render
from rutine.model import Document, Message, Report, Settings, say
from rutine.publication import Publication
from rutine.published import state_of, title_of
from rutine.revisions import Revision, latest, revisions
from rutine.site_paths import role_feed, unit_feed

NAME = "decided.atom"
MOST = 100  # entries
BEGINNING = date(1970, 1, 1)  # of a feed without entries


class Event(NamedTuple):
    """What happened to a document on a day; what was decided is a version of it, where it tells of its versions."""

    day: date
    what: Literal["decided", "in-force", "withdrawn"]
    document: Document
    revision: Revision | None


def publication(published: Publication) -> dict[str, str]:
    """A feed of everything, and one for each role that owns documents and for each unit with those below it."""
    settings = published.report.handbook.settings
    events = sorted(_events(published), key=lambda event: (event.day, event.document.path, event.what), reverse=True)
    entries = [_Entry(published, event) for event in events]
    found = {NAME: _feed(published, NAME, settings.name, entries)}
    standing = {document.path: list(_shares(document, settings)) for document in published.documents}
    shares: dict[tuple[str, str], list[_Entry]] = {share: [] for found_in in standing.values() for share in found_in}
    for entry in entries:
        for share in standing[entry.event.document.path]:
            shares[share].append(entry)
    for (file, title), own in shares.items():
        found[file] = _feed(published, file, f"{settings.name}: {title}", own)
    return found


class _Entry:
    """An event as it is written in each feed that it stands in."""

    def __init__(self, published: Publication, event: Event) -> None:
        self._published, self.event = published, event

    @cached_property
    def lines(self) -> Sequence[str]:
        """Its lines."""
        return tuple(_entry(self._published, self.event))


def _shares(document: Document, settings: Settings) -> Iterator[tuple[str, str]]:
    """The feeds of a role and of units that a document stands in, each with what it is called."""
    owner = document.value("owner")
    if role := owner_of(settings, owner):
        yield role_feed(role), owner_title(settings, role)
    for unit in units_of(settings, owner):
        yield unit_feed(unit), unit_title(settings, unit)


def _feed(published: Publication, file: str, title: str, entries: Sequence[_Entry]) -> str:
    """A feed, newest first."""
    report, settings = published.report, published.report.handbook.settings
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{settings.language}">',
        f"<id>{_urn(report, *([file] if file != NAME else []))}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{_moment(entries[0].event.day if entries else BEGINNING)}</updated>",
        f"<author><name>{_text(settings.organisation)}</name></author>",
        f'<link rel="alternate" type="text/html" href={_href(published, "")}/>',
        *([f'<link rel="self" href={_href(published, quote(file))}/>'] if published.site_url else []),
        *(line for entry in entries[:MOST] for line in entry.lines),
        "</feed>\n",
    ]
    return "\n".join(lines)


def _events(published: Publication) -> Iterator[Event]:
    """What happened up to the report's day, to what has been decided."""
    today = published.report.today
    for document in published.documents:
        if state_of(document, today) == "draft":
            continue
        decided, start, end = (
            parse_date(document.value(meaning)) for meaning in ("decided-on", "effective-from", "withdrawn-on")
        )
        yield from (event for event in _versions(document, decided) if event.day <= today)
        newest = latest(document)
        if start and start <= today and start != decided:
            yield Event(start, "in-force", document, newest)
        if end and end <= today:
            yield Event(end, "withdrawn", document, newest)


def _versions(document: Document, decided: date | None) -> Iterator[Event]:
    """Each version that was decided, with its day; the newest cannot be older than the decision that the document names.

    Versions before the first, such as 0.1, were drafts. A document without versions was decided when it says so.
    """
    newest = latest(document)
    found: dict[str, Event] = {}
    for revision in revisions(document):
        version, day = _version(revision), revision.date or decided
        if version and day:
            day = max(day, decided) if decided and revision == newest else day
            found[version] = Event(day, "decided", document, revision)
    if not found and decided:
        yield Event(decided, "decided", document, newest)
    yield from found.values()


def _entry(published: Publication, event: Event) -> Iterable[str]:
    document, day, settings = event.document, _moment(event.day), published.report.handbook.settings
    title = render(_title(event), settings.language)
    where = published.lasting(document) or published.page(document)
    kind = document.kind
    return (
        "<entry>",
        f"<id>{_urn(published.report, *_names(event))}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{day}</updated>",
        f"<published>{day}</published>",
        f'<link rel="alternate" type="text/html" href={_href(published, where)}/>',
        *([f"<category term={_value(kind.name)} label={_value(kind.title(settings.language))}/>"] if kind else []),
        f"<summary>{_text(_summary(event, settings.language))}</summary>",
        "</entry>",
    )


def _names(event: Event) -> tuple[str, str, str]:
    """What makes an event the same one, whatever else changes: of a version its document and its number."""
    name = (event.document.value("id") or event.document.path).lower()
    if event.what == "decided" and (version := _version(event.revision)):
        return name, "version", version
    return name, event.what, event.day.isoformat()


def _version(revision: Revision | None) -> str:
    """The number of a version that was decided; empty for a draft's, and for a revision without one."""
    is_draft = revision is None or (revision.number and revision.number[0] == 0)
    return "" if revision is None or is_draft else (revision.version or "").strip().casefold()


def _title(event: Event) -> Message:
    identifier = event.document.value("id")
    named = f"{identifier} {title_of(event.document)}" if identifier else title_of(event.document)
    if event.what == "decided":
        return say("Decided: {document}", document=named)
    return (
        say("In force: {document}", document=named)
        if event.what == "in-force"
        else say("Withdrawn: {document}", document=named)
    )


def _summary(event: Event, language: str) -> str:
    """The kind, the version, and what was changed in it."""
    document, revision = event.document, event.revision
    parts = [document.kind.title(language) if document.kind else ""]
    if revision and revision.version:
        parts.append(render(say("version {version}", version=revision.version), language))
    head = ", ".join(part for part in parts if part)
    change = revision.summary if revision and event.what != "withdrawn" else None
    return f"{head}: {change}" if change else head


def _urn(report: Report, *names: str) -> str:
    """The same for the handbook, and for each event, wherever they are published."""
    key = printable("\0".join((report.handbook.settings.name, *names)))
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'rutine:{key}')}"


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _href(published: Publication, address: str) -> str:
    return _value(published.site_url + address or "./")


def _text(text: str) -> str:
    return escape(printable(text))


def _value(text: str) -> str:
    return quoteattr(printable(text))
