"""`rutine show`."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import (
    day_option,
    format_option,
    handbook_option,
    locate,
    progress,
    put,
    tell_unknown,
    today_or,
    within,
)
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
    from rutine.report import as_of
    from rutine.settings import read_settings

    root = locate(handbook)
    settings = read_settings(root)
    day = today_or(today)
    book, others, _lost = as_of(root, settings, progress(), today)
    tell_unknown(book, today)
    path = path_of(book, root, document)
    deadline = next((row for row in deadlines(book, day) if row.path == path), None)
    file = file_at(root, settings, path)
    if file is None and path not in others:
        raise unknown(book, document)
    shown = others[path] if path in others or file is None else read_document(root, settings, file)
    put(render(format_, "document", Shown(shown, settings, day, deadline)), format_)


def path_of(book: Handbook, root: Path, wanted: str) -> str:
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
    raise unknown(book, wanted)


def unknown(book: Handbook, wanted: str) -> click.BadParameter:
    """What to raise for a document that there is not, with those whose ids are like it."""
    ids = {name: found[0][1].value for name, found in book.ids.items()}
    near = [ids[name] for name in get_close_matches(wanted.lower(), ids, n=3, cutoff=0.6)]
    return wrong("ID", _("There is no document {value}.").format(value=wanted), near, ids.values())
