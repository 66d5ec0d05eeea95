"""A link to a document or file that is not there.

Readers who follow the link meet an error page, and learn not to trust the handbook.

Correct the path, which counts from the file with the link, or remove the link. Linked files lie in the handbook's folder.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import cache
from posixpath import basename, dirname, relpath

from rutine.markdown import Reference
from rutine.model import Document, Edit, Entry, Handbook, Message, Place, Problem, Settings, say
from rutine.references import find, resolve

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Links that count from the top of the site, wherever that will be."""
    if settings.markdown != "python-markdown" or not document.body:
        return
    for reference in document.markup.references:
        if reference.target.startswith("/") and not reference.target.startswith("//"):
            suggestion = _relative(document, reference, settings)
            message = say(
                "A link that begins with / leads nowhere unless the handbook is the whole site. Write it from this file: {suggestion}.",
                suggestion=suggestion,
            )
            place = Place(document.path, *document.markup.place(reference.offset))
            yield Problem(place, message, _edits(document, reference, suggestion))


def _relative(document: Document, reference: Reference, settings: Settings) -> str:
    target = resolve(document, reference, settings)
    is_folder = reference.target.partition("#")[0].endswith("/")
    path = relpath(f"{target.path}/index.md" if is_folder else target.path, dirname(document.path) or ".")
    return path.replace(" ", "%20") + (f"#{target.anchor}" if target.anchor else "")


def _edits(document: Document, reference: Reference, suggestion: str) -> tuple[Edit, ...]:
    start = document.body.find(reference.target, reference.offset + len(reference.text))
    if start < 0:
        return ()
    return (Edit(*document.markup.place(start), reference.target, suggestion),)


class _Files:
    """The files of the handbook by name and by folder, for guessing what a broken link may mean."""

    def __init__(self, handbook: Handbook) -> None:
        self.folders: dict[str, list[str]] = {}
        self.by_name: dict[str, str] = {}
        for path in sorted(handbook.files, reverse=True):
            self.by_name[basename(path).casefold()] = path
            self.folders.setdefault(dirname(path), []).append(path)
        self.with_pages = {folder for path in handbook.entries for folder in _above(path)}
        self.left = 50  # so many guesses; whoever broke more has moved a folder
        self.near = cache(self._near)  # many may link to a page that has gone

    def _near(self, target: str) -> str | None:
        """A file of that name elsewhere, or one of the same folder with much the same name."""
        from difflib import get_close_matches  # only where a link is broken

        self.left -= 1
        beside = self.folders.get(dirname(target), ()) if self.left > 0 else ()
        return self.by_name.get(basename(target).casefold()) or next(
            iter(get_close_matches(target, beside, n=1, cutoff=0.85)), None
        )


def _above(path: str) -> Iterator[str]:
    while path := dirname(path):
        yield path


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Links whose target is no file of the handbook."""
    entries, files, settings = handbook.entries, handbook.files, handbook.settings
    index: _Files | None = None
    for entry in entries.values():
        for link in entry.links:
            target = link.target.partition("#")[0]
            if target in entries or target in files or link.target in files or find(handbook, target):
                continue
            if settings.address == "html" and not target.endswith((".md", ".erb", ".html")):
                continue  # made by the site's own generator: not to be judged here
            if settings.markdown != "python-markdown" and f"{target}/index.md" in entries:
                continue
            index = index or _Files(handbook)
            yield Problem(Place(entry.path, link.line, link.column), _message(handbook, entry, target, index))


def _message(handbook: Handbook, entry: Entry, target: str, index: _Files) -> Message:
    here = dirname(entry.path) or "."
    written = relpath(target, here)
    page = f"{target}/index.md"
    if page in handbook.entries:
        return say(
            "{target} is a folder. Link to its page: {suggestion}.", target=written, suggestion=relpath(page, here)
        )
    if target in index.with_pages:
        return say("{target} is a folder without a page of its own (index.md). Link to a file.", target=written)
    if near := index.near(target):
        suggestion = relpath(near, here)
        return say("There is no file {target}. Did you mean {suggestion}?", target=written, suggestion=suggestion)
    return say("There is no file {target}. Correct the link, or remove it.", target=written)
