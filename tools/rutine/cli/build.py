"""`rutine build`."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import day_option, handbook_option, locate, progress, put, tell_unknown, today_or

if TYPE_CHECKING:
    from rutine.finish import Known
    from rutine.last_site import LastSite
    from rutine.model import Report, Settings
    from rutine.model.organisation import Generator
    from rutine.stage import Staged

# What a command works with is imported when it runs: help and version need none of it.


@click.command(
    name="build",
    help=_(
        "Build the handbook's site.\n\nIf a document has an error, nothing is published and the site stays as it was."
        " The new site takes the old one's place at once, when it is whole."
    ),
)
@click.option(
    "--generator",
    type=click.Choice(["mkdocs", "zensical"]),
    help=_("The program that makes the pages. The one in handbook.yml if not given."),
)
@day_option
@handbook_option
def command(generator: Generator | None, today: date | None, handbook: Path) -> None:
    """Check, stage, generate, finish; exit 1 if a document has an error, 130 if interrupted."""
    try:
        _build(locate(handbook), today, generator)
    except KeyboardInterrupt:
        click.echo(_("Interrupted. The site is whole: the one before, or the new one if it was ready."), err=True)
        raise SystemExit(130) from None


def _build(root: Path, on: date | None, generator: Generator | None) -> None:
    from rutine.cli._manual import command_texts
    from rutine.formats import render
    from rutine.generate import require_generator
    from rutine.memory import later
    from rutine.own_folder import lock, nothing_in_the_way
    from rutine.parallel import beside
    from rutine.report_for_pages import report_for_pages
    from rutine.site_settings import configuration, refuse_code

    require_generator(_settings(root, generator).generator)
    with (
        nothing_in_the_way(),
        lock(root, waiting=_tell_waiting),
        later() as take,
        beside(partial(_earlier, root)) as earlier,
    ):
        settings = _settings(root, generator)
        refuse_code(root, configuration(root))
        commands = partial(command_texts, settings.language)
        report = report_for_pages(root, settings, today_or(on), commands, progress(), then=on is not None)
        tell_unknown(report.handbook, on)
        if report.number_of("error"):
            put(render("text", "findings", report), "text")
            click.echo(_("Nothing was published. The site is as it was."), err=True)
            raise SystemExit(1)
        staged = _publish(root, report, settings, earlier, take)
    _tell(report, staged, root / "site")


def _earlier(root: Path) -> dict[str, bytes]:
    """What is left of an earlier site where the new one is built, each file with its digest."""
    from rutine.last_site import digests_below
    from rutine.own_folder import own_folder

    return digests_below(own_folder(root) / "site")


def _publish(
    root: Path,
    report: Report,
    settings: Settings,
    earlier: Callable[[], dict[str, bytes]],
    take: Callable[[], Callable[[], None]],
) -> Staged:
    """Stage, generate, finish; what was staged. What is to be remembered is written beside."""
    from rutine.finish import begin, finish
    from rutine.last_site import last_site
    from rutine.parallel import beside
    from rutine.search_index import remembered_files
    from rutine.site_settings import configuration, values_of
    from rutine.stage import planned, refuse_dangling

    staged, write_pages = planned(root, report, root / "build" / "pages")
    refuse_dangling(staged)
    site, site_url = root / "site", values_of(configuration(root)).get("site_url")
    there = earlier()
    new = begin(root, site)
    last = last_site(root, staged)
    known = last.take_over(staged, site, new, remembered_files(root, settings), there)
    write_pages(known.pages)
    if settings.generator == "zensical":
        from rutine.generate_zensical import generate as generate_by_zensical

        generate_by_zensical(root, staged, new)  # which makes the folder anew
    with beside(partial(_put_extras, take(), last, staged, site_url, new, known), nice=True) as extras:
        if settings.generator == "mkdocs":
            known = _generate(root, staged, new, known)
        finish(root, staged, new, site, extras, site_url, known)
        last.follow(staged, known.digests, extras())
    return staged


def _put_extras(
    write_memory: Callable[[], None], last: LastSite, staged: Staged, site_url: str | None, new: Path, known: Known
) -> dict[str, bytes]:
    """What stands beside the pages, by file."""
    from rutine.extras import put_extras

    write_memory()
    if last.has_extras(staged, known):
        return last.extras
    return put_extras(staged, site_url, new, known.extras)


def _tell_waiting() -> None:
    click.echo(_("Another build of this handbook is running. Waiting for it to end …"), err=True)


def _tell(report: Report, staged: Staged, site: Path) -> None:
    """What was published, and what could not be known."""
    from rutine.formats._plain import printable
    from rutine.i18n import environment_language, render

    told = _("{pages} pages in {folder}.").format(pages=len(staged.pages), folder=_short(site))
    if warnings := report.number_of("warning"):
        told += " " + _("Warnings: {warnings}. rutine check shows them.").format(warnings=warnings)
    click.echo(told)
    if report.untold:
        reason = printable(render(report.untold, environment_language()))
        click.echo(f"{_('Old addresses of renamed documents are unknown.')} {reason}", err=True)
    if staged.undrawn:
        shown = _('Diagrams shown as text: {diagrams}. To draw them: pip install "rutine[diagrams]"')
        click.echo(shown.format(diagrams=staged.undrawn), err=True)


def _settings(root: Path, generator: Generator | None) -> Settings:
    from rutine.settings import read_settings

    settings = read_settings(root)
    return replace(settings, generator=generator) if generator else settings


def _generate(root: Path, staged: Staged, new: Path, unchanged: Known) -> Known:
    """Let MkDocs build the site in the folder `new`; what needs no second look then."""
    from rutine.generate import generate, load

    config = load(root, staged.folder)
    gc.freeze()  # what is there stays to the end
    gc.set_threshold(10_000, 20, 20)
    gc.enable()  # the generator makes much that refers to itself
    built = generate(config, staged, new, unchanged.pages)
    gc.disable()
    return unchanged._replace(
        pages=staged.pages.keys(),
        problems=built.problems,
        digests={**unchanged.digests, **built.digests},
        said=built.said,
    )


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
