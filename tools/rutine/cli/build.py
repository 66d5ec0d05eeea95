"""`rutine build`."""

from __future__ import annotations

import gc
from datetime import date
from pathlib import Path

import click

from rutine.cli import _
from rutine.cli._common import day_option, handbook_option, locate, progress, put, today_or

# What a command works with is imported when it runs: help and version need none of it.


@click.command(
    name="build",
    help=_(
        "Build the handbook's site.\n\nIf a document has an error, nothing is published and the site stays as it was."
        " The new site takes the old one's place at once, when it is whole."
    ),
)
@day_option
@handbook_option
def command(today: date | None, handbook: Path) -> None:
    """Check, stage, generate, finish; exit 1 if a document has an error, 130 if interrupted."""
    gc.enable()  # the generator makes much that refers to itself
    try:
        _build(locate(handbook), today_or(today))
    except KeyboardInterrupt:
        click.echo(_("Interrupted. The site is whole: the one before, or the new one if it was ready."), err=True)
        raise SystemExit(130) from None


def _build(root: Path, today: date) -> None:
    from rutine.cli._manual import command_texts
    from rutine.finish import begin, finish, lock
    from rutine.formats import render
    from rutine.generate import generate, load, require_generator
    from rutine.settings import read_settings
    from rutine.site_settings import configuration, refuse_code
    from rutine.stage import refuse_dangling, report_for_pages, stage

    require_generator()
    with lock(
        root,
        waiting=lambda: click.echo(_("Another build of this handbook is running. Waiting for it to end …"), err=True),
    ):
        settings = read_settings(root)
        refuse_code(root, configuration(root))
        report = report_for_pages(root, settings, today, command_texts(settings.language), progress())
        if report.number_of("error"):
            put(render("text", "findings", report), "text")
            click.echo(_("Nothing was published. The site is as it was."), err=True)
            raise SystemExit(1)
        staged = stage(root, report, root / "build" / "pages")
        refuse_dangling(staged)
        config = load(root, staged.folder)
        site = Path(config.site_dir)
        new = begin(root, site)
        generate(config, staged, new)
        finish(root, staged, new, site, config.site_url)
    told = _("{pages} pages in {folder}.").format(pages=len(staged.pages), folder=_short(site))
    if warnings := report.number_of("warning"):
        told += " " + _("Warnings: {warnings}. rutine check shows them.").format(warnings=warnings)
    click.echo(told)


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
