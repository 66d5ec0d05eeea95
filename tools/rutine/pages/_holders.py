"""Who holds a role, as the pages tell it."""

from __future__ import annotations

from rutine.holders import holders_on, terms
from rutine.model import Holder, Role, say
from rutine.pages._shelf import Shelf, chip
from rutine.pages._text import h


def holders(shelf: Shelf, role: Role) -> list[Holder]:
    """Those who hold a role on the report's day, deputies last."""
    return holders_on(shelf.settings, role.name, shelf.today)


def people(shelf: Shelf, role: Role) -> list[str]:
    """The names of those who hold a role."""
    return [name_of(shelf, holder) for holder in holders(shelf, role)]


def name_of(shelf: Shelf, holder: Holder) -> str:
    """What somebody who holds a role is called."""
    return shelf.settings.people[holder.person].full_name


def held(shelf: Shelf, role: Role) -> str:
    """Those who hold a role, each with the end that is known, as HTML on one line; of a body that it is one."""
    told = [f"{h(name_of(shelf, holder))}{bracketed(ending(shelf, holder))}" for holder in holders(shelf, role)]
    return ", ".join(told or ([collective(shelf)] if role.body else []))


def collective(shelf: Shelf) -> str:
    """That no one person holds a role, in words."""
    return h(shelf.words(say("a body that decides together")))


def ending(shelf: Shelf, holder: Holder) -> str:
    """That somebody is a deputy, and until when a role is held, in words."""
    return " ".join(shelf.words(term) for term in terms(holder._replace(since=None), shelf.words.day))


def lasting(shelf: Shelf, holder: Holder) -> str:
    """That somebody is a deputy, and in which time a role is held, in words."""
    return " ".join(shelf.words(term) for term in terms(holder, shelf.words.day))


def bracketed(text: str) -> str:
    """A text in brackets after what it is about, as HTML; nothing where there is none."""
    return f" ({h(text)})" if text else ""


def vacant(shelf: Shelf) -> str:
    """That nobody is named for a role that must be held, in words."""
    return chip("warning", h(shelf.words(say("nobody named"))))
