"""Which documents rest on which act, regulation or standard, down to the paragraph."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from rutine import regulations
from rutine.grounds import citations
from rutine.model import Document, Message, Page, Report, say
from rutine.pages._act_changes import changes, checked, is_waiting, mark
from rutine.pages._alphabet import key
from rutine.pages._places import act_page
from rutine.pages._shelf import Shelf, chip, shelf_of
from rutine.pages._text import capital, facts, h, items, join, md, outward, paragraph, prose, section
from rutine.pages._values import act_title, place_link
from rutine.pages._ways import REGULATIONS as INDEX
from rutine.pages._ways import title
from rutine.pages._why import to_be_reviewed

ORDER = 24
_SYSTEMS = {
    "no": say("Norwegian acts and regulations"),
    "dk": say("Danish acts and regulations"),
    "se": say("Swedish acts and regulations"),
    "eu": say("European Union"),
    "iso": say("Standards"),
    "": say("Others"),
}
_OWN = {"nb": "no", "nn": "no", "da": "dk", "sv": "se"}  # what readers of the language look for first

Places = dict[str, list[Document]]  # a place in the act ("" for the whole): the documents that rest on it


def pages(report: Report) -> Iterator[Page]:
    """A page that lists the acts, and one for each."""
    shelf = shelf_of(report)
    acts = _acts(shelf)
    if not acts:
        return
    name = title(shelf, INDEX)
    intro = say(
        "The acts, regulations and standards that the documents rest on. Choose one to see which paragraph each document rests on."
    )
    parts = [f"# {md(name)}\n", paragraph(h(shelf.words(intro)))]
    for system in sorted(_SYSTEMS, key=lambda system: system != _OWN.get(shelf.language)):
        rows = [_line(shelf, identifier, acts[identifier]) for identifier in acts if _system(identifier) == system]
        if rows:
            parts.append(
                section(shelf.words(_SYSTEMS[system]), f"system-{system}" if system else "others", items(rows))
            )
    yield Page(INDEX, name, join(parts), menu=shelf.words(say("Overviews")))
    for identifier in acts:
        yield _page(shelf, acts, identifier)


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
    return dict(sorted(found.items(), key=lambda item: key(act_title(shelf, item[0]), shelf.language)))


def _spelled(identifier: str, place: str) -> str:
    return regulations.parse_at(place, _system(identifier)) or place


def _system(identifier: str) -> str:
    parsed = regulations.parse(identifier)
    return parsed.system if isinstance(parsed, regulations.Regulation) else ""


def _line(shelf: Shelf, identifier: str, places: Places) -> str:
    """An act with how many documents rest on it, and what must be known of it."""
    count = len({document.path for documents in places.values() for document in documents})
    name = act_title(shelf, identifier)
    told = [h(shelf.words(say("{count} documents", one="{count} document", count=count)))]
    if identifier not in name:
        told.insert(0, h(identifier))
    replaced_by, _ = regulations.remark(identifier)
    marks = [chip("due", h(shelf.words(say("Replaced"))))] if replaced_by else []
    if changed := mark(shelf, identifier):
        marks.append(changed)
    if day := checked(shelf, identifier):
        told.append(shelf.words(say("state checked {date}", date=day)))
    if reason := _why_no_link(identifier):
        told.append(h(shelf.words(reason)))
    link = shelf.lead(h(capital(name)), INDEX, act_page(identifier))
    return f"{' '.join([link, *marks])}<br><small>{' · '.join(told)}</small>"


def _why_no_link(identifier: str) -> Message | None:
    """Why an act has no link; None if it has one."""
    parsed = regulations.parse(identifier)
    if isinstance(parsed, regulations.Malformed):
        return say("Unknown: this is not written as the number of an act")
    if parsed.url is None:
        return (
            say("There is no free text to link to")
            if parsed.system == "iso"
            else say("Guidance and circulars have no fixed address to link to")
        )
    return None


def _page(shelf: Shelf, acts: dict[str, Places], identifier: str) -> Page:
    here, name, places = act_page(identifier), capital(act_title(shelf, identifier)), acts[identifier]
    rows = (
        (
            _place(shelf, identifier, place),
            "<br>".join(_document(shelf, document, here, identifier, place) for document in places[place]),
        )
        for place in sorted(places, key=_natural)
    )
    note = _note(shelf, identifier, places)
    documents = section(shelf.words(say("Documents that rest on it")), "documents", join([facts(rows), note]))
    told = facts(_facts(shelf, acts, identifier))
    return Page(here, name, join([f"# {md(name)}\n", told, changes(shelf, identifier), documents]), search=None)


def _document(shelf: Shelf, document: Document, here: str, identifier: str, place: str) -> str:
    state = "" if shelf.state(document) == "in-force" else shelf.chip(document)
    if is_waiting(shelf, document, identifier, place):
        state = f"{state} {to_be_reviewed(shelf, document)}"
    return f"{shelf.numbered(document, here)} {state.strip()}".rstrip()


def _place(shelf: Shelf, identifier: str, place: str) -> str:
    """A place in the act, linked to where it has an address of its own."""
    if not place:
        return h(shelf.words(say("The act as a whole")))
    return place_link(shelf, identifier, place) if _has_own_address(shelf, identifier, place) else h(place)


def _has_own_address(shelf: Shelf, identifier: str, place: str) -> bool:
    """Whether a place in the act can be linked to, or only the whole."""
    parsed = regulations.parse(identifier)
    return isinstance(parsed, regulations.Regulation) and (
        regulations.link(parsed, place, shelf.language) != regulations.link(parsed, None, shelf.language)
    )


def _note(shelf: Shelf, identifier: str, places: Places) -> str:
    """Why some paragraphs have no link; empty where all have, or where the act has none."""
    without = any(place and not _has_own_address(shelf, identifier, place) for place in places)
    if not without or _why_no_link(identifier):
        return ""
    told = say(
        "What has no link here has no address of its own at the official site. Open the act, and look it up there."
    )
    return paragraph(h(shelf.words(told)))


def _facts(shelf: Shelf, acts: Collection[str], identifier: str) -> Iterator[tuple[str, str]]:
    words, parsed = shelf.words, regulations.parse(identifier)
    address = regulations.link(parsed, None, shelf.language) if isinstance(parsed, regulations.Regulation) else None
    yield h(words(say("Number"))), outward(h(identifier), address) if address else h(identifier)
    if reason := _why_no_link(identifier):
        yield h(words(say("Link"))), h(words(reason))
    elif act_title(shelf, identifier) == identifier:
        told = say("The handbook does not know what this act is called. Its title can be given in `handbook.yml`.")
        yield h(words(say("Note"))), prose(words(told))
    if day := checked(shelf, identifier):
        yield h(words(say("State checked"))), day
    replaced_by, note = regulations.remark(identifier)
    if replaced_by:
        yield h(words(say("Replaced by"))), _replacement(shelf, acts, identifier, replaced_by)
    if note:
        yield h(words(say("Note"))), h(words.text(note))


def _replacement(shelf: Shelf, acts: Collection[str], identifier: str, successor: str) -> str:
    """What has taken the act's place, with a link to its page where documents rest on it already."""
    name = act_title(shelf, successor)
    told = h(capital(f"{name} ({successor})" if successor not in name else name))
    return shelf.lead(told, act_page(identifier), act_page(successor)) if successor in acts else told


def _natural(place: str) -> list[tuple[int, str]]:
    """As people count: § 9 before § 10, and § 2 A-1 after § 2-3."""
    parts = re.findall(r"\d+|[^\W\d_]+", place.casefold())
    return [(int(part), "") if part.isdecimal() else (1_000_000, part) for part in parts]
