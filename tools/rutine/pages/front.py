"""The front page: the first section of what the handbook itself says there, its areas, the rest, and the other ways in."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Page, Report
from rutine.pages._areas import menu_of
from rutine.pages._body import introduced
from rutine.pages._front import ways_in
from rutine.pages._shelf import shelf_of
from rutine.pages._text import join, md

ORDER = 0


def pages(report: Report) -> Iterator[Page]:
    """One page, unless a document of a kind is the front page itself."""
    shelf, here = shelf_of(report), "index.md"
    index = shelf.indexes.get(here)
    if index and index.kind:
        return
    intro, rest = introduced(shelf, index) if index else (f"# {md(shelf.settings.name)}\n", "")
    text = join([intro, ways_in(shelf, here, rest)])
    yield Page(here, shelf.settings.name, text, index.path if index else None, menu_of(shelf, here))
