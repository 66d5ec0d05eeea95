"""What a process owner is told about each kind of fault: whole messages."""

from typing import Any

import pytest

from rutine.i18n import render
from rutine.validation import faults

SCHEMA: dict[str, Any] = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "owner"],
    "properties": {
        "id": {"type": "string", "pattern": "^[A-Z]+-[0-9]+$", "examples": ["HR-012"]},
        "owner": {"type": "string", "minLength": 2, "maxLength": 10},
        "status": {"enum": ["draft", "in-force", "withdrawn"], "x-labels": {"in-force": {"nb": "Gjeldende"}}},
        "every": {"type": "string", "pattern": "^[1-9][0-9]{0,2} (day|week|month|year)s?$", "examples": ["12 months"], "x-title": {"nb": "Eier"}},
        "date": {"type": "string", "format": "date"},
        "months": {"type": "integer", "minimum": 1, "maximum": 120},
        "units": {"type": "array", "minItems": 1, "uniqueItems": True, "items": {"type": "string"}},
        "decision": {"type": "object", "minProperties": 1, "maxProperties": 1, "properties": {"by": {"type": "string"}, "on": {"type": "string"}}},
        "public": {"type": "boolean"},
    },
}  # fmt: skip
GOOD: dict[str, Any] = {"id": "HR-001", "owner": "leder"}


@pytest.mark.parametrize(
    ("change", "rule", "pointer", "message"),
    [
        ({"id": None}, "missing-field", ("id",), "The field id is empty. Fill it in."),
        (
            {"date": None},
            "missing-field",
            ("date",),
            "The field date is empty. Fill it in, or delete the line if it does not apply.",
        ),
        ({"id": "hr1"}, "schema-mismatch", ("id",), "hr1 is not written as id must be. Write it like this: HR-012."),
        ({"id": 12}, "schema-mismatch", ("id",), 'id must be text. Put quotes around it: "12".'),
        ({"owner": True}, "schema-mismatch", ("owner",), 'owner must be text. Put quotes around it: "true".'),
        ({"owner": ["a"]}, "schema-mismatch", ("owner",), "owner must be text."),
        ({"owner": "x"}, "schema-mismatch", ("owner",), "owner is too short. Write at least 2 characters."),
        ({"owner": "x" * 11}, "schema-mismatch", ("owner",), "owner is too long. Write at most 10 characters."),
        ({"statsu": "x"}, "unknown-field", ("statsu",), "There is no field statsu. Did you mean status?"),
        (
            {"zzz": "x"},
            "unknown-field",
            ("zzz",),
            "There is no field zzz. Choose among: status, every, date, months, units, decision, public.",
        ),
        (
            {"status": "in force"},
            "schema-mismatch",
            ("status",),
            "status cannot be in force. Did you mean in-force? Choose among: draft, in-force, withdrawn.",
        ),
        (
            {"status": "on"},
            "schema-mismatch",
            ("status",),
            "status cannot be on. Choose among: draft, in-force, withdrawn.",
        ),
        ({"date": "14.03.2025"}, "schema-mismatch", ("date",), "date must be a date as YYYY-MM-DD. Write 2025-03-14."),
        ({"date": "2024.10.29"}, "schema-mismatch", ("date",), "date must be a date as YYYY-MM-DD. Write 2024-10-29."),
        ({"date": "03/04/2025"}, "schema-mismatch", ("date",), "date must be a date as YYYY-MM-DD, not 03/04/2025."),
        (
            {"date": "2025-02-30"},
            "schema-mismatch",
            ("date",),
            "2025-02-30 is not a date in the calendar. Correct date.",
        ),
        ({"date": "30.02.2025"}, "schema-mismatch", ("date",), "date must be a date as YYYY-MM-DD, not 30.02.2025."),
        (
            {"months": "12"},
            "schema-mismatch",
            ("months",),
            "months must be a whole number, written without unit or quotes.",
        ),
        ({"months": 0}, "schema-mismatch", ("months",), "months must be between 1 and 120, not 0."),
        ({"units": "alle"}, "schema-mismatch", ("units",), "units must be a list. Write [alle]."),
        (
            {"units": "a, b"},
            "schema-mismatch",
            ("units",),
            "units must be a list. Write each item on a line of its own, beginning with a dash and a space.",
        ),
        ({"eier": "x"}, "unknown-field", ("eier",), "There is no field eier. Did you mean every?"),
        ({"every": "2 år"}, "schema-mismatch", ("every",), "every must be written in English. Write 2 years."),
        (
            {"every": "årlig"},
            "schema-mismatch",
            ("every",),
            "årlig is not written as every must be. Write it like this: 12 months.",
        ),
        (
            {"status": "gjeldende"},
            "schema-mismatch",
            ("status",),
            "status cannot be gjeldende. Did you mean in-force? Choose among: draft, in-force, withdrawn.",
        ),
        (
            {"units": []},
            "schema-mismatch",
            ("units",),
            "The list units is empty. Fill it in, or delete the line if it does not apply.",
        ),
        (
            {"units": ["a", "a"]},
            "schema-mismatch",
            ("units",),
            "The list units holds the same item twice. Delete one of them.",
        ),
        (
            {"decision": "leder"},
            "schema-mismatch",
            ("decision",),
            "decision must be a group of fields (name: value), indented below it.",
        ),
        (
            {"decision": {}},
            "schema-mismatch",
            ("decision",),
            "decision is empty. Fill it in, or delete the line if it does not apply.",
        ),
        (
            {"decision": {"by": "a", "on": "b"}},
            "schema-mismatch",
            ("decision",),
            "decision can hold only one field at a time. Keep one of these: by, on.",
        ),
        (
            {"decision": {"by": 3}},
            "schema-mismatch",
            ("decision", "by"),
            'decision.by must be text. Put quotes around it: "3".',
        ),
        ({"public": "yes"}, "schema-mismatch", ("public",), "public must be true or false."),
    ],
)
def test_message(change: dict[str, Any], rule: str, pointer: tuple[str, ...], message: str) -> None:
    found = faults(SCHEMA, GOOD | change)
    assert [(fault.rule, fault.pointer, render(fault.message, "en")) for fault in found] == [(rule, pointer, message)]


