"""How reviews are done, as rows of cells."""

from __future__ import annotations

from typing import Any

from rutine.formats._words import owner_title, unit_title
from rutine.i18n import render
from rutine.model import Message, say
from rutine.stamp_words import BATCH_HEADS, HEADS, names, number, program, share, spent
from rutine.stamps import Batch, Stamps, Work

OWNERS, UNITS = say("Owner"), say("Unit")


def heads(first: Message, language: str) -> list[str]:
    """What the columns of a table of owners or units are called."""
    return [render(head, language) for head in (first, *HEADS.values())]


def batch_heads(language: str) -> list[str]:
    """What the columns of the table of commits are called."""
    return [render(head, language) for head in BATCH_HEADS.values()]


def owner_rows(found: Stamps) -> list[list[str]]:
    """A row for each owner, in the reader's words."""
    return [_cells(found, work, owner_title(found.settings, work.name)) for work in found.owners]


def unit_rows(found: Stamps) -> list[list[str]]:
    """A row for each unit, with those below it counted in."""
    return [_cells(found, work, unit_title(found.settings, work.name)) for work in found.units]


def batch_rows(found: Stamps) -> list[list[str]]:
    """A row for each commit to look at."""
    return [
        [
            batch.commit.name[:12],
            batch.commit.committer.day.isoformat(),
            names(found.settings, batch),
            str(batch.documents),
            str(batch.bare),
            str(batch.dates),
            render(program(batch), found.settings.language),
        ]
        for batch in found.batches
    ]


def _cells(found: Stamps, work: Work, title: str) -> list[str]:
    return [
        title or "–",
        str(work.reviews),
        share(work.records, work.reviews),
        share(work.bare, work.reviews),
        number(work.together),
        number(work.most),
        "–" if work.seconds is None else render(spent(work.seconds), found.settings.language),
        number(work.own),
        number(work.programs),
    ]


def figures(work: Work) -> dict[str, Any]:
    """The figures for programs; None where nobody can tell."""
    return {
        "reviews": work.reviews,
        "records": work.records,
        "bare": work.bare,
        "together": work.together,
        "most": work.most,
        "seconds": work.seconds,
        "own": work.own,
        "programs": work.programs,
    }


def batch_figures(found: Stamps, batch: Batch) -> dict[str, Any]:
    """A commit for programs."""
    return {
        "commit": batch.commit.name,
        "day": batch.commit.committer.day.isoformat(),
        "who": names(found.settings, batch),
        "documents": batch.documents,
        "bare": batch.bare,
        "dates": batch.dates,
        "program": batch.program or None,
    }
