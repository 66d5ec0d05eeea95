"""What a process owner should do about a YAML parser's complaint."""

from __future__ import annotations

import re

from rutine.model import Message, say

_ONE_FIELD = re.compile(r"[\w-]+:[ \t]+[^\s#|>{\[][^\n]*\n")  # a field with a value on its own line


def explain(problem: str, lines: list[str], line: int, column: int) -> tuple[int, int, Message]:
    """What a process owner should do about a parser's complaint, with line and column from 0."""
    shown = lines[line] if line < len(lines) else ""
    before = lines[line - 1] if line else ""
    start, message = _of_characters(problem, shown, column) or _of_structure(problem, shown, before, column)
    return line, start, message


def _of_characters(problem: str, shown: str, column: int) -> tuple[int, Message] | None:
    if "{{" in shown or "<%" in shown:
        text = shown.strip()
        return column, say("A placeholder is left in: {text}. Fill in the value, or put it in quotes.", text=text)
    if "\t" in shown[: column + 1]:
        return shown.index("\t"), say("A tab stands here. Use spaces to indent.")
    if "cannot start any token" in problem:
        character = shown[column : column + 1]
        message = say("A value cannot begin with {character} here. Put the value in quotes.", character=character)
        return column, message
    if "expected ':'" in problem and "\xa0" in shown:
        return shown.index("\xa0"), say("A hard space (U+00A0) stands here. Put an ordinary space in its place.")
    return None


def _of_structure(problem: str, shown: str, before: str, column: int) -> tuple[int, Message]:
    if "mapping values are not allowed" in problem and shown[:1] == " " and _ONE_FIELD.match(before + "\n"):
        return 0, say("This line is indented and yet no part of the line before. Remove the spaces at its beginning.")
    if "mapping values are not allowed" in problem:
        return 0, say('A colon followed by a space must stand in quotes. Write the whole value in quotes: "…".')
    if "unexpected end of stream" in problem or "document separator" in problem:
        return column, say("A quotation mark is opened and never closed.")
    if "expected ',' or" in problem:
        return column, say("A bracket is opened and not closed, or a comma is missing between two items.")
    if "expected ':'" in problem:
        return 0, say("A field must be written as name: value, with a colon and a space.")
    if "expected key" in problem or "indicator" in problem:
        return 0, say("This line is indented otherwise than the lines that it belongs with. Align it with them.")
    return column, say(
        "This is not valid YAML ({problem}). Look at quotes, colons and indentation on this line and the one before.",
        problem=problem,
    )


def bad_key(shown: str) -> Message:
    """What is wrong with a field whose name is no text; `shown` is its line."""
    if shown.startswith("{{") or "{{" in shown:
        return say("A placeholder is left in: {text}. Fill in the value, or put it in quotes.", text=shown)
    return say("A field's name must be text: {text}. Put it in quotes if it is meant.", text=shown)
