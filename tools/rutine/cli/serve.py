"""`rutine serve`."""

from __future__ import annotations

import gc
import logging
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import handbook_option, locate, today_or

if TYPE_CHECKING:
    from rutine.model import Report

# What a command works with is imported when it runs: help and version need none of it.


@click.command(
    name="serve",
    help=_(
        "Show the handbook in a browser while you write.\n\nThe pages follow every change."
        " A document with an error is left out until it is mended; nothing is published."
    ),
)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help=_("The port to serve on."))
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help=_("The address to serve on. The one given lets only this computer in."),
)
@handbook_option
def command(port: int, host: str, handbook: Path) -> None:
    """Serve until interrupted."""
    from rutine.cli._failure import tell
    from rutine.generate import require_generator
    from rutine.own_folder import lock
    from rutine.preview import serve
    from rutine.site_settings import configuration, refuse_code

    gc.enable()  # this runs for hours
    require_generator("mkdocs")
    root = locate(handbook)
    refuse_code(root, configuration(root))
    _log_to_terminal()
    click.echo(_("The handbook is at {address} (Ctrl-C stops it).").format(address=f"http://{host}:{port}/"))
    with lock(root, "preview"):
        serve(root, host, port, partial(_report, root), tell)


def _report(root: Path) -> Report:
    from rutine.cli._manual import command_texts
    from rutine.report_for_pages import report_for_pages
    from rutine.settings import read_settings

    settings = replace(read_settings(root), generator="mkdocs")  # whose server this is
    return report_for_pages(root, settings, today_or(None), partial(command_texts, settings.language), at_hand=True)


def _log_to_terminal() -> None:
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger = logging.getLogger("mkdocs")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
