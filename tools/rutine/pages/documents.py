"""A page for each document: what it is and whom it concerns, then its text, its revisions last."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.i18n import render
from rutine.model import Document, Message, Page, Report, say
from rutine.pages._areas import area_title, listing, menu_of
from rutine.pages._body import body_of, plain
from rutine.pages._facts import panel, revisions, sections
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import block, facts, link, md
from rutine.pages._values import Values

ORDER = 90


def pages(report: Report) -> Iterator[Page]:
    """The documents of a kind, pages without one, and a stub for each that has an error."""
    shelf = shelf_of(report)
    for document in shelf.documents:
        yield _document(shelf, document)
    for document in shelf.plain:
        if not shelf.is_front(document):
            yield Page(shelf.page(document), shelf.title(document), plain(shelf, document), document.path)
    for document in shelf.broken:
        yield _stub(shelf, document)


def _document(shelf: Shelf, document: Document) -> Page:
    here = shelf.page(document)
    values = Values(shelf, document, here)
    body, anchor = body_of(shelf, document)
    tongue = shelf.tongue(document)
    foreign = tongue != shelf.language
    title = shelf.title(document)
    parts = [
        _path(shelf, here),
        f"# {md(title)} {{ #{anchor or 'rutine-title'}{f' lang={tongue}' if foreign else ''} }}\n",
        _banner(shelf, document, here),
        _summary(document, tongue if foreign else ""),
        _tags(shelf, document),
        block("facts", facts(panel(values))),
        *sections(values),
        _in_language(body, tongue) if foreign else f"{body}\n",
        revisions(values),
        listing(shelf, here) if here.endswith("index.md") else "",
    ]
    return Page(here, title, "\n".join(part for part in parts if part.strip()), document.path, menu_of(shelf, here))


def _path(shelf: Shelf, here: str) -> str:
    """The way back to the document's area."""
    area, _, rest = here.partition("/")
    if not rest or rest == "index.md":
        return ""
    label = md(shelf.words(say("Area")))
    return block("path", link(area_title(shelf, area), here, f"{area}/index.md"), tag="nav", attributes=f' aria-label="{label}"')


def _summary(document: Document, tongue: str) -> str:
    summary = document.value("summary")
    mark = f" lang={tongue}" if tongue else ""
    return f"{md(summary)}\n{{: .rutine-summary{mark} }}\n" if summary else ""


def _tags(shelf: Shelf, document: Document) -> str:
    """What it is, in a line: kind, number, version and state."""
    kind = document.kind
    version = next((value for _, value in reversed(list(document.values("revision")))), None)
    tags = [md(kind.title(shelf.language)) if kind else "", md(document.value("id") or "")]
    tags.append(md(shelf.words(say("version {version}", version=version))) if version else "")
    return " · ".join([*(tag for tag in tags if tag), shelf.chip(document)]) + "\n{: .rutine-tags }\n"


def _banner(shelf: Shelf, document: Document, here: str) -> str:
    """What a reader must know first of a document that is not in force."""
    state, words = shelf.state(document), shelf.words
    if state == "in-force":
        return ""
    message: Message
    if state == "draft":
        message = say("**This is a draft.** It has not been decided and is not in force.")
    elif state == "upcoming":
        day = words.day(document.value("effective-from") or "")
        message = say("**Not yet in force.** It is decided and applies from {date}.", date=md(day))
    else:
        message = _withdrawn(shelf, document, here)
    text = words(message)
    earlier = [shelf.find(identifier) for _, identifier in document.values("replaces")] if state == "upcoming" else []
    for other in earlier:
        if other and shelf.state(other) == "in-force":
            text += " " + words(say("Until then, {document} applies.", document=shelf.link(other, here)))
    return block(f"banner rutine-banner--{state}", text, attributes=' role="note"')


def _withdrawn(shelf: Shelf, document: Document, here: str) -> Message:
    day = document.value("withdrawn-on")
    found = [shelf.find(identifier) for _, identifier in document.values("replaced-by")] + shelf.saying("replaces", document)
    successors = list(dict.fromkeys(shelf.link(other, here) for other in found if other))
    date, document_links = md(shelf.words.day(day)) if day else "", ", ".join(successors)
    if date and successors:
        return say("**Withdrawn on {date}.** Use {document} instead.", date=date, document=document_links)
    if successors:
        return say("**Withdrawn.** Use {document} instead.", document=document_links)
    if date:
        return say("**Withdrawn on {date}.** It no longer applies.", date=date)
    return say("**Withdrawn.** It no longer applies.")


def _in_language(body: str, tongue: str) -> str:
    return f'<div lang="{tongue}" markdown="1">\n\n{body}\n\n</div>\n'


def _stub(shelf: Shelf, document: Document) -> Page:
    """What stands in the place of a document with errors while its author mends it. It is never published."""
    title = document.value("title") or document.path
    errors = [f for f in shelf.report.findings if f.place.path == document.path and f.severity == "error"]
    lines = [f"- {f.place.line}:{f.place.column}: {md(render(f.message, shelf.language))}\n" for f in errors]
    text = shelf.words(say("**This page is left out.** The document {path} has errors. Mend them, and it comes back.", path=md(document.path)))
    content = f"# {md(title)}\n\n{block('banner rutine-banner--withdrawn', text)}\n{''.join(lines)}"
    return Page(shelf.page(document), title, content, document.path)
