"""What concerns each unit: the documents whose scope holds it or a unit above it, and its roles."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, Unit, say
from rutine.pages._areas import line
from rutine.pages._places import role_page, unit_page
from rutine.pages._shelf import BINDING, Shelf, shelf_of
from rutine.pages._text import block, facts, h, items, join, md, paragraph, section

ORDER = 23
INDEX = "register/units/index.md"


def pages(report: Report) -> Iterator[Page]:
    """A page with the units as a tree, and one for each."""
    shelf = shelf_of(report)
    units = shelf.settings.units
    if not units:
        return
    title = shelf.words(say("Units"))
    tree = block("tree", [_tree(shelf, None)])
    yield Page(INDEX, title, join([f"# {md(title)}\n", tree]), menu=shelf.words(say("Overviews")))
    scope = _by_unit(shelf)
    for unit in units.values():
        yield _page(shelf, unit, scope)


def _tree(shelf: Shelf, parent: str | None) -> str:
    below = [unit for unit in shelf.settings.units.values() if unit.parent == parent]
    return (
        f"<ul>{''.join(f'<li>{_link(shelf, unit, INDEX)}{_tree(shelf, unit.name)}</li>' for unit in below)}</ul>"
        if below
        else ""
    )


def _link(shelf: Shelf, unit: Unit, here: str) -> str:
    return shelf.lead(h(shelf.name(unit)), here, unit_page(unit.name))


def _by_unit(shelf: Shelf) -> dict[str, list[Document]]:
    """The documents in force, or soon to be, whose scope names a unit."""
    found: dict[str, list[Document]] = {}
    for document in shelf.documents:
        if shelf.state(document) in BINDING:
            for name in dict.fromkeys(value for _, value in document.values("scope-unit")):
                found.setdefault(name, []).append(document)
    return found


def _page(shelf: Shelf, unit: Unit, scope: dict[str, list[Document]]) -> Page:
    here, title, words = unit_page(unit.name), shelf.name(unit), shelf.words
    parts: list[str] = []
    seen: set[str] = set()
    for name in shelf.units_above(unit.name):
        documents = [document for document in scope.get(name, ()) if document.path not in seen]
        seen.update(document.path for document in documents)
        if documents:
            above = shelf.name(shelf.settings.units[name])
            told = (
                words(say("Applies to this unit"))
                if name == unit.name
                else words(say("Applies to all of {unit}", unit=above))
            )
            rows = items(line(shelf, document, here, summary=True) for document in documents)
            parts.append(section(told, f"scope-{len(parts) + 1}", rows))
    nothing = paragraph(h(words(say("No document names this unit or a unit above it."))))
    text = join([f"# {md(title)}\n", facts(_facts(shelf, unit, here)), *(parts or [nothing])])
    return Page(here, title, text, search=None)


def _facts(shelf: Shelf, unit: Unit, here: str) -> Iterator[tuple[str, str]]:
    units, words = shelf.settings.units, shelf.words
    if above := [units[name] for name in shelf.units_above(unit.name)[1:]]:
        yield h(words(say("Part of"))), ", ".join(_link(shelf, one, here) for one in above)
    if below := [one for one in units.values() if one.parent == unit.name]:
        yield h(words(say("Units in it"))), ", ".join(_link(shelf, one, here) for one in below)
    if roles := [role for role in shelf.settings.roles.values() if role.unit == unit.name]:
        links = (shelf.lead(h(shelf.name(role)), here, role_page(role.name)) for role in roles)
        yield h(words(say("Roles in it"))), ", ".join(links)
