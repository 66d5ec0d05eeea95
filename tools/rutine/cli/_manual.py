"""What there is to tell of the commands, from Click's own objects, for the reference in the published handbook."""

from __future__ import annotations

from collections.abc import Mapping

import click

from rutine.cli import rutine
from rutine.i18n import _catalogue, environment_language, translate
from rutine.model import CommandText


def command_texts(language: str) -> list[CommandText]:
    """Every command in that language, whatever the language of the user's environment."""
    context = click.Context(rutine, info_name="rutine")
    commands = ((name, rutine.get_command(context, name)) for name in rutine.list_commands(context))
    return [_text(name, command, language) for name, command in commands if command and not command.hidden]


def _text(name: str, command: click.Command, language: str) -> CommandText:
    context = click.Context(command, info_name=f"rutine {name}")
    usage = " ".join(
        [
            f"rutine {name}",
            *(param.make_metavar(context) for param in command.params if isinstance(param, click.Argument)),
        ]
    )
    options = [
        (_names(option, context), _in(option.help or "", language))
        for option in command.params
        if isinstance(option, click.Option) and not option.hidden
    ]
    return CommandText(usage, _in(command.help or "", language), options)


def _names(option: click.Option, context: click.Context) -> str:
    names = ", ".join([*option.opts, *option.secondary_opts])
    return names if option.is_flag else f"{names} {option.make_metavar(context)}"


def _in(text: str, language: str) -> str:
    """The text in another language: help texts were translated when the command was made, for the user's environment."""
    return translate(_sources(environment_language()).get(text, text), language)


def _sources(language: str) -> Mapping[str, str]:
    return {translation: source for source, translation in _catalogue(language).items()}
