"""A page for each area: what its own index page says, then its documents by kind."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Page, Report
from rutine.pages._areas import areas, listing, menu_of
from rutine.pages._body import plain
from rutine.pages._shelf import shelf_of
from rutine.pages._text import join, md

ORDER = 10


def pages(report: Report) -> Iterator[Page]:
    """The areas by title; not those whose index page is a document of a kind, which lists the others itself."""
    shelf = shelf_of(report)
    for area, title in areas(shelf):
        here = f"{area}/index.md"
        index = shelf.indexes.get(here)
        if index and index.kind:
            continue
        text = plain(shelf, index) if index else f"# {md(title)}\n"
        yield Page(here, title, join([text, listing(shelf, here)]), index.path if index else None, menu_of(shelf, here))
