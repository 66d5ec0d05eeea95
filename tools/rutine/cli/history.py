"""`rutine history`."""

from __future__ import annotations

from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import format_option, handbook_option, locate, progress, put
from rutine.cli._selection import document_path


@click.command(
    name="history",
    help=_(
        "Tell the history of one document: each version with the day, who wrote it, what changed, and who decided it.\n\n"
        "It follows the document through every name that its file has had."
    ),
)
@click.argument("document", metavar="ID")
@format_option("chronicle", _("How to print it: text or json."))
@handbook_option
def command(document: str, format_: str, handbook: Path) -> None:
    """Print the history of the document with this id or path, newest first."""
    from rutine.document_history import read_chronicle
    from rutine.formats import render
    from rutine.settings import read_settings
    from rutine.survey import survey

    root = locate(handbook)
    settings = read_settings(root)
    book = survey(root, settings, progress())
    put(render(format_, "chronicle", read_chronicle(root, book, document_path(book, root, document))), format_)
