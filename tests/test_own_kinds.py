"""An organisation's own kinds and settings: what cannot be used is told at once, and nothing can be made to hang or fetch."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rutine.errors import ConfigurationError
from rutine.i18n import render
from rutine.report import judge
from rutine.settings import read_settings

FLAT = Path(__file__).resolve().parents[1] / "examples" / "flat"


def found(root: Path) -> list[tuple[str, int, str]]:
    """Path, line and rule of every finding."""
    findings = judge(root, read_settings(root), date(2026, 3, 1)).findings
    return [(finding.place.path, finding.place.line, finding.rule) for finding in findings]


def own_kind(folder: Path, change: dict[str, Any]) -> None:
    """The flat example with one of its kind's fields, or the kind itself, changed."""
    shutil.copytree(FLAT, folder, dirs_exist_ok=True)
    path = folder / "schema" / "procedure.json"
    kind = json.loads(path.read_bytes())
    path.write_text(
        json.dumps({**kind, **change, "properties": {**kind["properties"], **change.get("properties", {})}})
    )


def test_a_catastrophic_pattern_takes_no_time(tmp_path: Path) -> None:
    """This pattern takes a backtracking engine longer than the age of the universe."""
    own_kind(tmp_path, {"properties": {"owner": {"type": "string", "pattern": "^(a+)+$"}}})
    page = tmp_path / "docs" / "fire.md"
    page.write_text(page.read_text().replace("owner: Head of operations", f"owner: {'a' * 100}!"))
    assert ("docs/fire.md", 5, "schema-mismatch") in found(tmp_path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            {"properties": {"owner": {"$ref": "http://127.0.0.1:9/x.json"}}},
            "The schema refers to http://127.0.0.1:9/x.json, which is not in this folder. "
            "Refer to #/definitions/… here or in _common.json.",
        ),
        (
            {"$schema": "http://127.0.0.1:9/x.json"},
            'The schema is not one of a kind: $schema: "http://127.0.0.1:9/x.json" is not one of '
            '"http://json-schema.org/draft-07/schema#", "http://json-schema.org/draft-07/schema" or '
            '"https://json-schema.org/draft/2020-12/schema".',
        ),
        (
            {"definitions": {"date": {"$ref": "#/definitions/somebody"}, "somebody": {"$ref": "#/definitions/date"}}},
            "The schema refers to #/definitions/date, which is not in this folder. "
            "Refer to #/definitions/… here or in _common.json.",
        ),
        (
            {"properties": {"owner": {"type": "string", "pattern": "^(?!a)"}}},
            'The schema is not one of a kind: properties/owner/pattern: "^(?!a)" is not a "regex".',
        ),
        (
            {"x-match": {"properties": {"owner": {"pattern": "^(a"}}}},
            'The schema is not one of a kind: properties/owner/pattern: "^(a" is not a "regex".',
        ),
        (
            {"x-match": {"type": "strng"}},
            "The schema is not one of a kind: type: \"strng\" is not valid under any of the schemas listed in the 'anyOf' "
            "keyword.",
        ),
        (
            {"properties": {"owner": {"type": "string", "x-means": "boss"}}},
            'The schema is not one of a kind: properties/owner/x-means: "boss" is not one of "id", "title" or '
            "43 other candidates.",
        ),
        (
            {"properties": {"status": {"enum": ["in_force", "draft"], "x-means": "status"}}},
            "rutine does not know what the status in_force stands for. Say it in x-values: draft, in-force or withdrawn.",
        ),
    ],
)
def test_a_kind_that_cannot_be_used(tmp_path: Path, change: dict[str, Any], message: str) -> None:
    """It is told at once, and nothing is asked for from anywhere else."""
    own_kind(tmp_path, change)
    with pytest.raises(ConfigurationError) as caught:
        read_settings(tmp_path)
    assert [(place, render(said, "en")) for place, said in caught.value.faults] == [
        (("schema/procedure.json", 1, 1), message)
    ]


def test_a_kind_may_hold_itself(tmp_path: Path) -> None:
    """A definition with fields of its own form is a tree, and no loop."""
    part = {"type": "object", "properties": {"parts": {"type": "array", "items": {"$ref": "#/definitions/part"}}}}
    kind = json.loads((FLAT / "schema" / "procedure.json").read_bytes())
    own_kind(tmp_path, {"definitions": {**kind["definitions"], "part": part}, "properties": {"owner": part}})
    page = tmp_path / "docs" / "fire.md"
    page.write_text(page.read_text().replace("owner: Head of operations", "owner: {parts: [{parts: [1]}]}"))
    assert ("docs/fire.md", 5, "schema-mismatch") in found(tmp_path)


def test_the_documents_folder_must_be_there(tmp_path: Path) -> None:
    """A slip in its name must not pass for a handbook without faults."""
    shutil.copytree(FLAT, tmp_path, dirs_exist_ok=True)
    (tmp_path / "docs").rename(tmp_path / "pages")
    with pytest.raises(ConfigurationError) as caught:
        read_settings(tmp_path)
    assert [(place, render(said, "en")) for place, said in caught.value.faults] == [
        (("handbook.yml", 7, 11), "There is no folder docs. Correct the name, or create it.")
    ]
