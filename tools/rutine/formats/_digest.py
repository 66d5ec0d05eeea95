"""What somebody is told of reviews, in that person's language: a subject and a text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from rutine.formats._plain import printable
from rutine.formats._words import day, owner_title, state
from rutine.i18n import render
from rutine.model import Message, Settings, say
from rutine.notices import Digest, Digests, Notice, Told
from rutine.published import is_public
from rutine.site_paths import page_path, target

_HEADS = {"after": say("Not done in time"), "at": say("Due"), "before": say("Coming up")}
_WRITING = "about/writing.md"


def subject(found: Digests, digest: Digest) -> str:
    """What a message is about, on one line."""
    count = len(_documents(digest.notices))
    told = say(
        "{handbook}: {count} reviews to see to", one="{handbook}: a review to see to", handbook=found.settings.name, count=count
    )  # fmt: skip
    return printable(render(told, digest.language))


def text(found: Digests, digest: Digest) -> str:
    """The message: each review once under what is to be said of it, with where the document is read."""
    settings, language = replace(found.settings, language=digest.language), digest.language
    name = found.settings.people[digest.person].full_name
    lines = [render(say("Hello, {name}", name=name), language), ""]
    for kind, group in groupby(digest.notices, key=lambda told: told.notice.kind):
        lines += [render(_HEADS[kind], language).upper(), ""]
        for told in _documents(group):
            lines += [*_review(settings, told, language), ""]
    return "\n".join(map(printable, [*lines, *_closing(settings, digest)])) + "\n"


def _documents(told: Iterable[Told]) -> list[Told]:
    """Each document once, though two notices of it may fall due between two runs."""
    return list({(one.notice.row.path): one for one in told}.values())


def _review(settings: Settings, told: Told, language: str) -> Iterator[str]:
    row = told.notice.row
    yield " ".join(part for part in (row.id, row.title) if part) or row.path
    owner = owner_title(settings, row.owner) or "–"
    when = {"date": day(row.due, language), "state": state(row, language)}
    yield "  " + render(say("{date}: {state}. Owner: {owner}.", owner=owner, **when), language)
    if reason := _reason(told, owner):
        yield "  " + render(reason, language)
    if found := page_of(settings, told.notice):
        yield f"  {found}"


def _reason(told: Told, owner: str) -> Message | None:
    """Why it is this person who is told, where that is not plain."""
    if told.reason == "vacant":
        return say("Nobody holds the role {owner}. You lead its unit: see to it that somebody does.", owner=owner)
    if told.reason == "body":
        return say("{owner} decides together. You lead its unit: see to it that the review is done.", owner=owner)
    if told.reason == "manager":
        return say("You are told because you lead the owner's unit. Ask {owner} what stands in the way.", owner=owner)
    return say("You are told once more because nobody leads the owner's unit.") if told.reason == "alone" else None


def page_of(settings: Settings, notice: Notice) -> str | None:
    """Where the document is read, if the handbook says where it is published."""
    row = notice.row
    if not settings.notices.site or not is_public(row.path, row.kind, settings):
        return None
    return settings.notices.site + target(page_path(row.path, settings), folders=settings.address == "folder")


def _closing(settings: Settings, digest: Digest) -> Iterator[str]:
    """What is to be done, and where that is told."""
    if any(told.reason != "manager" for told in digest.notices):
        what = say("Go through each document. If it is right as it is, record the review; if not, suggest the change.")
        yield render(what, digest.language)
        if site := settings.notices.site:
            guide = site + target(_WRITING, folders=settings.address == "folder")
            yield render(say("How that is done: {guide}", guide=guide), digest.language)
        yield ""
    yield render(say("Sent by rutine for {handbook}.", handbook=settings.name), digest.language)


def unreached(found: Digests) -> Iterator[str]:
    """The notices that there is nobody to give to, a line for each document."""
    language = found.settings.language
    for row in dict.fromkeys(notice.row for notice in found.unreached):
        name = " ".join(part for part in (row.id, row.title) if part) or row.path
        told = say(
            "{path}: nobody is told of the review of {document}: no one holds the role {owner}, and no one leads its unit. Name somebody in handbook.yml.",
            path=row.path, document=name, owner=row.owner or "–",
        )  # fmt: skip
        yield printable(render(told, language))
