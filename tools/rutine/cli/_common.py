"""What the commands share: where the handbook is, which day it is, and how long work is told of."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rutine.cli import _
from rutine.errors import UsageError
from rutine.model import say

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from rutine.model import Handbook

LOCATED: list[Path] = []  # the handbook that a command works with, for telling what went wrong in its language
F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day that the text names."""
        from rutine.dates import parse_date

        found = value if isinstance(value, date) else parse_date(value)
        return found or self.fail(_("{value} is not a date. Write it as YYYY-MM-DD.").format(value=value), param, ctx)


class Length(click.ParamType[Any]):
    """A length of time, such as 90d, 6m or `2 weeks`."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The interval that the text names."""
        from rutine.dates import Interval, parse_interval

        if isinstance(value, Interval):
            return value
        short = {"d": " days", "w": " weeks", "m": " months", "y": " years"}
        text = value[:-1] + short[value[-1]] if value[-1:] in short and value[:-1].isdigit() else value
        return parse_interval(text) or self.fail(
            _("{value} is not a length of time. Write it like 90d or 6m.").format(value=value), param, ctx
        )


class Format(click.ParamType[str]):
    """The name of a format that can print a subject; see `rutine.formats`."""

    name = "format"

    def __init__(self, subject: str) -> None:
        self.subject = subject

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if there is such a format."""
        from rutine.formats import find
        from rutine.i18n import environment_language, render

        try:
            find(value, self.subject)
        except UsageError as error:
            self.fail(render(error.message, environment_language()), param, ctx)
        return str(value)

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """The formats whose name begins like this."""
        from click.shell_completion import CompletionItem

        from rutine.formats import names

        return [CompletionItem(name) for name in names(self.subject) if name.startswith(incomplete)]


def format_option(subject: str, text: str, default: str = "text") -> Callable[[F], F]:
    """`--format NAME`: how to print a subject. The help text names the formats, so that help need not look for them."""
    return click.option("--format", "format_", type=Format(subject), default=default, show_default=True, help=text)


def put(text: str, format_: str) -> None:
    """Print what a format made: text in the terminal's encoding, what programs read always as UTF-8 and byte for byte."""
    click.echo(text if format_ == "text" else text.encode("utf-8", "backslashreplace"), nl=False)


def handbook_option(function: F) -> F:
    """`--handbook DIR`: the folder of the handbook, or any within it."""
    return click.option(
        "-C", "--handbook", type=click.Path(exists=True, file_okay=False, path_type=Path), default=Path(),
        help=_("The handbook's folder, or any folder in it. The current one if not given."),
    )(function)  # fmt: skip


def day_option(function: F) -> F:
    """`--on DATE`: the day to judge by."""
    text = _("The day to judge by, as YYYY-MM-DD, with what was in force then. Today if not given.")
    return click.option("--on", "--as-of", "today", type=Day(), help=text)(function)


def today_or(day: date | None) -> date:
    """The day that was asked for, or that of `SOURCE_DATE_EPOCH`, or today."""
    if day:
        return day
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else date.today()


def tell_unknown(handbook: Handbook, day: date | None) -> None:
    """Say so where a day was asked for, and nothing tells what was in force then."""
    if day and handbook.past and handbook.past.untold and handbook.past.is_versioned:
        from rutine.formats._plain import printable
        from rutine.i18n import render

        language = handbook.settings.language
        told = say("What was in force on {date} cannot be told; everything is as it stands now.", date=day.isoformat())
        click.echo(printable(f"{render(told, language)} {render(handbook.past.untold, language)}"), err=True)


def locate(handbook: Path) -> Path:
    """The root of the handbook at or above a folder. Raises UsageError where there is none."""
    from rutine.read import find_root

    root = find_root(handbook.resolve())
    if root is None:
        raise UsageError(
            say(
                "There is no handbook.yml in {folder} or above it. Run `rutine init` to begin a handbook.",
                folder=str(handbook.resolve()),
            )
        )
    LOCATED.append(root)
    return root


def within(root: Path, paths: tuple[Path, ...]) -> list[str]:
    """Paths as the user wrote them, as paths from the handbook's root. Raises UsageError for one outside it."""
    result = []
    for path in paths:
        full = Path(os.path.abspath(path))  # noqa: PTH100  # a symbolic link stays what it is
        if not full.is_relative_to(root):
            raise UsageError(say("{path} is not in the handbook {root}.", path=str(path), root=str(root)))
        result.append(full.relative_to(root).as_posix())
    return result


def progress() -> Callable[[int, int], None] | None:
    """Tells of long work on a terminal's error stream; None where nobody looks."""
    if not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        text = _("Reading {done} of {total} documents …").format(done=done, total=total)
        click.echo(f"\r{text}" if done < total else f"\r{' ' * len(text)}\r", err=True, nl=False)

    return tell
