"""What somebody must know of a proposed change to decide it: what becomes of each document, for whom, and what is missing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, NamedTuple

from rutine.changed_facts import (
    FactChange,
    RegulationChange,
    RoleChange,
    What,
    changed_facts,
    changed_regulations,
    changed_roles,
)
from rutine.differences import NO_CHANGE, TextChange, text_change
from rutine.fingerprint import decided_fields
from rutine.holders import holders_on
from rutine.i18n import choose
from rutine.model import Document, Entry, Finding, Handbook, Message, Report, RevisionEntry, Settings, say
from rutine.revisions import as_entry, revisions


class Lack(NamedTuple):
    """What is missing before the change can be decided: a code that stays, and the words."""

    code: str
    message: Message


@dataclass(frozen=True)
class DocumentChange:
    """What becomes of a document; `before` or `after` is None where it is new or gone.

    `revisions` are the entries that came, `dependants` the documents that rest on it, or take it as a step.
    """

    before: Document | None
    after: Document | None
    revisions: tuple[RevisionEntry, ...] = ()
    text: TextChange = NO_CHANGE
    facts: tuple[FactChange, ...] = ()
    roles: tuple[RoleChange, ...] = ()
    regulations: tuple[RegulationChange, ...] = ()
    dependants: tuple[Entry, ...] = ()
    lacks: tuple[Lack, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def document(self) -> Document:
        """The document as it is proposed; of one that is gone, as it was."""
        found = self.after or self.before
        assert found  # noqa: S101  # one of the two is always there
        return found

    @property
    def what(self) -> Literal["new", "removed", "withdrawn", "moved", "typography", "changed"]:
        """What becomes of it, in one word; `moved` and `typography` (how it is written down) where it says the same."""
        if self.before is None or self.after is None:
            return "removed" if self.before else "new"
        if _status(self.after) == "withdrawn" != _status(self.before):
            return "withdrawn"
        says_other = self.text.sections or self.text.is_layout or self.facts or self.roles or self.revisions
        if says_other or any(rule.what for rule in self.regulations):
            return "changed"
        return "moved" if self.before.path != self.after.path else "typography"

    @property
    def is_minor(self) -> bool:
        """Whether the revision entries themselves call the change minor, which needs no decision."""
        return bool(self.revisions) and all(revision.change == "minor" for revision in self.revisions)


class OtherChange(NamedTuple):
    """A changed file that is no document: of a record its kind and what it is about, of the settings which parts changed."""

    path: str
    what: What
    kind: str = ""
    about: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Memo:
    """A proposed change: its documents, the other files, and the findings that it causes in documents as they were."""

    settings: Settings
    today: date
    documents: tuple[DocumentChange, ...]
    others: tuple[OtherChange, ...]
    elsewhere: tuple[Finding, ...]


def pairs(before: Sequence[Document], after: Sequence[Document]) -> Iterator[tuple[Document | None, Document | None]]:
    """Each changed document as it was and as it is: by its number, else by its path, else by a text that stays the same."""
    waiting = {document.path: document for document in before}
    found: dict[str, Document] = {}
    for same in (_number, lambda document: document.path, lambda document: document.body):
        known: dict[str, Document] = {}
        for document in waiting.values():
            known.setdefault(same(document), document)
        for document in after:
            earlier = known.get(same(document)) if document.path not in found and same(document) else None
            if earlier and earlier.path in waiting and not _differ(earlier, document):
                found[document.path] = waiting.pop(earlier.path)
    yield from ((found.get(document.path), document) for document in after)
    yield from ((document, None) for document in waiting.values())


def _number(document: Document) -> str:
    return (document.value("id") or "").lower()


def _differ(one: Document, other: Document) -> bool:
    return bool(_number(one) and _number(other) and _number(one) != _number(other))


def memo(
    before: Sequence[Document],
    after: Sequence[Document],
    report: Report,
    findings: Sequence[Finding],
    others: Sequence[OtherChange],
) -> Memo:
    """The memo of a change, from the documents that it changes as they were and as they are, and the findings that it brings."""
    handbook, today = report.handbook, report.today
    rest, told = _dependants(handbook), dict[str, list[Finding]]()
    for finding in findings:
        told.setdefault(finding.place.path, []).append(finding)
    changes = []
    for one, other in pairs(before, after):
        change = compared(one, other)
        number = _number(change.document)
        changes.append(
            replace(
                change,
                dependants=tuple(
                    entry for entry in rest.get(number, ()) if entry.value("id") != change.document.value("id")
                ),
                lacks=tuple(_lacks(change, handbook.settings, today)),
                findings=tuple(told.pop(other.path, ())) if other else (),
            )
        )
    changes.sort(key=lambda change: (change.document.value("id") or "~", change.document.path))
    elsewhere = [finding for rows in told.values() for finding in rows]
    return Memo(handbook.settings, today, tuple(changes), tuple(others), tuple(elsewhere))


def compared(before: Document | None, after: Document | None) -> DocumentChange:
    """What becomes of a document, from its two states alone."""
    known = {_name(entry) for entry in _entries(before)}
    return DocumentChange(
        before,
        after,
        tuple(entry for entry in _entries(after) if _name(entry) not in known),
        text_change(before, after),
        (*changed_facts(before, after), *_rewritten(before, after)) if before and after else (),
        tuple(changed_roles(before, after)),
        tuple(changed_regulations(before, after)),
    )


def _entries(document: Document | None) -> list[RevisionEntry]:
    return [as_entry(revision) for revision in revisions(document)] if document else []


def _name(entry: RevisionEntry) -> str:
    return entry.version or entry.date


def _rewritten(before: Document, after: Document) -> Iterator[FactChange]:
    """The revision entries that say something else than they said, or are gone."""
    now = {_name(entry): entry for entry in _entries(after)}
    field = after.kind.name_of("revision").split(".")[0] if after.kind else "revisions"
    for entry in _entries(before):
        other = now.get(_name(entry))
        if other != entry:
            yield FactChange("revision", (field,), _written(entry), _written(other) if other else ())


def _written(entry: RevisionEntry) -> tuple[str, ...]:
    return (" ".join(filter(None, entry[:4])),)


def _status(document: Document) -> str:
    return document.kind.status(document.value("status")) if document.kind else "in-force"


def _dependants(handbook: Handbook) -> dict[str, list[Entry]]:
    """By number in lower case: the documents that rest on the one that bears it, or take it as a step."""
    found: dict[str, list[Entry]] = {}
    for entry in handbook.entries.values():
        kind = handbook.settings.kinds.get(entry.kind or "")
        if kind and not kind.is_record:
            others = {value for meaning in ("replaces", "replaced-by") for value in entry.facts.texts(meaning)}
            for value in dict.fromkeys(fact.value for fact in entry.references):
                if value not in others:
                    found.setdefault(value.lower(), []).append(entry)
    return found


def _lacks(change: DocumentChange, settings: Settings, today: date) -> Iterator[Lack]:
    document = change.after
    if document is None or document.kind is None or _status(document) == "draft":
        return
    before, is_revised = change.before, bool(change.revisions) or not document.kind.means("revision")
    if before and not is_revised and _status(before) != "draft" and _says_other(change, before, document):
        yield Lack(
            "no-revision", say("No revision entry tells of this change: with a version, a date and what is changed.")
        )
    yield from _undecided(change, document)
    yield from _vacant(document, settings, today)


def _says_other(change: DocumentChange, before: Document, after: Document) -> bool:
    return bool(change.text.sections or change.text.is_layout) or decided_fields(before) != decided_fields(after)


def _undecided(change: DocumentChange, document: Document) -> Iterator[Lack]:
    if not (document.kind and document.kind.means("decided-on")):
        return
    day = document.value("decided-on")
    if day is None:
        yield Lack("no-decision", say("The document does not say who decides it, and when."))
    elif change.before and change.revisions and not change.is_minor and change.before.value("decided-on") == day:
        yield Lack(
            "no-decision", say("The decision that the document tells of is from before this change: {date}.", date=day)
        )


def _vacant(document: Document, settings: Settings, today: date) -> Iterator[Lack]:
    for meaning, code in (("owner", "vacant-owner"), ("decided-by", "vacant-decider")):
        role = settings.roles.get(document.value(meaning) or "")
        if role and settings.people and not role.body and not holders_on(settings, role.name, today):
            name = choose(role.title, settings.language)
            yield Lack(
                code,
                say("Nobody holds the role that owns the document: {role}.", role=name)
                if meaning == "owner"
                else say("Nobody holds the role that decides the document: {role}.", role=name),
            )
