"""The organisation as `handbook.yml` tells of it: units, roles, people, and the handbook's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from rutine.kinds import Kind


class Role(NamedTuple):
    """A role of `handbook.yml`: its name, titles per language (`""` for any), unit and holders."""

    name: str
    title: Mapping[str, str]
    unit: str | None
    holders: tuple[str, ...]


class Unit(NamedTuple):
    """A unit of the organisation: its name, titles per language, and the unit above it."""

    name: str
    title: Mapping[str, str]
    parent: str | None


class Person(NamedTuple):
    """Somebody who holds a role."""

    name: str
    full_name: str
    email: str | None


class Look(NamedTuple):
    """How the site looks: the organisation's colour (`#rrggbb`), and its logo, a file in the documents' folder."""

    colour: str = "#0b5c53"
    logo: str | None = None


Generator = Literal["mkdocs", "zensical"]


@dataclass(frozen=True, eq=False, repr=False)
class Settings:
    """What `handbook.yml` and `schema/` say. Everything that is judged for a document alone depends on this only."""

    name: str
    organisation: str
    language: str
    folder: str
    include: tuple[str, ...]
    exclude: tuple[str, ...]
    default_kind: str | None
    plain_pages: bool
    markdown: Literal["python-markdown", "commonmark"]
    address: Literal["folder", "html"]
    generator: Generator
    edit: str | None
    records_folder: str
    units: Mapping[str, Unit]
    roles: Mapping[str, Role]
    people: Mapping[str, Person]
    review_every: str | None
    review_classes: Mapping[str, str]
    review_soon: str
    evidence_from: str
    regulations: Mapping[str, str]
    redirects: Mapping[str, str]
    synonyms: tuple[tuple[str, ...], ...]
    ask: str
    kinds: Mapping[str, Kind]
    look: Look
    accessibility_statement: str | None

    def register(self, name: str) -> Mapping[str, object]:
        """The register that an `x-refers-to` names, other than `document`."""
        registers: dict[str, Mapping[str, object]] = {
            "role": self.roles,
            "unit": self.units,
            "person": self.people,
            "review-class": self.review_classes,
        }
        return registers[name]
