"""The reference of the short names: how documents write the roles and units of the organisation, and the risk classes."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Page, Report, say
from rutine.pages._alphabet import key
from rutine.pages._guide import told
from rutine.pages._schema import classes_of
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import code, h, join, md, section, table
from rutine.pages._ways import NAMES, is_there, title

ORDER = 82


def pages(report: Report) -> Iterator[Page]:
    """One page, if `handbook.yml` names roles or units."""
    shelf = shelf_of(report)
    if not is_there(shelf, NAMES):
        return
    settings, words, name = shelf.settings, shelf.words, title(shelf, NAMES)
    groups = [
        (words(say("Roles")), "roles", [(shelf.name(role), role.name) for role in settings.roles.values()]),
        (words(say("Units")), "units", [(shelf.name(unit), unit.name) for unit in settings.units.values()]),
    ]
    intro = told(
        shelf,
        say(
            "Documents use the short names of `handbook.yml`. What readers see can be changed there at any time; a short name stays as it is."
        ),
    )
    parts = [f"# {md(name)}\n", intro, *(_group(shelf, *group) for group in groups if group[2]), _classes(shelf)]
    yield Page(NAMES, name, join(parts), menu=words(say("Reference")), search=None)


def _group(shelf: Shelf, heading: str, anchor: str, named: list[tuple[str, str]]) -> str:
    heads = [h(shelf.words(say("Name"))), h(shelf.words(say("Written as")))]
    rows = ([h(name), code(short)] for name, short in sorted(named, key=lambda row: key(row[0], shelf.language)))
    return section(heading, anchor, table(heading, heads, rows))


def _classes(shelf: Shelf) -> str:
    found = classes_of(shelf)
    if not found:
        return ""
    heading = shelf.words(say("Risk classes"))
    heads = [h(shelf.words(say("Written as"))), h(shelf.words(say("Reviewed")))]
    rows = ([code(name), shelf.words.every(interval)] for name, interval in found)
    return section(heading, "classes", table(heading, heads, rows))
