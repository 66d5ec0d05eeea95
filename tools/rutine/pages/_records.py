"""What proves a document's decision and its last review. Of people only those whom the records' kind lets be published."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.i18n import choose
from rutine.model import Entry, Message, say
from rutine.pages._shelf import Shelf
from rutine.pages._text import capital, h
from rutine.pages._values import Values

Pair = tuple[str, str]


def records(values: Values) -> Iterator[Pair]:
    """Facts for the background of a document."""
    shelf, document = values.shelf, values.document
    found, words = shelf.standing(document), shelf.words
    if record := found.decision:
        told = [words(say("recorded on {date}", date=words.day(record.value("decided-on") or "")))]
        yield h(words(say("Decision"))), _sentence([*told, *_text(shelf, record, found.is_decided)])
    elif document.value("decided-on"):
        yield h(words(say("Decision"))), h(capital(words(say("said by the document alone; there is no record of it"))))
    if record := found.review:
        told = [words.day(record.value("reviewed-on") or ""), *_who(shelf, record), *_outcome(shelf, record)]
        yield h(words(say("Last review"))), _sentence([*told, *_text(shelf, record, found.is_reviewed)])


def _sentence(parts: list[str]) -> str:
    return h(capital(", ".join(parts)))


def _who(shelf: Shelf, record: Entry) -> Iterator[str]:
    """The role, and the person where such records may be published."""
    name, kind = record.value("reviewed-by") or "", shelf.settings.kinds.get(record.kind or "")
    if role := shelf.settings.roles.get(name):
        yield choose(role.title, shelf.language)
    elif name:
        yield name
    person = shelf.settings.people.get(record.value("person") or "")
    if person and kind and kind.is_published:
        yield person.full_name


def _outcome(shelf: Shelf, record: Entry) -> Iterator[str]:
    kind, value = shelf.settings.kinds.get(record.kind or ""), record.value("outcome")
    if kind and value:
        label = kind.label(tuple(kind.name_of("outcome").split(".")), shelf.language, value)
        yield label[:1].lower() + label[1:]


def _text(shelf: Shelf, record: Entry, is_current: bool | None) -> Iterator[str]:
    """Whether the record is about the text that the document has now."""
    told: Message | None = None if record.value("fingerprint") else say("of which text is not recorded")
    if is_current is not None:
        told = say("of the text as it is now") if is_current else say("the text has changed since")
    if told:
        yield shelf.words(told)
