"""Every document by its state: what is being written, what is decided, what applies, what no longer does."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, say
from rutine.pages._areas import area_of, areas, line
from rutine.pages._decisions import last_revision_date
from rutine.pages._shelf import MANY, STATES, Shelf, chip, shelf_of
from rutine.pages._text import h, items, join, md, section
from rutine.pages._ways import STATUS as HERE
from rutine.pages._ways import title
from rutine.published import State

ORDER = 30
_SINCE = {
    "in-force": ("effective-from", "decided-on"),
    "upcoming": ("effective-from",),
    "withdrawn": ("withdrawn-on",),
}


def pages(report: Report) -> Iterator[Page]:
    """One page, if there are documents."""
    shelf = shelf_of(report)
    if not shelf.documents:
        return
    name = title(shelf, HERE)
    groups = {state: [d for d in shelf.documents if shelf.state(d) == state] for state in STATES}
    parts = [f"# {md(name)}\n", _totals(shelf, {state: len(group) for state, group in groups.items() if group})]
    for state, group in groups.items():
        if group:
            parts.append(section(shelf.words(STATES[state]), state, _group(shelf, group, state)))
    yield Page(HERE, name, join(parts), menu=shelf.words(say("Overviews")), search=None)


def _totals(shelf: Shelf, counts: dict[State, int]) -> str:
    """How many documents are in each state, each leading to their list."""
    words = {state: chip(state, h(shelf.words(STATES[state]))) for state in counts}
    return items((f'{words[state]} <a href="#rutine-{state}">{count}</a>' for state, count in counts.items()), "legend")


def _group(shelf: Shelf, documents: list[Document], state: State) -> str:
    """The documents with their days; of very many, how many there are in each area."""
    if len(documents) <= MANY:
        return items(line(shelf, document, HERE, note=_when(shelf, document, state)) for document in documents)
    counts: dict[str, int] = {}
    for document in documents:
        area = area_of(shelf.page(document))
        counts[area] = counts.get(area, 0) + 1
    names = {"": shelf.words(say("The whole organisation")), **dict(areas(shelf))}
    rows = (
        (shelf.lead(h(names[area]), HERE, f"{area}/index.md".lstrip("/")), counts[area])
        for area in names
        if area in counts
    )
    return items(f"{link}<br><small>{count}</small>" for link, count in rows)


def _when(shelf: Shelf, document: Document, state: State) -> str:
    """The day from which the document is in its state; of a draft, when it was last changed."""
    found = (
        last_revision_date(document) if state == "draft" else next(filter(None, map(document.value, _SINCE[state])), "")
    )
    if not found:
        return ""
    texts = {
        "draft": say("last changed {date}", date=shelf.words.day(found)),
        "upcoming": say("from {date}", date=shelf.words.day(found)),
        "in-force": say("since {date}", date=shelf.words.day(found)),
        "withdrawn": say("since {date}", date=shelf.words.day(found)),
    }
    return h(shelf.words(texts[state]))
