"""Outputs. Each file of this folder is one: a function for each thing that it can print, from values to text.

- `findings(report)` prints a `Report`;
- `deadlines(agenda)` prints an `Agenda`.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from typing import Any

from rutine.errors import UsageError
from rutine.model import say


@cache
def names(subject: str) -> list[str]:
    """The formats that can print this subject, `text` first."""
    stems = sorted(name[:-3] for name in os.listdir(__path__[0]) if name.endswith(".py") and name[0] != "_")  # noqa: PTH208
    found = [stem for stem in stems if hasattr(import_module(f"{__name__}.{stem}"), subject)]
    return sorted(found, key=lambda name: (name != "text", name))


def render(name: str, subject: str, value: Any) -> str:
    """The value in that format, ending in a line end. Raises UsageError for a format that there is not."""
    if name.isidentifier() and os.path.exists(f"{__path__[0]}/{name}.py"):  # noqa: PTH110
        function = getattr(import_module(f"{__name__}.{name}"), subject, None)
        if function:
            return str(function(value))
    raise UsageError(say("There is no format {value} here. Choose among: {known}.", value=name, known=", ".join(names(subject))))
