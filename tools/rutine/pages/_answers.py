"""What a reader asks first of a document: does it concern me, is it in force, whom do I ask, when is it reviewed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from rutine.model import Document, Pointer, Role, say
from rutine.pages._holders import ending, holders
from rutine.pages._shelf import Shelf, chip
from rutine.pages._text import block, h
from rutine.pages._values import Values

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
Pair = tuple[str, str]


def answers(values: Values) -> str:
    """The facts that readers need, each with its name; empty where a document tells none of them."""
    pairs = [*_scope(values), *_force(values), *_owner(values), *_review(values)]
    lines = (f"<div><dt>{name}</dt><dd>{value}</dd></div>" for name, value in pairs)
    return block("facts rutine-answers", ["<dl>", *lines, "</dl>"]) if pairs else ""


def _scope(values: Values) -> Iterator[Pair]:
    lines: dict[Pointer, list[str]] = {}
    for meaning in ("scope-unit", "scope-role"):
        pointer = next((pointer for pointer, _ in values.document.values(meaning)), ())
        if pointer:
            lines.setdefault(pointer[:1], []).append(", ".join(values.all(meaning)))
    for field, told in lines.items():
        yield values.label(field), "<br>".join(told)


def _force(values: Values) -> Iterator[Pair]:
    """Since when, and who decided it."""
    decided = ", ".join([*values.all("decided-on"), *values.all("decided-by")])
    name = h(values.shelf.words(say("Decided")))
    start = next(iter(values.document.values("effective-from")), None)
    if start:
        small = f"<br><small>{name} {decided}</small>" if decided else ""
        yield values.label(start[0]), values.show(*start) + small
    elif decided:
        yield name, decided


def _owner(values: Values) -> Iterator[Pair]:
    for pointer, value in values.document.values("owner"):
        yield values.label(pointer), owner(values, value, values.show(pointer, value))


def owner(values: Values, name: str, shown: str) -> str:
    """A role with those who hold it, whom one can write to."""
    role = values.shelf.settings.roles.get(name)
    people = ", ".join(_people(values.shelf, role)) if role else ""
    return shown + (f" ({people})" if people else "")


def _people(shelf: Shelf, role: Role) -> Iterator[str]:
    for holder in holders(shelf, role):
        person = shelf.settings.people[holder.person]
        name = h(person.full_name)
        writable = person.email and _EMAIL.fullmatch(person.email)
        link = f'<a href="mailto:{quote(person.email or "", safe="@.+-_")}">{name}</a>' if writable else name
        yield " – ".join(filter(None, (link, h(ending(shelf, holder)))))


def _review(values: Values) -> Iterator[Pair]:
    words, row = values.shelf.words, values.shelf.deadlines.get(values.document.path)
    if row is None:
        return
    day = h(words.day(row.due))
    if row.state != "later":
        word = say("Overdue") if row.state == "overdue" else say("Due soon")
        day = f"{day} {chip(row.state, h(words(word)))}"
    yield h(words(say("Next review"))), day


def version_of(document: Document) -> str | None:
    """The version that a document's newest revision gives it."""
    return next((value for _, value in reversed(document.values("revision"))), None)
