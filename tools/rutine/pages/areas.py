"""A page for each area: what its own index page says, then its documents by kind."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Page, Report
from rutine.pages._areas import areas, listing, menu_of
from rutine.pages._body import plain
from rutine.pages._shelf import humanise, shelf_of
from rutine.pages._text import md

ORDER = 10


def pages(report: Report) -> Iterator[Page]:
    """The areas by title; not those whose index page is a document of a kind, which lists the others itself."""
    shelf = shelf_of(report)
    for area, title in areas(shelf):
        here = f"{area}/index.md"
        index, unit = shelf.indexes.get(here), shelf.settings.units.get(area)
        if index and index.kind:
            continue
        text = plain(shelf, index) if index else f"# {title}\n"
        name = shelf.title(index) if index else shelf.name(unit) if unit else humanise(area)
        yield Page(here, name, f"{text}\n{listing(shelf, here)}", index.path if index else None, menu_of(shelf, here))
