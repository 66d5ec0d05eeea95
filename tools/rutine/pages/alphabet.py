"""Every document by title, and by its keywords, from A to Z."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from rutine.model import Document, Page, Report, say
from rutine.pages._alphabet import OTHERS, anchor, key, letter
from rutine.pages._shelf import MANY, Shelf, shelf_of
from rutine.pages._text import block, h, items, join, md, paragraph, section
from rutine.pages._ways import ALPHABET as INDEX
from rutine.pages._ways import title

ORDER = 20


class Entry(NamedTuple):
    """A title or a keyword, and the documents that it leads to; a title leads to one."""

    word: str
    documents: tuple[Document, ...]
    is_title: bool


Groups = dict[str, list[Entry]]


def pages(report: Report) -> Iterator[Page]:
    """One page, or one for each letter where there are many entries."""
    shelf = shelf_of(report)
    entries = sorted(_entries(shelf), key=lambda entry: key(entry.word, shelf.language))
    if not entries:
        return
    groups = {found: list(group) for found, group in groupby(entries, lambda entry: letter(entry.word, shelf.language))}
    name, menu = title(shelf, INDEX), shelf.words(say("Overviews"))
    intro = shelf.words(say("Every document by its title, and under the words that people look for."))
    parts = [f"# {md(name)}\n", paragraph(h(intro)), _letters(shelf, groups, INDEX, len(entries) > MANY)]
    if len(entries) <= MANY:
        parts += [section(_name(shelf, found), anchor(found), _list(shelf, groups[found], INDEX)) for found in groups]
    yield Page(INDEX, name, join(parts), menu=menu, search=None)
    for found in groups if len(entries) > MANY else ():
        here, heading = _page(found), f"{name}: {_name(shelf, found)}"
        nav = _letters(shelf, groups, here, True)
        yield Page(here, heading, join([f"# {md(heading)}\n", nav, _list(shelf, groups[found], here)]), search=None)


def _page(found: str) -> str:
    return f"register/a-z/{anchor(found)}.md"


def _name(shelf: Shelf, found: str) -> str:
    return shelf.words(say("Other signs")) if found == OTHERS else found.upper()


def _entries(shelf: Shelf) -> Iterator[Entry]:
    """Withdrawn documents are found by their title alone."""
    words: dict[str, tuple[str, list[Document]]] = {}
    yield from (Entry(shelf.title(page), (page,), True) for page in shelf.plain if not shelf.is_front(page))
    for document in shelf.documents:
        title = shelf.title(document)
        yield Entry(title, (document,), True)
        for _, word in document.values("keyword") if shelf.state(document) != "withdrawn" else ():
            _, found = words.setdefault(word.casefold(), (word, []))
            if word.casefold() != title.casefold() and document not in found[-1:]:
                found.append(document)
    yield from (Entry(word, tuple(documents), False) for word, documents in words.values() if documents)


def _letters(shelf: Shelf, groups: Groups, here: str, apart: bool) -> str:
    """The way to each letter: on this page, or on one of its own."""
    links = []
    for found in groups:
        name = h(_name(shelf, found))
        link = shelf.lead(name, here, _page(found)) if apart else f'<a href="#rutine-{anchor(found)}">{name}</a>'
        links.append(f"<strong>{name}</strong>" if apart and here == _page(found) else link)
    listed = ["<ul>", *(f"<li>{link}</li>" for link in links), "</ul>"]
    return block("letters", listed, tag="nav", attributes=f' aria-label="{h(shelf.words(say("Letters")))}"')


def _list(shelf: Shelf, entries: list[Entry], here: str) -> str:
    return items((_entry(shelf, entry, here) for entry in entries), "index")


def _entry(shelf: Shelf, entry: Entry, here: str) -> str:
    if not entry.is_title:
        word, tongues = h(entry.word), {shelf.tongue(document) for document in entry.documents}
        if len(tongues) == 1 and shelf.language not in tongues:
            word = f'<span lang="{tongues.pop()}">{word}</span>'
        see = f"<small>{h(shelf.words(say('see')))}</small>"
        return f"{word} {see} {', '.join(shelf.link(document, here) for document in entry.documents)}"
    document = entry.documents[0]
    state = "" if shelf.state(document) == "in-force" else shelf.chip(document)
    number = f"<small>{h(document.value('id') or '')}</small>" if document.value("id") else ""
    return " ".join(part for part in (shelf.link(document, here), number, state) if part)
