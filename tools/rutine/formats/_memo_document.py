"""What a memo says of one document: what is missing, what changes and why, whom it concerns, and what rests on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rutine.changed_facts import FactChange, RegulationChange, RoleChange
from rutine.dates import parse_interval
from rutine.differences import Passage, SectionChange
from rutine.formats._listing import status_title
from rutine.formats._memo_words import MOST, Words, excerpts, listed
from rutine.formats._plain import message
from rutine.formats._words import rhythm
from rutine.memo import DocumentChange
from rutine.model import Message, RevisionEntry, say

PASSAGES = 6  # of one section
_SAME = {"no-revision": "unrecorded-change", "vacant-owner": "vacant-role", "vacant-decider": "vacant-role"}  # rules
_MISSING = say("Missing before it can be decided")


def about(words: Words, change: DocumentChange) -> Iterator[str]:
    """The lines on one document."""
    yield from _state(words, change)
    for label, lines in (
        (_MISSING, _missing(words, change)),
        (say("What changes, and why"), [_revision(words, change, entry) for entry in change.revisions]),
    ):
        yield from _block(words, label, lines)
    yield from _text(words, change)
    yield from _block(words, say("Fields"), [_fact(words, change, fact) for fact in change.facts])
    yield from _concerned(words, change)
    yield from _block(words, say("Regulations"), _regulations(words, change))
    dependants = [
        words.text(f"{entry.value('id') or ''} {entry.value('title') or entry.path}") for entry in change.dependants
    ]
    yield from _block(words, say("Rests on this document"), dependants)


def _block(words: Words, label: Message, lines: list[str]) -> Iterator[str]:
    """A label with one line beside it, or with several below it."""
    if len(lines) == 1:
        yield f"- **{words.say(label)}:** {lines[0]}"
    elif lines:
        yield f"- **{words.say(label)}:**"
        yield from listed(words, lines, depth=1)


def _state(words: Words, change: DocumentChange) -> Iterator[str]:
    before, after = change.before, change.after
    if before and after and before.path != after.path:
        yield from _block(words, say("Moved"), [f"{words.code(before.path)} → {words.code(after.path)}"])
    else:
        yield from _block(words, say("File"), [words.code(change.document.path)])
    if role := change.document.value("decided-by"):
        label = say("Decided by")
        if change.is_minor:
            yield from _block(
                words,
                label,
                [
                    f"{words.holder(role)}. {words.say(say('The document calls the change minor; minor changes need no decision.'))}"
                ],
            )
        else:
            yield from _block(words, label, [words.holder(role)])
    if owner := change.document.value("owner"):
        yield from _block(words, say("Owner"), [words.holder(owner)])


def _missing(words: Words, change: DocumentChange) -> list[str]:
    told = {_SAME.get(lack.code) for lack in change.lacks}
    lines = [words.say(_with_days(words, lack.message)) for lack in change.lacks]
    for finding in change.findings:
        if finding.rule not in told:
            place = words.say(say("line {line}", line=finding.place.line))
            lines.append(f"{words.text(message(finding, words.language))} ({place})")
    return lines


def _with_days(words: Words, told: Message) -> Message:
    """The message with its day as people write it."""
    if "date" not in told.values:
        return told
    return told._replace(values={**told.values, "date": words.day(str(told.values["date"]))})


def _revision(words: Words, change: DocumentChange, entry: RevisionEntry) -> str:
    kind = change.document.kind
    place = next((pointer for pointer, _ in change.document.values("revision-change")), ())
    much = kind.label(place, words.language, entry.change) if kind and entry.change and place else entry.change
    head = ", ".join(part for part in (entry.version, words.day(entry.date) if entry.date else "", much) if part)
    return f"{words.text(head)}: {words.text(entry.summary)}" if entry.summary else words.text(head)


def _text(words: Words, change: DocumentChange) -> Iterator[str]:
    if change.text.is_typographic:
        yield from _block(
            words, say("Text"), [words.say(say("Only typography and line breaks change; it says the same."))]
        )
    elif change.text.is_layout:
        yield from _block(
            words, say("Text"), [words.say(say("The same passages in another order, or marked otherwise."))]
        )
    elif change.before is None or change.after is None:
        names = [words.text(section.heading) for section in change.text.sections if section.heading]
        yield from _block(words, say("Sections"), names)
    else:
        sections = change.text.sections
        if sections:
            yield f"- **{words.say(say('Text'))}:**"
        for section in sections[:20]:
            yield from _section(words, section)
        if len(sections) > 20:
            yield f"    - {words.say(say('… and {count} more.', one='… and one more.', count=len(sections) - 20))}"


def _section(words: Words, section: SectionChange) -> Iterator[str]:
    heading = " ".join(section.heading.split())[:200]
    if not heading:
        told = say("Before the first heading:")
    elif section.was:
        told = say(
            "Section “{before}” is now called “{heading}”.", before=" ".join(section.was.split())[:200], heading=heading
        )
    elif section.what == "added":
        told = say("Section “{heading}” is new:", heading=heading)
    elif section.what == "removed":
        told = say("Section “{heading}” is gone:", heading=heading)
    else:
        told = say("Section “{heading}”:", heading=heading)
    yield f"    - {words.say(told)}"
    lines = [line for passage in section.passages[:PASSAGES] for line in _passage(words, passage)]
    yield from listed(words, lines, len(lines), depth=2)
    if (more := len(section.passages) - PASSAGES) > 0:
        yield f"        - {words.say(say('… and {count} more.', one='… and one more.', count=more))}"


def _passage(words: Words, passage: Passage) -> list[str]:
    before, after = excerpts(passage.before, passage.after)
    lines = []
    if before:
        label = say("Before") if after else say("Gone")
        lines.append(f"*{words.say(label)}:* {words.text(before)}")
    if after:
        label = say("Now") if before else say("New")
        lines.append(f"*{words.say(label)}:* {words.text(after)}")
    return lines


def _fact(words: Words, change: DocumentChange, fact: FactChange) -> str:
    kind = change.document.kind
    names = (
        [kind.label(fact.field[: end + 1], words.language) for end in range(len(fact.field))] if kind else fact.field
    )
    label = words.say(say("Kind")) if fact.meaning == "kind" else words.text(" › ".join(names))
    old, new = ([_value(words, change, fact, value) for value in values] for values in (fact.before, fact.after))
    if len(old) < 2 and len(new) < 2:
        return f"{label}: {', '.join(old) or '–'} → {', '.join(new) or '–'}"
    came, gone = ([value for value in one if value not in other] for one, other in ((new, old), (old, new)))
    return f"{label}: {_came_and_went(words, came, gone)}"


def _came_and_went(words: Words, came: Sequence[str], gone: Sequence[str]) -> str:
    parts = ((say("New"), came), (say("Gone"), gone))
    return "; ".join(f"*{words.say(label)}:* {', '.join(values)}" for label, values in parts if values)


def _value(words: Words, change: DocumentChange, fact: FactChange, value: str) -> str:
    kind = change.document.kind
    if fact.meaning == "status" and kind:
        return words.text(status_title(kind, value, words.language))
    if fact.meaning == "review-interval" and (interval := parse_interval(value)):
        return words.text(rhythm(interval, words.language))
    labelled = kind.label(fact.field, words.language, value) if kind and fact.meaning != "kind" else value
    return words.value(fact.meaning, value) if labelled == value else words.text(labelled)


def _concerned(words: Words, change: DocumentChange) -> Iterator[str]:
    """Whom the document is for, and what is asked of whom."""
    document = change.document
    scope = [
        words.value(meaning, value) for meaning in ("scope-unit", "scope-role") for _, value in document.values(meaning)
    ]
    if scope:
        yield from _block(words, say("Applies to"), [", ".join(scope[:30]) + (" …" if len(scope) > 30 else "")])
    if change.roles:
        yield f"- **{words.say(say('What is asked of whom'))}:**"
        shown = list(change.roles)[:20]
        for role in shown:
            yield from _role(words, change, role)
        if len(change.roles) > len(shown):
            yield f"    - {words.say(say('… and {count} more.', one='… and one more.', count=len(change.roles) - len(shown)))}"


def _role(words: Words, change: DocumentChange, role: RoleChange) -> Iterator[str]:
    states = {
        "added": say("has a part in it that it had not"),
        "removed": say("has no part in it any more"),
        "changed": None,
    }
    told = states[role.what] if change.before and change.after else None
    heading = words.value("owner", role.role) + (f" ({words.say(told)})" if told else "")
    if role.what == "changed" and role.responsibility[0] != role.responsibility[1]:
        old, new = (_responsibility(words, change, value) or "–" for value in role.responsibility)
        heading = f"{heading}: {old} → {new}"
    yield f"    - {heading}"
    label = {True: say("New"), False: say("Gone")}
    lines = [(True, duty) for duty in role.added] + [(False, duty) for duty in role.removed]
    yield from listed(words, [f"*{words.say(label[came])}:* {words.text(duty)}" for came, duty in lines], depth=2)


def _responsibility(words: Words, change: DocumentChange, value: str) -> str:
    kind = change.document.kind
    place = next((pointer for pointer, _ in change.document.values("responsibility")), ())
    return words.text(kind.label(place, words.language, value) if kind and place and value else value)


def _regulations(words: Words, change: DocumentChange) -> list[str]:
    """Those that change, a line each, and the others together."""
    same = [words.regulation(rule.ref) for rule in change.regulations if rule.what is None]
    lines = [_regulation(words, change, rule) for rule in change.regulations if rule.what is not None]
    if same and change.what not in ("moved", "typography"):
        lines.append(", ".join(same[:MOST]) + (" …" if len(same) > MOST else ""))
    return lines


def _regulation(words: Words, change: DocumentChange, rule: RegulationChange) -> str:
    name = words.regulation(rule.ref)
    if change.before is None or change.after is None:
        return name
    if rule.what == "added":
        return f"{name} – {words.say(say('new here'))}"
    if rule.what == "removed":
        return f"{name} – {words.say(say('no longer named'))}"
    added, removed = ([words.text(place) for place in places] for places in (rule.added, rule.removed))
    return f"{name} – {_came_and_went(words, added, removed)}"
