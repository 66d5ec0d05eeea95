"""Values as YAML text, so that this reader and others take every text as the text it is. Pure."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from rutine.dates import parse_date
from rutine.frontmatter import Loaded

_PLAIN = re.compile(r"[^\W\d_][\w .,()/–-]*\Z")
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")  # JSON leaves them as they are


def yaml_text(value: str) -> str:
    """A text as YAML writes it, with quotes only where this or another program would read it otherwise."""
    loaded = Loaded(f"x: {value}", 1)
    if _PLAIN.match(value) and not loaded.faults and loaded.value == {"x": value}:
        return value
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(value, ensure_ascii=False))


def yaml_fields(fields: Mapping[str, Any]) -> str:
    """Fields as lines of YAML, in their order: texts, days, lists of them, and fields within fields. What is empty is left out."""
    return "".join(f"{line}\n" for line in _fields(fields))


def _fields(fields: Mapping[str, Any]) -> Iterator[str]:
    for name, value in fields.items():
        if value in (None, "", [], {}):
            continue
        if isinstance(value, Mapping):
            yield f"{yaml_text(name)}:"
            yield from (f"  {line}" for line in _fields(value))
        elif isinstance(value, list):
            yield f"{yaml_text(name)}:"
            yield from (f"  {line}" for item in value for line in _item(item))
        else:
            yield f"{yaml_text(name)}: {_scalar(value)}"


def _item(item: Any) -> Iterator[str]:
    """An item of a list, behind its dash."""
    if isinstance(item, Mapping):
        for index, line in enumerate(_fields(item)):
            yield f"  {line}" if index else f"- {line}"
    else:
        yield f"- {_scalar(item)}"


def _scalar(value: Any) -> str:
    if isinstance(value, bool | int):
        return json.dumps(value)
    text = str(value)
    return text if parse_date(text) else yaml_text(text)
