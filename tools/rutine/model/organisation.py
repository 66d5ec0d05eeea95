"""The organisation as `handbook.yml` tells of it: units, roles, people, and the handbook's settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from rutine.kinds import Kind


class Holder(NamedTuple):
    """Who holds a role, in which time: first and last day (ISO), both counted; None for no bound.

    A deputy stands in for whoever holds the role otherwise. `reference` says where that was settled.
    """

    person: str
    since: str | None = None
    until: str | None = None
    deputy: bool = False
    reference: str | None = None


class Role(NamedTuple):
    """A role of `handbook.yml`: its name, titles per language (`""` for any), unit and holders.

    `team` is what a forge calls those who hold it. A `body`, such as a council, is a role that no one person holds.
    """

    name: str
    title: Mapping[str, str]
    unit: str | None
    holders: tuple[Holder, ...]
    team: str | None = None
    body: bool = False


class Unit(NamedTuple):
    """A unit of the organisation: its name, titles per language, the unit above it, and the role that leads it."""

    name: str
    title: Mapping[str, str]
    parent: str | None
    manager: str | None = None


class Person(NamedTuple):
    """Somebody who holds a role: the last day in the organisation (ISO), if it is known, and names by forge.

    `language` is what the person is written to in, where that is not the handbook's.
    """

    name: str
    full_name: str
    email: str | None
    left: str | None = None
    accounts: Mapping[str, str] = {}
    language: str | None = None


class Owners(NamedTuple):
    """What the handbook says of owners in general.

    `most` is how many documents one person should own at most, `handbook` the role that looks after the handbook's
    settings and records.
    """

    most: int | None = None
    handbook: str | None = None


class ReviewRule(NamedTuple):
    """What changes the interval of a risk class, with intervals as they are written; what is not given is 0 or None.

    So many `records` of these `kinds` (none: of all) that lie `within` a time make it the interval `to`; that many
    `stable` reviews in a row, which found nothing to change, make it longer `by` a time. Neither goes beyond `least` and
    `most`.
    """

    least: str | None = None
    most: str | None = None
    records: int = 0
    within: str | None = None
    to: str | None = None
    kinds: tuple[str, ...] = ()
    stable: int = 0
    by: str | None = None


class ActChange(NamedTuple):
    """A change of an act: the places that it concerns (none: the whole act), its first day (ISO), and what it is about."""

    at: tuple[str, ...]
    since: str
    note: str = ""


class Notices(NamedTuple):
    """When who is told of a review: intervals as they are written in documents.

    `before` are how long before its day the owner is told, `at` whether also on the day, `manager_after` how long after
    it the manager is told (None for never). `sender` is whom mail comes from, `site` where the handbook is read.
    """

    before: tuple[str, ...] = ("30 days", "7 days")
    at: bool = True
    manager_after: str | None = "14 days"
    sender: str | None = None
    site: str | None = None


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
    owners: Owners = field(default_factory=Owners)
    review_rules: Mapping[str, ReviewRule] = field(default_factory=dict)  # by risk class, of those that have one
    regulations_every: str | None = None  # how old the state of an act may become
    regulation_states: Mapping[str, str] = field(
        default_factory=dict
    )  # by act: the day (ISO) as of which it was read last
    regulation_changes: Mapping[str, tuple[ActChange, ...]] = field(default_factory=dict)  # by act, as they are written
    decisions_are_records: bool = False  # the front matter's own word for a decision is not enough
    four_eyes: bool = False  # nobody decides what the same person wrote alone
    notices: Notices = field(default_factory=Notices)
    source: str = ""  # the text of `handbook.yml`, for places in it

    def register(self, name: str) -> Mapping[str, object]:
        """The register that an `x-refers-to` names, other than `document`."""
        registers: dict[str, Mapping[str, object]] = {
            "role": self.roles,
            "unit": self.units,
            "person": self.people,
            "review-class": self.review_classes,
        }
        return registers[name]
