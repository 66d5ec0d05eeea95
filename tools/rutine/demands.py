"""What a JSON Schema demands of a field, said so that its author knows what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from jsonschema.exceptions import ValidationError

from rutine.dates import parse_date
from rutine.kinds import field_name
from rutine.model import Message, Pointer, say

_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z", re.ASCII)
_STRUCTURE = re.compile(r"[\[\]{},:#\n]")
_INTERVAL = re.compile(r"(\d{1,3}) ?([a-zæøåäö]+)\Z")
_UNITS = {
    "day": "dag dager dagar dage",
    "week": "uke uker veke veker uge uger vecka veckor",
    "month": "måned måneder månad månader måneder mnd md mdr mån",
    "year": "år",
}
_YEAR_FIRST = re.compile(r"(\d{4})[./ ](\d{1,2})[./ ](\d{1,2})\Z", re.ASCII)


def schema_of(error: ValidationError) -> Mapping[str, Any]:
    """The part of the schema that is not satisfied."""
    return error.schema if isinstance(error.schema, Mapping) else {}


class Fields:
    """The fields that a bundled schema knows, with what it says of them."""

    def __init__(self, schema: Mapping[str, Any]) -> None:
        self._schema = schema

    def resolve(self, field: Mapping[str, Any]) -> Mapping[str, Any]:
        """The field with what its `$ref` leads to."""
        name = str(field.get("$ref", "")).rpartition("/")[2]
        return {**self._schema.get("definitions", {}).get(name, {}), **field}

    def titled(self, name: str, known: Mapping[str, Any]) -> str | None:
        """The field that is called this in one of the languages."""
        titles = {
            title.casefold(): known_name
            for known_name, field in known.items()
            for title in self.resolve(field).get("x-title", {}).values()
        }
        return titles.get(name.replace("-", " ").replace("_", " ").casefold())

    def requires(self, pointer: Pointer) -> bool:
        """Whether the field at a pointer must always be there."""
        field: Mapping[str, Any] = self.resolve(self._schema)
        for step in pointer[:-1]:
            within = field.get("items", {}) if isinstance(step, int) else field.get("properties", {}).get(step, {})
            field = self.resolve(within) if isinstance(within, Mapping) else {}
        return bool(pointer) and pointer[-1] in field.get("required", ())


def empty(pointer: Pointer, *, required: bool) -> Message:
    """A field without a value."""
    if required:
        return say("The field {field} is empty. Fill it in.", field=field_name(pointer))
    return say(
        "The field {field} is empty. Fill it in, or delete the line if it does not apply.", field=field_name(pointer)
    )


def missing(name: str, error: ValidationError, fields: Fields) -> Message:
    """A field that must be there and is not."""
    field = field_name((*error.absolute_path, name))
    examples = fields.resolve(schema_of(error).get("properties", {}).get(name, {})).get("examples")
    if examples:
        return say(
            "The field {field} is missing. Add it, for example {example}.",
            field=field,
            example=f"{name}: {examples[0]}",
        )
    return say("The field {field} is missing. Add it.", field=field)


def unknown(name: str, known: list[str], titled: str | None) -> Message:
    """A field that the kind does not know, with the one that was probably meant: by its title, or spelt alike."""
    near = [titled] if titled else get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if near:
        return say("There is no field {field}. Did you mean {suggestion}?", field=name, suggestion=near[0])
    if known:
        return say("There is no field {field}. Choose among: {known}.", field=name, known=", ".join(known))
    return say("There is no field {field}. Delete it.", field=name)


def mismatch(
    keyword: str, expected: Any, value: Any, pointer: Pointer, error: ValidationError
) -> tuple[Message, str | None]:
    """A value that is not as it must be, and the value mended where it can be mended mechanically."""
    field = field_name(pointer)
    if keyword == "type":
        return _type(str(expected), value, field)
    if keyword in ("enum", "const"):
        allowed = [str(item) for item in (expected if keyword == "enum" else [expected])]
        return _choice(allowed, str(value), field, schema_of(error).get("x-labels", {}))
    if schema_of(error).get("format") == "date" and isinstance(value, str):
        return _date(value, field)
    if keyword in ("pattern", "format"):
        if isinstance(value, str) and (mended := _interval(value)) and re.match(str(expected), mended):
            return say(
                "{field} must be written in English. Write {suggestion}.", field=field, suggestion=mended
            ), mended
        examples = schema_of(error).get("examples", [])
        if examples:
            return say(
                "{value} is not written as {field} must be. Write it like this: {example}.",
                value=value,
                field=field,
                example=str(examples[0]),
            ), None
        return say("{value} is not written as {field} must be.", value=value, field=field), None
    return _limit(keyword, expected, value, field, error), None


def _type(expected: str, value: Any, field: str) -> tuple[Message, str | None]:
    if expected == "string" and isinstance(value, (bool, int)):
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        return say('{field} must be text. Put quotes around it: "{value}".', field=field, value=shown), f'"{shown}"'
    if expected == "array" and isinstance(value, str) and not _STRUCTURE.search(value):
        return say("{field} must be a list. Write [{value}].", field=field, value=value), f"[{value}]"
    messages = {
        "string": say("{field} must be text.", field=field),
        "array": say(
            "{field} must be a list. Write each item on a line of its own, beginning with a dash and a space.",
            field=field,
        ),
        "object": say("{field} must be a group of fields (name: value), indented below it.", field=field),
        "integer": say("{field} must be a whole number, written without unit or quotes.", field=field),
        "number": say("{field} must be a number.", field=field),
        "boolean": say("{field} must be true or false.", field=field),
    }
    return messages.get(expected, say("{field} is of the wrong type.", field=field)), None


def _choice(
    allowed: list[str], value: str, field: str, labels: Mapping[str, Mapping[str, str]]
) -> tuple[Message, str | None]:
    """One of several words: the one whose label was written, in any language, or the one spelt alike."""
    labelled = {label.casefold(): name for name, names in labels.items() for label in names.values()}
    labelled.update({name.casefold(): name for name in allowed})
    near = get_close_matches(value.casefold(), labelled, n=1, cutoff=0.7)
    known = ", ".join(allowed)
    if near and len(allowed) > 1:
        mended = labelled[near[0]]
        message = say(
            "{field} cannot be {value}. Did you mean {suggestion}? Choose among: {known}.",
            field=field, value=value, suggestion=mended, known=known,
        )  # fmt: skip
        return message, mended if value.casefold() in labelled else None
    return say("{field} cannot be {value}. Choose among: {known}.", field=field, value=value, known=known), None


def _interval(value: str) -> str | None:
    """An interval in a Scandinavian language, in English."""
    found = _INTERVAL.match(value.strip().casefold())
    unit = next((unit for unit, words in _UNITS.items() if found and found[2] in words.split()), None)
    return f"{found[1]} {unit}s" if found and unit else None


def _date(value: str, field: str) -> tuple[Message, str | None]:
    numbers: tuple[int, ...] = ()
    if found := _DAY_FIRST.match(value):
        numbers = (int(found[3]), int(found[2]), int(found[1]))
    elif found := _YEAR_FIRST.match(value):
        numbers = (int(found[1]), int(found[2]), int(found[3]))
    mended = "{:04}-{:02}-{:02}".format(*numbers) if numbers else None
    if mended and parse_date(mended):
        return say("{field} must be a date as YYYY-MM-DD. Write {suggestion}.", field=field, suggestion=mended), mended
    if re.match(r"\d{4}-\d{2}-\d{2}\Z", value):
        return say("{value} is not a date in the calendar. Correct {field}.", field=field, value=value), None
    return say("{field} must be a date as YYYY-MM-DD, not {value}.", field=field, value=value), None


def _limit(keyword: str, expected: Any, value: Any, field: str, error: ValidationError) -> Message:
    if keyword in ("minimum", "maximum"):
        low, high = schema_of(error).get("minimum"), schema_of(error).get("maximum")
        if low is not None and high is not None:
            return say(
                "{field} must be between {low} and {high}, not {value}.", field=field, low=low, high=high, value=value
            )
        if low is not None:
            return say("{field} must be at least {low}, not {value}.", field=field, low=low, value=value)
        return say("{field} must be at most {high}, not {value}.", field=field, high=str(high), value=value)
    messages = {
        "minLength": say("{field} is too short. Write at least {limit} characters.", field=field, limit=str(expected)),
        "maxLength": say("{field} is too long. Write at most {limit} characters.", field=field, limit=str(expected)),
        "minItems": say("The list {field} is empty. Fill it in, or delete the line if it does not apply.", field=field),
        "uniqueItems": say("The list {field} holds the same item twice. Delete one of them.", field=field),
        "minProperties": say("{field} is empty. Fill it in, or delete the line if it does not apply.", field=field),
        "maxProperties": say(
            "{field} can hold only one field at a time. Keep one of these: {known}.",
            field=field,
            known=", ".join(map(str, value)) if isinstance(value, Mapping) else "",
        ),
    }
    if not error.absolute_path:
        return say("The fields do not go together as the kind demands ({keyword}).", keyword=keyword)
    return messages.get(keyword, say("{field} is not as its schema demands ({keyword}).", field=field, keyword=keyword))
