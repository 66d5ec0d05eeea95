"""`rutine init`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import day_option, today_or
from rutine.i18n import LANGUAGES, environment_language


@click.command(
    name="init",
    help=_(
        "Begin a handbook in DIR, a folder that is new or empty.\n\n"
        "It gets its settings, a front page, a first guideline and procedure as drafts, and the files with which GitHub or "
        "GitLab checks every change. Nothing that is there already is touched."
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--language", type=click.Choice(LANGUAGES), help=_("The handbook's language. That of this computer if not given.")
)
@click.option("--name", default="", help=_("The handbook's name, shown on top of every page."))
@day_option
def command(folder: Path, language: str | None, name: str, today: date | None) -> None:
    """Lay out the files, and say what to do next."""
    from rutine.i18n import render
    from rutine.model import say
    from rutine.scaffold import lay_out

    language = language or environment_language()
    written = lay_out(folder, language, name, today_or(today))
    place, typed = folder if folder.name else folder.absolute(), _shown(folder)
    for message in (
        say("{count} files written to {folder}.", count=len(written), folder=str(place)),
        say("What to do next:"),
        say("  - enter units, roles and people in {file}", file=str(folder / "handbook.yml")),
        say("  - check the handbook: {command}", command=f"rutine check -C {typed}"),
        say("  - build its pages: {command}", command=f"rutine build -C {typed}"),
        say("  - put it under version control: {command}", command=f"git init -b main {typed}"),
    ):
        click.echo(render(message, language))


def _shown(folder: Path) -> str:
    """The folder as it is typed in a terminal."""
    text = str(folder)
    return f'"{text}"' if " " in text else text
