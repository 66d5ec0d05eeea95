"""The reference of `handbook.yml`: every key, what it is for, and what it may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rutine.model import Page, Report, say
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import code, join, md, paragraph, prose, table
from rutine.pages._ways import SETTINGS as HERE
from rutine.pages._ways import title

ORDER = 83


def pages(report: Report) -> Iterator[Page]:
    """One page, if the report tells of the schema."""
    shelf = shelf_of(report)
    if not report.settings_schema:
        return
    name = title(shelf, HERE)
    words = shelf.words
    intro = prose(words(say("What the file `handbook.yml` may hold. Names in angle brackets are yours to choose.")))
    heads = [words(say("Key")), words(say("What it is for")), words(say("Required")), words(say("If not given"))]
    rows = _keys(shelf, report.settings_schema, report.settings_schema, "", ())
    text = join([f"# {md(name)}\n", paragraph(intro), table(name, heads, rows)])
    yield Page(HERE, name, text, menu=words(say("Reference")))


def _keys(
    shelf: Shelf, root: Mapping[str, Any], schema: Mapping[str, Any], prefix: str, seen: tuple[str, ...]
) -> Iterator[list[str]]:
    fields = dict(schema.get("properties", {}))
    if isinstance(schema.get("additionalProperties"), Mapping):
        fields[shelf.words(say("<name>"))] = schema["additionalProperties"]
    for form in schema.get("anyOf", ()):
        fields.update(form.get("properties", {}))
    for name, raw in fields.items():
        reference = str(raw.get("$ref", "")).rsplit("/", 1)[-1]
        field = {**root.get("definitions", {}).get(reference, {}), **raw}
        told = prose(shelf.words.text(str(field.get("description", ""))))
        if "enum" in field:
            told = f"{told} {', '.join(code(str(value)) for value in field['enum'])}".strip()
        must = shelf.words(say("yes")) if name in schema.get("required", ()) else ""
        default = field.get("default")
        shown = code(", ".join(map(str, default)) if isinstance(default, list) else str(default)) if default else ""
        yield [code(f"{prefix}{name}"), told, must, shown]
        if reference not in seen:
            yield from _keys(shelf, root, field, f"{prefix}{name}.", (*seen, *([reference] if reference else [])))
