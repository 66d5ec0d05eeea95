"""`rutine diff`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import format_option, handbook_option, locate, progress, put
from rutine.cli._selection import document_path, wrong

if TYPE_CHECKING:
    from rutine.model import Edition


@click.command(
    name="diff",
    help=_(
        "Show what changed between two versions of a document, paragraph by paragraph.\n\n"
        "FROM and TO are versions, such as 2.0, or days, YYYY-MM-DD. Without them: what the newest version changed."
    ),
)
@click.argument("document", metavar="ID")
@click.argument("before", metavar="[FROM]", required=False)
@click.argument("after", metavar="[TO]", required=False)
@format_option("comparison", _("How to print it: text or html."))
@handbook_option
def command(document: str, before: str | None, after: str | None, format_: str, handbook: Path) -> None:
    """Print what is gone and what is new."""
    from rutine.as_of import read_editions
    from rutine.document_history import read_pair
    from rutine.errors import UsageError
    from rutine.formats import Comparison, render
    from rutine.model import say
    from rutine.settings import read_settings
    from rutine.survey import survey

    root = locate(handbook)
    settings = read_settings(root)
    book = survey(root, settings, progress())
    path = document_path(book, root, document)
    known = read_editions(root, book)
    found = known.present[path]
    if known.untold and len(found) < 2:
        raise UsageError(known.untold)
    if len(found) < 2 and before is None:
        raise UsageError(
            say("Git holds only one version of {document}: {version}.", document=document, version=found[0].name)
        )
    later = _version(found, after) if after else found[0]
    earlier = _version(found, before) if before else _before(found, later)
    pair = read_pair(root, book, path, earlier, later)
    put(
        render(format_, "comparison", Comparison(pair.texts, (pair.before, pair.after), settings, sys.stdout.isatty())),
        format_,
    )


def _version(found: Sequence[Edition], name: str) -> Edition:
    from rutine.editions import find

    edition = find(found, name)
    if edition is None:
        raise wrong("FROM", _("There is no version {value}.").format(value=name), (), [one.name for one in found])
    return edition


def _before(found: Sequence[Edition], later: Edition) -> Edition:
    index = found.index(later)
    return found[min(index + 1, len(found) - 1)]
