"""What is known of one document: for people as labels and values, for programs as data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import takewhile
from typing import Any, NamedTuple

from rutine import regulations
from rutine.formats import Shown
from rutine.formats._data import review
from rutine.formats._listing import status_title
from rutine.formats._words import basis, outcome, owner_title, reasons, state, text_of_record, unit_title
from rutine.holders import holders_on, terms
from rutine.i18n import render
from rutine.model import Document, Holder, Message, say
from rutine.published import language_of, state_of
from rutine.values import groups

PLAIN = (
    "effective-from", "withdrawn-on", "replaces", "replaced-by", "rests-on", "scope-unit", "scope-role",
    "about", "reviewed-on", "reviewed-by",
)  # fmt: skip


class Known(NamedTuple):
    """A fact as people read it: what it is called, and one line for each value."""

    label: str
    values: list[str]


def facts(shown: Shown) -> Iterator[Known]:
    """The facts that the document states, in the order in which people ask for them."""
    document, language = shown.document, shown.settings.language
    if kind := document.kind:
        for meaning in ("id", "title", "summary"):
            yield from _plain(shown, meaning)
        yield Known(render(say("Kind"), language), [kind.title(language)])
        if status := status_title(kind, document.value("status"), language):
            yield Known(_label(shown, "status", say("Status")), [status])
        yield from _owner(shown)
        yield from _decision(shown)
        for meaning in PLAIN:
            yield from _plain(shown, meaning)
        if found := [_regulation_line(rule) for rule in _regulations(shown)]:
            yield Known(_label(shown, "regulation"), found)
        if found := [_revision_line(shown, revision) for revision in _revisions(document)]:
            yield Known(_label(shown, "revision"), found)
        yield from _last_review(shown)
        yield from _review(shown)
    else:
        yield Known(render(say("Kind"), language), [render(say("unknown; `rutine check` tells more"), language)])
    yield Known(render(say("File"), language), [document.path])


def described(shown: Shown) -> dict[str, Any]:
    """The same for programs: codes and names as documents write them, and titles of what they refer to."""
    document, settings = shown.document, shown.settings
    owner = document.value("owner")
    return {
        "path": document.path,
        "id": document.value("id"),
        "title": document.value("title"),
        "summary": document.value("summary"),
        "kind": document.kind.name if document.kind else None,
        "language": language_of(document, settings),
        "status": _status(document),
        "state": state_of(document, shown.today),
        "owner": {"name": owner, "title": owner_title(settings, owner), "holders": holders(shown)} if owner else None,
        "decision": {
            "by": document.value("decided-by"),
            "on": document.value("decided-on"),
            "reference": document.value("decision-reference"),
        },
        "effective": document.value("effective-from"),
        "withdrawn": document.value("withdrawn-on"),
        "replaces": _values(document, "replaces"),
        "replaced-by": document.value("replaced-by"),
        "rests-on": _values(document, "rests-on"),
        "keywords": _values(document, "keyword"),
        "scope": {"units": _values(document, "scope-unit"), "roles": _values(document, "scope-role")},
        "roles": list(_roles(shown)),
        "steps": list(_steps(shown)),
        "regulations": list(_regulations(shown)),
        "revisions": list(_revisions(document)),
        "review": review(shown.deadline, settings) if shown.deadline else None,
    }


def _status(document: Document) -> str | None:
    kind, status = document.kind, document.value("status")
    return kind.status(status) if kind and (status or not kind.is_record) else None


def holders(shown: Shown) -> list[str]:
    """The names of those who hold the role that owns the document."""
    return [shown.settings.people[holder.person].full_name for holder in _held(shown)]


def _held(shown: Shown) -> list[Holder]:
    return holders_on(shown.settings, shown.document.value("owner") or "", shown.today)


def _holder(shown: Shown, holder: Holder) -> str:
    """Somebody's name; of a deputy that it is one, and until when the role is held where that is known."""
    ending = " ".join(render(term, shown.settings.language) for term in terms(holder._replace(since=None), str))
    return " – ".join(filter(None, (shown.settings.people[holder.person].full_name, ending)))


def _values(document: Document, meaning: str) -> list[str]:
    return [value for _, value in document.values(meaning)]


def _label(shown: Shown, meaning: str, otherwise: Message | None = None) -> str:
    """What the kind calls the field of a fact; of facts in a list, the field that holds the list."""
    kind, language = shown.document.kind, shown.settings.language
    for pointer, _ in shown.document.values(meaning):
        field = tuple(takewhile(lambda step: isinstance(step, str), pointer))
        return kind.label(field, language) if kind else meaning
    return render(otherwise, language) if otherwise else meaning


def _plain(shown: Shown, meaning: str) -> Iterator[Known]:
    settings = shown.settings
    values = _values(shown.document, meaning)
    if meaning == "scope-unit":
        values = [unit_title(settings, value) for value in values]
    elif meaning == "scope-role":
        values = [owner_title(settings, value) for value in values]
    if values:
        yield Known(_label(shown, meaning), [", ".join(values)])


