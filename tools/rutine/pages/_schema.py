"""What the schema of a kind says of its fields, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from rutine.dates import Interval, parse_interval
from rutine.i18n import choose
from rutine.kinds import Kind
from rutine.model import Pointer, say
from rutine.pages._shelf import Shelf
from rutine.pages._text import code, h, prose
from rutine.skeleton import skeleton


class Field(NamedTuple):
    """A field of a kind: where it stands, what it is called, whether it must be there, and its schema."""

    pointer: Pointer
    title: str
    required: bool
    schema: Mapping[str, Any]


def classes_of(shelf: Shelf) -> list[tuple[str, Interval]]:
    """The risk classes of the handbook, each with how often its documents are reviewed."""
    parsed = ((name, parse_interval(written)) for name, written in shelf.settings.review_classes.items())
    return [(name, interval) for name, interval in parsed if interval]


def template_of(shelf: Shelf, kind: Kind) -> str:
    """A new document or record of a kind, to copy and fill in."""
    known = {"kind": kind.name, "status": "draft", "revision": "0.1"}
    return skeleton(kind, shelf.language, known, always={"title"})


def fields_of(shelf: Shelf, kind: Kind) -> Iterator[Field]:
    """The fields of a kind in the order of its schema, those within others after them."""
    return _below(shelf, kind, kind.resolve(kind.schema), ())


def _below(shelf: Shelf, kind: Kind, schema: Mapping[str, Any], pointer: Pointer) -> Iterator[Field]:
    for name, raw in schema.get("properties", {}).items():
        field, here = kind.resolve(raw), (*pointer, name)
        title = choose(field["x-title"], shelf.language) if field.get("x-title") else ""
        yield Field(here, title, name in schema.get("required", ()), field)
        items = kind.resolve(field.get("items", {}))
        yield from _below(shelf, kind, items if field.get("type") == "array" else field, here)


def allowed(shelf: Shelf, kind: Kind, field: Mapping[str, Any]) -> str:
    """What a field may hold, in words."""
    words = shelf.words
    if field.get("type") == "array":
        items = kind.resolve(field.get("items", {}))
        return (
            words(say("a list"))
            if "properties" in items
            else words(say("a list: {items}", items=allowed(shelf, kind, items)))
        )
    if "const" in field:
        return code(str(field["const"]))
    if "enum" in field:
        names = field.get("x-labels", {})
        labels = {str(value): choose(names.get(value, {"": ""}), shelf.language) for value in field["enum"]}
        return ", ".join(f"{code(value)} ({h(label)})" if label else code(value) for value, label in labels.items())
    registers = {
        "document": say("the number of a document"),
        "role": say("a role of `handbook.yml`"),
        "unit": say("a unit of `handbook.yml`"),
        "person": say("a person of `handbook.yml`"),
        "review-class": say("a risk class of `handbook.yml`"),
    }
    if field.get("x-refers-to") == "review-class" and shelf.settings.review_classes:
        return ", ".join(f"{code(name)} ({words.every(interval)})" for name, interval in classes_of(shelf))
    example = f" ({code(str(field['examples'][0]))})" if field.get("examples") and "properties" not in field else ""
    if field.get("x-refers-to") in registers:
        return prose(words(registers[field["x-refers-to"]])) + example
    types = {
        "object": say("fields of its own"),
        "boolean": say("`true` or `false`"),
        "integer": say("a whole number"),
        "number": say("a number"),
    }
    plain = say("a date") if field.get("format") == "date" else types.get(str(field.get("type")), say("text"))
    return prose(words(plain)) + example
