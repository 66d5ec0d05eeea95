"""`rutine decision`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import handbook_option, locate


@click.group(name="decision", help=_("Record who decided what, when and where."))
def command() -> None:
    """The command itself does nothing."""


@command.command(
    name="import",
    help=_(
        "Store who approved a pull request or merge request as decision records.\n\n"
        "Each FILE holds what GitHub or GitLab answers about the change: the pull request and its reviews, or the merge request with its approvals and versions; also what their webhooks send. All files are about one change. With - the answer is read from standard input.\n\n"
        "An approval counts if it is of the last commit, and if the account belongs to a person who held the role that decides the document on that day. Why another does not count is told. What is recorded already is not recorded again."
    ),
)
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--document",
    "documents",
    metavar="ID",
    multiple=True,
    help=_("A document that was decided. Those that the change alters if not given; may be repeated."),
)
@handbook_option
def import_(files: tuple[str, ...], documents: tuple[str, ...], handbook: Path) -> None:
    """Write the records, print their paths, and tell what did not count."""
    from rutine.decision_import import import_decisions, read_answers
    from rutine.formats._plain import printable
    from rutine.i18n import render
    from rutine.model import say
    from rutine.settings import read_settings

    root = locate(handbook)
    settings = read_settings(root)
    answers = read_answers(files, sys.stdin.buffer)
    imported = import_decisions(root, settings, answers, documents)
    written = [say("Written: {path}", path=path) for path in imported.written]
    count = say("{count} decisions were recorded.", one="One decision was recorded.", count=len(written))
    for message in (*imported.told, *written, count if written else say("Nothing was recorded.")):
        click.echo(printable(render(message, settings.language)))
