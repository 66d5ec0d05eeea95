"""The reference of the kinds: every field with its name, what it means, whether it is required, and what it may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rutine.i18n import choose
from rutine.kinds import Kind, field_name
from rutine.model import Page, Pointer, Report, say
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import code, file_name, h, items, join, md, paragraph, prose, section, table

ORDER = 81
INDEX = "reference/kinds/index.md"


def pages(report: Report) -> Iterator[Page]:
    """A page that lists the kinds, and one for each."""
    shelf = shelf_of(report)
    kinds = sorted(shelf.settings.kinds.values(), key=lambda kind: kind.title(shelf.language).casefold())
    if not kinds:
        return
    title = shelf.words(say("Kinds of documents and records"))
    links = (shelf.lead(h(kind.title(shelf.language)), INDEX, _page(kind)) for kind in kinds)
    rows = items(f"{link}<br><small>{_purpose(shelf, kind)}</small>" for link, kind in zip(links, kinds, strict=True))
    yield Page(INDEX, title, join([f"# {md(title)}\n", rows]), menu=shelf.words(say("Reference")))
    for kind in kinds:
        yield Page(_page(kind), kind.title(shelf.language), _text(shelf, kind))


def _page(kind: Kind) -> str:
    return f"reference/kinds/{file_name(kind.name)}.md"


def _purpose(shelf: Shelf, kind: Kind) -> str:
    return prose(shelf.words.text(str(kind.schema.get("description", ""))))


def _text(shelf: Shelf, kind: Kind) -> str:
    words = shelf.words
    heads = [
        words(say("Field")),
        words(say("Name")),
        words(say("Required")),
        words(say("What it may hold")),
        words(say("Meaning")),
    ]
    told = words(say("A document or record of this kind says {field}.", field=code(f"kind: {kind.name}")))
    parts = [f"# {md(kind.title(shelf.language))}\n", paragraph(_purpose(shelf, kind)), paragraph(told)]
    if kind.sections:
        rows = (
            [h(choose(s.heading, shelf.language)), h(choose(s.hint, shelf.language) if s.hint else "")]
            for s in kind.sections
        )
        parts.append(
            section(
                words(say("Sections")),
                "sections",
                table(words(say("Sections")), [words(say("Heading")), words(say("What to write"))], rows),
            )
        )
    fields = _fields(shelf, kind, kind.resolve(kind.schema), ())
    return join([*parts, section(words(say("Fields")), "fields", table(words(say("Fields")), heads, fields))])


def _fields(shelf: Shelf, kind: Kind, schema: Mapping[str, Any], pointer: Pointer) -> Iterator[list[str]]:
    required = schema.get("required", ())
    for name, raw in schema.get("properties", {}).items():
        field, here = kind.resolve(raw), (*pointer, name)
        items = kind.resolve(field.get("items", {}))
        title = choose(field["x-title"], shelf.language) if field.get("x-title") else ""
        means = field.get("x-means") or items.get("x-means") or ""
        must = shelf.words(say("yes")) if name in required else ""
        yield [code(field_name(here)), h(title), must, _allowed(shelf, kind, field), code(means) if means else ""]
        yield from _fields(shelf, kind, items if field.get("type") == "array" else field, here)


def _allowed(shelf: Shelf, kind: Kind, field: Mapping[str, Any]) -> str:
    """What a field may hold, in words."""
    words = shelf.words
    if field.get("type") == "array":
        items = kind.resolve(field.get("items", {}))
        return (
            words(say("a list"))
            if "properties" in items
            else words(say("a list: {items}", items=_allowed(shelf, kind, items)))
        )
    if "const" in field:
        return code(str(field["const"]))
    if "enum" in field:
        return ", ".join(code(str(value)) for value in field["enum"])
    registers = {
        "document": say("the number of a document"),
        "role": say("a role of `handbook.yml`"),
        "unit": say("a unit of `handbook.yml`"),
        "person": say("a person of `handbook.yml`"),
        "review-class": say("a risk class of `handbook.yml`"),
    }
    example = f" ({code(str(field['examples'][0]))})" if field.get("examples") else ""
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
