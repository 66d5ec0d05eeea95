"""The pages of the published handbook. Each file of this folder is one sort of page.

A module holds `ORDER`, its place in the menu, and `pages(report)`, a pure function that yields pages.
Nothing in a page is the author's but what has been escaped, except for the bodies of documents.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from functools import cache
from importlib import import_module
from types import ModuleType

from rutine.model import Page, Report


@cache
def _modules() -> tuple[ModuleType, ...]:
    names = sorted(name[:-3] for name in os.listdir(__path__[0]) if name.endswith(".py") and name[0] != "_")  # noqa: PTH208
    modules = [import_module(f"{__name__}.{name}") for name in names]
    return tuple(sorted(modules, key=lambda module: int(module.ORDER)))


def sorts() -> list[str]:
    """The sorts of pages, in the order of the menu."""
    return [module.__name__.rpartition(".")[2] for module in _modules()]


def pages_of(report: Report, names: Collection[str]) -> list[Page]:
    """The pages of these sorts of the handbook as judged on a day, in the order of the menu."""
    return [
        page for module in _modules() if module.__name__.rpartition(".")[2] in names for page in module.pages(report)
    ]
