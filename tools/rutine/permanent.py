"""Permanent addresses: `/HR-012/` leads to the document with that id, whatever its file is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from rutine.model import Handbook
from rutine.published import is_public
from rutine.site_paths import page_path

_SAFE = re.compile(r"\w[\w.-]{0,99}(?<!\.)")  # no blank, no slash, and nothing that a file system or browser acts on
# What stands at the top of a site beside the documents: of rutine's, of the generator's, and of the browser's asking.
RESERVED = frozenset(
    "404 about assets decided decided.atom favicon.ico handbook.json handbook.schema.json index objects.inv reference register "
    "register.csv reviews reviews.ics robots.txt search search.json sitemap.xml sitemap.xml.gz".split()
)


def permanent_pages(handbook: Handbook) -> Mapping[str, str]:
    """By path of each document, the page that its id alone names.

    An id has none where it holds more than letters, digits and `.-_`, or where something else stands at that address,
    in capitals or not: an area, a file, the page of another document.
    """
    tops = _tops(handbook)
    found = {}
    for name, bearers in handbook.ids.items():
        path, identifier = bearers[0]
        entry = handbook.entries.get(path)
        if entry and entry.kind and len(bearers) == 1 and is_public(path, entry.kind, handbook.settings):
            free = name not in RESERVED and tops.get(identifier.value.casefold(), path) == path
            if free and _SAFE.fullmatch(identifier.value):
                found[path] = f"{identifier.value}.md"
    return found


def _tops(handbook: Handbook) -> dict[str, str | None]:
    """The names at the top of the site in lower case, each with the document that has it to itself, if one has."""
    found: dict[str, str | None] = {}
    for name, path in _first_names(handbook):
        found[name] = path if found.setdefault(name, path) == path else None
    return found


def _first_names(handbook: Handbook) -> Iterator[tuple[str, str | None]]:
    settings = handbook.settings
    for path, entry in handbook.entries.items():
        if is_public(path, entry.kind, settings):
            first, below, _ = page_path(path, settings).removesuffix(".md").partition("/")
            yield first.casefold(), None if below else path
    folder = settings.folder.strip("/")
    start = 0 if folder in ("", ".") else len(folder) + 1
    for path in handbook.files - handbook.entries.keys():
        yield path[start:].partition("/")[0].casefold(), None
