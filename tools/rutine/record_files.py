"""To disk: a record of what was done with a document. No record is ever changed; a second one of a day stands beside the first."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from rutine.errors import UsageError
from rutine.inside import leads_through_link
from rutine.kinds import Kind
from rutine.model import Settings, say
from rutine.write import write_file
from rutine.yaml_text import yaml_fields

_UNSAFE = re.compile(r"[^\w-]+")


def write_record(
    root: Path, settings: Settings, kind: Kind, identifier: str, day: date, fields: Mapping[str, Any]
) -> str:
    """Write `records/<folder of the kind>/<identifier>/<day>.yml`; its path from the root.

    `fields` are values by what they mean (`about`, `reviewed-on`), or by name where the field has no meaning; those
    that the kind does not have are left out, and so are empty ones. Raises UsageError where the folder leads elsewhere.
    """
    text = yaml_fields(_ordered(kind, fields if kind.folder else {"kind": kind.name, **fields}))
    parts = (settings.records_folder.strip("/"), kind.folder or kind.name, _UNSAFE.sub("-", identifier))
    folder = "/".join(part for part in parts if part not in ("", "."))
    if leads_through_link(root, folder):
        raise UsageError(say("{folder} is reached through a symbolic link, which is never followed.", folder=folder))
    for number in count(1):
        path = f"{folder}/{day.isoformat()}{f'-{number}' if number > 1 else ''}.yml"
        try:
            write_file(root / path, text.encode(), replace=False)
        except FileExistsError:
            continue
        return path
    raise AssertionError("there is always another number")


def _ordered(kind: Kind, fields: Mapping[str, Any]) -> dict[str, Any]:
    """The values by name, in the order of the kind's schema."""
    properties = kind.resolve(kind.schema).get("properties", {})
    found: dict[str, Any] = {}
    for meaning, value in fields.items():
        name, *below = kind.name_of(meaning).split(".")
        if name not in properties:
            continue
        if below:
            found.setdefault(name, {})[below[-1]] = value
        else:
            found[name] = value
    return {name: found[name] for name in properties if name in found}
