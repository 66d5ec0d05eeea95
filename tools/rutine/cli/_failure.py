"""What went wrong, told so that somebody can mend it."""

from __future__ import annotations

import os
import re
import traceback
from pathlib import Path

import click

from rutine import __version__
from rutine.cli._common import LOCATED
from rutine.errors import ConfigurationError, RutineError
from rutine.formats._plain import printable
from rutine.i18n import environment_language, render
from rutine.model import say
from rutine.read import find_root

_LANGUAGE = re.compile(rb"^language:[ \t]*[\"']?(nb|nn|da|sv|en)\b", re.MULTILINE)


def _language() -> str:
    """The handbook's language, also where its settings are broken; that of the environment where there is none."""
    root = LOCATED[-1] if LOCATED else find_root(Path.cwd())
    found = _LANGUAGE.search((root / "handbook.yml").read_bytes()) if root else None
    return found[1].decode() if found else environment_language()


def tell(error: Exception) -> int:
    """Print what went wrong to standard error; the exit code that belongs to it."""
    language = _language()
    if isinstance(error, RutineError):
        for place, message in error.faults if isinstance(error, ConfigurationError) else ():
            line = f"{place.path}:{place.line}:{place.column}: {render(message, language)}"
            click.echo(printable(line), err=True)
        click.echo(printable(render(error.message, language)), err=True)
        return error.exit_code
    if os.environ.get("RUTINE_DEBUG"):
        traceback.print_exception(error)
    message = say(
        "rutine {version} failed, and no document is to blame: {problem}. Please report it with what you did. RUTINE_DEBUG=1 shows more.",
        version=__version__, problem=f"{type(error).__name__}: {error}",
    )  # fmt: skip
    click.echo(printable(render(message, language)), err=True)
    return 3
