"""Who owns what: every owner with those who hold the role, and how the documents in its care stand."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, say
from rutine.pages._alphabet import key
from rutine.pages._areas import line
from rutine.pages._holders import held, vacant
from rutine.pages._places import role_page
from rutine.pages._shelf import Shelf, chip, shelf_of
from rutine.pages._text import h, items, join, md, paragraph, section
from rutine.pages._values import register_of
from rutine.pages._ways import OWNERS as HERE
from rutine.pages._ways import title
from rutine.site_paths import file_name

ORDER = 29


def pages(report: Report) -> Iterator[Page]:
    """One page, if documents have owners: a table of them, and the documents of those that have no page of their own."""
    shelf = shelf_of(report)
    owned: dict[str, list[Document]] = {}
    for document in shelf.documents:
        owner = document.value("owner")
        if owner and shelf.state(document) != "withdrawn":
            owned.setdefault(owner, []).append(document)
    if not owned:
        return
    words, name = shelf.words, title(shelf, HERE)
    intro = words(say("An owner sees to it that a document is right, known and reviewed in time."))
    owners = sorted(owned, key=lambda owner: key(_name(shelf, owner, owned[owner][0]), shelf.language))
    rows = items(_line(shelf, owner, owned[owner]) for owner in owners)
    parts = [f"# {md(name)}\n", paragraph(h(intro)), rows]
    parts += [_listed(shelf, owner, owned[owner]) for owner in owners if not _has_page(shelf, owned[owner][0])]
    yield Page(HERE, name, join(parts), menu=words(say("Overviews")), search=None)


def _has_page(shelf: Shelf, document: Document) -> bool:
    """Whether the owner is a role, whose page lists what it owns."""
    pointer, owner = document.values("owner")[0]
    return register_of(document, pointer) == "role" and owner in shelf.settings.roles


def _name(shelf: Shelf, owner: str, document: Document) -> str:
    if _has_page(shelf, document):
        return shelf.name(shelf.settings.roles[owner])
    register = register_of(document, document.values("owner")[0][0])
    return shelf.settings.people[owner].full_name if register == "person" and owner in shelf.settings.people else owner


def _line(shelf: Shelf, owner: str, documents: list[Document]) -> str:
    """The owner, who holds the role, how many documents it owns, and how their reviews stand."""
    words, name = shelf.words, h(_name(shelf, owner, documents[0]))
    marks, told, link = list[str](), list[str](), f'<a href="#rutine-{_anchor(owner)}">{name}</a>'
    if _has_page(shelf, documents[0]):
        link = shelf.lead(name, HERE, role_page(owner), "rutine-owns")
        role = shelf.settings.roles[owner]
        named = held(shelf, role)
        told += [named] if named else []
        marks += [] if named else [vacant(shelf)]
    told.append(h(words(say("{count} documents", one="{count} document", count=len(documents)))))
    rows = [row for document in documents if (row := shelf.deadlines.get(document.path))]
    if overdue := sum(row.state == "overdue" for row in rows):
        marks.append(chip("overdue", h(words(say("{count} overdue", count=overdue)))))
    if coming := min((row.due for row in rows if row.state != "overdue"), default=None):
        told.append(h(words(say("next review {date}", date=words.day(coming)))))
    return f"{' '.join([link, *marks])}<br><small>{' · '.join(told)}</small>"


def _anchor(owner: str) -> str:
    return f"owner-{file_name(owner)}"


def _listed(shelf: Shelf, owner: str, documents: list[Document]) -> str:
    rows = items(line(shelf, document, HERE, mark=_overdue(shelf, document)) for document in documents)
    return section(_name(shelf, owner, documents[0]), _anchor(owner), rows)


def _overdue(shelf: Shelf, document: Document) -> str:
    row = shelf.deadlines.get(document.path)
    return chip("overdue", h(shelf.words(say("Overdue")))) if row and row.state == "overdue" else ""
