"""`rutine show`."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import day_option, format_option, handbook_option, locate, progress, put, today_or, within
from rutine.cli._selection import wrong

if TYPE_CHECKING:
    from rutine.model import Handbook


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
    from rutine.formats import Shown, render
    from rutine.read import file_at, read_document
    from rutine.report import read_handbook
    from rutine.settings import read_settings

    root = locate(handbook)
    settings = read_settings(root)
    book = read_handbook(root, settings, progress())
    path = _path(book, root, document)
    day = today_or(today)
    deadline = next((row for row in deadlines(book, day) if row.path == path), None)
    file = file_at(root, settings, path)
    if file is None:
        raise _unknown(book, document)
    put(render(format_, "document", Shown(read_document(root, settings, file), settings, day, deadline)), format_)


def _path(book: Handbook, root: Path, wanted: str) -> str:
    """The path of the document with this id, or of the file with this path from here or from the handbook's root."""
    found = [path for path, _fact in book.ids.get(wanted.strip().lower(), ())]
    if len(found) > 1:
        problem = _("Several documents have the id {value}. Name the file.").format(value=wanted)
        raise wrong("ID", problem, found, ())
    if found:
        return found[0]
    if wanted in book.entries:
        return wanted
    if Path(wanted).exists() and (here := within(root, (Path(wanted),))[0]) in book.entries:
        return here
    raise _unknown(book, wanted)


def _unknown(book: Handbook, wanted: str) -> click.BadParameter:
    ids = {name: found[0][1].value for name, found in book.ids.items()}
    near = [ids[name] for name in get_close_matches(wanted.lower(), ids, n=3, cutoff=0.6)]
    return wrong("ID", _("There is no document {value}.").format(value=wanted), near, ids.values())
