"""`rutine show`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import day_option, format_option, handbook_option, locate, progress, put, tell_unknown, today_or
from rutine.cli._selection import document_path, unknown_document


@click.command(
    name="show",
    help=_("Tell what is known of one document: who owns it, who decided it, what it rests on, when it is reviewed."),
)
@click.argument("document", metavar="ID")
@format_option("document", _("How to print it: text or json."))
@day_option
@handbook_option
def command(document: str, format_: str, today: date | None, handbook: Path) -> None:
    """Print the facts of the document with this id or path."""
    from rutine.deadlines import deadlines
    from rutine.evidence import records_about, standing
    from rutine.formats import Shown, render
    from rutine.read import file_at, read_document
    from rutine.report import as_of
    from rutine.settings import read_settings

    root = locate(handbook)
    settings = read_settings(root)
    day = today_or(today)
    book, others, _lost = as_of(root, settings, progress(), today)
    tell_unknown(book, today)
    path = document_path(book, root, document)
    deadline = next((row for row in deadlines(book, day) if row.path == path), None)
    file = file_at(root, settings, path)
    if file is None and path not in others:
        raise unknown_document(book, document)
    shown = others[path] if path in others or file is None else read_document(root, settings, file)
    proof = standing(book, book.entries[path], records_about(book).get(path, ()), day)
    put(render(format_, "document", Shown(shown, settings, day, deadline, proof)), format_)
