"""Areas are the top folders of the documents; their pages, and the front page, lead to the documents in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rutine.model import Document, say
from rutine.pages._shelf import Shelf
from rutine.pages._text import file_name, h, items, join, section
from rutine.published import humanise

_CHOICES = (
    (say("What concerns my role"), "register/roles/index.md"),
    (say("What concerns my unit"), "register/units/index.md"),
    (say("Which regulation something rests on"), "register/regulations/index.md"),
    (say("What is due for review"), "register/reviews.md"),
)


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
    return sorted(((area, area_title(shelf, area)) for area in found if area), key=lambda row: row[1].casefold())


def menu_of(shelf: Shelf, page: str) -> str | None:
    """The heading of the menu that an index page stands under; None for other pages."""
    if page == "index.md":
        return ""
    return shelf.words(say("Areas")) if page.endswith("/index.md") and page.count("/") == 1 else None


def listing(shelf: Shelf, here: str) -> str:
    """What an index page leads to."""
    folder = here.removesuffix("index.md")
    if folder == "":
        inside = [d for d in shelf.documents if "/" not in shelf.page(d) and shelf.page(d) != here]
        plain = [d for d in shelf.plain if "/" not in shelf.page(d) and not shelf.is_front(d)]
        return join(
            [_areas(shelf, here), *_by_kind(shelf, inside, here), _others(shelf, plain, here), _choices(shelf, here)]
        )
    inside = [d for d in shelf.documents if shelf.page(d).startswith(folder) and shelf.page(d) != here]
    plain = [d for d in shelf.plain if shelf.page(d).startswith(folder) and not shelf.is_front(d)]
    return join([*_by_kind(shelf, inside, here), _others(shelf, plain, here)])


def _areas(shelf: Shelf, here: str) -> str:
    rows = areas(shelf)
    counts = {area: 0 for area, _ in rows}
    for document in shelf.documents:
        area = area_of(shelf.page(document))
        if area in counts and shelf.state(document) != "withdrawn":
            counts[area] += 1
    cards = []
    for area, title in rows:
        told = shelf.words(say("{count} documents", one="{count} document", count=counts[area]))
        cards.append(f"{shelf.lead(h(title), here, f'{area}/index.md')}<br><small>{told}</small>")
    return section(shelf.words(say("Areas")), "areas", items(cards, "cards")) if cards else ""


def _choices(shelf: Shelf, here: str) -> str:
    has = {
        "register/roles/index.md": bool(shelf.settings.roles),
        "register/units/index.md": bool(shelf.settings.units),
        "register/regulations/index.md": any(document.value("regulation") for document in shelf.documents),
        "register/reviews.md": bool(shelf.deadlines),
    }
    choices = [shelf.lead(h(shelf.words(text)), here, page) for text, page in _CHOICES if has[page]]
    return section(shelf.words(say("Find your way")), "find", items(choices, "choices")) if choices else ""


def _others(shelf: Shelf, documents: list[Document], here: str) -> str:
    found = [shelf.link(document, here) for document in sorted(documents, key=shelf.title)]
    return section(shelf.words(say("Other pages")), "other", items(found)) if found else ""


def _by_kind(shelf: Shelf, documents: Iterable[Document], here: str) -> Iterator[str]:
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


def line(shelf: Shelf, document: Document, here: str, *, summary: bool = False, note: str = "", mark: str = "") -> str:
    """One document in a list: its title with its state where that is not simply in force, then number and `note`.

    `note` and `mark`, which stands with the state, are HTML.
    """
    state = "" if shelf.state(document) == "in-force" else shelf.chip(document)
    identifier, text = document.value("id"), document.value("summary") if summary else None
    told = [h(identifier) if identifier else "", note, _summary(shelf, document, text) if text else ""]
    small = " · ".join(part for part in told if part)
    first = " ".join(part for part in (shelf.link(document, here), state, mark) if part)
    return f"{first}<br><small>{small}</small>" if small else first


def _summary(shelf: Shelf, document: Document, text: str) -> str:
    tongue = shelf.tongue(document)
    return h(text) if tongue == shelf.language else f'<span lang="{tongue}">{h(text)}</span>'
