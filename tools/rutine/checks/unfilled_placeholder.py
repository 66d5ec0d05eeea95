"""A value that is still the template's: {{ … }}, a hint in angle brackets, yyyy-mm-dd, TODO.

It looks filled in, and tells nothing. Lists and reminders would name an owner called TODO.

Write the value, or delete the line if the field does not apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine.model import Document, Problem, Settings, say
from rutine.written import texts

SEVERITY = "error"
_HINT = re.compile(
    r"\{\{|<[^<>\n]+>|yyyy|åååå|dd[.-]mm|\b(?:to-?do|tbd|tbc|tba|fixme|xxx|fyll|skriv|udfyld|enter|insert)|\?\?\?|\.\.\.|…",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r".*\{\{.*\}\}.*|<[^<>]+>|[(\[]?(?:to-?do|tbd|tbc|tba|fixme|x{3,}|\?{2,}|\.{3,}|…)[)\]]?:?"
    r"|(?:yyyy|åååå)[-./](?:mm|mån|md)[-./]dd?|dd[-./]mm[-./](?:yyyy|åååå)"
    r"|[(\[]?(?:fyll (?:inn?|ut|i)|skriv (?:inn|her)|udfyld(?:es)?|fill in|enter (?:text|name|role|date)|insert (?:text|name|role|date))"
    r"(?: her| here| her\.\.\.)?[)\]]?\.*",
    re.IGNORECASE | re.DOTALL,
)


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """Values of the front matter that a template left."""
    if document.front and _HINT.search(document.front.text):
        for pointer, value in texts(document.meta):
            if _PLACEHOLDER.fullmatch(value.strip()):
                message = say("{value} is a placeholder. Write the value, or delete the line if it does not apply.", value=value.strip())
                yield Problem(document.place(pointer), message)

