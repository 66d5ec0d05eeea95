"""A feed (Atom, RFC 4287) of what was decided, what came into force and what was withdrawn.

Every date is the document's own, so that the same documents give the same feed on any later day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from rutine.dates import parse_date
from rutine.formats._plain import printable
from rutine.i18n import render
from rutine.model import Document, Message, Report, say
from rutine.publication import Publication
from rutine.published import state_of, title_of
from rutine.revisions import latest

NAME = "decided.atom"
MOST = 100  # entries
BEGINNING = date(1970, 1, 1)  # of a feed without entries


class Event(NamedTuple):
    """What happened to a document on a day."""

    day: date
    what: Literal["decided", "in-force", "withdrawn"]
    document: Document


def publication(published: Publication) -> dict[str, str]:
    """The feed, newest first."""
    report, settings = published.report, published.report.handbook.settings
    events = sorted(_events(published), key=lambda event: (event.day, event.document.path, event.what), reverse=True)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{settings.language}">',
        f"<id>{_urn(report)}</id>",
        f"<title>{_text(settings.name)}</title>",
        f"<updated>{_moment(events[0].day if events else BEGINNING)}</updated>",
        f"<author><name>{_text(settings.organisation)}</name></author>",
        f'<link rel="alternate" type="text/html" href={_href(published, "")}/>',
        *([f'<link rel="self" href={_href(published, NAME)}/>'] if published.site_url else []),
        *(line for event in events[:MOST] for line in _entry(published, event)),
        "</feed>\n",
    ]
    return {NAME: "\n".join(lines)}


def _events(published: Publication) -> Iterator[Event]:
    """What happened up to the report's day, to what has been decided."""
    today = published.report.today
    for document in published.documents:
        if state_of(document, today) == "draft":
            continue
        decided, start, end = (
            parse_date(document.value(meaning)) for meaning in ("decided-on", "effective-from", "withdrawn-on")
        )
        if decided and decided <= today:
            yield Event(decided, "decided", document)
        if start and start <= today and start != decided:
            yield Event(start, "in-force", document)
        if end and end <= today:
            yield Event(end, "withdrawn", document)


def _entry(published: Publication, event: Event) -> Iterable[str]:
    document, day, settings = event.document, _moment(event.day), published.report.handbook.settings
    name = document.value("id") or document.path
    title = render(_title(event), settings.language)
    where = published.lasting(document) or published.page(document)
    kind = document.kind
    return (
        "<entry>",
        f"<id>{_urn(published.report, name.lower(), event.what, event.day.isoformat())}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{day}</updated>",
        f"<published>{day}</published>",
        f'<link rel="alternate" type="text/html" href={_href(published, where)}/>',
        *([f"<category term={_value(kind.name)} label={_value(kind.title(settings.language))}/>"] if kind else []),
        f"<summary>{_text(_summary(event, settings.language))}</summary>",
        "</entry>",
    )


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
    document, revision = event.document, latest(event.document)
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
