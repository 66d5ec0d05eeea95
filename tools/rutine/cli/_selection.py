"""Which documents a command is about: the options --owner, --unit, --kind and --status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from rutine.cli import _
from rutine.cli._common import within

if TYPE_CHECKING:
    from rutine.model import Entry, Handbook, Settings

F = TypeVar("F", bound=Callable[..., Any])
Spellings = Mapping[str, Iterable[str]]  # by name in handbook.yml: what else people may write for it

STATUSES: Spellings = {"draft": (), "in-force": ("in force",), "withdrawn": ()}


class Selection(NamedTuple):
    """What was asked for, by the names in `handbook.yml` and `schema/`; None is no restriction."""

    owner: str | None = None
    units: frozenset[str] | None = None
    kind: str | None = None
    status: str | None = None


def selection_options(function: F) -> F:
    """`--owner`, `--unit` and `--kind`."""
    options = (
        click.option("--owner", metavar="ROLE", help=_("Only documents that this role owns.")),
        click.option(
            "--unit",
            metavar="UNIT",
            help=_("Only documents that this unit, or one below it, owns or is bound by."),
        ),
        click.option("--kind", metavar="KIND", help=_("Only documents of this kind.")),
    )
    for option in reversed(options):
        function = option(function)
    return function


def selection(
    settings: Settings, owner: str | None, unit: str | None, kind: str | None, status: str | None = None
) -> Selection:
    """What the options ask for. A name that there is not ends the command as wrong use."""
    roles = {name: role.title.values() for name, role in settings.roles.items()}
    units = {name: found.title.values() for name, found in settings.units.items()}
    kinds = {name: found.schema.get("x-title", {}).values() for name, found in settings.kinds.items()}
    top = _named("--unit", unit, units, _("There is no unit {value}."))
    return Selection(
        _named("--owner", owner, roles, _("There is no role {value}.")),
        below(settings, top) if top else None,
        _named("--kind", kind, kinds, _("There is no kind {value}.")),
        _named("--status", status, STATUSES, _("There is no status {value}.")),
    )


def named_role(settings: Settings, option: str, value: str) -> str:
    """The role that somebody means. A name that there is not ends the command as wrong use."""
    roles = {name: role.title.values() for name, role in settings.roles.items()}
    return _named(option, value, roles, _("There is no role {value}.")) or value


def below(settings: Settings, unit: str) -> frozenset[str]:
    """A unit with all units below it."""
    found = {unit}
    while more := {name for name, other in settings.units.items() if other.parent in found} - found:
        found |= more
    return frozenset(found)


def chosen(handbook: Handbook, wanted: Selection) -> dict[str, Entry]:
    """The documents that were asked for. Records are among them only where their kind is named."""
    return {path: entry for path, entry in handbook.entries.items() if _fits(entry, handbook.settings, wanted)}


def _fits(entry: Entry, settings: Settings, wanted: Selection) -> bool:
    kind = settings.kinds.get(entry.kind or "")
    if kind is None or (kind.name != wanted.kind if wanted.kind else kind.is_record):
        return False
    owner = entry.value("owner")
    if wanted.owner and owner != wanted.owner or wanted.status and kind.status(entry.value("status")) != wanted.status:
        return False
    if wanted.units is None:
        return True
    role = settings.roles.get(owner or "")
    units = {fact.value for fact in entry.facts.get("scope-unit", ())} | {role.unit if role else None}
    return not wanted.units.isdisjoint(units)


def document_path(book: Handbook, root: Path, wanted: str) -> str:
    """The path of the document with this id, or of the file with this path from here or from the handbook's root."""
    found = [path for path, _fact in book.ids.get(wanted.strip().lower(), ())]
    if len(found) > 1:
        problem = _("Several documents have the id {value}. Name the file.").format(value=wanted)
        raise wrong("ID", problem, found, ())
    if found:
        return found[0]
    if wanted in book.entries:
        return wanted
    if Path(wanted).exists() and (here := within(root, (Path(wanted),))[0]) in book.entries:
        return here
    raise unknown_document(book, wanted)


def unknown_document(book: Handbook, wanted: str) -> click.BadParameter:
    """What to raise where no document has this id or path."""
    ids = {name: found[0][1].value for name, found in book.ids.items()}
    near = [ids[name] for name in get_close_matches(wanted.lower(), ids, n=3, cutoff=0.6)]
    return wrong("ID", _("There is no document {value}.").format(value=wanted), near, ids.values())


def _named(option: str, value: str | None, names: Spellings, problem: str) -> str | None:
    """The name that somebody means: as it is written in the settings, or as its title says, capitals aside."""
    if value is None:
        return None
    meant = {name.casefold(): name for name in names}
    for name, titles in names.items():
        for title in titles:
            meant.setdefault(title.casefold(), name)
    if found := meant.get(value.casefold().strip()):
        return found
    near = get_close_matches(value.casefold(), meant, n=1, cutoff=0.6)
    raise wrong(option, problem.format(value=value), [meant[text] for text in near], names)


def wrong(option: str, problem: str, near: Iterable[str], known: Iterable[str]) -> click.BadParameter:
    """What to raise for wrong use: the problem with what may have been meant, or else with what there is."""
    if suggestions := ", ".join(near):
        more = _("Did you mean {suggestion}?").format(suggestion=suggestions)
    elif choices := ", ".join(sorted(known)):
        more = _("Choose among: {known}.").format(known=choices)
    else:
        more = _("There are none in this handbook.")
    return click.BadParameter(f"{problem} {more}", ctx=click.get_current_context(), param_hint=f"'{option}'")
