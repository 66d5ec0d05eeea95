"""What `handbook.yml` says of units, roles and people that does not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rutine.model import Holder, Message, Pointer, Role, Settings, say

Misfit = tuple[Pointer, Message]


def register_faults(settings: Settings, meta: Mapping[str, Any]) -> Iterator[Misfit]:
    """Names that nothing bears, times that end before they begin, and names that are given twice: each at its pointer."""
    if settings.default_kind and settings.default_kind not in settings.kinds:
        known = ", ".join(sorted(settings.kinds))
        text = say("There is no kind {value}. Choose among: {known}.", value=settings.default_kind, known=known)
        yield ("documents", "kind"), text
    for role in settings.roles.values():
        yield from _of_role(role, settings)
    if settings.owners.handbook and settings.owners.handbook not in settings.roles:
        yield ("owners", "handbook"), _no_role(settings.owners.handbook)
    seen: set[str] = set()
    for pointer, unit in _units(meta.get("units") or {}, ("units",)):
        name, manager = str(pointer[-1]), unit.get("manager")
        if name in seen:
            yield (
                pointer,
                say("The unit {value} stands twice in the tree. Give each unit a name of its own.", value=name),
            )
        if manager and manager not in settings.roles:
            yield (*pointer, "manager"), _no_role(manager)
        seen.add(name)


def _units(tree: Mapping[str, Any], pointer: Pointer) -> Iterator[tuple[Pointer, Mapping[str, Any]]]:
    for name, unit in tree.items():
        yield (*pointer, name), unit
        yield from _units(unit.get("units") or {}, (*pointer, name, "units"))


def _of_role(role: Role, settings: Settings) -> Iterator[Misfit]:
    here: Pointer = ("roles", role.name)
    if role.unit and role.unit not in settings.units:
        yield (*here, "unit"), say("There is no unit {value} among the units of this file.", value=role.unit)
    for index, holder in enumerate(role.holders):
        yield from _of_holder(holder, settings, (*here, "holders", index))


def _of_holder(holder: Holder, settings: Settings, here: Pointer) -> Iterator[Misfit]:
    if holder.person not in settings.people:
        text = say("There is no person {value} among the people of this file.", value=holder.person)
        yield (*here, "person"), text
    if holder.since and holder.until and holder.until < holder.since:
        text = say(
            "This time ends on {until}, before it begins on {since}. Correct one of the two.",
            until=holder.until,
            since=holder.since,
        )
        yield (*here, "until"), text


def _no_role(name: str) -> Message:
    return say("There is no role {value} among the roles of this file.", value=name)
