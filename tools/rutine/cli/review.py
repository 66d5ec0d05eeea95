"""`rutine review`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._asking import ask, can_ask, choose_one, meant, outcomes
from rutine.cli._common import Day, handbook_option
from rutine.cli._selection import named_role
from rutine.cli._subject import Subject, day_or_today, kind_of_record, person_of, subject

if TYPE_CHECKING:
    from rutine.reviewing import Basis


@click.command(
    name="review",
    help=_(
        "Record that somebody has reviewed the document ID: who, when, which text, and whether it still holds.\n\n"
        "At a terminal it shows what there is to look at, and asks for what is not given. The record is a file of its own "
        "and is kept as it is; the next review counts from its day. One document is reviewed at a time."
    ),
)
@click.argument("document", metavar="ID")
@click.option(
    "--outcome",
    metavar="OUTCOME",
    help=_("What came of it: unchanged (still right), changed (to be changed) or withdraw."),
)
@click.option("--by", "role", metavar="ROLE", help=_("The role that reviewed it."))
@click.option("--person", metavar="NAME", help=_("Who it was. The one who held the role on that day if not given."))
@click.option("--date", "day", type=Day(), help=_("The day of the review, as YYYY-MM-DD. Today if not given."))
@click.option(
    "--looked-at", "looked", metavar="TEXT", multiple=True, help=_("What was looked at. Can be given several times.")
)
@click.option("--comment", metavar="TEXT", help=_("What else there is to say."))
@handbook_option
def command(
    document: str, outcome: str | None, role: str | None, person: str | None, day: date | None, looked: tuple[str, ...],
    comment: str | None, handbook: Path,
) -> None:  # fmt: skip
    """Write the record, print where it is, and when the next review is due."""
    from rutine.record_files import write_record
    from rutine.reviewing import basis_of

    about = subject(handbook, document)
    settings, day = about.handbook.settings, day_or_today(day)
    kind = kind_of_record(settings, "reviewed-on")
    choices, basis = outcomes(kind, settings.language), basis_of(about.handbook, about.document, day)
    wanted = {"--outcome": bool(outcome or not choices), "--by": bool(role)}
    asked = can_ask() and not all(wanted.values())
    if asked:
        _show(about, basis)
    elif missing := ", ".join(option for option, is_given in wanted.items() if not is_given):
        raise click.UsageError(_("Nobody can be asked here. Give {missing}.").format(missing=missing))
    outcome, role = _outcome(about, choices, outcome), _role(about, role)
    person = _person(about, role, day) if asked and person is None else person_of(settings, role, person, day)
    comment = _comment(about) if asked and comment is None else comment
    given = {"reviewed-by": role, "person": person, "outcome": outcome, "looked-at": list(looked), "comment": comment}
    fields = {"about": about.identifier, "reviewed-on": day.isoformat(), **given, **_text(about, basis)}
    _tell(about, write_record(about.root, settings, kind, about.identifier, day, fields))


def _show(about: Subject, basis: Basis) -> None:
    from rutine.formats._reviewing import to_look_at

    for line in to_look_at(about.document, basis, about.handbook.settings):
        click.echo(line)


def _outcome(about: Subject, choices: dict[str, str], given: str | None) -> str:
    from rutine.model import say

    if not choices:
        return given or ""
    if given is None:
        return choose_one(say("What has come of the review?"), about.handbook.settings.language, choices, "--outcome")
    return meant("--outcome", choices, given)


def _role(about: Subject, given: str | None) -> str:
    from rutine.model import say

    settings = about.handbook.settings
    if given is not None:
        return named_role(settings, "--by", given)
    owner = about.document.value("owner")
    default = owner if owner in settings.roles else None
    return ask(say("In which role?"), settings.language, lambda text: named_role(settings, "--by", text), default)


def _person(about: Subject, role: str, day: date) -> str | None:
    """Who held the role on that day; of several, the one who is picked."""
    from rutine.holders import holders_on
    from rutine.model import say

    settings = about.handbook.settings
    people = {holder.person: settings.people[holder.person].full_name for holder in holders_on(settings, role, day)}
    if len(people) < 2:
        return person_of(settings, role, None, day)
    return choose_one(say("Who reviewed it?"), settings.language, people, "--person")


def _comment(about: Subject) -> str:
    from rutine.model import say

    return ask(say("What else is there to say? It may be left empty"), about.handbook.settings.language, str.strip, "")


def _text(about: Subject, basis: Basis) -> dict[str, object]:
    """Which text was reviewed, and what it rests on."""
    from rutine.fingerprint import fingerprint
    from rutine.read import file_at, read_document
    from rutine.reviewing import rested
    from rutine.revisions import latest

    settings, newest = about.handbook.settings, latest(about.document)
    files = [file for other in basis.rests_on if (file := file_at(about.root, settings, other.path))]
    numbers = {file.path: fingerprint(read_document(about.root, settings, file)) for file in files}
    version = newest.version if newest else None
    return {"about-version": version, "fingerprint": fingerprint(about.document), **rested(basis, numbers)}


def _tell(about: Subject, path: str) -> None:
    """Where the record is, and which day for the next review follows from it."""
    from rutine.cli._common import today_or
    from rutine.deadlines import deadlines
    from rutine.formats._plain import printable
    from rutine.formats._words import rhythm
    from rutine.i18n import render
    from rutine.model import say
    from rutine.report import read_handbook

    settings = about.handbook.settings
    told = [say("Written: {path}", path=str(about.root / path))]
    rows = deadlines(read_handbook(about.root, settings), today_or(None))
    if row := next((row for row in rows if row.path == about.document.path), None):
        often = rhythm(row.interval, settings.language)
        told.append(say("Next review: {date} ({rhythm})", date=row.due.isoformat(), rhythm=often))
    for message in told:
        click.echo(printable(render(message, settings.language)))
