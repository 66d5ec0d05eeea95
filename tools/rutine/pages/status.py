"""Every document by its state: what is being written, what is decided, what applies, what no longer does."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, say
from rutine.pages._areas import line
from rutine.pages._shelf import STATES, Shelf, chip, shelf_of
from rutine.pages._text import h, items, join, md, paragraph, section
from rutine.published import State

ORDER = 28
HERE = "register/status.md"


def pages(report: Report) -> Iterator[Page]:
    """One page, if there are documents."""
    shelf = shelf_of(report)
    if not shelf.documents:
        return
    title = shelf.words(say("Status of the documents"))
    groups = {state: [d for d in shelf.documents if shelf.state(d) == state] for state in STATES}
    counts = {state: len(group) for state, group in groups.items() if group}
    parts = [f"# {md(title)}\n", _totals(shelf, counts)]
    for state in counts:
        rows = items(line(shelf, document, HERE, note=_when(shelf, document, state)) for document in groups[state])
        parts.append(section(shelf.words(STATES[state]), state, rows))
    yield Page(HERE, title, join(parts), menu=shelf.words(say("Overviews")), search=None)


def _totals(shelf: Shelf, counts: dict[State, int]) -> str:
    return paragraph(
        " ".join(chip(state, f"{h(shelf.words(STATES[state]))}: {count}") for state, count in counts.items())
    )


def _when(shelf: Shelf, document: Document, state: State) -> str:
    meaning = {"upcoming": "effective-from", "withdrawn": "withdrawn-on"}.get(state)
    value = document.value(meaning) if meaning else None
    return h(shelf.words.day(value)) if value else ""
