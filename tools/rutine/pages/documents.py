"""A page for each document: what readers ask first, then its steps and its text, then the background, its history last."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from rutine.i18n import render
from rutine.model import Document, Message, Page, Report, say
from rutine.pages._answers import answers, version_of
from rutine.pages._areas import listing, menu_of
from rutine.pages._body import body_of, plain
from rutine.pages._edges import bottom, top
from rutine.pages._editions import announcement
from rutine.pages._facts import background, rest_of, sections
from rutine.pages._front import ways_in
from rutine.pages._revisions import revisions
from rutine.pages._search import search_of
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import block, h, items, join, md, paragraph
from rutine.pages._values import Values
from rutine.pages._versions import version_pages
from rutine.pages._why import suspicion_banner, to_be_reviewed

ORDER = 90


def pages(report: Report) -> Iterator[Page]:
    """The documents of a kind, pages without one, and a stub for each that has an error."""
    yield from pages_of_documents(report, shelf_of(report).by_path.keys())


def pages_of_documents(report: Report, paths: Collection[str]) -> Iterator[Page]:
    """The pages of the documents at these paths."""
    shelf = shelf_of(report)
    for document in shelf.documents:
        if document.path in paths:
            yield _document(shelf, document)
            yield from version_pages(shelf, document)
    for document in shelf.plain:
        is_front = shelf.is_front(document) and shelf.indexes[shelf.page(document)] is document
        if document.path in paths and not is_front:
            yield Page(shelf.page(document), shelf.title(document), plain(shelf, document), document.path)
    for document in shelf.broken:
        if document.path in paths:
            yield _stub(shelf, document)


def _document(shelf: Shelf, document: Document) -> Page:
    here, title = shelf.page(document), shelf.title(document)
    values = Values(shelf, document, here)
    rest = rest_of(values)
    before, after = sections(rest)
    body, anchor = body_of(shelf, document)
    tongue = shelf.tongue(document)
    mark = "" if tongue == shelf.language else f' lang="{tongue}"'
    parts = [
        top(values),
        f"# {md(title)} {{ #{anchor or 'rutine-title'}{mark} }}\n",
        paragraph(h(document.value("summary") or ""), "summary", mark) if document.value("summary") else "",
        _tags(shelf, document),
        _banner(shelf, document, here),
        announcement(shelf, document, here),
        answers(values),
        *before,
        _in_language(body, tongue) if mark else f"{body}\n",
        *after,
        _leads(shelf, here),
        background(values, rest),
        revisions(values),
        bottom(values),
    ]
    return Page(here, title, join(parts), document.path, menu_of(shelf, here), search_of(shelf, document))


def _leads(shelf: Shelf, here: str) -> str:
    """What a document that is an index page leads to."""
    if here == "index.md":
        return ways_in(shelf, here)
    return listing(shelf, here) if here.endswith("/index.md") else ""


def _tags(shelf: Shelf, document: Document) -> str:
    """What it is, in a line: kind, number, version and state."""
    kind, version = document.kind, version_of(document)
    tags = [kind.title(shelf.language) if kind else "", document.value("id") or ""]
    tags.append(shelf.words(say("version {version}", version=version)) if version else "")
    told = " · ".join(f'<span class="rutine-place">{h(tag)}</span>' for tag in tags if tag)
    marks = " ".join(filter(None, (shelf.chip(document), to_be_reviewed(shelf, document))))
    return paragraph(f"{marks} {told}".strip(), "tags")


def _banner(shelf: Shelf, document: Document, here: str) -> str:
    """What a reader must know first of a document that is not in force, or that is suspect."""
    state, words = shelf.state(document), shelf.words
    if state == "in-force":
        return suspicion_banner(shelf, document, here)
    if state == "draft":
        first, then = say("This is a draft."), say("It has not been decided and is not in force.")
    elif state == "upcoming":
        day = h(words.day(document.value("effective-from") or ""))
        first, then = say("Not yet in force."), say("It is decided and applies from {date}.", date=day)
    else:
        first, then = _withdrawn(shelf, document, here)
    sentences = [f"<strong>{words(first)}</strong>", words(then)]
    for _, identifier in document.values("replaces") if state == "upcoming" else ():
        other = shelf.find(identifier)
        if other and shelf.state(other) == "in-force":
            sentences.append(words(say("Until then, {document} applies.", document=shelf.link(other, here))))
    return block(f"banner rutine-banner--{state}", [f"<p>{' '.join(sentences)}</p>"], attributes=' role="note"')


def _withdrawn(shelf: Shelf, document: Document, here: str) -> tuple[Message, Message]:
    day = document.value("withdrawn-on")
    found = [shelf.find(identifier) for _, identifier in document.values("replaced-by")] + shelf.saying(
        "replaces", document
    )
    successors = ", ".join(dict.fromkeys(shelf.link(other, here) for other in found if other))
    first = say("Withdrawn on {date}.", date=h(shelf.words.day(day))) if day else say("Withdrawn.")
    return first, say("Use {document} instead.", document=successors) if successors else say("It no longer applies.")


def _in_language(body: str, tongue: str) -> str:
    return f'<div lang="{tongue}" markdown="1">\n\n{body}\n\n</div>\n'


def _stub(shelf: Shelf, document: Document) -> Page:
    """What stands in the place of a document with errors while its author mends it. It is never published."""
    title, path = document.value("title") or document.path, h(document.path)
    errors = [f for f in shelf.report.findings if f.place.path == document.path and f.severity == "error"]
    told = [f"{f.place.line}:{f.place.column}: {h(render(f.message, shelf.language))}" for f in errors]
    first, then = (
        say("This page is left out."),
        say("The document {path} has errors. Mend them, and it comes back.", path=path),
    )
    banner = f"<p><strong>{shelf.words(first)}</strong> {shelf.words(then)}</p>"
    parts = [f"# {md(title)}\n", block("banner rutine-banner--withdrawn", [banner]), items(told)]
    return Page(shelf.page(document), title, join(parts), document.path)
