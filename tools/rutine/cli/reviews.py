"""`rutine reviews`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import Day, day_option, format_option, handbook_option, locate, progress, put, today_or


@click.command(
    name="reviews",
    help=_(
        "Show how reviews are done: how many, how many without a remark, how many at once, and how fast.\n\n"
        "By owner and by unit, with the commits in which many came at once, the largest first. "
        "Reviews are counted by their records, and by dates of review that were set later in a document, as Git tells it. "
        "The figures say nothing about whether a text was read; they say where to ask."
    ),
)
@click.option("--since", type=Day(), help=_("From which day on, as YYYY-MM-DD. The last year if not given."))
@format_option("reviews", _("How to print the figures: text, csv, json or markdown."))
@day_option
@handbook_option
def command(since: date | None, format_: str, today: date | None, handbook: Path) -> None:
    """Print the figures."""
    from rutine.formats import render
    from rutine.renewals import last_year, read_renewals
    from rutine.settings import read_settings
    from rutine.stamps import stamps
    from rutine.survey import survey

    root, day = locate(handbook), today_or(today)
    settings = read_settings(root)
    book = survey(root, settings, progress())
    found = read_renewals(root, book, since) if since else last_year(root, book, day)
    put(render(format_, "reviews", stamps(settings, found, day)), format_)
