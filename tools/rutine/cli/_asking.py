"""Asking somebody at a terminal for what was not given, in the words of the handbook's language."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._selection import wrong
from rutine.i18n import render

if TYPE_CHECKING:
    from rutine.kinds import Kind
    from rutine.model import Message


def can_ask() -> bool:
    """Whether somebody sits there who can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: Message, language: str, read: Callable[[str], str], default: str | None = None) -> str:
    """What somebody answers; asked again while `read` raises click's UsageError."""
    answer: str = click.prompt(
        render(question, language), default=default, value_proc=read, show_default=bool(default), err=False
    )
    return answer


def choose_one(question: Message, language: str, choices: Mapping[str, str], option: str) -> str:
    """One of several values, which people see in their own words and pick by number, word or value."""
    click.echo(render(question, language))
    for number, word in enumerate(choices.values(), 1):
        click.echo(f"  {number}  {word}")
    numbered = dict(zip(map(str, range(1, len(choices) + 1)), choices, strict=True))
    return str(
        click.prompt(
            "", prompt_suffix="> ", value_proc=lambda text: meant(option, choices, numbered.get(text.strip()) or text)
        )
    )


def meant(option: str, choices: Mapping[str, str], value: str) -> str:
    """The value that somebody means, by itself or by what it is called. Another ends the command as wrong use."""
    names = {word.casefold(): name for name, word in choices.items()} | {name.casefold(): name for name in choices}
    if found := names.get(value.strip().casefold()):
        return found
    near = [names[name] for name in get_close_matches(value.casefold(), names, n=1, cutoff=0.6)]
    raise wrong(option, _("{value} is not a possible value.").format(value=value), near, choices)


def outcomes(kind: Kind, language: str) -> dict[str, str]:
    """What a review can come to, by value: what it is called."""
    pointer = tuple(kind.name_of("outcome").split("."))
    values = kind.field(pointer).get("enum", ()) if kind.means("outcome") else ()
    return {str(value): kind.label(pointer, language, str(value)) for value in values}
