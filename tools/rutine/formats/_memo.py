"""A memo as Markdown that a forge shows as a comment. What comes from the change itself stays text, whatever it says.

No line begins with such text: GitLab takes a `/` there for a command.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rutine.formats._memo_document import about
from rutine.formats._memo_words import Words, listed
from rutine.formats._plain import message
from rutine.memo import DocumentChange, Memo, OtherChange
from rutine.model import Finding, say
from rutine.published import title_of
from rutine.revisions import latest

MARKER = "<!-- rutine memo -->"
LONGEST = 60_000  # characters; GitHub takes no comment above 65,536
ROWS = 100  # documents in the table
_STATES = {
    "new": say("New"), "removed": say("Deleted"), "withdrawn": say("Withdrawn"), "moved": say("Moved, the same text"),
    "typography": say("Only how it is written down"), "changed": say("Changed"),
}  # fmt: skip
_FILES = {"added": say("new"), "removed": say("deleted"), "changed": say("changed")}


def written(memo: Memo) -> str:
    """The whole memo. Documents for which a comment has no room are named only."""
    words = Words(memo.settings, memo.today)
    parts = ["\n".join([MARKER, f"## {words.say(say('Decision memo'))}", "", *_summary(words, memo)])]
    closing = ["\n".join(part) for part in (_elsewhere(words, memo.elsewhere), _others(words, memo.others)) if part]
    room, left = LONGEST - sum(map(len, [*parts, *closing])), 0
    for change in memo.documents:
        part = "\n".join([f"### {_name(words, change)}", "", *about(words, change)])
        room -= len(part) + 2
        if room > 0 and not left:
            parts.append(part)
        else:
            left += 1
    if left:
        told = say(
            "There is no room here for {count} more documents. The memo as JSON holds them.",
            one="There is no room here for one more document. The memo as JSON holds it.",
            count=left,
        )
        parts.append(words.say(told))
    return "\n\n".join([*parts, *closing]) + "\n"


def _name(words: Words, change: DocumentChange) -> str:
    document = change.document
    return words.text(f"{document.value('id') or ''} {title_of(document)}")


def _summary(words: Words, memo: Memo) -> Iterator[str]:
    """How many documents change, how many of them lack something, and a table of them."""
    count = len(memo.documents)
    if not count:
        yield words.say(say("No document changes."))
        return
    lacking = sum(
        bool(change.lacks) or any(finding.severity == "error" for finding in change.findings)
        for change in memo.documents
    )
    told = say("{count} documents change.", one="One document changes.", count=count)
    ready = (
        say(
            "Something is missing in {count} of them before they can be decided.",
            one="Something is missing in one of them before it can be decided.",
            count=lacking,
        )
        if lacking
        else say("Nothing is missing that rutine knows of.")
    )
    yield f"{words.say(told)} {words.say(ready)}"
    yield ""
    heads = (say("Document"), say("Version"), say("What becomes of it"), say("Decided by"))
    yield f"| {' | '.join(words.say(head) for head in heads)} |"
    yield "|---|---|---|---|"
    for change in memo.documents[:ROWS]:
        cells = (
            _name(words, change),
            versions(words, change),
            words.say(_STATES[change.what]),
            _decider(words, change),
        )
        yield f"| {' | '.join(cells)} |"
    if count > ROWS:
        yield ""
        yield words.say(say("… and {count} more.", one="… and one more.", count=count - ROWS))


def versions(words: Words, change: DocumentChange) -> str:
    """From which version to which."""
    found = [latest(document) if document else None for document in (change.before, change.after)]
    old, new = (words.text(one.version or (one.date.isoformat() if one.date else "")) if one else "" for one in found)
    if not (old and new):
        return new or old
    return old if old == new else f"{old} → {new}"


def _decider(words: Words, change: DocumentChange) -> str:
    role = change.document.value("decided-by")
    return words.holder(role) if role else ""


def _elsewhere(words: Words, findings: Sequence[Finding]) -> list[str]:
    """The findings that the change causes where nothing changes."""
    if not findings:
        return []
    heading = f"### {words.say(say('What this causes elsewhere'))}"
    lines = [
        f"{words.code(finding.place.path)}: {words.text(message(finding, words.language))}" for finding in findings
    ]
    return [heading, "", *listed(words, lines)]


def _others(words: Words, others: Sequence[OtherChange]) -> list[str]:
    """The changed files that are no documents, a line each."""
    if not others:
        return []
    return [
        f"### {words.say(say('Other changes'))}",
        "",
        *listed(words, [_other(words, other) for other in others], 40),
    ]


def _other(words: Words, other: OtherChange) -> str:
    kind = words.settings.kinds.get(other.kind)
    told = [words.text(kind.title(words.language))] if kind else []
    told += [words.text(", ".join(other.about))] if other.about else []
    more = f": {' '.join(told)}" if told else ""
    if other.parts:
        more = f": {words.text(', '.join(other.parts))}"
    return f"{words.code(other.path)} ({words.say(_FILES[other.what])}){more}"
