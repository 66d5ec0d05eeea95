"""The facts panel of a document: what it is, whom it concerns, who owns it, whether it is in force, when it is reviewed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rutine.model import Document, Message, Pointer, say
from rutine.pages._shelf import chip, citations
from rutine.pages._text import facts, file_name, h, section
from rutine.pages._values import Values, leaves

_TOLD = {
    "id", "title", "summary", "kind", "language", "status", "owner", "decided-by", "decided-on", "decision-reference",
    "effective-from", "scope-unit", "scope-role", "replaces", "replaced-by", "rests-on", "regulation", "regulation-at",
    "review-interval", "review-class",
}  # fmt: skip
_BASIS = {
    "record": say("{every}, counted from the recorded review of {date}"),
    "decision": say("{every}, counted from the decision of {date}"),
    "claim": say("{every}, counted from {date}, which is a date in the document and no recorded review"),
}
Pair = tuple[str, str]
Rest = Sequence[tuple[Pair | None, str | None]]


def panel(values: Values, rest: Rest) -> Iterator[Pair]:
    """The facts in order, each with its name; both are HTML."""
    yield from _scope(values)
    yield from _owner(values)
    yield from _decision(values)
    yield from _dates(values)
    yield from _review(values)
    yield from _family(values)
    yield from _regulations(values)
    yield from (pair for pair, _ in rest if pair)


def sections(rest: Rest) -> Iterator[str]:
    """What is more than a fact, each under a heading: tables of roles, steps and goals, and objects of several fields."""
    yield from (told for _, told in rest if told)


def revisions(values: Values) -> str:
    """The revision history, newest first; empty where there is none."""
    pointer = _list_of(values.document, "revision") or _list_of(values.document, "revision-date")
    items = _at(values.document.meta, pointer) if pointer else None
    if not pointer or not isinstance(items, list):
        return ""
    return section(values.title(pointer), "revisions", values.rows(pointer, list(reversed(items))))


def _list_of(document: Document, meaning: str) -> Pointer:
    pointer = next((pointer for pointer, _ in document.values(meaning)), ())
    index = next((i for i, step in enumerate(pointer) if isinstance(step, int)), None)
    return pointer[:index] if index else ()


def _at(value: Any, pointer: Pointer) -> Any:
    for step in pointer:
        value = value[step]
    return value


def _all(values: Values, meaning: str) -> list[str]:
    return [values.show(pointer, value) for pointer, value in values.document.values(meaning)]


def _scope(values: Values) -> Iterator[Pair]:
    lines: dict[Pointer, list[str]] = {}
    for meaning in ("scope-unit", "scope-role"):
        pointer = next((pointer for pointer, _ in values.document.values(meaning)), ())
        if pointer:
            lines.setdefault(pointer[:1], []).append(", ".join(_all(values, meaning)))
    for field, told in lines.items():
        yield values.label(field), "<br>".join(told)


def _owner(values: Values) -> Iterator[Pair]:
    settings = values.shelf.settings
    for pointer, value in values.document.values("owner"):
        role = settings.roles.get(value)
        people = ", ".join(h(name) for name in values.shelf.people(role)) if role else ""
        yield values.label(pointer), values.show(pointer, value) + (f" ({people})" if people else "")


def _decision(values: Values) -> Iterator[Pair]:
    by, on = ", ".join(_all(values, "decided-by")), ", ".join(_all(values, "decided-on"))
    if not by and not on:
        return
    text = ", ".join(part for part in (on, by) if part)
    for pointer, value in values.document.values("decision-reference"):
        text += f" ({values.label(pointer)} {h(value)})"
    yield h(values.shelf.words(say("Decided"))), text


def _dates(values: Values) -> Iterator[Pair]:
    for pointer, value in values.document.values("effective-from"):
        yield values.label(pointer), values.show(pointer, value)


def _review(values: Values) -> Iterator[Pair]:
    words, row = values.shelf.words, values.shelf.deadlines.get(values.document.path)
    if row is None:
        return
    day = h(words.day(row.due))
    if row.state != "later":
        word = say("Overdue") if row.state == "overdue" else say("Due soon")
        day = f"{day} {chip(row.state, h(words(word)))}"
    basis = words(Message(_BASIS[row.basis].text, {"every": words.every(row.interval), "date": words.day(row.since)}))
    yield h(words(say("Next review"))), f"{day}<br><small>{h(basis[:1].upper() + basis[1:])}</small>"


def _family(values: Values) -> Iterator[Pair]:
    shelf, document = values.shelf, values.document
    for meaning in ("rests-on", "replaces", "replaced-by"):
        pointer = next((pointer for pointer, _ in document.values(meaning)), None)
        if pointer:
            yield (
                values.label(pointer[:1] if isinstance(pointer[-1], int) else pointer),
                "<br>".join(_all(values, meaning)),
            )
    reverse = {
        "rests-on": say("What rests on it"),
        "step-document": say("Used in"),
        "replaces": say("Replaced by"),
        "replaced-by": say("Replaces"),
    }
    for meaning, name in reverse.items():
        opposite = {"replaces": "replaced-by", "replaced-by": "replaces"}.get(meaning)
        stated = {identifier.lower() for _, identifier in document.values(opposite)} if opposite else set()
        others = [other for other in shelf.saying(meaning, document) if (other.value("id") or "").lower() not in stated]
        if others:
            yield h(shelf.words(name)), "<br>".join(shelf.numbered(other, values.here) for other in others)


def _regulations(values: Values) -> Iterator[Pair]:
    by_field: dict[Pointer, list[Any]] = {}
    for found in citations(values.document):
        by_field.setdefault(found.pointer[:1], []).append(found)
    for pointer, group in by_field.items():
        yield values.label(pointer), values.citations(group)


def rest_of(values: Values) -> Rest:
    """The fields that no other part of the page tells of: as facts, or as sections of their own."""
    return list(_rest(values))


def _rest(values: Values) -> Iterator[tuple[Pair | None, str | None]]:
    document, history = (
        values.document,
        (_list_of(values.document, "revision") or _list_of(values.document, "revision-date")),
    )
    for name, value in document.meta.items():
        pointer: Pointer = (name,)
        if pointer == history or (name == "kind" and document.kind and value == document.kind.name):
            continue
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            if not _is_told(values, pointer, value):
                items = [item for item in value if isinstance(item, dict)]
                yield None, section(values.title(pointer), file_name(name), values.rows(pointer, items))
        elif isinstance(value, dict):
            yield from _object(values, pointer, value)
        elif value not in (None, []) and not _is_told(values, pointer, value):
            yield (values.label(pointer), values.show(pointer, value)), None


def _object(values: Values, pointer: Pointer, value: dict[str, Any]) -> Iterator[tuple[Pair | None, str | None]]:
    left = {
        name: item
        for name, item in value.items()
        if item not in (None, []) and not _is_told(values, (*pointer, name), item)
    }
    if len(left) == len(value) == 1:
        yield (values.label(pointer), values.show(pointer, left)), None
    elif len(left) == len(value):
        pairs = [(values.label((*pointer, name)), values.show((*pointer, name), item)) for name, item in left.items()]
        yield None, section(values.title(pointer), file_name(str(pointer[-1])), facts(pairs))
    else:
        for name, item in left.items():
            yield (values.label((*pointer, name)), values.show((*pointer, name), item)), None


def _is_told(values: Values, pointer: Pointer, value: Any) -> bool:
    return all(values.field(leaf).get("x-means") in _TOLD for leaf, _ in leaves(value, pointer))
