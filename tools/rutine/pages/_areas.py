"""Areas are the top folders of the documents; their pages, and the front page, lead to the documents in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rutine.model import Document, say
from rutine.pages._alphabet import key
from rutine.pages._shelf import Shelf
from rutine.pages._text import h, items, join, paragraph, section
from rutine.published import humanise
from rutine.site_paths import file_name


def area_of(page: str) -> str:
    """The area of a page; empty for pages at the top."""
    return page.partition("/")[0] if "/" in page else ""


def area_title(shelf: Shelf, area: str) -> str:
    """What an area is called: by its index page, by the unit of that name, or by its folder."""
    index, unit = shelf.indexes.get(f"{area}/index.md"), shelf.settings.units.get(area)
    if index and (index.value("title") or index.markup.headings):
        return shelf.title(index)
    return shelf.name(unit) if unit else humanise(area)


def areas(shelf: Shelf) -> list[tuple[str, str]]:
    """The areas that hold documents, each with its title, by title."""
    found = dict.fromkeys(area_of(shelf.page(document)) for document in shelf.by_path.values())
    return sorted(
        ((area, area_title(shelf, area)) for area in found if area), key=lambda row: key(row[1], shelf.language)
    )


def menu_of(shelf: Shelf, page: str) -> str | None:
    """The heading of the menu that an index page stands under; None for other pages."""
    if page == "index.md":
        return ""
    return shelf.words(say("Areas")) if page.endswith("/index.md") and page.count("/") == 1 else None


def listing(shelf: Shelf, here: str) -> str:
    """What the index page of an area, or of a folder in it, leads to."""
    folder = here.removesuffix("index.md")
    inside = [d for d in shelf.documents if shelf.page(d).startswith(folder) and shelf.page(d) != here]
    plain = [d for d in shelf.plain if shelf.page(d).startswith(folder) and not shelf.is_front(d)]
    return join([*by_kind(shelf, inside, here), others(shelf, plain, here)])


def others(shelf: Shelf, documents: list[Document], here: str) -> str:
    """The pages that are of no kind, under a heading."""
    found = [
        shelf.link(document, here)
        for document in sorted(documents, key=lambda document: key(shelf.title(document), shelf.language))
    ]
    return section(shelf.words(say("Other pages")), "other", items(found)) if found else ""


def by_kind(shelf: Shelf, documents: Iterable[Document], here: str) -> Iterator[str]:
    """The documents by kind, each kind under a heading, what is withdrawn last."""
    groups: dict[str, list[Document]] = {}
    for document in documents:
        withdrawn = shelf.state(document) == "withdrawn"
        groups.setdefault("" if withdrawn or not document.kind else document.kind.name, []).append(document)
    for name in [*shelf.settings.kinds, ""]:
        if group := groups.get(name):
            title = (
                shelf.settings.kinds[name].title(shelf.language, plural=True) if name else shelf.words(say("Withdrawn"))
            )
            rows = (line(shelf, document, here, summary=True) for document in group)
            yield section(title, f"kind-{file_name(name)}" if name else "withdrawn", items(rows))


def rest(shelf: Shelf, count: int, here: str) -> str:
    """How many documents more there are than a list shows, and where they are found; empty where it shows all."""
    if count <= 0:
        return ""
    search = shelf.lead(h(shelf.words(say("Search"))), here, "search.md")
    told = say("{count} more: {search}", count=count, search=search)
    return paragraph(shelf.words(told))


def line(shelf: Shelf, document: Document, here: str, *, summary: bool = False, note: str = "", mark: str = "") -> str:
    """One document in a list: its title with its state where that is not simply in force, then number and `note`.

    `note` and `mark`, which stands with the state, are HTML.
    """
    state = "" if shelf.state(document) == "in-force" else shelf.chip(document)
    identifier, text = document.value("id"), document.value("summary") if summary else None
    told = [h(identifier) if identifier else "", note, shelf.spoken(document, text) if text else ""]
    small = " · ".join(part for part in told if part)
    first = " ".join(part for part in (shelf.link(document, here), state, mark) if part)
    return f"{first}<br><small>{small}</small>" if small else first
