"""Values of a document's metadata as HTML: named, linked and dated as the schema of its kind says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rutine import regulations
from rutine.dates import parse_date, parse_interval
from rutine.grounds import Citation
from rutine.i18n import choose
from rutine.model import Document, Pointer, Role, Unit, say
from rutine.pages._places import act_page, role_page, unit_page
from rutine.pages._shelf import Shelf
from rutine.pages._text import capital, h, outward, table

_WEB = ("https://", "http://")


class Values:
    """The metadata of one document, as its page shows it."""

    def __init__(self, shelf: Shelf, document: Document, here: str) -> None:
        self.shelf, self.document, self.here = shelf, document, here

    def field(self, pointer: Pointer) -> Mapping[str, Any]:
        """The schema of the field at a pointer."""
        return self.shelf.field(self.document, pointer)

    def parts(self, pointer: Pointer) -> Mapping[str, str]:
        """The fields of the object at a pointer by what they mean."""
        return self.shelf.parts(self.document, pointer)

    def label(self, pointer: Pointer) -> str:
        """What the field at a pointer is called."""
        return h(self.title(pointer))

    def title(self, pointer: Pointer) -> str:
        """What the field at a pointer is called, as plain text."""
        names = self.field(pointer).get("x-title")
        return choose(names, self.shelf.language) if names else str(pointer[-1])

    def show(self, pointer: Pointer, value: Any) -> str:
        """A value as HTML on one line; a list with commas."""
        if isinstance(value, list):
            return ", ".join(self.show((*pointer, index), item) for index, item in enumerate(value))
        if isinstance(value, dict):
            return "; ".join(
                f"{self.label((*pointer, name))}: {self.show((*pointer, name), item)}" for name, item in value.items()
            )
        if isinstance(value, bool):
            return self.shelf.words(say("yes") if value else say("no"))
        return self._scalar(pointer, str(value))

    def all(self, meaning: str) -> list[str]:
        """Every value of that meaning, as HTML."""
        return [self.show(pointer, value) for pointer, value in self.document.values(meaning)]

    def _scalar(self, pointer: Pointer, value: str) -> str:
        shelf = self.shelf
        field = shelf.field(self.document, pointer)
        register = field.get("x-refers-to")
        if register:
            return named(shelf, register, value, self.here, self.document)
        if field.get("x-means") == "regulation":
            return act(shelf, value, self.here)
        if names := field.get("x-labels", {}).get(value):
            return h(choose(names, shelf.language))
        if parse_date(value):
            return h(shelf.words.day(value))
        if interval := parse_interval(value) if field.get("x-means") == "review-interval" else None:
            return shelf.words.every(interval)
        if value.startswith(_WEB) and not any(char.isspace() for char in value):
            return outward(h(value), value)
        return h(value)

    def rows(self, pointer: Pointer, items: list[Any]) -> str:
        """A list of objects as a table: a column for every field that one of them has, in the order of the schema."""
        known = list(self.field((*pointer, 0)).get("properties", {}))
        used = [name for item in items for name in item]
        names = [name for name in dict.fromkeys([*known, *used]) if name in used]
        heads = [self.label((*pointer, 0, name)) for name in names]
        rows = [
            [self._cell((*pointer, index, name), item.get(name)) for name in names] for index, item in enumerate(items)
        ]
        return table(self.title(pointer), heads, rows)

    def _cell(self, pointer: Pointer, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, list) and len(value) > 1 and any(len(str(item)) > 20 for item in value):
            return "<br>".join(self.show((*pointer, index), item) for index, item in enumerate(value))
        return self.show(pointer, value)

    def citations(self, found: list[Citation]) -> str:
        """Regulations with their places, each linked as far as its official address is known."""
        return "<br>".join(citation(self.shelf, one, self.here) for one in found)


def named(shelf: Shelf, register: str, value: str, here: str, speaker: Document | None = None) -> str:
    """Something in a register by what it is called, with a link to its page where it has one.

    Where a document is the `speaker`, roles and units are called what they are in its language.
    """
    settings = shelf.settings
    if register == "document":
        document = shelf.find(value)
        return shelf.numbered(document, here) if document else h(value)
    if register == "role" and value in settings.roles:
        return shelf.lead(_called(shelf, settings.roles[value], speaker), here, role_page(value))
    if register == "unit" and value in settings.units:
        return shelf.lead(_called(shelf, settings.units[value], speaker), here, unit_page(value))
    if register == "person" and value in settings.people:
        return h(settings.people[value].full_name)
    if register == "review-class" and (interval := parse_interval(settings.review_classes.get(value))):
        return f"{h(value)} ({shelf.words.every(interval)})"
    return h(value)


def _called(shelf: Shelf, register: Role | Unit, speaker: Document | None) -> str:
    return shelf.name_in(speaker, register) if speaker else h(shelf.name(register))


def register_of(document: Document, pointer: Pointer) -> str | None:
    """The register that a value must be found in, as the kind says."""
    return document.kind.field(pointer).get("x-refers-to") if document.kind else None


def act_title(shelf: Shelf, identifier: str) -> str:
    """What an act is called, a standard with its number first; its identifier where nobody has told."""
    title = shelf.settings.regulations.get(identifier) or regulations.title(identifier, shelf.language) or identifier
    return title if identifier in title or not is_standard(identifier) else f"{identifier} {title}"


def is_standard(identifier: str) -> bool:
    """Whether people know it by its number: ISO 9001:2015."""
    parsed = regulations.parse(identifier)
    return isinstance(parsed, regulations.Regulation) and parsed.system == "iso"


def act(shelf: Shelf, identifier: str, here: str) -> str:
    """An act by its title, with a link to its page."""
    title = act_title(shelf, identifier)
    return shelf.lead(h(capital(title)), here, act_page(identifier))


def place_link(shelf: Shelf, identifier: str, place: str) -> str:
    """A place in an act, with a link to the official text where its address is known."""
    parsed = regulations.parse(identifier)
    address = regulations.link(parsed, place, shelf.language) if isinstance(parsed, regulations.Regulation) else None
    name = f'<span class="rutine-place">{h(place)}</span>' if len(place) < 20 else h(place)
    return outward(name, address) if address else name


def citation(shelf: Shelf, found: Citation, here: str) -> str:
    """An act and the places in it that a document rests on; of a standard its title comes last."""
    places = ", ".join(place_link(shelf, found.identifier, place) for place in found.places)
    if is_standard(found.identifier):
        link = shelf.lead(h(found.identifier), here, act_page(found.identifier))
        title = act_title(shelf, found.identifier).removeprefix(found.identifier).strip()
        return " ".join(part for part in (link, places, title and f"<small>{h(title)}</small>") if part)
    return f"{act(shelf, found.identifier, here)} {places}".strip()


def leaves(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Every value that is neither a list nor an object, with its pointer."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
    if children is None:
        yield pointer, value
        return
    for name, child in children:
        yield from leaves(child, (*pointer, name))
