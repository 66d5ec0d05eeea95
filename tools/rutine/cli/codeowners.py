"""`rutine codeowners`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import day_option, handbook_option, locate, progress, put, today_or

if TYPE_CHECKING:
    from rutine.codeowners import Block
    from rutine.model import Forge, Message

FORGES = {"github": "GitHub", "gitlab": "GitLab"}


@click.command(
    name="codeowners",
    help=_(
        "Make a CODEOWNERS file, so that GitHub or GitLab asks a document's owner and decider about a change to it.\n\n"
        "It has a line for each document, with the accounts of those who hold the roles on the day, or the role's team, as handbook.yml has them. "
        "GitHub heeds only the last line that fits a file, so other lines must stand above these; and it reads no file above 3 MB."
    ),
)
@click.option(
    "--forge",
    type=click.Choice(list(FORGES)),
    help=_("Whose file to make. That of the place where the files seem to be kept if not given."),
)
@click.option("--write", is_flag=True, help=_("Write the file. Lines that rutine has not made stay as they are."))
@click.option("--check", is_flag=True, help=_("Exit with 1 if the file does not agree with the handbook."))
@day_option
@handbook_option
def command(forge: Forge | None, write: bool, check: bool, today: date | None, handbook: Path) -> None:
    """Print, write or check the file; tell which documents reach nobody."""
    from rutine.codeowners import PLACES, block, merged
    from rutine.git_files import folder_in_repository
    from rutine.model import say
    from rutine.owner_files import likely_forge, owner_file, write_owners
    from rutine.settings import read_settings
    from rutine.survey import survey

    if write and check:
        raise click.UsageError(_("--write and --check say different things. Give only one of them."))
    root = locate(handbook)
    settings = read_settings(root)
    forge = forge or likely_forge(root)
    made = block(survey(root, settings, progress()), forge, today_or(today), folder_in_repository(root))
    there = owner_file(root, forge)
    old = there.text if there else ""
    new = merged(old, made) if write or check else made.text
    _warn(root, forge, made, new, settings.language)
    if not (write or check):
        put(new, "codeowners")
    elif new == old:
        _tell(say("{file} agrees with the handbook.", file=PLACES[forge]), settings.language)
    elif write:
        write_owners(root, forge, new)
        _tell(say("{file} is written.", file=PLACES[forge]), settings.language)
    else:
        command_ = f"rutine codeowners --forge {forge} --write"
        text = say(
            "{file} does not agree with the handbook. Make it anew: {command}", file=PLACES[forge], command=command_
        )
        _tell(text, settings.language)
        raise SystemExit(1)


def _warn(root: Path, forge: Forge, made: Block, text: str, language: str) -> None:
    """What keeps the file from having its effect."""
    from rutine.codeowners import LIMIT, PLACES
    from rutine.model import say
    from rutine.owner_files import hiding

    name = FORGES[forge]
    for path in made.unreached:
        message = say("{path}: nobody who owns or decided it has an account on {forge}.", path=path, forge=name)
        _tell(message, language, err=True)
    for other in hiding(root, forge):
        message = say(
            "{forge} reads {other} and not {file}. Move its lines, and delete it.",
            forge=name,
            other=other,
            file=PLACES[forge],
        )
        _tell(message, language, err=True)
    if forge == "github" and len(text.encode("utf-8", "surrogateescape")) > LIMIT:
        message = say("The file is larger than {limit} MB. GitHub does not read it.", limit=LIMIT // 1_000_000)
        _tell(message, language, err=True)


def _tell(message: Message, language: str, *, err: bool = False) -> None:
    from rutine.formats._plain import printable
    from rutine.i18n import render

    click.echo(printable(render(message, language)), err=err)
