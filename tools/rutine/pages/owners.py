"""Who owns what: every owner with those who hold the role and the documents in their care."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, say
from rutine.pages._areas import line
from rutine.pages._shelf import Shelf, chip, shelf_of
from rutine.pages._text import block, file_name, heading, md
from rutine.pages._values import Values, register_of

ORDER = 24
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
    parts = [f"# {md(title)}\n", shelf.words(say("An owner sees to it that a document is right, known and reviewed in time.")) + "\n"]
    for owner, documents in sorted(owned.items(), key=lambda item: _name(shelf, item[0], item[1][0]).casefold()):
        parts.append(_owner(shelf, owner, documents))
    yield Page(HERE, title, "\n".join(parts), menu=shelf.words(say("Overviews")))


def _name(shelf: Shelf, owner: str, document: Document) -> str:
    pointer = next(pointer for pointer, _ in document.values("owner"))
    register = register_of(document, pointer)
    if register == "role" and owner in shelf.settings.roles:
        return shelf.name(shelf.settings.roles[owner])
    if register == "person" and owner in shelf.settings.people:
        return shelf.settings.people[owner].full_name
    return owner


def _owner(shelf: Shelf, owner: str, documents: list[Document]) -> str:
    role = shelf.settings.roles.get(owner)
    name = md(_name(shelf, owner, documents[0]))
    people = ", ".join(md(person) for person in shelf.people(role)) if role else ""
    pointer = next(pointer for pointer, _ in documents[0].values("owner"))
    shown = Values(shelf, documents[0], HERE).show(pointer, owner)
    holder = f"{shown}: {people}\n\n" if people else ""
    rows = (line(shelf, document, HERE, mark=_overdue(shelf, document)) for document in documents)
    return f"{heading(2, name, f'owner-{file_name(owner)}')}\n{holder}{block('list', ''.join(rows))}"


def _overdue(shelf: Shelf, document: Document) -> str:
    row = shelf.deadlines.get(document.path)
    return chip("overdue", shelf.words(say("Overdue"))) if row and row.state == "overdue" else ""
