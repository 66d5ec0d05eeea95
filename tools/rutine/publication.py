"""A handbook as it is published: what the data files beside its pages are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from rutine.deadlines import Agenda, Deadline, agenda
from rutine.model import Document, Report
from rutine.permanent import permanent_pages
from rutine.published import documents_of
from rutine.site_paths import page_path, target


class Publication(NamedTuple):
    """The published documents by number, the path of the page that each id is the address of, and what is due of them.

    `pages` leads from each page to the document that it shows, `files` are those beside the pages, and `site_url`
    is where the site stands; empty where nobody knows.
    """

    report: Report
    documents: Sequence[Document]
    permanent: Mapping[str, str]
    agenda: Agenda
    deadlines: Mapping[str, Deadline]
    pages: Mapping[str, str | None]
    files: frozenset[str]
    site_url: str

    def address(self, page: str) -> str:
        """Where a page is, from the top of the site: `hr/leave/`."""
        return target(page, folders=self.report.handbook.settings.address == "folder")

    def page(self, document: Document) -> str:
        """Where the page of a document is, from the top of the site."""
        return self.address(page_path(document.path, self.report.handbook.settings))

    def lasting(self, document: Document) -> str | None:
        """The permanent address of a document, from the top of the site; None where it has none."""
        page = self.permanent.get(document.path)
        return self.address(page) if page else None

    def attachments(self, document: Document) -> list[str]:
        """The files beside the pages that a document links to, from the top of the site."""
        folder = self.report.handbook.settings.folder.strip("/")
        start = 0 if folder in ("", ".") else len(folder) + 1
        links = self.report.handbook.entries[document.path].links
        found = dict.fromkeys(link.target.partition("#")[0][start:] for link in links)
        return [self.address(path) for path in found if path in self.files]


def publication(
    report: Report, pages: Mapping[str, str | None], files: frozenset[str], site_url: str | None
) -> Publication:
    """The handbook of a report as published with these pages and files."""
    documents = documents_of(report)
    shown = {document.path for document in documents}
    everything = agenda(report.handbook, report.today)
    due = everything._replace(deadlines=tuple(row for row in everything.deadlines if row.path in shown))
    deadlines = {row.path: row for row in due.deadlines}
    permanent = permanent_pages(report.handbook)
    where = f"{site_url.rstrip('/')}/" if site_url else ""
    return Publication(report, documents, permanent, due, deadlines, pages, files, where)
