"""What a document's front matter says otherwise than before: fields, what is asked of roles, and regulations. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from rutine.model import Document
from rutine.values import groups, leaves

What = Literal["added", "removed", "changed"]

PLAIN = (
    "title", "summary", "status", "owner", "decided-by", "decided-on", "decision-reference", "effective-from", "withdrawn-on",
    "replaces", "replaced-by", "rests-on", "scope-unit", "scope-role", "review-interval", "review-class", "classification",
    "language", "keyword", "reviewed-on", "reviewed-by", "id",
)  # fmt: skip
_TOLD_ELSEWHERE = frozenset(
    ("kind", "regulation", "regulation-at", "role", "responsibility", "duty", "step", "step-document", "revision")
)


class FactChange(NamedTuple):
    """A field whose values changed: what it means (empty where it means nothing to rutine), its names, and both values."""

    meaning: str
    field: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]


class RoleChange(NamedTuple):
    """What is asked of a role now and was not, and the other way round: duties, or what a step of a process asks.

    `what` tells whether the role as a whole is new here, or gone; `responsibility` is before and after.
    """

    role: str
    what: What
    added: tuple[str, ...]
    removed: tuple[str, ...]
    responsibility: tuple[str, str] = ("", "")


class RegulationChange(NamedTuple):
    """A regulation that the document rests on, before or after: the places that came and went, None where it stays as it is."""

    ref: str
    what: What | None
    added: tuple[str, ...]
    removed: tuple[str, ...]


def changed_facts(before: Document, after: Document) -> Iterator[FactChange]:
    """The fields whose values changed, but for those that are told of with roles, regulations and revisions."""
    if (was := before.kind.name if before.kind else "") != (now := after.kind.name if after.kind else ""):
        yield FactChange("kind", ("kind",), (was,), (now,))
    old, new = _values(before), _values(after)
    order = {meaning: place for place, meaning in enumerate(PLAIN)}
    for key in sorted(old.keys() | new.keys(), key=lambda key: (order.get(key[0], len(order)), key)):
        if sorted(old.get(key, ())) != sorted(new.get(key, ())):
            yield FactChange(*key, tuple(old.get(key, ())), tuple(new.get(key, ())))


def _values(document: Document) -> dict[tuple[str, tuple[str, ...]], list[str]]:
    """The values of the front matter by what they mean, if anything, and by the names of their fields."""
    meanings = {
        pointer: meaning
        for meaning, rows in (document.kind.find_all(document.meta) if document.kind else {}).items()
        for pointer, _ in rows
    }
    found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for pointer, value in leaves(document.meta):
        names, meaning = tuple(step for step in pointer if isinstance(step, str)), meanings.get(pointer, "")
        if names != ("kind",) and not _is_told_elsewhere(meaning):
            found.setdefault((meaning, names), []).append(str(value))
    return found


def _is_told_elsewhere(meaning: str) -> bool:
    return meaning in _TOLD_ELSEWHERE or meaning.startswith("revision")


def changed_roles(before: Document | None, after: Document | None) -> Iterator[RoleChange]:
    """The roles of which something else is asked; of a document that is new or gone, all of them."""
    old, new = _asked(before), _asked(after)
    for role in dict.fromkeys([*new, *old]):
        was, now = old.get(role, ("", [])), new.get(role, ("", []))
        what: What = "changed" if role in old and role in new else "added" if role in new else "removed"
        change = RoleChange(role, what, *_difference(was[1], now[1]), (was[0], now[0]))
        if change.added or change.removed or what != "changed" or was[0] != now[0]:
            yield change


def _asked(document: Document | None) -> dict[str, tuple[str, list[str]]]:
    """By role: its responsibility, and the duties and steps that the document asks of it."""
    found: dict[str, tuple[str, list[str]]] = {}
    for group in groups(document, "role", "responsibility", "duty", "step") if document else ():
        responsibility, duties = found.setdefault(group["role"][0], ("", []))
        duties += group["duty"] + group["step"]
        found[group["role"][0]] = (responsibility or next(iter(group["responsibility"]), ""), duties)
    return found


def changed_regulations(before: Document | None, after: Document | None) -> Iterator[RegulationChange]:
    """All regulations that the document rests on, before or after, with what changed of each."""
    old, new = _cited(before), _cited(after)
    for ref in dict.fromkeys([*new, *old]):
        added, removed = _difference(old.get(ref, []), new.get(ref, []))
        what: What | None = "changed" if added or removed else None
        yield RegulationChange(
            ref, what if ref in old and ref in new else "added" if ref in new else "removed", added, removed
        )


def _cited(document: Document | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in groups(document, "regulation", "regulation-at") if document else ():
        found.setdefault(group["regulation"][0], []).extend(group["regulation-at"])
    return found


def _difference(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What came, and what went."""
    return tuple(one for one in new if one not in old), tuple(one for one in old if one not in new)
