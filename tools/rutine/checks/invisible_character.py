"""A character that cannot be seen: direction marks, zero-width spaces, soft hyphens, control characters; in the front
matter also spaces that are no ordinary ones.

What is read is not what is written. Direction marks can show a name or an amount in another order than the file holds
it, and with a hidden character a role or an id matches nothing and is found by no search.

Delete the character, or write an ordinary space instead. The option --fix does it for you. They mostly come with text
from a word processor or a web page. In the body, a non-breaking space (as in § 25) is allowed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rutine.model import Document, Edit, Message, Place, Problem, Settings, say

SEVERITY = "error"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_BREAKS = "\u2028\u2029\x0b\x0c\x85"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_MARKS = "\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_EMOJI = "\u2190-\u2bff\ufe0f\U0001f000-\U0001faff"
_JOINER = f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])"  # between two pictures it makes one of them
_TAGS = "(?<![\U0001f3f4\U000e0020-\U000e007e])[\U000e0000-\U000e007f]"  # after a black flag they make the flag of a country
_HIDDEN = re.compile(f"[{_BREAKS}{_CONTROLS}{_MARKS}]|{_JOINER}|{_TAGS}")
_HIDDEN_OR_SPACE = re.compile(f"[{_SPACES}{_BREAKS}{_CONTROLS}{_MARKS}]|{_JOINER}|{_TAGS}")


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Characters in the front matter and in the body that a reader cannot see."""
    if document.front:
        yield from _find(document, document.front.text, document.front.line, _HIDDEN_OR_SPACE)
    yield from _find(document, document.body.replace("\u00a0", " "), document.body_line, _HIDDEN)


def _find(document: Document, text: str, line: int, pattern: re.Pattern[str]) -> Iterator[Problem]:
    if text.replace("\n", "").replace("\t", "").isprintable():
        return
    for row, written in enumerate(text.split("\n")):
        if written.isprintable():
            continue
        found: dict[str, list[Edit]] = {}
        for match in pattern.finditer(written):
            found.setdefault(match[0], []).append(Edit(line + row, match.start() + 1, match[0], _instead(match[0])))
        for character, edits in found.items():
            mends = edits if character not in _UNCLEAR else []
            yield Problem(Place(document.path, *edits[0][:2]), _message(character), tuple(mends))


_UNCLEAR = frozenset(
    map(chr, range(0x80, 0xA0))
)  # mostly letters of another encoding: what they were, only a reader knows


def _instead(character: str) -> str:
    return " " if character.isspace() else ""


def _message(character: str) -> Message:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    if unicodedata.category(character) == "Zs":
        return say(
            "A space stands here that is not an ordinary one: {code} ({name}). Write an ordinary space.",
            code=code,
            name=name,
        )
    if name:
        return say("An invisible character stands here: {code} ({name}). Delete it.", code=code, name=name)
    return say("An invisible control character stands here: {code}. Delete it.", code=code)
