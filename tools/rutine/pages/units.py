"""What concerns each unit: the documents whose scope holds it or a unit above it, and its roles."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, Unit, say
from rutine.pages._areas import line
from rutine.pages._shelf import BINDING, Shelf, shelf_of
from rutine.pages._text import block, facts, heading, link, md
from rutine.pages._values import role_page, unit_page

ORDER = 21
INDEX = "register/units/index.md"


def pages(report: Report) -> Iterator[Page]:
    """A page with the units as a tree, and one for each."""
    shelf = shelf_of(report)
    units = shelf.settings.units
    if not units:
        return
    title = shelf.words(say("Units"))
    yield Page(INDEX, title, f"# {md(title)}\n\n{''.join(_tree(shelf, None, 0))}", menu=shelf.words(say("Overviews")))
    scope = _by_unit(shelf)
    for unit in units.values():
        yield _page(shelf, unit, scope)


def _tree(shelf: Shelf, parent: str | None, depth: int) -> Iterator[str]:
    for unit in shelf.settings.units.values():
        if unit.parent == parent:
            yield f"{'    ' * depth}- {link(md(shelf.name(unit)), INDEX, unit_page(unit.name))}\n"
            yield from _tree(shelf, unit.name, depth + 1)


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
    parts = [f"# {md(title)}\n"]
    if told := facts(_facts(shelf, unit, here)):
        parts.append(block("facts", told))
    seen: set[str] = set()
    for name in shelf.units_above(unit.name):
        documents = [document for document in scope.get(name, ()) if document.path not in seen]
        seen.update(document.path for document in documents)
        if documents:
            above = link(md(shelf.name(shelf.settings.units[name])), here, unit_page(name))
            told = words(say("Applies to this unit")) if name == unit.name else words(say("Applies to all of {unit}", unit=above))
            rows = (line(shelf, document, here, summary=True) for document in documents)
            parts.append(f"{heading(2, told, f'scope-{len(parts)}')}\n{block('list', ''.join(rows))}")
    if not seen:
        parts.append(words(say("No document names this unit or a unit above it.")) + "\n")
    return Page(here, title, "\n".join(parts))


def _facts(shelf: Shelf, unit: Unit, here: str) -> Iterator[tuple[str, str]]:
    units = shelf.settings.units
    if above := [units[name] for name in shelf.units_above(unit.name)[1:]]:
        yield shelf.words(say("Part of")), ", ".join(link(md(shelf.name(one)), here, unit_page(one.name)) for one in above)
    if below := [one for one in units.values() if one.parent == unit.name]:
        yield shelf.words(say("Units in it")), ", ".join(link(md(shelf.name(one)), here, unit_page(one.name)) for one in below)
    if roles := [role for role in shelf.settings.roles.values() if role.unit == unit.name]:
        yield shelf.words(say("Roles in it")), ", ".join(link(md(shelf.name(role)), here, role_page(role.name)) for role in roles)
