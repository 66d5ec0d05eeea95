"""The reference of what the handbook tells programs: the data files, the permanent addresses, the fields of `handbook.json`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rutine.model import Message, Page, Report, say
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import code, items, join, md, paragraph, prose, section, table
from rutine.pages._ways import DATA as HERE
from rutine.pages._ways import title

ORDER = 84
_FILES = {
    "handbook.json": say(
        "The whole handbook: organisation, units, roles, and every document with what is known of it."
    ),
    "handbook.schema.json": say("What the fields of `handbook.json` mean, as JSON Schema."),
    "register.csv": say("The register of documents as comma-separated values in UTF-8, for spreadsheets."),
    "decided.atom": say(
        "A feed (Atom) of what was decided, came into force and was withdrawn, for news readers: an entry for each"
        " version of a document. Each role that owns documents has one of its own below `decided/roles/`, and each unit"
        " below `decided/units/`."
    ),
    "reviews.ics": say(
        "A calendar of all reviews to subscribe to. Each role that owns documents has one of its own below `reviews/roles/`,"
        " and each unit below `reviews/units/`."
    ),
}
_ADDRESSES = (
    say(
        "A document with the number HR-012 is always found at the address `/HR-012/` of the handbook, and at `/hr-012/`,"
        " whatever its file is called. Use this address in letters, case systems and other documents."
    ),
    say(
        "A number is an address if it holds only letters, digits, full stops, hyphens and underscores, and if no area or"
        " page has the same name. What follows `#` in an address is lost on the way to the page."
    ),
    say(
        "The address of a page holds too when its file is renamed or moved: the old one leads on to the new one. Git"
        " knows of it; what Git does not know is written in `handbook.yml` under `redirects`."
    ),
)


def pages(report: Report) -> Iterator[Page]:
    """One page, if the report tells of the data's schema."""
    shelf = shelf_of(report)
    if not report.data_schema:
        return
    words = shelf.words
    name = title(shelf, HERE)
    files = (f"{shelf.lead(code(file), HERE, file)}<br>{prose(words(text))}" for file, text in _FILES.items())
    heads = [words(say("Field")), words(say("What it is")), words(say("What it may hold"))]
    fields = table(
        words(say("Fields of handbook.json")), heads, _fields(shelf, report.data_schema, report.data_schema, "")
    )
    parts = [
        f"# {md(name)}\n",
        paragraph(
            words(say("The handbook tells programs what it tells people. These files are made anew with every build."))
        ),
        section(words(say("Files")), "files", items(files)),
        section(words(say("Permanent addresses")), "addresses", join(_told(shelf, text) for text in _ADDRESSES)),
        section(words(say("Fields of handbook.json")), "fields", join([_told(shelf, _promise(report)), fields])),
    ]
    yield Page(HERE, name, join(parts), menu=words(say("Reference")))


def _told(shelf: Shelf, text: Message) -> str:
    return paragraph(prose(shelf.words(text)))


def _promise(report: Report) -> Message:
    """What users of the data may rely on, as the schema says it."""
    return Message(str(report.data_schema.get("description", "")))


def _fields(shelf: Shelf, root: Mapping[str, Any], schema: Mapping[str, Any], prefix: str) -> Iterator[list[str]]:
    for name, written in schema.get("properties", {}).items():
        field = _resolved(root, written)
        yield [code(f"{prefix}{name}"), prose(shelf.words.text(field.get("description", ""))), _allowed(shelf, field)]
        yield from _fields(shelf, root, _resolved(root, field.get("items", field)), f"{prefix}{name}.")


def _resolved(root: Mapping[str, Any], field: Mapping[str, Any]) -> Mapping[str, Any]:
    name = str(field.get("$ref", "")).rpartition("/")[2]
    return {**root["definitions"][name], **field} if name else field


def _allowed(shelf: Shelf, field: Mapping[str, Any]) -> str:
    """What a field may hold, in JSON's words."""
    if "const" in field:
        return code(str(field["const"]))
    if "enum" in field:
        return ", ".join(code(str(value)) for value in field["enum"])
    types = field["type"] if isinstance(field["type"], list) else [field["type"]]
    names = {
        "string": say("text"),
        "integer": say("a whole number"),
        "object": say("fields of its own"),
        "array": say("a list"),
        "null": say("`null`"),
    }
    return ", ".join(prose(shelf.words(names[type_])) for type_ in types)
