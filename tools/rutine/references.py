"""Where documents lead: links between files, and values that name something in a register."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, normpath
from typing import Literal, NamedTuple
from urllib.parse import unquote

from rutine.addresses import unsafe_scheme
from rutine.markdown import Reference
from rutine.model import Document, Entry, Handbook, Settings

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_DISK = re.compile(r"[a-zA-Z]:[\\/]|\\\\|file:", re.IGNORECASE)  # on somebody's own computer or network
_TEMPLATE = re.compile(r"<%|\{\{|\{%")  # filled in by the site's generator: only it knows where this leads


class Target(NamedTuple):
    """Where a link leads: a file of the handbook and an anchor in it; or out of the documents' folder; or to a web address."""

    leads: Literal["inside", "outside", "web"]
    path: str
    anchor: str


def resolve(document: Document, reference: Reference, settings: Settings) -> Target:
    """Where a link of a document leads, worked out from the text alone."""
    written = reference.target.strip()
    if "&" in written:
        from html import unescape  # a millisecond to import, for what hardly a link holds

        written = unescape(written).strip()
    if _DISK.match(written):
        return Target("outside", written, "")
    if _SCHEME.match(written) or written.startswith("//") or _TEMPLATE.search(written):
        return Target("web", written, "")
    if ":" in written and unsafe_scheme(written):
        return Target("web", written, "")
    path, _, anchor = written.partition("#")
    path = unquote(path.partition("?")[0])
    if not path:
        return Target("inside", document.path, unquote(anchor))
    folder = settings.folder.strip("/")
    base = folder if path.startswith("/") else dirname(document.path)
    full = normpath(f"{base}/{path.lstrip('/')}" if base not in ("", ".") else path.lstrip("/"))
    inside = folder in ("", ".") or full == folder or full.startswith(f"{folder}/")
    if full.startswith(".."):
        inside = False
    return Target("inside" if inside else "outside", full, unquote(anchor))


def published_names(path: str, settings: Settings) -> Iterator[str]:
    """The paths under which a document may be linked to beside its file's own: as other generators publish it."""
    if settings.address == "html":
        stem = path.removesuffix(".erb").removesuffix(".md").removesuffix(".html")
        yield f"{stem}.html"
        yield stem
        if stem.rsplit("/", 1)[-1] == "index":
            yield dirname(stem)


def find(handbook: Handbook, target: str) -> Entry | None:
    """The document that a link's path leads to, by its file or by one of its published names."""
    return handbook.entries.get(target) or handbook.entries.get(handbook.names.get(target, ""))
