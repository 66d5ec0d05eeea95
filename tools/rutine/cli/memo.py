"""`rutine memo`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import day_option, format_option, handbook_option, locate, progress, put, today_or


@click.command(
    name="memo",
    help=_(
        "Write the decision memo of a proposed change: which documents change and how, whom it concerns, what is missing, and who decides.\n\n"
        "Everything that has changed since REF is in it, also what is not committed yet."
    ),
)
@click.option(
    "--since",
    metavar="REF",
    required=True,
    help=_("The commit or branch that the change is proposed to, such as origin/main."),
)
@format_option("memo", _("How to print the memo: markdown or json."), default="markdown")
@day_option
@handbook_option
def command(since: str, format_: str, today: date | None, handbook: Path) -> None:
    """Print the memo."""
    from rutine.formats import render
    from rutine.proposal import read_memo
    from rutine.report import judge
    from rutine.settings import read_settings

    root = locate(handbook)
    report = judge(root, read_settings(root), today_or(today), progress=progress())
    put(render(format_, "memo", read_memo(root, report, since)), format_)
