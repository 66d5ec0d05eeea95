"""What there is to tell of the commands, from Click's own objects, for the reference in the published handbook."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import click

from rutine.cli import rutine
from rutine.i18n import translate
from rutine.model import CommandText


@cache
def command_texts(language: str) -> tuple[CommandText, ...]:
    """Every command in that language, whatever the language of the user's environment."""
    context = click.Context(rutine, info_name="rutine")
    with _english():
        commands = [(name, _in_english(name)) for name in rutine.list_commands(context)]
        return tuple(text for name, command in commands for text in _texts(name, command, language))


@contextmanager
def _english() -> Iterator[None]:
    """The environment of somebody who reads English, the language that the texts are written in."""
    before = os.environ.get("LANGUAGE")
    os.environ["LANGUAGE"] = "en"
    try:
        yield
    finally:
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def _in_english(name: str) -> click.Command:
    """The command made anew: its texts are translated when it is made, and then for the user's environment."""
    spec = spec_from_file_location(f"{__package__}._english_{name}", Path(__file__).with_name(f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ImportError(name)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    command: click.Command = module.command
    return command


def _texts(name: str, command: click.Command, language: str) -> Iterator[CommandText]:
    """A command, or those that it is a group of."""
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from _texts(f"{name} {below.name}", below, language)
    elif not command.hidden:
        yield _text(name, command, language)


def _text(name: str, command: click.Command, language: str) -> CommandText:
    context = click.Context(command, info_name=f"rutine {name}")
    arguments = (param.make_metavar(context) for param in command.params if isinstance(param, click.Argument))
    options = [
        (_names(option, context), translate(option.help or "", language))
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    ]
    return CommandText(" ".join([f"rutine {name}", *arguments]), translate(command.help or "", language), options)


def _names(option: click.Option, context: click.Context) -> str:
    names = ", ".join([*option.opts, *option.secondary_opts])
    return names if option.is_flag else f"{names} {option.make_metavar(context)}"
