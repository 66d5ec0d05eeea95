"""Which documents rest on which act, regulation or standard, down to the paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rutine import regulations
from rutine.model import Document, Page, Report, say
from rutine.pages._places import act_page
from rutine.pages._shelf import Shelf, citations, shelf_of
from rutine.pages._text import capital, facts, h, items, join, md, outward, section
from rutine.pages._values import act_title, place_link

ORDER = 24
INDEX = "register/regulations/index.md"
_SYSTEMS = {
    "no": say("Norwegian acts and regulations"),
    "dk": say("Danish acts and regulations"),
    "se": say("Swedish acts and regulations"),
    "eu": say("European Union"),
    "iso": say("Standards"),
    "": say("Others"),
}

Places = dict[str, list[Document]]  # a place in the act ("" for the whole): the documents that rest on it


def pages(report: Report) -> Iterator[Page]:
    """A page that lists the acts, and one for each."""
    shelf = shelf_of(report)
    acts = _acts(shelf)
    if not acts:
        return
    title = shelf.words(say("Regulations"))
    parts = [f"# {md(title)}\n"]
    for system, name in _SYSTEMS.items():
        rows = [_line(shelf, identifier, acts[identifier]) for identifier in acts if _system(identifier) == system]
        if rows:
            parts.append(section(shelf.words(name), f"system-{system}" if system else "others", items(rows)))
    yield Page(INDEX, title, join(parts), menu=shelf.words(say("Overviews")))
    for identifier, places in acts.items():
        yield _page(shelf, identifier, places)


def _acts(shelf: Shelf) -> dict[str, Places]:
    """The acts by title, with the documents, withdrawn ones left out."""
    found: dict[str, Places] = {}
    for document in shelf.documents:
        if shelf.state(document) == "withdrawn":
            continue
        for citation in citations(document):
            for place in citation.places or ("",):
                there = found.setdefault(citation.identifier, {}).setdefault(_spelled(citation.identifier, place), [])
                if not there or there[-1] is not document:
                    there.append(document)
    return dict(sorted(found.items(), key=lambda item: (act_title(shelf, item[0]).casefold(), item[0])))


def _spelled(identifier: str, place: str) -> str:
    return regulations.parse_at(place, _system(identifier)) or place


def _system(identifier: str) -> str:
    parsed = regulations.parse(identifier)
    return parsed.system if isinstance(parsed, regulations.Regulation) else ""


def _line(shelf: Shelf, identifier: str, places: Places) -> str:
    count = len({document.path for documents in places.values() for document in documents})
    title = act_title(shelf, identifier)
    told = shelf.words(say("{count} documents", one="{count} document", count=count))
    number = f"{h(identifier)} · " if title != identifier else ""
    return f"{shelf.lead(h(capital(title)), INDEX, act_page(identifier))}<br><small>{number}{h(told)}</small>"


def _page(shelf: Shelf, identifier: str, places: Places) -> Page:
    here, title = act_page(identifier), capital(act_title(shelf, identifier))
    rows = (
        (
            place_link(shelf, identifier, place) if place else h(shelf.words(say("The act as a whole"))),
            "<br>".join(shelf.numbered(document, here) for document in places[place]),
        )
        for place in sorted(places, key=_natural)
    )
    documents = section(shelf.words(say("Documents that rest on it")), "documents", facts(rows))
    return Page(here, title, join([f"# {md(title)}\n", facts(_facts(shelf, identifier)), documents]), sought=False)


def _facts(shelf: Shelf, identifier: str) -> Iterator[tuple[str, str]]:
    parsed = regulations.parse(identifier)
    address = regulations.link(parsed, None, shelf.language) if isinstance(parsed, regulations.Regulation) else None
    yield h(shelf.words(say("Identifier"))), outward(h(identifier), address) if address else h(identifier)
    replaced_by, note = regulations.remark(identifier)
    if replaced_by:
        name = act_title(shelf, replaced_by)
        yield h(shelf.words(say("Replaced by"))), h(f"{name} ({replaced_by})" if name != replaced_by else replaced_by)
    if note:
        yield h(shelf.words(say("Note"))), h(shelf.words.text(note))


def _natural(place: str) -> list[tuple[int, str]]:
    """As people count: § 9 before § 10, and § 2 A-1 after § 2-3."""
    parts = re.findall(r"\d+|[^\W\d_]+", place.casefold())
    return [(int(part), "") if part.isdecimal() else (1_000_000, part) for part in parts]
