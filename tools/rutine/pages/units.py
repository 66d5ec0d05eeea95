"""What concerns each unit: the documents whose scope holds it or a unit above it, and its roles."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, Role, Unit, say
from rutine.pages._areas import line, rest
from rutine.pages._places import role_page, unit_page
from rutine.pages._shelf import BINDING, MANY, Shelf, shelf_of
from rutine.pages._text import block, facts, h, items, join, md, paragraph, section
from rutine.pages._ways import UNITS as INDEX
from rutine.pages._ways import title
from rutine.site_paths import unit_calendar

ORDER = 23

Scope = dict[str, list[Document]]  # the documents whose scope names a unit


def pages(report: Report) -> Iterator[Page]:
    """A page with the units as a tree, and one for each."""
    shelf = shelf_of(report)
    units = shelf.settings.units
    if not units:
        return
    scope, name = _by_unit(shelf), title(shelf, INDEX)
    intro = paragraph(
        h(
            shelf.words(
                say(
                    "Choose the unit where you work to see what applies there. The numbers tell how many documents name the unit itself; what applies to a unit applies to those below it as well."
                )
            )
        )
    )
    tree = block("tree", [_tree(shelf, scope, None)])
    yield Page(INDEX, name, join([f"# {md(name)}\n", intro, tree]), menu=shelf.words(say("Overviews")))
    for unit in units.values():
        yield _page(shelf, unit, scope)


def _tree(shelf: Shelf, scope: Scope, parent: str | None) -> str:
    """The units below one, each with how many documents name it, and those below it."""
    below = [unit for unit in shelf.settings.units.values() if unit.parent == parent]
    told = (
        f"<li>{_link(shelf, unit, INDEX)}{_count(shelf, scope, unit)}{_tree(shelf, scope, unit.name)}</li>"
        for unit in below
    )
    return f"<ul>{''.join(told)}</ul>" if below else ""


def _count(shelf: Shelf, scope: Scope, unit: Unit) -> str:
    count = len(scope.get(unit.name, ()))
    told = shelf.words(say("{count} documents", one="{count} document", count=count))
    return f" <small>{h(told)}</small>" if count else ""


def _link(shelf: Shelf, unit: Unit, here: str) -> str:
    return shelf.lead(h(shelf.name(unit)), here, unit_page(unit.name))


def _by_unit(shelf: Shelf) -> Scope:
    """The documents in force, or soon to be, whose scope names a unit."""
    found: Scope = {}
    for document in shelf.documents:
        if shelf.state(document) in BINDING:
            for name in dict.fromkeys(value for _, value in document.values("scope-unit")):
                found.setdefault(name, []).append(document)
    return found


def _page(shelf: Shelf, unit: Unit, scope: Scope) -> Page:
    here, called, words = unit_page(unit.name), shelf.name(unit), shelf.words
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
            rows = items(line(shelf, document, here, summary=True) for document in documents[:MANY])
            more = rest(shelf, len(documents) - MANY, here)
            parts.append(section(told, f"scope-{len(parts) + 1}", join([rows, more])))
    nothing = paragraph(h(words(say("No document names this unit or a unit above it."))))
    text = join([f"# {md(called)}\n", facts(_facts(shelf, unit, here)), *(parts or [nothing])])
    return Page(here, called, text, search=None)


def _facts(shelf: Shelf, unit: Unit, here: str) -> Iterator[tuple[str, str]]:
    units, words = shelf.settings.units, shelf.words
    if above := [units[name] for name in shelf.units_above(unit.name)[1:]]:
        yield h(words(say("Part of"))), ", ".join(_link(shelf, one, here) for one in above)
    if manager := shelf.settings.roles.get(unit.manager or ""):
        yield h(words(say("Led by"))), shelf.lead(h(shelf.name(manager)), here, role_page(manager.name))
    if below := [one for one in units.values() if one.parent == unit.name]:
        yield h(words(say("Units in it"))), ", ".join(_link(shelf, one, here) for one in below)
    if roles := [role for role in shelf.settings.roles.values() if role.unit == unit.name]:
        links = (shelf.lead(h(shelf.name(role)), here, role_page(role.name)) for role in roles)
        yield h(words(say("Roles in it"))), ", ".join(links)
    if any(unit.name in shelf.units_above(role.unit or "") for role in _reviewing(shelf)):
        yield h(words(say("Reviews"))), shelf.lead(h(words(say("As a calendar"))), here, unit_calendar(unit.name))


def _reviewing(shelf: Shelf) -> list[Role]:
    """The roles that own a document with a review to come."""
    owners = {row.owner for row in shelf.deadlines.values() if row.path in shelf.by_path}
    return [role for name, role in shelf.settings.roles.items() if name in owners]
