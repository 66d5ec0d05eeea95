"""To whom a document belongs: the role that owns it, and the units that this role stands in."""

from __future__ import annotations

from rutine.model import Settings


def owner_of(settings: Settings, owner: str | None) -> str | None:
    """The role that must see to a document; None where it names none that the handbook knows."""
    return owner if owner in settings.roles else None


def units_of(settings: Settings, owner: str | None) -> tuple[str, ...]:
    """The unit of the owner and those above it, nearest first; none where nobody knows."""
    role = settings.roles.get(owner or "")
    unit = settings.units.get(role.unit or "") if role else None
    found: list[str] = []
    while unit and unit.name not in found:
        found.append(unit.name)
        unit = settings.units.get(unit.parent or "")
    return tuple(found)
