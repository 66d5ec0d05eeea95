"""The body of a document as its page holds it: without comments and first heading, its links leading to pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, normpath, relpath
from urllib.parse import quote, unquote

from rutine.blocks import LIKE_BLOCK, NO_BLOCKS
from rutine.markdown import Reference
from rutine.model import Document, say
from rutine.pages._shelf import Shelf
from rutine.pages._text import h, md
from rutine.references import find, resolve
from rutine.site_paths import href

_COMMENT = re.compile(
    r"(?<![\\`])(`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)\1(?!`)|^(?: {4}|\t)[^\n]*|(<!--.*?-->)", re.DOTALL | re.MULTILINE
)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]+\]:", re.MULTILINE)
_TASK = re.compile(r"^[ \t]*(?:[-*+]|\d+[.)])[ \t]+(\[([ xX])\])(?=[ \t])", re.MULTILINE)
_HTML = re.compile(r"<(?:a|area|img|source|video|audio)\b", re.IGNORECASE)

Change = tuple[int, int, str]
_CUT = "\x00"  # a document that holds it is cut there, and loses nothing that can be seen


def body_of(shelf: Shelf, document: Document, *marks: Change, here: str = "") -> tuple[str, str]:
    """The body as Markdown on the page `here` (its own, if not said), with these marks in it, and the anchor of its first
    heading if that was its title.
    """
    changes = [
        *_links(shelf, document, here or shelf.page(document)),
        *_comments(document),
        *_boxes(shelf, document),
        *marks,
    ]
    text, anchor = document.body, ""
    first = next(iter(document.markup.headings), None)
    if first and first.level == 1 and not text[: first.start].strip():
        changes.append((0, first.end, ""))
        anchor = first.anchor
    body = _apply(text, changes).strip("\n")
    if LIKE_BLOCK.search(body):
        body = f"{NO_BLOCKS}\n\n{body}"
    if "[^" in body and _FOOTNOTE.search(document.markup.plain):
        body += "\n\n///Footnotes Go Here///"  # or they would follow what comes after the body
    return body, anchor


def plain(shelf: Shelf, document: Document) -> str:
    """A page that is of no kind: its text as it stands, with a title if it has none."""
    body, anchor = body_of(shelf, document)
    mark = f" {{ #{anchor} }}" if anchor else ""
    return f"# {md(shelf.title(document))}{mark}\n\n{body}\n"


def introduced(shelf: Shelf, document: Document) -> tuple[str, str]:
    """A page that is of no kind, in two parts: up to the end of the first section after its title, and from there on."""
    below = [heading for heading in document.markup.headings if heading.level > 1]
    second = next((heading for heading in below[1:] if heading.level <= below[0].level), None)
    body, anchor = body_of(shelf, document, *([(second.start, second.start, _CUT)] if second else []))
    mark = f" {{ #{anchor} }}" if anchor else ""
    first, _, rest = body.partition(_CUT)
    return f"# {md(shelf.title(document))}{mark}\n\n{first}\n", rest


def _apply(text: str, changes: list[Change]) -> str:
    parts, position = [], 0
    for start, end, new in sorted(changes):
        if start >= position:
            parts += [text[position:start], new]
            position = end
    return "".join([*parts, text[position:]])


def _comments(document: Document) -> Iterator[Change]:
    """What authors tell one another in comments is not for the readers of the page's source."""
    if "<!--" in document.body:
        for found in _COMMENT.finditer(document.markup.unfenced):
            if found[2]:
                yield (*found.span(2), "")


def _boxes(shelf: Shelf, document: Document) -> Iterator[Change]:
    """What is to be ticked off, as signs: a generator's boxes can be neither used nor named."""
    if "[ ]" in document.body or "[x]" in document.body or "[X]" in document.body:
        done = f'<span class="rutine-box" role="img" aria-label="{h(shelf.words(say("done")))}">☑</span>'
        for found in _TASK.finditer(document.markup.plain):
            box = '<span class="rutine-box" aria-hidden="true">☐</span>' if found[2] == " " else done
            yield (*found.span(1), box)


def _links(shelf: Shelf, document: Document, here: str) -> Iterator[Change]:
    text = document.body
    for reference in document.markup.references:
        new = _target(shelf, document, reference, here)
        if new is not None and new != reference.target:
            start = text.find(reference.target, reference.offset + len(reference.text))
            if start >= 0:
                yield start, start + len(reference.target), new


def _target(shelf: Shelf, document: Document, reference: Reference, here: str) -> str | None:
    """Where a link into the handbook must lead from the page `here`; None where it may stay as it is."""
    target = resolve(document, reference, shelf.settings)
    if target.leads != "inside" or reference.target.startswith("#"):
        return None
    entry = find(shelf.handbook, target.path)
    folder = shelf.settings.folder.strip("/")
    below = target.path if folder in ("", ".") else target.path[len(folder) + 1 :]
    there = shelf.page(shelf.by_path[entry.path]) if entry and entry.path in shelf.by_path else below
    anchor = f"#{quote(target.anchor)}" if target.anchor else ""
    if _HTML.match(document.body, reference.offset):  # no generator changes where HTML leads
        return href(here, there, folders=shelf.settings.address == "folder") + anchor
    path = relpath(there, dirname(here) or ".")
    written = unquote(reference.target.partition("#")[0].partition("?")[0])
    if not written.startswith("/") and normpath(written) == path and here == shelf.page(document):
        return None
    return quote(path, safe="/-._~") + anchor
