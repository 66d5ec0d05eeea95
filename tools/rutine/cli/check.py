"""`rutine check`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
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

if TYPE_CHECKING:
    from rutine.model import Report

# What a command works with is imported when it runs: help and version need none of it.

FORGES = ("github", "gitlab", "sarif")  # formats read by programs that know the repository, not the handbook


@click.command(
    name="check",
    help=_(
        "Check the documents, and say what is wrong, where, and how to mend it.\n\nWithout PATHS the whole handbook is checked."
    ),
)
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@format_option("findings", _("How to print the findings: text, github, gitlab, json, junit or sarif."))
@click.option(
    "--since",
    metavar="REF",
    help=_("Only what has changed since this commit or branch, and what that change causes elsewhere."),
)
@click.option("--fix", is_flag=True, help=_("Mend what can be mended mechanically, then check again."))
@day_option
@handbook_option
def command(
    paths: tuple[Path, ...], format_: str, since: str | None, fix: bool, today: date | None, handbook: Path
) -> None:
    """Check, print, and exit with 1 if there are errors."""
    from rutine.formats import render
    from rutine.git_files import folder_in_repository
    from rutine.report import below, judge
    from rutine.settings import read_settings

    root = locate(handbook)
    settings = read_settings(root)
    day, wanted = today_or(today), within(root, paths)

    def look() -> Report:
        report = judge(root, settings, day, wanted, progress(), then=today is not None and not fix)
        if since:
            from rutine.change import only_since

            return only_since(root, report, since)
        return report

    report = look()
    tell_unknown(report.handbook, today)
    if fix:
        report = _fix(root, report, look)
    _tell_unjudged(report)
    shown = below(report, folder_in_repository(root)) if format_ in FORGES else report
    put(render(format_, "findings", shown), format_)
    if report.number_of("error"):
        raise SystemExit(1)


def _tell_unjudged(report: Report) -> None:
    """That rules about history found nothing because there is none; of a history that is not whole, a finding tells."""
    past = report.handbook.past
    if past and past.untold and not past.is_versioned:
        from rutine.formats._plain import printable
        from rutine.i18n import render

        click.echo(printable(render(past.untold, report.handbook.settings.language)), err=True)


def _fix(root: Path, report: Report, look: Callable[[], Report]) -> Report:
    """Mend until nothing more can be mended: one repair may bring the next to light."""
    from rutine.formats._plain import printable
    from rutine.i18n import render
    from rutine.model import say
    from rutine.repair import repair

    for _round in range(5):
        made = repair(root, report.findings)
        for path, count in made.items():
            message = say(
                "{path}: mended in {count} places.", one="{path}: mended in one place.", path=path, count=count
            )
            click.echo(printable(render(message, report.handbook.settings.language)), err=True)
        if not made:
            break
        report = look()
    return report
