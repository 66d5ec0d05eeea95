"""The nouns: what the rest of rutine speaks of. No behaviour beyond looking things up."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

if TYPE_CHECKING:
    from rutine.frontmatter import Loaded
    from rutine.kinds import Kind
    from rutine.markdown import Markup
    from rutine.validation import SchemaFault

Severity = Literal["error", "warning"]
Pointer = tuple[str | int, ...]

_IN_QUOTES = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")


class Place(NamedTuple):
    """A spot in a file of the handbook: path from its root with `/`, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1


class Message(NamedTuple):
    """An English sentence with `{names}` and their values; `i18n` renders it in the reader's language."""

    text: str
    values: Mapping[str, str | int] = {}


def say(text: str, /, *, one: str | None = None, **values: str | int) -> Message:
    """A message; `one` is its form for a `count` of 1. Catalogues are extracted from the calls of this function."""
    return Message(one if one and values.get("count") == 1 else text, values)


class Edit(NamedTuple):
    """A mechanical repair within one line: at `line` and `column`, `old` becomes `new`."""

    line: int
    column: int
    old: str
    new: str


class Problem(NamedTuple):
    """What a check yields; the runner adds the rule and its severity."""

    place: Place
    message: Message
    edits: tuple[Edit, ...] = ()


class Finding(NamedTuple):
    """A problem with the rule that found it."""

    place: Place
    rule: str
    severity: Severity
    message: Message
    edits: tuple[Edit, ...] = ()


class Fault(NamedTuple):
    """Something the reader met in a file; the rule of the same name reports it."""

    rule: str
    line: int
    column: int
    message: Message
    edits: tuple[Edit, ...] = ()


class Fact(NamedTuple):
    """One value of a document's front matter: as text, with its place."""

    value: str
    line: int
    column: int


class Link(NamedTuple):
    """A link or picture in a body that leads to another place of the handbook."""

    target: str
    line: int
    column: int


class Page(NamedTuple):
    """A page of the published handbook: path below the site's source folder, title (plain text) and Markdown.

    `source` is the document that it shows, `menu` the heading of the menu that it stands under ("" for none; None:
    it is not in the menu), `sought` whether search finds it, and `words` what it is found by beside its text.
    """

    path: str
    title: str
    text: str
    source: str | None = None
    menu: str | None = None
    sought: bool = True
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """A role of `handbook.yml`: its name, titles per language (`""` for any), unit and holders."""

    name: str
    title: Mapping[str, str]
    unit: str | None
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the organisation: its name, titles per language, and the unit above it."""

    name: str
    title: Mapping[str, str]
    parent: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who holds a role."""

    name: str
    full_name: str
    email: str | None


@dataclass(frozen=True)
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
    records_folder: str
    units: Mapping[str, Unit]
    roles: Mapping[str, Role]
    people: Mapping[str, Person]
    review_every: str | None
    review_classes: Mapping[str, str]
    review_soon: str
    regulations: Mapping[str, str]
    kinds: Mapping[str, Kind]

    def register(self, name: str) -> Mapping[str, object]:
        """The register that an `x-refers-to` names, other than `document`."""
        registers: dict[str, Mapping[str, object]] = {
            "role": self.roles,
            "unit": self.units,
            "person": self.people,
            "review-class": self.review_classes,
        }
        return registers[name]


@dataclass
class Document:
    """A document or record as it was read: its metadata as plain values, its body, and what was wrong with the file."""

    path: str
    kind: Kind | None
    meta: dict[str, Any]
    body: str = ""
    body_line: int = 1
    front: Loaded | None = None
    faults: list[Fault] = field(default_factory=list)
    _values: dict[str, list[tuple[Pointer, str]]] = field(default_factory=dict, repr=False)

    @cached_property
    def markup(self) -> Markup:
        """What the body holds: headings, links, code, lists."""
        from rutine.markdown import Markup  # only when a rule asks for it

        return Markup(self.body, self.body_line)

    def place(self, pointer: Pointer = (), *, key: bool = False) -> Place:
        """Where a value (or its key) stands; of what is not there, the nearest thing around it."""
        if self.front is None:
            return Place(self.path)
        return Place(self.path, *self.front.place(pointer, key=key))

    def values(self, meaning: str) -> list[tuple[Pointer, str]]:
        """Every value that means this, as text, with its pointer. Values of a wrong type are no facts."""
        found = self._values.get(meaning)
        if found is None:
            found = self._values[meaning] = list(self._find(meaning))
        return found

    def _find(self, meaning: str) -> Iterator[tuple[Pointer, str]]:
        for pointer, value in self.kind.find(self.meta, meaning) if self.kind else ():
            if isinstance(value, str) and value.strip():
                yield pointer, value.strip()
            elif isinstance(value, int) and not isinstance(value, bool):
                yield pointer, str(value)

    def value(self, meaning: str) -> str | None:
        """The first value that means this, or None."""
        return next((value for _, value in self.values(meaning)), None)

    def facts(self, meaning: str) -> list[Fact]:
        """The values that mean this, with line and column."""
        return [Fact(value, *self.place(pointer)[1:]) for pointer, value in self.values(meaning)]

    @cached_property
    def _schema_faults(self) -> list[SchemaFault]:
        unread = self.front is None or (self.front.value is None and self.front.faults)
        if self.kind is None or unread or self.kind.accepts(self.meta):
            return []
        from rutine.validation import faults  # jsonschema takes 0.1 s to import, and only faults need it

        return faults(self.kind.schema, self.meta)

    def schema_problems(self, rule: str) -> Iterator[Problem]:
        """The faults of the front matter by its schema that this rule reports."""
        told = {fault.line for fault in self.faults if fault.rule == "broken-front-matter"}
        for fault in self._schema_faults:
            place = self.place(fault.pointer, key=fault.at_key)
            if fault.rule == rule and place.line not in told:
                edits = (Edit(place.line, place.column, self.written(place), fault.mended),) if fault.mended else ()
                yield Problem(place, fault.message, edits)

    def written(self, place: Place) -> str:
        """A value on one line of the front matter as it is written there."""
        line = self.front.text.split("\n")[place.line - self.front.line] if self.front else ""
        before, rest = line[: place.column - 1], line[place.column - 1 :]
        if quoted := _IN_QUOTES.match(rest):
            return quoted[0]
        if sum(before.count(mark) for mark in "[{") > sum(before.count(mark) for mark in "]}"):
            rest = re.split(r"[,\]}]", rest, maxsplit=1)[0]
        return rest.split(" #")[0].rstrip(" ,]}")

    def fault(self, rule: str) -> Iterator[Problem]:
        """What the reader met that this rule reports."""
        for fault in self.faults:
            if fault.rule == rule:
                yield Problem(Place(self.path, fault.line, fault.column), fault.message, fault.edits)


