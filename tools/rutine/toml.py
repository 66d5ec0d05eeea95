"""Plain values written as TOML. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence


def to_toml(table: str, values: Mapping[str, object]) -> str:
    """A table of TOML with a line for each value. None is no value of TOML, and left out."""
    return "".join([f"[{table}]\n", *(f"{_pair(*pair)}\n" for pair in values.items() if pair[1] is not None)])


def _pair(name: str, value: object) -> str:
    return f"{_text(name)} = {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return f"{{{', '.join(_pair(str(name), each) for name, each in value.items() if each is not None)}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(_value(each) for each in value if each is not None)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value) if isinstance(value, int | float) else _text(str(value))


def _text(text: str) -> str:
    """A string of JSON is one of TOML, but for the character that only TOML forbids."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
