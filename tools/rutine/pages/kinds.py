"""The reference of the kinds: every field with its name, what it means, whether it is required, and what it may hold."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.i18n import choose
from rutine.kinds import Kind, field_name
from rutine.model import Page, Report, say
from rutine.pages._alphabet import key
from rutine.pages._places import kind_page
from rutine.pages._schema import Field, allowed, fields_of, template_of
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import code, h, items, join, md, paragraph, prose, sample, section, table
from rutine.pages._ways import KINDS as INDEX
from rutine.pages._ways import title

ORDER = 81


def pages(report: Report) -> Iterator[Page]:
    """A page that lists the kinds, and one for each."""
    shelf = shelf_of(report)
    kinds = sorted(shelf.settings.kinds.values(), key=lambda kind: key(kind.title(shelf.language), shelf.language))
    if not kinds:
        return
    name = title(shelf, INDEX)
    links = (shelf.lead(h(kind.title(shelf.language)), INDEX, kind_page(kind.name)) for kind in kinds)
    rows = items(f"{link}<br><small>{_purpose(shelf, kind)}</small>" for link, kind in zip(links, kinds, strict=True))
    yield Page(INDEX, name, join([f"# {md(name)}\n", rows]), menu=shelf.words(say("Reference")))
    for kind in kinds:
        yield Page(kind_page(kind.name), kind.title(shelf.language), _text(shelf, kind))


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
        parts.append(section(words(say("Sections")), "sections", _sections(shelf, kind)))
    intro = paragraph(h(words(say("Copy this into a new file, and fill it in."))))
    parts.append(section(words(say("Template")), "template", join([intro, sample(template_of(shelf, kind))])))
    fields = (_row(shelf, kind, field) for field in fields_of(shelf, kind))
    return join([*parts, section(words(say("Fields")), "fields", table(words(say("Fields")), heads, fields))])


def _sections(shelf: Shelf, kind: Kind) -> str:
    name, *heads = (shelf.words(text) for text in (say("Sections"), say("Heading"), say("What to write")))
    rows = (
        [h(choose(found.heading, shelf.language)), h(choose(found.hint, shelf.language) if found.hint else "")]
        for found in kind.sections
    )
    return table(name, heads, rows)


def _row(shelf: Shelf, kind: Kind, field: Field) -> list[str]:
    means = field.schema.get("x-means") or kind.resolve(field.schema.get("items", {})).get("x-means") or ""
    must = shelf.words(say("yes")) if field.required else ""
    told = allowed(shelf, kind, field.schema)
    return [code(field_name(field.pointer)), h(field.title), must, told, code(means) if means else ""]
