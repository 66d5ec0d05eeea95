"""What a JSON Schema demands of a field, said so that its author knows what to write."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from jsonschema.exceptions import ValidationError

from rutine.dates import parse_date
from rutine.model import Message, Pointer, say

_DAY_FIRST = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\Z", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[./ ](\d{1,2})[./ ](\d{1,2})\Z", re.ASCII)


def schema_of(error: ValidationError) -> Mapping[str, Any]:
    """The part of the schema that is not satisfied."""
    return error.schema if isinstance(error.schema, Mapping) else {}


def field_name(pointer: Pointer) -> str:
    """The field as people write it: `decision.date`, `roles.role`."""
    return ".".join(str(step) for step in pointer if isinstance(step, str)) or "?"


def empty(pointer: Pointer) -> Message:
    """A field without a value."""
    return say(
        "The field {field} is empty. Fill it in, or delete the line if it does not apply.", field=field_name(pointer)
    )


def missing(name: str, error: ValidationError) -> Message:
    """A field that must be there and is not."""
    field = field_name((*error.absolute_path, name))
    examples = schema_of(error).get("properties", {}).get(name, {}).get("examples")
    if examples:
        return say(
            "The field {field} is missing. Add it, for example {field}: {example}.",
            field=field,
            example=str(examples[0]),
        )
    return say("The field {field} is missing. Add it.", field=field)


def unknown(name: str, known: list[str]) -> Message:
    """A field that the kind does not know, with the one that was probably meant."""
    near = get_close_matches(name.lower(), known, n=1, cutoff=0.6)
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
        return _choice([str(item) for item in (expected if keyword == "enum" else [expected])], value, field), None
    if schema_of(error).get("format") == "date" and isinstance(value, str):
        return _date(value, field)
    if keyword in ("pattern", "format"):
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


def _choice(allowed: list[str], value: Any, field: str) -> Message:
    near = get_close_matches(str(value).lower(), allowed, n=1, cutoff=0.7)
    if near and len(allowed) > 1:
        return say(
            "{field} cannot be {value}. Did you mean {suggestion}? Choose among: {known}.",
            field=field,
            value=str(value),
            suggestion=near[0],
            known=", ".join(allowed),
        )
    return say(
        "{field} cannot be {value}. Choose among: {known}.", field=field, value=str(value), known=", ".join(allowed)
    )


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
        "maxProperties": say("{field} can hold only one field at a time.", field=field),
    }
    if not error.absolute_path:
        return say("The fields do not go together as the kind demands ({keyword}).", keyword=keyword)
    return messages.get(keyword, say("{field} is not as its schema demands ({keyword}).", field=field, keyword=keyword))
