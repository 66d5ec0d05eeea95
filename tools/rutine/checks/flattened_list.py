"""A list that the site shows at another level than it is meant, or not as a list.

The site reads Markdown in the dialect of Python-Markdown: each level of a list, and every further paragraph in it, is
indented by four spaces, and an empty line goes before the first item. Other editors and forges are content with less, so
that the text looks right to its author and wrong to its readers: sub-steps become steps, and numbering starts anew.

Indent with four spaces for each level, and put an empty line between a text and the list after it. The option --fix does
both for you.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.lists import Fault, list_faults
from rutine.model import Document, Edit, Place, Problem, Settings, say

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Lists that Python-Markdown reads otherwise than their author."""
    if settings.markdown == "python-markdown" and document.body:
        for fault in list_faults(document.markup):
            yield _problem(document, fault)


def _problem(document: Document, fault: Fault) -> Problem:
    line = document.body_line + fault.row
    if not fault.shifts:
        message = say(
            "The site shows no list here, because the line before it is text. Put an empty line before the list."
        )
        if not fault.begins:
            message = say("The site shows this item as part of what stands before it. Put an empty line before it.")
        return Problem(Place(document.path, line), message, (Edit(line, 1, "", "\n"),))
    first = fault.shifts[0]
    message = say(
        "The site shows {count} lines of this list at another level than they are meant. Indent with 4 spaces for each level: this line with {wanted} instead of {found}.",
        one="The site shows this line at another level than it is meant. Indent it with {wanted} spaces instead of {found}: 4 for each level.",
        count=len(fault.shifts), wanted=first.wanted, found=len(first.blanks.expandtabs(4)),
    )  # fmt: skip
    edits = tuple(Edit(document.body_line + shift.row, 1, shift.blanks, " " * shift.wanted) for shift in fault.shifts)
    return Problem(Place(document.path, line, len(first.blanks) + 1), message, edits)
