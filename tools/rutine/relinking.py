"""Links in a text of an earlier time: they lead to where the documents are now, or are plain text where nothing is left. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from posixpath import dirname, relpath
from urllib.parse import quote

from rutine.markdown import Reference
from rutine.model import Document, Settings
from rutine.references import resolve

Leads = Callable[[str], str | None]


def relinked(document: Document, path: str, settings: Settings, leads: Leads) -> str:
    """The body of a document as it would read at another path; `leads` tells where what stood at a path is now."""
    parts, position = [], 0
    for start, end, new in sorted(_changes(document, path, settings, leads)):
        if start >= position:
            parts += [document.body[position:start], new]
            position = end
    return "".join([*parts, document.body[position:]])


def _changes(document: Document, path: str, settings: Settings, leads: Leads) -> Iterator[tuple[int, int, str]]:
    body = document.body
    for reference in document.markup.references:
        target = resolve(document, reference, settings)
        if target.leads == "web" or reference.target.startswith("#"):
            continue
        there = leads(target.path) if target.leads == "inside" else None
        start = body.find(reference.target, reference.offset + len(reference.text))
        if start < 0:
            continue
        end = start + len(reference.target)
        if there:
            yield start, end, quote(relpath(there, dirname(path) or "."), safe="/-._~")
        else:
            yield _unlinked(body, reference, start, end)


def _unlinked(body: str, reference: Reference, start: int, end: int) -> tuple[int, int, str]:
    """A link whose target is gone becomes its text; one that is written in another way leads to the page's own top."""
    closing = body.find(")", end)
    if body.startswith(("[", "!["), reference.offset) and closing >= 0 and "\n" not in body[end:closing]:
        return reference.offset, closing + 1, reference.text
    return start, end, "#"
