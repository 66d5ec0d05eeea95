"""Words for the history of a document: what a state of its file changed, and who made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rutine.chronicle import Change, Step
from rutine.formats._words import owner_title
from rutine.i18n import render
from rutine.model import Message, Settings, Signature, say

CHANGES: dict[Change, Message] = {
    "added": say("first version in Git"),
    "returned": say("back again"),
    "removed": say("removed"),
    "text": say("text changed"),
    "facts": say("only facts changed"),
    "form": say("only typography or white space changed"),
    "moved": say("only moved"),
    "same": say("nothing changed"),
}


def changed(step: Step, language: str) -> str:
    """What is different from the state before."""
    told = render(CHANGES[step.change], language)
    moved = step.version and step.version.before and step.change not in ("added", "moved")
    return f"{told}, {render(say('moved'), language)}" if moved else told


def people(step: Step, language: str) -> str:
    """Who wrote it, and who put it there where that is somebody else; a program is called one."""
    if step.version is None:
        return render(say("not committed"), language)
    names = ", ".join(dict.fromkeys(one.name for one in step.version.wrote))
    committer = step.version.commit.committer
    if committer.name in names.split(", "):
        return names
    put = (
        say("put there by the program {name}", name=committer.name)
        if committer.is_program
        else say("put there by {name}", name=committer.name)
    )
    return f"{names} ({render(put, language)})"


def decided(step: Step, settings: Settings) -> str:
    """Who decided what the document said then, and when."""
    if step.document is None:
        return ""
    by, day = step.document.value("decided-by"), step.document.value("decided-on")
    role = owner_title(settings, by) if by else ""
    if not role and not day:
        return ""
    if not role:
        return render(say("decided {date}", date=day or ""), settings.language)
    return render(say("decided by {role} {date}", role=role, date=day or "–"), settings.language)


def notes(step: Step, language: str) -> Iterator[str]:
    """What else is to be known of a state."""
    if step.is_proposed and step.version:
        yield render(say("proposed, not on the default branch"), language)
    if step.version and step.version.commit.is_backdated:
        day = step.version.commit.author.day.isoformat()
        yield render(say("its author dates it {date}", date=day), language)


def step_data(step: Step) -> dict[str, Any]:
    """A state for programs: who, when, what changed, and what it said of its version and decision."""
    version, document, revision = step.version, step.document, step.revision
    commit = version.commit if version else None
    return {
        "version": revision.version if revision else None,
        "summary": revision.summary if revision else None,
        "change": step.change,
        "path": version.path if version else document.path if document else None,
        "moved-from": (version.before or None) if version else None,
        "commit": commit.name if commit else None,
        "subject": commit.subject if commit else None,
        "authors": [_signature(one) for one in version.wrote] if version else [],
        "committer": _signature(commit.committer) if commit else None,
        "backdated": commit.is_backdated if commit else False,
        "proposed": step.is_proposed,
        "decision": {"by": document.value("decided-by"), "on": document.value("decided-on")} if document else None,
    }


def _signature(one: Signature) -> dict[str, Any]:
    return {"name": one.name, "email": one.email, "at": one.moment.isoformat(), "program": one.is_program}
