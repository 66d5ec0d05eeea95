"""`rutine forecast`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import day_option, format_option, handbook_option, locate, progress, put, today_or
from rutine.cli._selection import selection

MONTHS = ("3", "6", "12", "24")


@click.command(
    name="forecast",
    help=_(
        "Tell how many reviews the coming 3, 6, 12 and 24 months hold, by owner and by unit, and suggest which to take"
        " earlier so that no month holds too many.\n\n"
        "A document that is reviewed every 6 months is counted four times in 24 months. A suggestion is never later"
        " than the day on which a review falls due."
    ),
)
@click.option(
    "--months",
    type=click.Choice(MONTHS),
    default="12",
    show_default=True,
    help=_("How far ahead the months and the suggestions reach."),
)
@click.option("--owner", metavar="ROLE", help=_("Only documents that this role owns."))
@click.option("--unit", metavar="UNIT", help=_("Only documents whose owner belongs to this unit, or to one below it."))
@format_option("forecast", _("How to print it: text, csv, json or markdown."))
@day_option
@handbook_option
def command(
    months: str, owner: str | None, unit: str | None, format_: str, today: date | None, handbook: Path
) -> None:  # fmt: skip
    """Print the work to come of those who were asked for."""
    from rutine.belonging import units_of
    from rutine.deadlines import agenda
    from rutine.forecast import forecast
    from rutine.formats import render
    from rutine.settings import read_settings
    from rutine.survey import survey

    root = locate(handbook)
    settings = read_settings(root)
    wanted = selection(settings, owner, unit, None)
    day = today_or(today)
    rows = [
        row
        for row in agenda(survey(root, settings, progress()), day).deadlines
        if (wanted.owner is None or row.owner == wanted.owner)
        and (wanted.units is None or not wanted.units.isdisjoint(units_of(settings, row.owner)))
    ]
    found = forecast(settings, day, rows, int(months))
    if wanted.units is not None:
        found = found._replace(units=tuple(share for share in found.units if share.name in wanted.units))
    put(render(format_, "forecast", found), format_)