def _owner(shown: Shown) -> Iterator[Known]:
    owner = shown.document.value("owner")
    if owner:
        role, title = shown.settings.roles.get(owner), owner_title(shown.settings, owner)
        held = ", ".join(_holder(shown, holder) for holder in _held(shown))
        if not held and role and not role.body:
            held = render(say("nobody holds this role"), shown.settings.language)
        yield Known(_label(shown, "owner"), [f"{title} ({held})" if held else title])


def _decision(shown: Shown) -> Iterator[Known]:
    document = shown.document
    parts = [document.value("decided-on"), document.value("decided-by"), document.value("decision-reference")]
    parts[1] = owner_title(shown.settings, parts[1])
    if any(parts):
        told = [", ".join(part for part in parts if part), *_proof(shown)]
        yield Known(_label(shown, "decided-on", say("Decided")), told)


def _proof(shown: Shown) -> Iterator[str]:
    """What shows that the document was decided."""
    language, found = shown.settings.language, shown.standing
    if found and found.decision:
        record, text = found.decision, text_of_record(found.decision, found.is_decided)
        told = [render(say("recorded in {path}", path=record.path), language), render(text, language) if text else ""]
        yield ", ".join(filter(None, told))
    elif found and shown.document.kind and not shown.document.kind.is_record:
        yield render(say("said by the document alone; there is no record of it"), language)


def _last_review(shown: Shown) -> Iterator[Known]:
    """When, by whom and with which outcome the document was last reviewed, and whether that was its text now."""
    language, found = shown.settings.language, shown.standing
    if found and (record := found.review):
        person = shown.settings.people.get(record.value("person") or "")
        text = text_of_record(record, found.is_reviewed)
        told = [
            record.value("reviewed-on"), owner_title(shown.settings, record.value("reviewed-by")),
            person.full_name if person else "", outcome(shown.settings, record), render(text, language) if text else "",
        ]  # fmt: skip
        yield Known(render(say("Last review"), language), [", ".join(part for part in told if part)])


def _roles(shown: Shown) -> Iterator[dict[str, Any]]:
    """What the document asks of each role, outside the steps of a process."""
    for group in groups(shown.document, "role", "responsibility", "duty", "step"):
        name = group["role"][0]
        if not group["step"]:
            responsibility = next(iter(group["responsibility"]), None)
            title = owner_title(shown.settings, name)
            yield {"name": name, "title": title, "responsibility": responsibility, "duties": group["duty"]}


def _steps(shown: Shown) -> Iterator[dict[str, Any]]:
    """The steps of a process in order, each with the roles that take it and the documents that tell how."""
    for group in groups(shown.document, "step", "role", "step-document"):
        yield {"step": group["step"][0], "roles": group["role"], "documents": group["step-document"]}


def _regulations(shown: Shown) -> Iterator[dict[str, Any]]:
    language = shown.settings.language
    for group in groups(shown.document, "regulation", "regulation-at"):
        identifier = group["regulation"][0]
        title = shown.settings.regulations.get(identifier) or regulations.title(identifier, language)
        places = [{"place": at, "url": _official(identifier, at, language)} for at in group["regulation-at"]]
        yield {"ref": identifier, "title": title, "url": _official(identifier, None, language), "at": places}


@lru_cache(maxsize=4096)
def _official(identifier: str, at: str | None, language: str) -> str | None:
    """Where the official text of an act is, or of a place in it."""
    parsed = regulations.parse(identifier)
    return regulations.link(parsed, at, language) if isinstance(parsed, regulations.Regulation) else None


def _regulation_line(rule: dict[str, Any]) -> str:
    named = f"{rule['title']} ({rule['ref']})" if rule["title"] else rule["ref"]
    places = ", ".join(at["place"] for at in rule["at"])
    return "  ".join(part for part in (f"{named} {places}".strip(), rule["url"]) if part)


def _revisions(document: Document) -> Iterator[dict[str, str | None]]:
    meanings = {"date": "revision-date", "change": "revision-change", "summary": "revision-summary"}
    for group in groups(document, "revision", *meanings.values()):
        rest = {name: next(iter(group[meaning]), None) for name, meaning in meanings.items()}
        yield {"version": group["revision"][0], **rest}


def _revision_line(shown: Shown, revision: dict[str, str | None]) -> str:
    kind, change = shown.document.kind, revision["change"]
    if kind and change:
        place = next((pointer for pointer, _ in shown.document.values("revision-change")), ())
        change = kind.label(place, shown.settings.language, change)
    return "  ".join(part for part in (revision["version"], revision["date"], change, revision["summary"]) if part)


def _review(shown: Shown) -> Iterator[Known]:
    row, language = shown.deadline, shown.settings.language
    if row:
        told = reasons(row, shown.settings, language)
        value = f"{row.due.isoformat()}, {state(row, language)} ({basis(row, language)})"
        yield Known(render(say("Next review"), language), [value, *told])