class Facts(Mapping[str, Sequence[Fact]]):
    """Facts by meaning, from the plain tuples that are remembered between runs; made into facts when asked for."""

    __slots__ = ("_raw",)

    def __init__(self, raw: Mapping[str, Sequence[Sequence[Any]]]) -> None:
        self._raw = raw

    def __getitem__(self, meaning: str) -> list[Fact]:
        return [Fact._make(fact) for fact in self._raw[meaning]]

    def first(self, meaning: str) -> Fact | None:
        """The first fact of that meaning, or None."""
        found = self._raw.get(meaning)
        return Fact._make(found[0]) if found else None

    def texts(self, meaning: str) -> list[str]:
        """The facts of that meaning without their places."""
        return [fact[0] for fact in self._raw.get(meaning, ())]

    def get(self, meaning: str, default: Any = None) -> Any:
        """The facts of that meaning, or the default."""
        found = self._raw.get(meaning)
        return default if found is None else [Fact._make(fact) for fact in found]

    def __iter__(self) -> Iterator[str]:
        return iter(self._raw)

    def __len__(self) -> int:
        return len(self._raw)


class Entry(NamedTuple):
    """What the rest of the handbook needs to know of one document; small, and kept between runs."""

    path: str
    kind: str | None
    facts: Facts
    references: Sequence[Fact]
    links: Sequence[Link]
    anchors: str
    findings: Sequence[Finding]

    def fact(self, meaning: str) -> Fact | None:
        """The first value that means this, or None."""
        return self.facts.first(meaning)

    def value(self, meaning: str) -> str | None:
        """The text of the first value that means this, or None."""
        return next(iter(self.facts.texts(meaning)), None)


@dataclass(frozen=True)
class Handbook:
    """Everything that was read: settings, an entry for each document and record, and the other files beside them.

    `ids` leads from an id in lower case to the documents that bear it, also those without an entry here
    (a check of one file reads that file and its neighbours only). `names` leads from published names to paths.
    `unsafe_files` are drawings that do more than draw.
    """

    settings: Settings
    entries: Mapping[str, Entry]
    ids: Mapping[str, Sequence[tuple[str, Fact]]]
    files: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    unsafe_files: frozenset[str] = frozenset()

    def entry_of(self, identifier: str) -> Entry | None:
        """The entry of the document with this id."""
        found = self.ids.get(identifier.lower())
        return self.entries.get(found[0][0]) if found else None


class RuleText(NamedTuple):
    """What a reader is told of a rule: its name, how grave it is, and its manual's paragraphs (what, why, what to do)."""

    name: str
    severity: Severity
    manual: Sequence[str]


class CommandText(NamedTuple):
    """What a reader is told of a command: how it is called, what it does, and its options with what each does."""

    usage: str
    text: str
    options: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Report:
    """A handbook as judged on a day: `checked` are the documents that were asked for, None for all; `rules` the rules.

    A report that is to be published also holds the `documents` themselves, the `settings_schema` of `handbook.yml`
    and what there is to tell of rutine's `commands`.
    """

    handbook: Handbook
    today: date
    findings: Sequence[Finding]
    documents: Sequence[Document] = ()
    rules: Sequence[RuleText] = ()
    checked: Collection[str] | None = None
    settings_schema: Mapping[str, Any] = field(default_factory=dict)
    commands: Sequence[CommandText] = ()

    def number_of(self, severity: Severity) -> int:
        """How many findings are so grave."""
        return sum(finding.severity == severity for finding in self.findings)

    def paths(self) -> Collection[str]:
        """The documents that were judged."""
        return self.handbook.entries.keys() if self.checked is None else self.checked
