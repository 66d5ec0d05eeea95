"""The front page: what the handbook itself says there, then its areas and the other ways in."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Page, Report
from rutine.pages._areas import listing, menu_of
from rutine.pages._body import plain
from rutine.pages._shelf import shelf_of
from rutine.pages._text import join, md

ORDER = 0


def pages(report: Report) -> Iterator[Page]:
    """One page, unless a document of a kind is the front page itself."""
    shelf, here = shelf_of(report), "index.md"
    index = shelf.indexes.get(here)
    if index and index.kind:
        return
    text = plain(shelf, index) if index else f"# {md(shelf.settings.name)}\n"
    yield Page(
        here,
        shelf.settings.name,
        join([text, listing(shelf, here)]),
        index.path if index else None,
        menu_of(shelf, here),
    )
