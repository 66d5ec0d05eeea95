"""The handbook as a whole, and as judged on a day."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from rutine.model.documents import Document
from rutine.model.entries import Entry, Fact
from rutine.model.findings import Finding, Message, Severity
from rutine.model.history import Edition, Past, Renewals
from rutine.model.organisation import Settings

Forge = Literal["github", "gitlab"]


class OwnersFile(NamedTuple):
    """A CODEOWNERS file: whose it is, its path from the handbook's root, its text, and the handbook's folder in the repository."""

    forge: Forge
    path: str
    text: str
    prefix: str


class Search(NamedTuple):
    """What search knows of a page beside its text.

    Its number, the units that it applies to, the `words` that it is also found by, what it can be picked out by
    (facet: values, in the reader's words), its state, the day it is sorted by (ISO), where its decision is filed, and
    the places in `acts` that it rests on.
    A page without facets is no document.
    """

    id: str = ""
    unit: str = ""
    words: tuple[str, ...] = ()
    facets: Mapping[str, tuple[str, ...]] = {}
    state: str = "in-force"
    date: str = ""
    reference: str = ""
    acts: tuple[str, ...] = ()


class Page(NamedTuple):
    """A page of the published handbook: path below the site's source folder, title (plain text) and Markdown.

    `source` is the document that it shows, `menu` the heading of the menu that it stands under ("" for none; None:
    it is not in the menu), and `search` what search knows of it (None: search does not find it). `about` is the document
    that a page tells of without showing it as it is now.
    """

    path: str
    title: str
    text: str
    source: str | None = None
    menu: str | None = None
    search: Search | None = Search()
    about: str | None = None


@dataclass(frozen=True, eq=False, repr=False)
class Handbook:
    """Everything that was read: settings, an entry for each document and record, and the other files beside them.

    `ids` leads from an id in lower case to the documents that bear it, also those without an entry here
    (a check of one file reads that file and its neighbours only). `names` leads from published names to paths.
    `unsafe_files` are drawings that do more than draw, `owner_files` the CODEOWNERS files that rutine has written in.
    `past` is what Git tells of documents and records; None where nobody has asked.
    """

    settings: Settings
    entries: Mapping[str, Entry]
    ids: Mapping[str, Sequence[tuple[str, Fact]]]
    files: frozenset[str] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    unsafe_files: frozenset[str] = frozenset()
    past: Past | None = None
    owner_files: tuple[OwnersFile, ...] = ()

    def entry_of(self, identifier: str) -> Entry | None:
        """The entry of the document with this id."""
        found = self.ids.get(identifier.lower())
        return self.entries.get(found[0][0]) if found else None


class Departure(NamedTuple):
    """A document left a file: the file, the one that seems to follow it, and the id that the document bore there.

    What is not known is empty.
    """

    path: str
    successor: str
    identifier: str


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


@dataclass(frozen=True, eq=False, repr=False)
class Report:
    """A handbook as judged on a day: `checked` are the documents that were asked for, None for all; `rules` the rules.

    A report that is to be published also holds the `documents` themselves, the `settings_schema` of `handbook.yml`,
    the `data_schema` of `handbook.json`, what there is to tell of rutine's `commands`, and which files documents have
    left, newest first (`departures`; `untold` says why Git does not tell of all), and the `renewals` of the last year.
    `editions` are the versions of each document, newest first, by its path, `texts` the documents as they were in them, by
    Git's names of their contents (of documents with more than one version), and `moved` leads from the paths that
    documents had to those of now.
    """

    handbook: Handbook
    today: date
    findings: Sequence[Finding]
    documents: Sequence[Document] = ()
    rules: Sequence[RuleText] = ()
    checked: Collection[str] | None = None
    settings_schema: Mapping[str, Any] = field(default_factory=dict)
    data_schema: Mapping[str, Any] = field(default_factory=dict)
    commands: Callable[[], Sequence[CommandText]] = tuple
    departures: Sequence[Departure] = ()
    untold: Message | None = None
    editions: Mapping[str, Sequence[Edition]] = field(default_factory=dict)
    texts: Mapping[str, Document] = field(default_factory=dict)
    moved: Mapping[str, str] = field(default_factory=dict)
    renewals: Renewals | None = None

    def number_of(self, severity: Severity) -> int:
        """How many findings are so grave."""
        return sum(finding.severity == severity for finding in self.findings)

    def paths(self) -> Collection[str]:
        """The documents that were judged."""
        return self.handbook.entries.keys() if self.checked is None else self.checked
