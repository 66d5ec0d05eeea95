"""The command line. Each file of this folder is a command; it is imported when it is called for."""

from __future__ import annotations

import gc
import gettext
import os
import sys
from importlib import import_module

import click

from rutine import __version__
from rutine.i18n import FOLDER, environment_language, translate

os.environ.setdefault("LANGUAGE", environment_language())
gettext.bindtextdomain("rutine", FOLDER)
gettext.textdomain("rutine")  # Click's own words come from this catalogue too


def _(text: str) -> str:
    """The text in the language of the user's environment."""
    return translate(text, environment_language())


class Commands(click.Group):
    """The commands of this folder, by file name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, by name."""
        folder = os.path.dirname(__file__)  # noqa: PTH120  # pathlib is not needed to print help
        return sorted(name[:-3] for name in os.listdir(folder) if name.endswith(".py") and name[0] != "_")  # noqa: PTH208

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"{__name__}.{cmd_name}").command
        return command


@click.group(
    name="rutine",
    cls=Commands,
    help=_("Procedures and quality records as plain files in Git: checked, reviewed on time, published as a handbook."),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="rutine", message="%(prog)s %(version)s")
def rutine() -> None:
    """The command itself does nothing."""


def main() -> None:
    """Run the command; what goes wrong is told in a sentence, with the exit code that says whose fault it is.

    0 nothing found, 1 findings, 2 wrong use (also of `handbook.yml`), 3 rutine's own failure.
    """
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    gc.disable()  # one short run that builds one large table: collecting would only walk it again and again
    try:
        rutine(prog_name="rutine")
    except Exception as error:  # the last resort: a traceback helps nobody who did not write it
        from rutine.cli._failure import tell

        sys.exit(tell(error))
    finally:
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the work is over; what is left is Python's own end
