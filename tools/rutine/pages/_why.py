"""Why a document is reviewed when it is, and what has changed that it rests on, as the pages tell it."""

from __future__ import annotations

from collections.abc import Sequence

from rutine.deadlines import Deadline
from rutine.grounds import Citation
from rutine.model import Document, say
from rutine.pages._shelf import Shelf, chip
from rutine.pages._text import block, h
from rutine.pages._values import citation
from rutine.suspects import Suspicion
from rutine.why import rule_of, why


def is_due_now(row: Deadline) -> bool:
    """Whether the review is due because of what has changed, and not by its interval."""
    return bool(row.rule.suspicions) and row.days == 0


def due_word(shelf: Shelf, row: Deadline) -> str:
    """Whether a review is overdue, due now or due soon, as a word, a shape and a colour; empty where it is due later."""
    if is_due_now(row):
        return chip("suspect", h(shelf.words(say("Due now"))))
    words = {"overdue": say("Overdue"), "due": say("Due soon")}
    return chip(row.state, h(shelf.words(words[row.state]))) if row.state in words else ""


def reasons(shelf: Shelf, row: Deadline) -> str:
    """The rule that led to the day, and every reason for which the document is suspect, as HTML on one line."""
    return "; ".join(h(reason) for reason in why(row, shelf.settings, shelf.language, shelf.words.day))


def rule(shelf: Shelf, row: Deadline) -> str:
    """The rule that gives the interval, as HTML."""
    return h(rule_of(row, shelf.settings, shelf.language, shelf.words.day))


def to_be_reviewed(shelf: Shelf, document: Document) -> str:
    """That a document is suspect, as a word and a shape; empty where it is not."""
    return chip("suspect", h(shelf.words(say("To be reviewed")))) if document.path in shelf.suspects else ""


def suspicion_banner(shelf: Shelf, document: Document, here: str) -> str:
    """What a reader must know of a document that rests on something that has changed; empty where nothing has."""
    found = shelf.suspects.get(document.path, ())
    if not found:
        return ""
    words, since = shelf.words, found[0].since
    then = (
        say("It applies, but what it rests on has changed since it was last reviewed or decided on {date}:", date=h(words.day(since)))
        if since
        else say("It applies, but what it rests on has changed, and no review of it is known:")
    )  # fmt: skip
    first = f"<p><strong>{h(words(say('To be reviewed.')))}</strong> {words(then)}</p>"
    return block("banner rutine-banner--suspect", [first, _list(shelf, found, here)], attributes=' role="note"')


def _list(shelf: Shelf, found: Sequence[Suspicion], here: str) -> str:
    return f"<ul>{''.join(f'<li>{_told(shelf, one, here)}</li>' for one in found)}</ul>"


def _told(shelf: Shelf, one: Suspicion, here: str) -> str:
    words, date = shelf.words, h(shelf.words.day(one.day)) if one.day else ""
    if one.what == "act":
        act = citation(shelf, Citation(one.name, one.places, ()), here)
        if one.note:
            return words(say("{act} changed on {date}: {note}", act=act, date=date, note=h(one.note)))
        return words(say("{act} changed on {date}", act=act, date=date))
    other = shelf.find(one.name)
    name = shelf.numbered(other, here) if other else h(one.name)
    if date:
        return words(say("{document} has a version of {date}", document=name, date=date))
    return words(say("{document} reads otherwise than at the last review", document=name))
