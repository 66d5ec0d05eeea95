"""Who owns what: every owner with those who hold the role and the documents in their care."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, say
from rutine.pages._areas import line
from rutine.pages._shelf import Shelf, chip, shelf_of
from rutine.pages._text import file_name, h, items, join, md, paragraph, section
from rutine.pages._values import Values, register_of

ORDER = 27
HERE = "register/owners.md"


def pages(report: Report) -> Iterator[Page]:
    """One page, if documents have owners."""
    shelf = shelf_of(report)
    owned: dict[str, list[Document]] = {}
    for document in shelf.documents:
        if owner := document.value("owner"):
            owned.setdefault(owner, []).append(document)
    if not owned:
        return
    title = shelf.words(say("Owners"))
    intro = shelf.words(say("An owner sees to it that a document is right, known and reviewed in time."))
    named = sorted(
        ((_name(shelf, owner, owned[owner][0]), owner) for owner in owned), key=lambda row: (row[0].casefold(), row[1])
    )
    parts = [
        f"# {md(title)}\n",
        paragraph(h(intro)),
        *(_owner(shelf, name, owner, owned[owner]) for name, owner in named),
    ]
    yield Page(HERE, title, join(parts), menu=shelf.words(say("Overviews")), search=None)


def _name(shelf: Shelf, owner: str, document: Document) -> str:
    register = register_of(document, document.values("owner")[0][0])
    if register == "role" and owner in shelf.settings.roles:
        return shelf.name(shelf.settings.roles[owner])
    if register == "person" and owner in shelf.settings.people:
        return shelf.settings.people[owner].full_name
    return owner


def _owner(shelf: Shelf, name: str, owner: str, documents: list[Document]) -> str:
    role = shelf.settings.roles.get(owner)
    people = ", ".join(h(person) for person in shelf.people(role)) if role else ""
    shown = Values(shelf, documents[0], HERE).show(documents[0].values("owner")[0][0], owner)
    holder = paragraph(f"{shown}: {people}") if people else ""
    rows = items(line(shelf, document, HERE, mark=_overdue(shelf, document)) for document in documents)
    return section(name, f"owner-{file_name(owner)}", join([holder, rows]))


def _overdue(shelf: Shelf, document: Document) -> str:
    row = shelf.deadlines.get(document.path)
    return chip("overdue", h(shelf.words(say("Overdue")))) if row and row.state == "overdue" else ""
