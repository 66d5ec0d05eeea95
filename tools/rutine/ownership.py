"""Which roles and people stand behind a document, and what each of them owns."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rutine.kinds import Kind
from rutine.model import Entry, Fact, Handbook, Settings


def is_in_force(entry: Entry, settings: Settings) -> bool:
    """Whether an entry is a document that binds; records are none."""
    kind = settings.kinds.get(entry.kind or "")
    return kind is not None and not kind.is_record and kind.status(entry.value("status")) == "in-force"


def named(entry: Entry, settings: Settings, meaning: str, register: str) -> list[Fact]:
    """The values of that meaning (`owner`, `decided-by`) which its kind has refer to a register, and which stand there."""
    kind = settings.kinds.get(entry.kind or "")
    if kind is None or _register(kind, meaning) != register:
        return []
    return [fact for fact in entry.facts.get(meaning, ()) if fact.value in settings.register(register)]


def documents_of_roles(handbook: Handbook) -> dict[str, set[str]]:
    """By role: the paths of the documents in force that it owns."""
    return _owned(handbook, "role")


def documents_of_people(handbook: Handbook) -> dict[str, set[str]]:
    """By person: the paths of the documents in force whose kind has people own them by name."""
    return _owned(handbook, "person")


def _owned(handbook: Handbook, register: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for path, name in _owners(handbook, register):
        found.setdefault(name, set()).add(path)
    return found


def _owners(handbook: Handbook, register: str) -> Iterator[tuple[str, str]]:
    for entry in handbook.entries.values():
        if is_in_force(entry, handbook.settings):
            yield from ((entry.path, fact.value) for fact in named(entry, handbook.settings, "owner", register))


@lru_cache(maxsize=256)
def _register(kind: Kind, meaning: str) -> str | None:
    """The register that values of a meaning must be found in, as the kind says."""
    if not kind.means(meaning):
        return None
    field = kind.field(tuple(kind.name_of(meaning).split(".")))
    if isinstance(items := field.get("items"), dict):
        field = kind.resolve(items)
    found: str | None = field.get("x-refers-to")
    return found
