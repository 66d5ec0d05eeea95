"""`rutine new`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import day_option, handbook_option, locate, progress, today_or
from rutine.cli._selection import selection
from rutine.i18n import LANGUAGES

if TYPE_CHECKING:
    from rutine.model import Settings


@click.command(
    name="new",
    help=_(
        "Begin a document or record of the kind KIND, such as procedure or guideline.\n\n"
        "The file gets a free number and everything that must be filled in, with an explanation of each field. "
        "It is a draft. What is still missing is listed."
    ),
)
@click.argument("kind", metavar="KIND")
@click.option("--title", help=_("Its title, which also becomes the name of the file."))
@click.option("--language", type=click.Choice(LANGUAGES), help=_("Its language. That of the handbook if not given."))
@click.option(
    "--folder", metavar="FOLDER", help=_("The folder to put it in, within the documents' folder, such as hr.")
)
@click.option(
    "--prefix",
    metavar="LETTERS",
    help=_("What its number begins with, such as HR. As the folder's other documents if not given."),
)
@click.option("--owner", metavar="ROLE", help=_("The role that owns it."))
@day_option
@handbook_option
def command(
    kind: str, title: str | None, language: str | None, folder: str | None, prefix: str | None, owner: str | None,
    today: date | None, handbook: Path,
) -> None:  # fmt: skip
    """Write the file, print its path, and list what is to be filled in."""
    from rutine.formats import render
    from rutine.i18n import render as render_message
    from rutine.model import say
    from rutine.report import judge
    from rutine.scaffold import Wish, new_document
    from rutine.settings import read_settings
    from rutine.survey import survey

    root = locate(handbook)
    settings = read_settings(root)
    chosen = settings.kinds[_kind(settings, kind)]
    if chosen.field(tuple(chosen.name_of("owner").split("."))).get("x-refers-to") == "role":
        owner = selection(settings, owner, None, None).owner
    wish = Wish(chosen, " ".join(title.split()) if title else None, language, folder, prefix, owner)
    path = new_document(root, survey(root, settings, progress()), wish, today_or(today))
    for message in (say("Written: {path}", path=str(root / path)), say("To fill in:")):
        click.echo(render_message(message, settings.language))
    click.echo(render("text", "findings", judge(root, settings, today_or(today), [path])), nl=False)


def _kind(settings: Settings, name: str) -> str:
    """The kind that somebody means, by its name or by what it is called."""
    try:
        return selection(settings, None, None, name).kind or name
    except click.BadParameter as error:
        error.param_hint = "'KIND'"
        raise
