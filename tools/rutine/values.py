"""The values of front matter, whatever they mean."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rutine.model import Pointer


def texts(value: Any, pointer: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Every text in the metadata, with its pointer."""
    if isinstance(value, str):
        yield pointer, value
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from texts(item, (*pointer, name))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from texts(item, (*pointer, index))
