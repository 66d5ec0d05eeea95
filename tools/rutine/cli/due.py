"""`rutine due`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import (
    Length,
    day_option,
    format_option,
    handbook_option,
    locate,
    progress,
    put,
    tell_unknown,
    today_or,
)
from rutine.cli._selection import chosen, selection, selection_options

if TYPE_CHECKING:
    from rutine.dates import Interval

FAILING = {"overdue": ("overdue",), "due": ("overdue", "due")}


@click.command(
    name="due",
    help=_(
        "List the documents whose review is overdue or coming up, and what each date rests on.\n\n"
        "On the day itself a document is due, not overdue."
    ),
)
@click.option(
    "--within",
    type=Length(),
    help=_("How far to look ahead, such as 90d, 6m or 1y. As handbook.yml says under review.soon if not given."),
)
@click.option("--all", "everything", is_flag=True, help=_("Every deadline, however far away."))
@selection_options
@format_option("deadlines", _("How to print the list: text, csv, ics, json or markdown."))
@click.option(
    "--fail-on",
    type=click.Choice(list(FAILING)),
    help=_("Exit with 1 if a listed document is overdue; with `due` also if one is coming up."),
)
@day_option
@handbook_option
def command(
    within: Interval | None, everything: bool, owner: str | None, unit: str | None, kind: str | None,
    format_: str, fail_on: str | None, today: date | None, handbook: Path,
) -> None:  # fmt: skip
    """Print the agenda, and exit with 1 if it holds what was said to fail on."""
    from rutine.dates import Interval, parse_interval
    from rutine.deadlines import agenda
    from rutine.formats import render
    from rutine.report import read_handbook
    from rutine.settings import read_settings

    if everything and within:
        raise click.UsageError(_("--all and --within say different things. Give only one of them."))
    root = locate(handbook)
    settings = read_settings(root)
    wanted = selection(settings, owner, unit, kind)
    ahead = None if everything else within or parse_interval(settings.review_soon) or Interval(60, "day")
    book = read_handbook(root, settings, progress(), today)
    tell_unknown(book, today)
    listed = agenda(book, today_or(today), ahead)
    paths = chosen(book, wanted)
    listed = listed._replace(deadlines=tuple(row for row in listed.deadlines if row.path in paths))
    put(render(format_, "deadlines", listed), format_)
    if any(row.state in FAILING.get(fail_on or "", ()) for row in listed.deadlines):
        raise SystemExit(1)
