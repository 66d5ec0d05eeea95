"""`rutine list`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import day_option, format_option, handbook_option, locate, progress, put, tell_unknown
from rutine.cli._selection import chosen, selection, selection_options


@click.command(
    name="list", help=_("List the documents with id, title, kind, status and owner.\n\nRecords are listed by --kind.")
)
@selection_options
@click.option("--status", metavar="STATUS", help=_("Only documents with this status: draft, in-force or withdrawn."))
@format_option("documents", _("How to print the list: text, csv, json or markdown."))
@day_option
@handbook_option
def command(
    owner: str | None, unit: str | None, kind: str | None, status: str | None,
    format_: str, today: date | None, handbook: Path,
) -> None:  # fmt: skip
    """Print the documents that were asked for."""
    from dataclasses import replace

    from rutine.formats import render
    from rutine.report import read_handbook
    from rutine.settings import read_settings
    from rutine.survey import survey

    root = locate(handbook)
    settings = read_settings(root)
    wanted = selection(settings, owner, unit, kind, status)
    book = read_handbook(root, settings, progress(), today) if today else survey(root, settings, progress())
    tell_unknown(book, today)
    put(render(format_, "documents", replace(book, entries=chosen(book, wanted))), format_)
