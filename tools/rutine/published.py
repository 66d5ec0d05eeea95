"""What is published of a document: whether it is, what it is called, its language, and its state on a day."""

from __future__ import annotations

import re
from datetime import date
from posixpath import basename, dirname
from typing import Literal

from rutine.dates import parse_date
from rutine.model import Document, Report, Settings

State = Literal["draft", "upcoming", "in-force", "withdrawn"]
_LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{2,8}){0,3}")


def is_public(path: str, kind: str | None, settings: Settings) -> bool:
    """Whether a file is for the readers of the handbook: records are not, nor kinds that say so."""
    if path.startswith(settings.records_folder.strip("/") + "/"):
        return False
    return kind is None or settings.kinds[kind].is_published


def documents_of(report: Report) -> list[Document]:
    """The documents of a kind that are published, by id; those with an error are not."""
    settings = report.handbook.settings
    errors = {finding.place.path for finding in report.findings if finding.severity == "error"}
    kept = (d for d in report.documents if d.kind and is_public(d.path, d.kind.name, settings) and d.path not in errors)
    return sorted(kept, key=lambda document: (document.value("id") or "~", document.path))


def state_of(document: Document, today: date) -> State:
    """The state of a document on a day."""
    status = document.kind.status(document.value("status")) if document.kind else "in-force"
    start = parse_date(document.value("effective-from"))
    if status == "in-force" and start and start > today:
        return "upcoming"
    return "draft" if status == "draft" else "withdrawn" if status == "withdrawn" else "in-force"


def title_of(document: Document) -> str:
    """What a document is called: by its metadata, its first heading, or its file."""
    title = document.value("title")
    if title is None and document.body:
        title = next((heading.text for heading in document.markup.headings if heading.level == 1), None)
    if title and any(char.isprintable() and not char.isspace() for char in title):
        return title
    name = basename(document.path).split(".")[0]
    return humanise(basename(dirname(document.path)) if name.lower() in ("index", "readme") else name)


def humanise(name: str) -> str:
    """A file's or folder's name as a title."""
    words = name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def language_of(document: Document, settings: Settings) -> str:
    """The language that a document is written in."""
    written = document.value("language") or ""
    return written if _LANGUAGE.fullmatch(written) else settings.language
