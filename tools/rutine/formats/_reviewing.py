"""What a reviewer should look at, as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.formats._plain import printable
from rutine.formats._words import owner_title
from rutine.i18n import render
from rutine.model import Document, Entry, Message, Settings, say
from rutine.reviewing import Act, Basis


def to_look_at(document: Document, basis: Basis, settings: Settings) -> list[str]:
    """When the document was last reviewed and by whom, what has changed since, what it rests on, and records since."""
    name = " ".join(filter(None, (document.value("id"), document.value("title"))))
    return [printable(line) for line in (name, *_lines(basis, settings))]


def _lines(basis: Basis, settings: Settings) -> Iterator[str]:
    def spoken(message: Message) -> str:
        return render(message, settings.language)

    yield spoken(_last(basis, settings))
    if basis.is_same is not None:
        yield spoken(say("The text is the same as then.") if basis.is_same else say("The text is another than then."))
    parts: tuple[tuple[Message, list[str]], ...] = (
        (say("Changed since:"), [f"{one.version} {one.date} {one.summary}".strip() for one in basis.revisions]),
        (say("It rests on these regulations. Do they still say so?"), [spoken(_act(act)) for act in basis.acts]),
        (say("It rests on these documents. Do they still say so?"), [_named(other) for other in basis.rests_on]),
        (say("Recorded since:"), [record.path for record in basis.records]),
    )
    for heading, lines in parts:
        if lines:
            yield spoken(heading)
            yield from (f"  {line}" for line in lines)


def _last(basis: Basis, settings: Settings) -> Message:
    if basis.last is None:
        return say("No review of it has been recorded yet.")
    person = settings.people.get(basis.last.value("person") or "")
    who = [person.full_name if person else "", owner_title(settings, basis.last.value("reviewed-by")) or ""]
    return say(
        "Last reviewed on {date} by {who}.",
        date=basis.last.value("reviewed-on") or "", who=", ".join(filter(None, who)) or "–",
    )  # fmt: skip


def _act(act: Act) -> Message:
    name = f"{act.title} ({act.ref})" if act.title else act.ref
    if act.state:
        return say("{act}, checked on {date}", act=name, date=act.state)
    return Message("{act}", {"act": name})


def _named(other: Entry) -> str:
    return " ".join(filter(None, (other.value("id"), other.value("title"))))
