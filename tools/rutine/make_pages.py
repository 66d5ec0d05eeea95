"""Every page of the handbook, made by more than one core where there are many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rutine.model import Page, Report
from rutine.pages import pages_of, sorts
from rutine.parallel import spread

MANY = 150  # documents


def make_pages(report: Report) -> list[Page]:
    """Every page, in the order of the menu; those of many documents are made beside all others."""
    names = sorts()
    if len(report.documents) <= MANY:
        return pages_of(report, names)

    def make(shares: Sequence[list[str]]) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        for share in shares:
            for name in share:
                yield name, [tuple(page) for page in pages_of(report, [name])]

    made = dict(spread(make, [["documents"], [name for name in names if name != "documents"]], few=1))
    return [Page(*page) for name in names for page in made[name]]
