"""The sitemap: the addresses of all pages, for search engines. Only a site that knows its own address has one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from rutine.dates import parse_date
from rutine.model import Document
from rutine.publication import Publication
from rutine.revisions import revisions


def publication(published: Publication) -> dict[str, str]:
    """Every page, those of documents with the day of their last change as they tell it."""
    if not published.site_url:
        return {}
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        *_urls(published),
        "</urlset>\n",
    ]
    return {"sitemap.xml": "\n".join(lines)}


def _urls(published: Publication) -> Iterator[str]:
    changed = {document.path: _changed(document, published.report.today) for document in published.documents}
    for page, source in sorted(published.pages.items()):
        day = changed.get(source or "")
        last = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        yield f"<url><loc>{escape(published.site_url + published.address(page))}</loc>{last}</url>"


def _changed(document: Document, today: date) -> date | None:
    """The day of the newest revision or decision, or of the withdrawal, that is not still to come."""
    told = (parse_date(document.value(meaning)) for meaning in ("decided-on", "withdrawn-on"))
    days = [*told, *(revision.date for revision in revisions(document))]
    return max((day for day in days if day and day <= today), default=None)
