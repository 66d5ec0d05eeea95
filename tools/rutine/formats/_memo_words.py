"""The words of a memo: values as people read them, excerpts that show what differs, and lists that end somewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import takewhile
from typing import NamedTuple

from rutine import regulations
from rutine.dates import parse_date
from rutine.formats._plain import escaped
from rutine.formats._words import day, owner_title, unit_title
from rutine.holders import holders_on, terms
from rutine.i18n import render
from rutine.model import Message, Settings, say

MOST = 12  # lines of one list
LONGEST = 300  # characters of one value
_LONG = 20_000  # characters of a passage, from which on its markup is left where it is
_AROUND = 6  # words that are shown before and after what differs
_DAYS = ("decided-on", "effective-from", "withdrawn-on", "reviewed-on")
_ROLES = ("owner", "decided-by", "scope-role", "reviewed-by")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[\w.,)])[*_](?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]{1,300})\]\([^()\n]{0,500}\)")


class Words(NamedTuple):
    """Writes in the handbook's language, as of a day. All that it gives back is Markdown that shows the very text."""

    settings: Settings
    today: date

    @property
    def language(self) -> str:
        """The handbook's language."""
        return self.settings.language

    def say(self, message: Message) -> str:
        """A sentence of our own with what it quotes, as text."""
        return escaped(render(message, self.language))

    def text(self, value: str) -> str:
        """What somebody wrote, on one line."""
        value = " ".join(value.split())
        return escaped(value if len(value) <= LONGEST else f"{value[:LONGEST]}…")

    def code(self, path: str) -> str:
        """The path of a file."""
        return self.text(path)

    def bold(self, label: str) -> str:
        """A label, with its colon."""
        return f"**{self.text(label)}:**"

    def holder(self, role: str) -> str:
        """What a role is called, and who holds it on the day."""
        known, title = self.settings.roles.get(role), owner_title(self.settings, role)
        held = [
            ", ".join(
                [
                    self.settings.people[one.person].full_name,
                    *(render(term, self.language) for term in terms(one._replace(since=None), self.day)),
                ]
            )
            for one in holders_on(self.settings, role, self.today)
        ]
        if not held and known and not known.body and self.settings.people:
            held = [render(say("nobody holds this role"), self.language)]
        return self.text(f"{title} ({'; '.join(held)})" if held else title)

    def day(self, written: str) -> str:
        """A day as people write it; what is none stays as it is."""
        found = parse_date(written)
        return day(found, self.language) if found else written

    def value(self, meaning: str, value: str) -> str:
        """A value of a field, in the reader's words: the title of a role or unit, a day as people write it."""
        if meaning in _ROLES:
            value = owner_title(self.settings, value)
        elif meaning == "scope-unit":
            value = unit_title(self.settings, value)
        elif meaning in _DAYS or parse_date(value):
            value = self.day(value)
        elif meaning == "kind" and value in self.settings.kinds:
            value = self.settings.kinds[value].title(self.language)
        return self.text(value)

    def regulation(self, ref: str) -> str:
        """What a regulation is called, with its identifier."""
        title = self.settings.regulations.get(ref) or regulations.title(ref, self.language)
        return self.text(f"{title} ({ref})" if title else ref)


def listed(words: Words, lines: Sequence[str], most: int = MOST, depth: int = 0) -> list[str]:
    """The lines as a list; of many, the first, and how many more there are."""
    shown = [f"{'    ' * depth}- {line}" for line in lines[:most]]
    if len(lines) > most:
        more = say("… and {count} more.", one="… and one more.", count=len(lines) - most)
        shown.append(f"{'    ' * depth}- {words.say(more)}")
    return shown


def excerpts(before: str, after: str) -> tuple[str, str]:
    """Two passages without their markup, each cut to what differs with a few words around it."""
    plain = _readable(before), _readable(after)
    if plain[0] == plain[1]:
        plain = before, after  # only markup differs, such as where a link leads
    old, new = plain[0].split(), plain[1].split()
    if not (old and new):
        return " ".join(old), " ".join(new)
    same = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False))))
    rest = zip(reversed(old[same:]), reversed(new[same:]), strict=False)
    end = len(list(takewhile(lambda pair: pair[0] == pair[1], rest)))
    return _cut(old, same, end), _cut(new, same, end)


def _cut(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(0, start - _AROUND), len(words) - max(0, end - _AROUND)
    return " ".join([*(["…"] if first else []), *words[first:last], *(["…"] if last < len(words) else [])])


def _readable(passage: str) -> str:
    if len(passage) > _LONG:
        return passage
    if passage.startswith("|"):
        passage = " · ".join(cell.strip() for cell in passage.strip("| ").split("|"))
    return _EMPHASIS.sub("", _LINK.sub(r"\1", passage))
