"""What a review or a decision is about, and who made it: from what the command line says to what the handbook knows."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from rutine.cli import _
from rutine.cli._common import locate, progress, today_or
from rutine.cli._selection import document_path, wrong

if TYPE_CHECKING:
    from rutine.evidence import Act
    from rutine.kinds import Kind
    from rutine.model import Document, Handbook, Settings


class Subject(NamedTuple):
    """A document with a number, as it is at hand, in its handbook."""

    root: Path
    handbook: Handbook
    document: Document
    identifier: str


def subject(folder: Path, wanted: str) -> Subject:
    """The document with this id or path. What no record can be about ends the command as wrong use."""
    from rutine.read import file_at, read_document
    from rutine.report import read_handbook
    from rutine.settings import read_settings

    root = locate(folder)
    settings = read_settings(root)
    handbook = read_handbook(root, settings, progress())
    path = document_path(handbook, root, wanted)
    file = file_at(root, settings, path)
    document = read_document(root, settings, file) if file else None
    identifier = document.value("id") if document else None
    if document is None or document.kind is None or document.kind.is_record:
        problem = _("{value} is no document. Name one by its number, such as HR-012.").format(value=wanted)
        raise wrong_use("ID", problem)
    if identifier is None:
        raise wrong_use("ID", _("This document has no number, and records name documents by it. Give it one first."))
    return Subject(root, handbook, document, identifier)


def kind_of_record(settings: Settings, act: Act) -> Kind:
    """The kind of record that is to be written."""
    from rutine.evidence import record_kind

    if kind := record_kind(settings, act):
        return kind
    raise click.UsageError(_("This handbook has no kind of record for that."))


def day_or_today(day: date | None) -> date:
    """The day on which something was done; one that is still to come ends the command as wrong use."""
    today = today_or(None)
    if day and day > today:
        problem = _("{value} is in the future. Name the day on which it was done.").format(value=day.isoformat())
        raise wrong_use("--date", problem)
    return day or today


def person_of(settings: Settings, role: str, given: str | None, day: date) -> str | None:
    """Who acted in a role on a day: the person who is named, or the only one who held it; None for a body.

    Somebody who did not hold it, and nobody named where several did, end the command as wrong use.
    """
    from rutine.holders import holders_on

    held = [holder.person for holder in holders_on(settings, role, day)]
    names = {settings.people[name].full_name.casefold(): name for name in settings.people}
    known = ", ".join(held)
    if given is not None:
        person = given if given in settings.people else names.get(given.strip().casefold())
        if person is None:
            near = get_close_matches(given.casefold(), [*settings.people, *names], n=1, cutoff=0.6)
            problem = _("There is no person {value} in handbook.yml.").format(value=given)
            raise wrong("--person", problem, [names.get(name, name) for name in near], held)
        if settings.roles[role].body or person in held:
            return person
        problem = _("{value} did not hold the role {role} on {date}.").format(value=person, role=role, date=day)
        raise wrong("--person", problem, (), held) if held else wrong_use("--person", problem)
    if len(held) > 1:
        problem = _("Several people held the role {role} on {date} ({known}). Say who it was.")
        raise wrong_use("--person", problem.format(role=role, date=day, known=known))
    if not held and settings.roles[role].holders:
        problem = _("Nobody held the role {role} on {date}. Choose another role or day, or correct handbook.yml.")
        raise wrong_use("--by", problem.format(role=role, date=day))
    return held[0] if held else None


def wrong_use(option: str, problem: str) -> click.BadParameter:
    """What to raise for wrong use of an option."""
    return click.BadParameter(problem, ctx=click.get_current_context(), param_hint=f"'{option}'")
