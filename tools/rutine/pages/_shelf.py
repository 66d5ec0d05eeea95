"""The documents as the pages see them: what is published, in which state, where, and what leads to what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, NamedTuple

from rutine.deadlines import Deadline, deadlines
from rutine.evidence import Standing, records_about, standing
from rutine.i18n import choose
from rutine.model import Document, Entry, Message, Pointer, Report, Role, Unit, say
from rutine.pages._text import h
from rutine.pages._words import Words
from rutine.permanent import permanent_pages
from rutine.published import State, is_public, language_of, state_of, title_of
from rutine.site_paths import href, page_path

STATES: dict[State, Message] = {
    "draft": say("Draft"),
    "upcoming": say("Decided, not yet in force"),
    "in-force": say("In force"),
    "withdrawn": say("Withdrawn"),
}
BINDING: tuple[State, ...] = ("in-force", "upcoming")

MANY = 600  # more than a reader looks through on one page


class Citation(NamedTuple):
    """A regulation that a document rests on: its identifier and the places in it."""

    identifier: str
    places: tuple[str, ...]
    pointer: Pointer


def shelf_of(report: Report) -> Shelf:
    """The shelf of a report; made once and kept with it, as `functools.cached_property` would."""
    shelf: Shelf = vars(report).get("_shelf") or Shelf(report)
    vars(report)["_shelf"] = shelf
    return shelf


class Shelf:
    """The published documents, by path of their page; `broken` ones have an error and are never published."""

    def __init__(self, report: Report) -> None:
        self.report, self.handbook, self.settings = report, report.handbook, report.handbook.settings
        self.language, self.today = self.settings.language, report.today
        self.words = Words(self.language)
        errors = {finding.place.path for finding in report.findings if finding.severity == "error"}
        public = [d for d in report.documents if is_public(d.path, d.kind.name if d.kind else None, self.settings)]
        self.broken = [document for document in public if document.path in errors]
        self.plain = [document for document in public if document.path not in errors and document.kind is None]
        kept = [document for document in public if document.path not in errors and document.kind is not None]
        self.documents = sorted(kept, key=lambda document: (document.value("id") or "~", document.path))
        self._pages: dict[str, str] = {}
        self._states: dict[str, State] = {}
        self._fields: dict[Pointer, Mapping[str, Any]] = {}
        self._parts: dict[Pointer, dict[str, str]] = {}
        self.by_path = {document.path: document for document in public}

    def field(self, document: Document, pointer: Pointer) -> Mapping[str, Any]:
        """The schema of the field at a pointer; every item of a list has the same."""
        if document.kind is None:
            return {}
        key = (document.kind.name, *[0 if step.__class__ is int else step for step in pointer])
        found = self._fields.get(key)
        if found is None:
            found = self._fields[key] = document.kind.field(key[1:])
        return found

    def parts(self, document: Document, pointer: Pointer) -> Mapping[str, str]:
        """The fields of the object at a pointer by what they mean, or what the items of their lists mean."""
        if document.kind is None:
            return {}
        key = (document.kind.name, *[0 if step.__class__ is int else step for step in pointer])
        found = self._parts.get(key)
        if found is None:
            found = self._parts[key] = {}
            for name in self.field(document, pointer).get("properties", {}):
                for place in ((*pointer, name), (*pointer, name, 0)):
                    found.setdefault(self.field(document, place).get("x-means", ""), name)
        return found

    @cached_property
    def indexes(self) -> dict[str, Document]:
        """The documents that are the index pages of folders, by path of their page."""
        found = ((self.page(document), document) for document in (*self.documents, *self.plain))
        return {page: document for page, document in found if page.endswith("index.md")}

    @cached_property
    def permanent(self) -> Mapping[str, str]:
        """The page that each document's id alone names, by the document's path."""
        return permanent_pages(self.handbook)

    @cached_property
    def deadlines(self) -> dict[str, Deadline]:
        """The next review of each document, by its path."""
        return {row.path: row for row in deadlines(self.handbook, self.today)}

    @cached_property
    def records(self) -> Mapping[str, list[Entry]]:
        """The records that speak of each document, by its path, newest first."""
        return records_about(self.handbook)

    def standing(self, document: Document) -> Standing:
        """What proves that a document was reviewed and decided."""
        entry, records = self.handbook.entries.get(document.path), self.records.get(document.path, ())
        return standing(self.handbook, entry, records, self.today) if entry else Standing()

    @cached_property
    def reverse(self) -> dict[str, dict[str, list[Document]]]:
        """By meaning (rests-on, replaces, replaced-by, step-document) and id in lower case: the documents that say so."""
        found: dict[str, dict[str, list[Document]]] = {}
        for document in self.documents:
            for meaning in ("rests-on", "replaces", "replaced-by", "step-document"):
                for _, identifier in document.values(meaning):
                    there = found.setdefault(meaning, {}).setdefault(identifier.lower(), [])
                    if not there or there[-1] is not document:
                        there.append(document)
        return found

    @cached_property
    def by_role(self) -> Mapping[str, list[Document]]:
        """By role: the documents that give it work or apply to it, and those, drafts as well, that it owns or decides."""
        found: dict[str, list[Document]] = {}
        for document in self.documents:
            state = self.state(document)
            meanings = ("owner", "decided-by", *(("role", "scope-role") if state in BINDING else ()))
            names = (value for meaning in meanings for _, value in document.values(meaning))
            for name in dict.fromkeys(names) if state != "withdrawn" else ():
                found.setdefault(name, []).append(document)
        return found

    @cached_property
    def below(self) -> Mapping[str, list[str]]:
        """By unit: the unit itself and those below it."""
        found: dict[str, list[str]] = {}
        for name in self.settings.units:
            for above in self.units_above(name):
                found.setdefault(above, []).append(name)
        return found

    def saying(self, meaning: str, document: Document) -> list[Document]:
        """The documents that say this of a document."""
        return self.reverse.get(meaning, {}).get((document.value("id") or "").lower(), [])

    def find(self, identifier: str) -> Document | None:
        """The published document with this id."""
        entry = self.handbook.entry_of(identifier)
        return self.by_path.get(entry.path) if entry else None

    def page(self, document: Document) -> str:
        """The path of a document's page."""
        found = self._pages.get(document.path)
        if found is None:
            found = self._pages[document.path] = page_path(document.path, self.settings)
        return found

    def state(self, document: Document) -> State:
        """The state of a document on the report's day."""
        found = self._states.get(document.path)
        if found is None:
            found = self._states[document.path] = state_of(document, self.today)
        return found

    def title(self, document: Document) -> str:
        """What a document is called."""
        return title_of(document)

    def tongue(self, document: Document) -> str:
        """The language that a document is written in."""
        return language_of(document, self.settings)

    def spoken(self, document: Document, text: str) -> str:
        """A text of a document as HTML, with its language where it is not the handbook's."""
        tongue = self.tongue(document)
        return h(text) if tongue == self.language else f'<span lang="{tongue}">{h(text)}</span>'

    def is_front(self, document: Document) -> bool:
        """Whether a page without a kind is the front page of the handbook or of an area."""
        page = self.page(document)
        return document.kind is None and page.endswith("index.md") and page.count("/") <= 1

    def lead(self, text: str, here: str, there: str, anchor: str = "") -> str:
        """A link from the page `here` to another page of the handbook; `text` is HTML."""
        path = href(here, there, folders=self.settings.address == "folder")
        return f'<a href="{path}{anchor and f"#{anchor}"}">{text}</a>'

    def link(self, document: Document, here: str) -> str:
        """A link to a document by its title, with its language where it is not the handbook's."""
        return self.lead(self.spoken(document, self.title(document)), here, self.page(document))

    def numbered(self, document: Document, here: str) -> str:
        """A link to a document after its number."""
        return f"{h(document.value('id') or '')} {self.link(document, here)}".strip()

    def state_word(self, document: Document) -> str:
        """What a document's state is called, by its kind where that has a word for it."""
        state = self.state(document)
        word = self.words(STATES[state])
        if document.kind and state != "upcoming":
            pointer, value = next(iter(document.values("status")), ((), ""))
            label = document.kind.label(pointer, self.language, value) if pointer else word
            word = word if label == value else label
        return word

    def chip(self, document: Document) -> str:
        """A document's state as a word, a shape and a colour."""
        return chip(self.state(document), h(self.state_word(document)))

    def name(self, register: Role | Unit) -> str:
        """What a role or a unit is called."""
        return choose(register.title, self.language)

    def name_in(self, document: Document, register: Role | Unit) -> str:
        """What a role or a unit is called on a document's page, as HTML: in the document's language where it has a name."""
        tongue = self.tongue(document)
        own = register.title.get(tongue, "") if tongue != self.language else ""
        return f'<span lang="{tongue}">{h(own)}</span>' if own else h(self.name(register))

    def units_above(self, name: str) -> list[str]:
        """A unit and those above it, nearest first."""
        found: list[str] = []
        unit: str | None = name
        while unit and unit in self.settings.units and unit not in found:
            found.append(unit)
            unit = self.settings.units[unit].parent
        return found


def chip(name: str, word: str) -> str:
    """A word (HTML) that the style sheet gives a shape and a colour."""
    return f'<span class="rutine-chip rutine-chip--{name}">{word}</span>'


def beside(document: Document, pointer: Pointer, meaning: str) -> list[tuple[Pointer, str]]:
    """The values of that meaning that stand with the value at `pointer`: in the same item of a list, or below it."""
    around = pointer[:-1]
    return [row for row in document.values(meaning) if row[0][: len(around)] == around]


def citations(document: Document) -> list[Citation]:
    """The regulations that a document rests on."""
    return [
        Citation(identifier, tuple(place for _, place in beside(document, pointer, "regulation-at")), pointer)
        for pointer, identifier in document.values("regulation")
    ]
