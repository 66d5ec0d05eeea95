"""The rules. Each file of this folder is one: its name is the rule's, its docstring the manual.

A rule's module holds `SEVERITY` and one of two functions, both pure, that yield problems:

- `check(document, settings)` judges a document alone; what it says is remembered as long as the file, the kinds and
  `handbook.yml` stay the same, so it may depend on nothing else;
- `check_handbook(handbook, today)` judges the entries of all documents together, and dates.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from importlib import import_module
from typing import NamedTuple

from rutine.model import Document, Finding, Handbook, Problem, Settings, Severity

Check = Callable[[Document, Settings], Iterator[Problem]]
HandbookCheck = Callable[[Handbook, date], Iterator[Problem]]


class Rule(NamedTuple):
    """A rule: what it is called, how grave it is, its manual, and the function that finds what breaks it."""

    name: str
    severity: Severity
    manual: str
    check: Check | None
    check_handbook: HandbookCheck | None

    @property
    def title(self) -> str:
        """The first sentence of the manual: what the rule finds."""
        return self.manual.split("\n\n", 1)[0].replace("\n", " ").strip()

    @property
    def paragraphs(self) -> list[str]:
        """The manual's paragraphs: what, why, what to do instead."""
        return [" ".join(part.split()) for part in self.manual.strip().split("\n\n")]


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, by name."""
    names = sorted(name[:-3] for name in os.listdir(__path__[0]) if name.endswith(".py") and name[0] != "_")  # noqa: PTH208
    return tuple(_rule(name) for name in names)


def _rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name}")
    return Rule(
        name.replace("_", "-"), module.SEVERITY, module.__doc__ or "",
        getattr(module, "check", None), getattr(module, "check_handbook", None),
    )  # fmt: skip


def check_document(document: Document, settings: Settings) -> list[Finding]:
    """What the rules find in a document alone."""
    return [_stamp(rule, problem) for rule in rules() if rule.check for problem in rule.check(document, settings)]


def check_handbook(handbook: Handbook, today: date, asked: Sequence[Rule] | None = None) -> list[Finding]:
    """What the rules (or some of them) find in the documents together, and on that day."""
    return [
        _stamp(rule, problem)
        for rule in (rules() if asked is None else asked)
        if rule.check_handbook
        for problem in rule.check_handbook(handbook, today)
    ]


def _stamp(rule: Rule, problem: Problem) -> Finding:
    return Finding(problem.place, rule.name, rule.severity, problem.message, problem.edits)
