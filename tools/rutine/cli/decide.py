"""`rutine decide`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._common import Day, handbook_option
from rutine.cli._selection import named_role
from rutine.cli._subject import Subject, day_or_today, kind_of_record, person_of, subject, wrong_use

if TYPE_CHECKING:
    from rutine.model import Message


@click.command(
    name="decide",
    help=_(
        "Record that the document ID was decided: by whom, when, under which case number, and exactly which text.\n\n"
        "The record is a file of its own and is kept as it is. It names the text by a fingerprint, so that everybody can "
        "see later whether the text in force is the one that was decided."
    ),
)
@click.argument("document", metavar="ID")
@click.option("--by", "role", metavar="ROLE", required=True, help=_("The role that decided."))
@click.option("--date", "day", type=Day(), required=True, help=_("The day of the decision, as YYYY-MM-DD."))
@click.option(
    "--reference", metavar="TEXT", required=True, help=_("The case number, or where the decision can be found.")
)
@click.option("--person", metavar="NAME", help=_("Who it was. The one who held the role on that day if not given."))
@click.option(
    "--version", metavar="VERSION", help=_("The version that was decided. The document's newest if not given.")
)
@click.option("--comment", metavar="TEXT", help=_("What else there is to say."))
@handbook_option
def command(
    document: str, role: str, day: date, reference: str, person: str | None, version: str | None, comment: str | None,
    handbook: Path,
) -> None:  # fmt: skip
    """Write the record, and print where it is."""
    from rutine.formats._plain import printable
    from rutine.i18n import render
    from rutine.model import say
    from rutine.record_files import write_record

    about = subject(handbook, document)
    settings = about.handbook.settings
    kind, role, day = kind_of_record(settings, "decided-on"), named_role(settings, "--by", role), day_or_today(day)
    known = {"decided-by": role, "person": person_of(settings, role, person, day), "decision-reference": reference}
    text = _text(about, version)
    fields = {"about": about.identifier, "decided-on": day.isoformat(), **known, **text, "comment": comment}
    path = write_record(about.root, settings, kind, about.identifier, day, fields)
    told: list[Message] = [say("Written: {path}", path=str(about.root / path))]
    if "fingerprint" not in text:
        told.append(
            say("The text of version {version} is not at hand, so the record names none.", version=version or "")
        )
    for message in told:
        click.echo(printable(render(message, settings.language)))


def _text(about: Subject, wanted: str | None) -> dict[str, str | None]:
    """The version that was decided, and the fingerprint of its text where that is the one at hand."""
    from rutine.fingerprint import fingerprint
    from rutine.revisions import latest, revisions

    newest = latest(about.document)
    known = [revision.version for revision in revisions(about.document) if revision.version]
    if wanted and wanted not in known:
        problem = _("The document has no version {value}. It has: {known}.")
        raise wrong_use("--version", problem.format(value=wanted, known=", ".join(known) or "–"))
    if wanted and newest and wanted != newest.version:
        return {"about-version": wanted}
    return {"about-version": newest.version if newest else None, "fingerprint": fingerprint(about.document)}
