"""Where the pages of documents were before, and what leads on from there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rutine.model import Handbook, Message, Report, say
from rutine.site_paths import page_path

_SAFE = re.compile(
    r"(?!\.)[^\x00-\x1f\x7f-\x9f\\:*?\"<>|\ud800-\udfff]{1,100}(?<![. ])"
)  # a name that any disk can hold


def old_pages(report: Report) -> Mapping[str, str]:
    """The pages that were, each with the path of the document that is to be found there.

    What `handbook.yml` says of them counts more than what Git knows.
    """
    found = dict(_written(report.handbook))
    for page, path in _remembered(report):
        found.setdefault(page, path)
    return {
        page: path for page, path in found.items() if all(map(_SAFE.fullmatch, page.removesuffix(".md").split("/")))
    }


def lost_redirects(handbook: Handbook) -> Iterator[Message]:
    """What is wrong with the old addresses in `handbook.yml`."""
    for old, there in handbook.settings.redirects.items():
        if _document(handbook, there) is None:
            yield say("redirects: {old} leads to {value}, which is no document. Correct it.", old=old, value=there)


def _written(handbook: Handbook) -> Iterator[tuple[str, str]]:
    for old, there in handbook.settings.redirects.items():
        if path := _document(handbook, there):
            yield page_path(_below(handbook, old.strip("/")), handbook.settings), path


def _document(handbook: Handbook, name: str) -> str | None:
    """The document that has this id, or this path below the documents' folder."""
    entry = handbook.entry_of(name) or handbook.entries.get(_below(handbook, name))
    return entry.path if entry else None


def _below(handbook: Handbook, path: str) -> str:
    folder = handbook.settings.folder.strip("/")
    return path if folder in ("", ".") else f"{folder}/{path}"


def _remembered(report: Report) -> Iterator[tuple[str, str]]:
    """Back through history: where the document that stood in a file at that time is now, by its id or by its files."""
    handbook = report.handbook
    now: dict[str, str | None] = {}  # of the files of a time, where what stood there is
    for path, successor, identifier in report.departures:
        entry = handbook.entry_of(identifier) if identifier else None
        there = entry.path if entry else now.get(successor, successor)
        now[path] = there if there in handbook.entries else None
        if path not in handbook.entries and (found := now[path]):
            yield page_path(path, handbook.settings), found
