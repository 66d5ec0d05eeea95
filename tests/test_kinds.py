"""The shipped kinds: valid schemas, in both dialects, with everything that readers are shown in five languages."""

import json
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest

from rutine.bundling import bundle
from rutine.kinds import Kind
from rutine.settings import SHIPPED

SCHEMAS = {path.name: json.loads(path.read_text("utf-8")) for path in sorted(SHIPPED.glob("*.json"))}
KINDS = [name for name in SCHEMAS if not name.startswith("_")]
LANGUAGES = {"nb", "nn", "da", "sv", "en"}
DRAFT_7_ONLY_OR_2020_ONLY = {"$defs", "dependencies", "dependentRequired", "dependentSchemas", "unevaluatedProperties", "unevaluatedItems", "prefixItems", "additionalItems", "$id", "id", "$anchor", "$dynamicRef"}  # fmt: skip


def parts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from parts(item)
    elif isinstance(value, list):
        for item in value:
            yield from parts(item)


def kind(name: str) -> Kind:
    return Kind(name.removesuffix(".json"), bundle(SCHEMAS[name], SCHEMAS), name)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_valid_in_both_dialects(name: str) -> None:
    schema = SCHEMAS[name] if name.startswith("_") else kind(name).schema
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.Draft202012Validator.check_schema({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"})


@pytest.mark.parametrize("name", KINDS)
def test_every_kind_follows_the_schema_for_schemas(name: str) -> None:
    jsonschema.Draft7Validator(SCHEMAS["_kind.json"]).validate(kind(name).schema)


@pytest.mark.parametrize("name", SCHEMAS)
def test_only_words_that_both_dialects_know(name: str) -> None:
    used = {
        word for part in parts(SCHEMAS[name]) if "type" in part or "$ref" in part or "enum" in part for word in part
    }
    fields = {field for part in parts(SCHEMAS[name]) for field in part.get("properties", {})}
    assert not (used - fields) & DRAFT_7_ONLY_OR_2020_ONLY


@pytest.mark.parametrize("name", [*KINDS, "_common.json"])
def test_everything_shown_is_in_five_languages(name: str) -> None:
    for part in parts(SCHEMAS[name]):
        for word in ("x-title", "x-plural", "heading", "hint"):
            if isinstance(part.get(word), dict):
                assert set(part[word]) == LANGUAGES, part[word]
        for value, names in part.get("x-labels", {}).items():
            assert set(names) == LANGUAGES, value


@pytest.mark.parametrize("name", KINDS)
def test_every_field_has_a_title_and_every_choice_a_label(name: str) -> None:
    found = kind(name)

    def look(schema: dict[str, Any]) -> None:
        schema = dict(found.resolve(schema))
        for field_name, written in schema.get("properties", {}).items():
            field = dict(found.resolve(written))
            if field_name != "kind":
                assert "x-title" in field, field_name
            for choices in (field, field.get("items", {})):
                if "enum" in choices and field_name != "language":
                    assert set(choices["x-labels"]) == set(choices["enum"]), field_name
            look(field)
            if "items" in field:
                look(field["items"])

    look(dict(found.schema))


def test_a_procedure_can_say_all_that_a_procedure_must() -> None:
    """DFØ's list: who decided and when, purpose, whom it applies to, regulations, roles, method, revision history."""
    found = kind("procedure.json")
    for meaning in ("decided-by", "decided-on", "scope-unit", "scope-role", "regulation", "regulation-at", "role",
                    "responsibility", "duty", "revision", "revision-date", "revision-summary", "owner", "status", "effective-from"):  # fmt: skip
        assert found.means(meaning), meaning
    assert [section.heading["nb"] for section in found.sections] == ["Formål", "Fremgangsmåte"]


@pytest.mark.parametrize(
    "reference",
    ["https://example.org/x.json#/definitions/a", "../secret.json", "_common.json#/definitions/nothing", "#/nothing"],
)
def test_nothing_outside_is_referred_to(reference: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        bundle({"type": "object", "properties": {"a": {"$ref": reference}}}, SCHEMAS)


def test_schemas_for_settings_describe_every_key() -> None:
    for part in parts(SCHEMAS["_handbook.json"]["properties"]):
        for name, field in part.get("properties", {}).items():
            assert field.get("description"), name
    for name, field in SCHEMAS["_handbook.json"]["properties"].items():
        assert field.get("description"), name
