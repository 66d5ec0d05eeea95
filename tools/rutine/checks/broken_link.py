"""A link to a document or file that is not there.

Readers who follow the link meet an error page, and learn not to trust the handbook.

Correct the path, which counts from the file with the link, or remove the link. Linked files lie in the handbook's folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from posixpath import basename, dirname, relpath

from rutine.model import Entry, Handbook, Message, Place, Problem, say
from rutine.references import find

SEVERITY = "error"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Links whose target is no file of the handbook."""
    entries, files, foreign = handbook.entries, handbook.files, handbook.settings.address == "html"
    for entry in entries.values():
        for link in entry.links:
            target = link.target.partition("#")[0]
            if target in entries or target in files or find(handbook, target):
                continue
            if foreign and not target.endswith((".md", ".erb", ".html")):
                continue  # made by the site's own generator: not to be judged here
            yield Problem(Place(entry.path, link.line, link.column), _message(handbook, entry, target))


def _message(handbook: Handbook, entry: Entry, target: str) -> Message:
    written = relpath(target, dirname(entry.path) or ".")
    if any(path.startswith(f"{target}/") for path in handbook.entries):
        index = f"{target}/index.md"
        if index in handbook.entries:
            return say(
                "{target} is a folder. Link to its page: {suggestion}.",
                target=written,
                suggestion=relpath(index, dirname(entry.path)),
            )
        return say("{target} is a folder without a page of its own (index.md). Link to a file.", target=written)
    near = sorted(path for path in handbook.files if basename(path).lower() == basename(target).lower())
    if near:
        suggestion = relpath(near[0], dirname(entry.path) or ".")
        return say("There is no file {target}. Did you mean {suggestion}?", target=written, suggestion=suggestion)
    return say("There is no file {target}. Correct the link, or remove it.", target=written)
