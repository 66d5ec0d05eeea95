"""What is wrong with metadata by its JSON Schema: each fault by itself, at its key or value, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import jsonschema
import jsonschema_rs
from jsonschema.exceptions import ValidationError

from rutine.dates import parse_date
from rutine.demands import Fields, empty, mismatch, missing, schema_of, unknown
from rutine.model import Message, Pointer

MANY = 100  # faults of one document: nobody mends more before looking again


class SchemaFault(NamedTuple):
    """One fault: the rule that reports it, the pointer it stands at (at the key or the value), and a mended value."""

    rule: str
    pointer: Pointer
    at_key: bool
    message: Message
    mended: str | None = None


def faults(schema: Mapping[str, Any], value: Any) -> list[SchemaFault]:
    """Every fault of the value by the schema, which must be a bundled one, see `kinds.bundle`; at most `MANY` of them."""
    validator = _validator(str(schema.get("$schema", "")))(schema, format_checker=_formats())
    found: dict[tuple[str, Pointer], SchemaFault] = {}
    for fault in (fault for error in validator.iter_errors(value) for fault in _faults(error, Fields(schema))):
        found.setdefault((fault.rule, fault.pointer), fault)
        if len(found) == MANY:
            break
    return sorted(found.values(), key=lambda fault: [str(step) for step in fault.pointer])


@cache
def _validator(dialect: str) -> Any:
    base = jsonschema.validators.validator_for({"$schema": dialect}, default=jsonschema.Draft202012Validator)
    own = {"pattern": _pattern, "patternProperties": _pattern_properties, "additionalProperties": _additional}
    return jsonschema.validators.extend(base, own)  # type: ignore[no-untyped-call]


@cache
def _formats() -> jsonschema.FormatChecker:
    checker = jsonschema.FormatChecker(formats=())
    checker.checks("date")(lambda value: not isinstance(value, str) or parse_date(value) is not None)
    return checker


def _fits(pattern: str, text: str) -> bool:
    """In linear time: an organisation's own pattern must not be able to hang a check."""
    options = jsonschema_rs.RegexOptions()
    return bool(jsonschema_rs.validator_for({"pattern": pattern}, pattern_options=options).is_valid(text))


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[ValidationError]:
    if isinstance(value, str) and not _fits(pattern, value):
        yield ValidationError("pattern")


def _pattern_properties(validator: Any, patterns: Mapping[str, Any], value: Any, _: Any) -> Iterator[ValidationError]:
    for pattern, schema in patterns.items() if isinstance(value, dict) else ():
        for name in value:
            if _fits(pattern, name):
                yield from validator.descend(value[name], schema, path=name, schema_path=pattern)


def _additional(validator: Any, allowed: Any, value: Any, schema: Mapping[str, Any]) -> Iterator[ValidationError]:
    names = _additional_names(value, schema) if isinstance(value, dict) else []
    if isinstance(allowed, dict):
        for name in names:
            yield from validator.descend(value[name], allowed, path=name)
    elif names and not allowed:
        yield ValidationError("additionalProperties")


def _additional_names(value: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", {})
    return [name for name in value if name not in known and not any(_fits(pattern, name) for pattern in patterns)]


def _faults(error: ValidationError, fields: Fields) -> Iterator[SchemaFault]:
    pointer: Pointer = tuple(error.absolute_path)
    keyword = str(error.validator)
    value: Any = error.instance
    expected: Any = error.validator_value
    if keyword in ("anyOf", "oneOf") and (chosen := _nearest(error)):
        for inner in chosen:
            yield from _faults(inner, fields)
    elif keyword in ("required", "dependencies", "dependentRequired"):
        for name in _required(keyword, expected, value):
            yield SchemaFault("missing-field", (*pointer, name), True, missing(name, error, fields))
    elif keyword == "additionalProperties":
        known = schema_of(error).get("properties", {})
        left = [name for name in known if name not in value] or list(known)
        for name in _additional_names(value, schema_of(error)):
            titled = fields.titled(name, {name: known[name] for name in left})
            yield SchemaFault("unknown-field", (*pointer, name), True, unknown(name, left, titled), titled)
    elif "propertyNames" in list(error.absolute_schema_path)[-3:-1]:
        known = expected if keyword == "enum" else []
        yield SchemaFault("unknown-field", (*pointer, value), True, unknown(value, known, None))
    elif value is None:
        yield SchemaFault("missing-field", pointer, True, empty(pointer, required=fields.requires(pointer)))
    else:
        message, mended = mismatch(keyword, expected, value, pointer, error)
        at_key = keyword in ("minItems", "minProperties", "maxProperties")
        yield SchemaFault("schema-mismatch", pointer, at_key, message, mended)


def _required(keyword: str, expected: Any, value: Any) -> Iterator[str]:
    """The fields that must be there, by themselves or because another is."""
    demands = [expected] if keyword == "required" else [names for name, names in expected.items() if name in value]
    for names in demands:
        yield from (name for name in names if isinstance(names, list) and name not in value)


def _nearest(error: ValidationError) -> list[ValidationError]:
    """Of several forms that a value may have: what is wrong by the only one that is of its type."""
    forms: dict[Any, list[ValidationError]] = {}
    for inner in error.context or ():
        forms.setdefault(inner.relative_schema_path[0], []).append(inner)
    fitting = [
        found
        for found in forms.values()
        if not any(inner.validator == "type" and not inner.relative_path for inner in found)
    ]
    return fitting[0] if len(fitting) == 1 else []
