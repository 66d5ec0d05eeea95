"""A value that is still the template's: {{ … }}, a hint in angle brackets, yyyy-mm-dd, TODO.

It looks filled in, and tells nothing. Lists and reminders would name an owner called TODO.

Write the value, or delete the line if the field does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine.model import Document, Problem, Settings, say
from rutine.values import texts

SEVERITY = "error"
_HINTS = (
    "{{", "<", "??", "...", "…", "todo", "to-do", "tbd", "tbc", "tba", "fixme", "xxx", "yyyy", "åååå",
    "fyll ", "skriv ", "udfyld", "fill in", "enter ", "insert ",
)  # fmt: skip
_PLACEHOLDER = re.compile(
    r"<[^<>]+>|[(\[]?(?:to-?do|tbd|tbc|tba|fixme|x{3,}|\?{2,}|\.{3,}|…)[)\]]?:?"
    r"|(?:yyyy|åååå)[-./](?:mm|mån|md)[-./]dd?|dd[-./]mm[-./](?:yyyy|åååå)"
    r"|[(\[]?(?:fyll (?:inn?|ut|i)|skriv (?:inn|her)|udfyld(?:es)?|fill in|enter (?:text|name|role|date)|insert (?:text|name|role|date))"
    r"(?: her| here| her\.\.\.)?[)\]]?\.*",
    re.IGNORECASE | re.DOTALL,
)


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Values of the front matter that a template left."""
    written = document.front.text.lower() if document.front else ""
    if any(hint in written for hint in _HINTS):
        for pointer, value in texts(document.meta):
            if _PLACEHOLDER.fullmatch(value.strip()) or "}}" in value.partition("{{")[2]:
                message = say(
                    "{value} is a placeholder. Write the value, or delete the line if it does not apply.",
                    value=value.strip(),
                )
                yield Problem(document.place(pointer), message)
