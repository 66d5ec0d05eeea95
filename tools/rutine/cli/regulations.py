"""`rutine regulations`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import day_option, format_option, handbook_option, locate, progress, put, today_or


@click.command(
    name="regulations",
    help=_(
        "List the acts, regulations and standards that the documents rest on: how many documents cite each, as of which "
        "day it was last checked for changes, and which documents are to be reviewed because it has changed."
    ),
)
@format_option("acts", _("How to print the list: text, csv or json."))
@day_option
@handbook_option
def command(format_: str, today: date | None, handbook: Path) -> None:
    """Print the acts."""
    from rutine.cited_acts import cited_acts
    from rutine.formats import render
    from rutine.read import list_files
    from rutine.report import read_handbook
    from rutine.settings import read_settings
    from rutine.survey import read_documents

    root = locate(handbook)
    settings = read_settings(root)
    book = read_handbook(root, settings, progress())
    files = [file for file in list_files(root, settings) if file.is_document]
    documents = read_documents(root, settings, files)
    put(render(format_, "acts", cited_acts(book, documents, today_or(today))), format_)
