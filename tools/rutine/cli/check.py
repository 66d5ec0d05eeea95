"""`rutine check`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import day_option, handbook_option, locate, progress, today_or, within

# What a command works with is imported when it runs: help and version need none of it.


def _formats() -> list[str]:
    from rutine.formats import names

    return names("findings")


class FormatChoice(click.ParamType):
    """The name of a format; looked up when it is needed, so that help stays quick."""


@click.command(
    name="check",
    help=_("Check the documents, and say what is wrong, where, and how to mend it.\n\nWithout PATHS the whole handbook is checked."),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "format_", default="text", show_default=True, help=_("How to print the findings: text, json, sarif, github, gitlab or junit."))
@click.option("--since", metavar="REF", help=_("Only what has changed since this commit or branch, and what that change causes elsewhere."))
@click.option("--fix", is_flag=True, help=_("Mend what can be mended mechanically, then check again."))
@day_option
@handbook_option
def command(paths: tuple[Path, ...], format_: str, since: str | None, fix: bool, today: date | None, handbook: Path) -> None:
    """Check, print, and exit with 1 if there are errors."""
    from rutine.formats import render
    from rutine.report import judge
    from rutine.settings import read_settings

    root = locate(handbook)
    settings = read_settings(root)
    report = judge(root, settings, today_or(today), within(root, paths), progress())
    click.echo(render(format_, "findings", report), nl=False)
    if any(finding.severity == "error" for finding in report.findings):
        raise SystemExit(1)
