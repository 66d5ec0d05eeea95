"""What went wrong, told so that somebody can mend it."""

from __future__ import annotations

import os
import traceback

import click

from rutine import __version__
from rutine.errors import ConfigurationError, RutineError
from rutine.i18n import environment_language, render
from rutine.model import say


def tell(error: Exception) -> int:
    """Print what went wrong to standard error; the exit code that belongs to it."""
    language = environment_language()
    if isinstance(error, RutineError):
        for place, message in error.faults if isinstance(error, ConfigurationError) else ():
            click.echo(f"{place.path}:{place.line}:{place.column}: {render(message, language)}", err=True)
        click.echo(render(error.message, language), err=True)
        return error.exit_code
    if os.environ.get("RUTINE_DEBUG"):
        traceback.print_exception(error)
    message = say(
        "rutine {version} failed, and no document is to blame: {problem}. Please report it with what you did. RUTINE_DEBUG=1 shows more.",
        version=__version__, problem=f"{type(error).__name__}: {error}",
    )  # fmt: skip
    click.echo(render(message, language), err=True)
    return 3
