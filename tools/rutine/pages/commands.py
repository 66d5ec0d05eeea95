"""The reference of the commands: how each is called, what it does, and its options."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import CommandText, Page, Report, say
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import code, join, md, paragraph, prose, section, table

ORDER = 85
HERE = "reference/commands.md"


def pages(report: Report) -> Iterator[Page]:
    """One page for all commands, if the report tells of them."""
    shelf = shelf_of(report)
    commands = report.commands()
    if not commands:
        return
    title = shelf.words(say("Commands"))
    parts = [f"# {md(title)}\n", *(_command(shelf, command) for command in commands)]
    yield Page(HERE, title, join(parts), menu=shelf.words(say("Reference")))


def _command(shelf: Shelf, command: CommandText) -> str:
    name = " ".join(word for word in command.usage.split() if word.isalpha() and word.islower())
    told = (paragraph(prose(" ".join(part.split()))) for part in command.text.split("\n\n") if part.strip())
    heads = [shelf.words(say("Option")), shelf.words(say("What it does"))]
    told_of = shelf.words(say("Options of {command}", command=name))
    rows = [[code(option), prose(text)] for option, text in command.options]
    options = table(told_of, heads, rows) if rows else ""
    return section(name, name.replace(" ", "-"), join([paragraph(code(command.usage)), *told, options]))
