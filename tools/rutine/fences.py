"""Markdown files with front matter: where the one ends and the other begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from rutine.model import Edit, Fault, Message, say

BROKEN = "broken-front-matter"
_FENCE = re.compile(r"^---[ \t]*$", re.MULTILINE)
_DASHES = re.compile(r"([-\u2010-\u2015\u2212]{1,10})[ \t]*\n")
_FIELD = re.compile(r"[A-Za-z_][\w-]*:(?:\s|$)")


class Split(NamedTuple):
    """A file cut in two: front matter (None where it has none) and body, each with the line that it begins on."""

    front: str | None
    front_line: int
    body: str
    body_line: int
    fault: Fault | None = None


def split(text: str) -> Split:
    """Cut a Markdown file at its `---` lines. The text has `\\n` line ends and no byte order mark."""
    opening = _FENCE.match(text)
    if not opening:
        return Split(None, 1, text, 1, _missing_fence(text))
    at = text.find("\n---", opening.end())
    closing = _FENCE.search(text, at + 1) if at >= 0 else None
    if not closing:
        return Split(
            None,
            1,
            "",
            1,
            _fault(1, 1, say("The front matter is never closed. Add a line with --- after the last field.")),
        )
    front = text[opening.end() + 1 : closing.start()]
    lines = front.count("\n")
    return Split(front, 2, text[closing.end() + 1 :], lines + 3)


def _missing_fence(text: str) -> Fault | None:
    if text.startswith("+++"):
        return _fault(1, 1, say("The front matter is TOML (+++). Write it as YAML between two lines with ---."))
    stripped = text.lstrip()
    blanks = text.count("\n", 0, len(text) - len(stripped))
    after = stripped[stripped.find("\n") + 1 :]
    if blanks and _FENCE.match(stripped) and _FIELD.match(after):
        message = say("The front matter must begin on the first line. Remove the blank line before ---.")
        return _fault(1, 1, message, *(Edit(line, 1, "\n", "") for line in range(1, blanks + 1)))
    if (dashes := _DASHES.match(text)) and _FIELD.match(after):
        message = say("Write three hyphens here: ---. What stands here looks alike and is something else.")
        return _fault(1, 1, message, Edit(1, 1, dashes[1], "---"))
    if _FIELD.match(text) and (fence := _FENCE.search(text, 0, 20_000)) and "\n\n" not in text[: fence.start()]:
        return _fault(1, 1, say("The front matter has no opening line. Add --- as the first line of the file."))
    return None


def _fault(line: int, column: int, message: Message, *edits: Edit) -> Fault:
    return Fault(BROKEN, line, column, message, edits)
