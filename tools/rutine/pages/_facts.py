"""What a document rests on, what rests on it, and all that its metadata says besides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rutine.grounds import citations
from rutine.model import Message, Pointer, say
from rutine.pages._records import records
from rutine.pages._revisions import history_of
from rutine.pages._text import facts, h, section
from rutine.pages._values import Values, leaves
from rutine.pages._why import rule
from rutine.pages._work import duties, steps
from rutine.site_paths import file_name

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


class Told(NamedTuple):
    """A field that no other part of the page tells of: as a fact, or as a section of its own."""

    pair: Pair | None = None
    section: str = ""
    is_steps: bool = False


Rest = Sequence[Told]


def background(values: Values, rest: Rest) -> str:
    """What a document rests on and what rests on it, and every fact that no other part of the page tells of."""
    pairs = [
        *_regulations(values),
        *_family(values),
        *_decision(values),
        *_review(values),
        *records(values),
        *(told.pair for told in rest if told.pair),
    ]
    return section(values.shelf.words(say("Background")), "background", facts(pairs)) if pairs else ""


def sections(rest: Rest) -> tuple[list[str], list[str]]:
    """What is more than a fact, each under a heading: what leads up to the steps of a process with these, and the rest."""
    told = [told for told in rest if told.section]
    cut = next((index for index, one in enumerate(told, 1) if one.is_steps), 0)
    return [one.section for one in told[:cut]], [one.section for one in told[cut:]]


def _decision(values: Values) -> Iterator[Pair]:
    """Where the decision can be found; who made it, and when, is among the answers."""
    for pointer, value in values.document.values("decision-reference"):
        yield values.label(pointer), h(value)


def _review(values: Values) -> Iterator[Pair]:
    words, row = values.shelf.words, values.shelf.deadlines.get(values.document.path)
    if row:
        told = Message(_BASIS[row.basis].text, {"every": words.every(row.interval), "date": words.day(row.since)})
        text = words(told)
        yield h(words(say("Reviewed"))), f"{h(text[:1].upper() + text[1:])}<br><small>{rule(values.shelf, row)}</small>"


def _family(values: Values) -> Iterator[Pair]:
    shelf, document = values.shelf, values.document
    for meaning in ("rests-on", "replaces", "replaced-by"):
        pointer = next((pointer for pointer, _ in document.values(meaning)), None)
        if pointer:
            yield (
                values.label(pointer[:1] if isinstance(pointer[-1], int) else pointer),
                "<br>".join(values.all(meaning)),
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


def _rest(values: Values) -> Iterator[Told]:
    document = values.document
    history = history_of(document)
    for name, value in document.meta.items():
        pointer: Pointer = (name,)
        if pointer == history or (name == "kind" and document.kind and value == document.kind.name):
            continue
        if isinstance(value, list) and any(isinstance(item, dict) for item in value):
            if not _is_told(values, pointer, value):
                yield _list(values, pointer, [item for item in value if isinstance(item, dict)])
        elif isinstance(value, dict):
            yield from _object(values, pointer, value)
        elif value not in (None, []) and not _is_told(values, pointer, value):
            yield Told((values.label(pointer), values.show(pointer, value)))


def _list(values: Values, pointer: Pointer, rows: list[dict[str, Any]]) -> Told:
    """A list of objects: of steps, of roles with duties, or of anything."""
    names, parts = {name for row in rows for name in row}, values.parts((*pointer, 0))
    has_steps, has_duties = parts.get("step") in names, parts.get("duty") in names
    show = steps if has_steps else duties if has_duties else Values.rows
    return Told(
        None, section(values.title(pointer), file_name(str(pointer[-1])), show(values, pointer, rows)), has_steps
    )


def _object(values: Values, pointer: Pointer, value: dict[str, Any]) -> Iterator[Told]:
    left = {
        name: item
        for name, item in value.items()
        if item not in (None, []) and not _is_told(values, (*pointer, name), item)
    }
    if len(left) == len(value) == 1:
        yield Told((values.label(pointer), values.show(pointer, left)))
    elif len(left) == len(value):
        pairs = [(values.label((*pointer, name)), values.show((*pointer, name), item)) for name, item in left.items()]
        yield Told(None, section(values.title(pointer), file_name(str(pointer[-1])), facts(pairs)))
    else:
        for name, item in left.items():
            yield Told((values.label((*pointer, name)), values.show((*pointer, name), item)))


def _is_told(values: Values, pointer: Pointer, value: Any) -> bool:
    return all(values.field(leaf).get("x-means") in _TOLD for leaf, _ in leaves(value, pointer))