def test_every_fault_in_one_run() -> None:
    found = faults(SCHEMA, {"status": "on", "x": 1})
    assert [(fault.rule, fault.pointer) for fault in found] == [
        ("missing-field", ("id",)),
        ("missing-field", ("owner",)),
        ("schema-mismatch", ("status",)),
        ("unknown-field", ("x",)),
    ]
    assert render(found[0].message, "en") == "The field id is missing. Add it, for example id: HR-012."
    assert render(found[1].message, "en") == "The field owner is missing. Add it."


def test_nothing_wrong() -> None:
    assert faults(SCHEMA, GOOD) == []


def test_a_required_field_of_a_case() -> None:
    schema = {
        **SCHEMA,
        "if": {"properties": {"status": {"const": "in-force"}}, "required": ["status"]},
        "then": {"required": ["date"]},
    }
    found = faults(schema, GOOD | {"status": "in-force"})
    assert [(fault.rule, fault.pointer) for fault in found] == [("missing-field", ("date",))]
    assert faults(schema, GOOD | {"status": "draft"}) == []


def test_mended_values() -> None:
    found = faults(
        SCHEMA, GOOD | {"date": "14.03.2025", "id": 7, "status": "Gjeldende", "units": "alle", "every": "24 måneder"}
    )
    assert {fault.pointer: fault.mended for fault in found} == {
        ("date",): "2025-03-14", ("id",): '"7"', ("status",): "in-force", ("units",): "[alle]", ("every",): "24 months",
    }  # fmt: skip


def test_a_pattern_that_would_never_end() -> None:
    schema = {"type": "object", "properties": {"a": {"type": "string", "pattern": "^(a+)+$"}}}
    assert len(faults(schema, {"a": "a" * 5_000 + "!"})) == 1
