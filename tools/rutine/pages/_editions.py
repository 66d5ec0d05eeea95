"""Which versions of a document have pages of their own, and what other pages tell of them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from rutine.dates import parse_date
from rutine.editions import coming
from rutine.model import Document, Edition, Message, say
from rutine.pages._shelf import Shelf
from rutine.pages._text import block, h

_UNSAFE = re.compile(r"[^\w.-]+")


def version_page(permanent: str, edition: Edition) -> str | None:
    """The page of a version at its lasting address, below that of the document; None where its name makes no address."""
    name = _UNSAFE.sub("-", edition.name).strip(".-")
    return f"{permanent.removesuffix('.md')}/{name}.md" if name else None


def shown_versions(shelf: Shelf, document: Document) -> dict[str, Edition]:
    """The versions of a document that have pages of their own, newest first, by the path of the page."""
    permanent, editions = shelf.permanent.get(document.path), shelf.report.editions.get(document.path, ())
    found: dict[str, Edition] = {}
    for edition in editions if permanent and len(editions) > 1 else ():
        page = version_page(permanent or "", edition)
        if page and edition.said.status == "in-force" and edition.blob in shelf.report.texts:
            found.setdefault(page, edition)
    return found if len(found) > 1 else {}


def period(shelf: Shelf, edition: Edition) -> Message:
    """From when until when a version is in force."""
    words, start = shelf.words, shelf.words.day(edition.start)
    end = parse_date(edition.end)
    if end and end > date.min:
        return say("from {start} until {end}", start=start, end=words.day(end - timedelta(days=1)))
    return say("from {start}", start=start)


def announcement(shelf: Shelf, document: Document, here: str) -> str:
    """That a version is decided which comes into force later, where the one before is shown."""
    words, shown = shelf.words, shown_versions(shelf, document)
    pages = {edition: path for path, edition in shown.items()}
    lines = []
    for edition in coming(shelf.report.editions.get(document.path, ()), shelf.today):
        if edition in pages and shelf.state(document) == "in-force":
            name = h(words(say("version {version}", version=edition.name)))
            link = shelf.lead(name, here, pages[edition])
            told = say("From {date} {version} applies.", date=h(words.day(edition.start)), version=link)
            lines.append(f"<p><strong>{words(say('It will change.'))}</strong> {words(told)}</p>")
    return block("banner rutine-banner--upcoming", lines, attributes=' role="note"') if lines else ""
