"""The parts that guides are made of: sentences with links in them, steps, and points."""

from __future__ import annotations

from collections.abc import Iterable

from rutine.model import Message
from rutine.pages._shelf import Shelf
from rutine.pages._text import block, items, paragraph, prose


def sentence(shelf: Shelf, message: Message, **values: str) -> str:
    """A message as HTML, what stands in backticks as code. The `values` are HTML, and stand where the message names them."""
    marks = {name: f"\ue000{index}\ue001" for index, name in enumerate(values)}
    text = prose(shelf.words(Message(message.text, marks)))
    for name, html in values.items():
        text = text.replace(marks[name], html)
    return text


def told(shelf: Shelf, message: Message, **values: str) -> str:
    """A message as a paragraph."""
    return paragraph(sentence(shelf, message, **values))


def steps(entries: Iterable[str]) -> str:
    """What to do, in order; each entry is HTML."""
    return block("steps", ["<ol>", *(f"<li>{entry}</li>" for entry in entries), "</ol>"])


def points(entries: Iterable[str]) -> str:
    """Entries in any order; each is HTML."""
    return items(entries, "points")
