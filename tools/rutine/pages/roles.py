"""What concerns each role: its duties and steps, the documents it owns, and those that apply to it."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, Role, say
from rutine.pages._areas import line
from rutine.pages._places import role_page
from rutine.pages._shelf import BINDING, Shelf, beside, shelf_of
from rutine.pages._text import facts, h, items, join, md, paragraph, section
from rutine.pages._values import Values, named

ORDER = 21
INDEX = "register/roles/index.md"


def pages(report: Report) -> Iterator[Page]:
    """A page that lists the roles, and one for each."""
    shelf = shelf_of(report)
    roles = sorted(shelf.settings.roles.values(), key=lambda role: shelf.name(role).casefold())
    if not roles:
        return
    title = shelf.words(say("Roles"))
    rows = items(_line(shelf, role) for role in roles)
    yield Page(INDEX, title, join([f"# {md(title)}\n", rows]), menu=shelf.words(say("Overviews")))
    index = _by_role(shelf)
    for role in roles:
        yield _page(shelf, role, index.get(role.name, []))


def _line(shelf: Shelf, role: Role) -> str:
    people = ", ".join(h(name) for name in shelf.people(role))
    link = shelf.lead(h(shelf.name(role)), INDEX, role_page(role.name))
    return f"{link}<br><small>{people}</small>" if people else link


def _by_role(shelf: Shelf) -> dict[str, list[Document]]:
    """The documents that speak of a role in any way."""
    found: dict[str, list[Document]] = {}
    for document in shelf.documents:
        names = (value for meaning in ("owner", "scope-role", "role") for _, value in document.values(meaning))
        for name in dict.fromkeys(names):
            found.setdefault(name, []).append(document)
    return found


def _page(shelf: Shelf, role: Role, documents: list[Document]) -> Page:
    here, title, words = role_page(role.name), shelf.name(role), shelf.words
    binding = [document for document in documents if shelf.state(document) in BINDING]
    lists: list[tuple[str, str, list[str]]] = [
        (words(say("Duties")), "duties", [text for d in binding for text in _duties(shelf, d, role, here)]),
        (words(say("Steps in processes")), "steps", [text for d in binding for text in _steps(shelf, d, role, here)]),
        (words(say("Documents that apply to the role")), "scope", _lines(shelf, binding, role, "scope-role", here)),
        (words(say("Documents that the role owns")), "owns", _lines(shelf, documents, role, "owner", here)),
    ]
    parts = [section(name, anchor, items(rows)) for name, anchor, rows in lists if rows]
    nothing = paragraph(h(words(say("No document speaks of this role."))))
    text = join([f"# {md(title)}\n", facts(_facts(shelf, role, here)), *(parts or [nothing])])
    return Page(here, title, text, search=None)


def _facts(shelf: Shelf, role: Role, here: str) -> Iterator[tuple[str, str]]:
    people = [shelf.settings.people[name] for name in role.holders if name in shelf.settings.people]
    names = ", ".join(h(p.full_name) + (f" ({h(p.email)})" if p.email else "") for p in people)
    yield h(shelf.words(say("Held by"))), names or h(shelf.words(say("nobody named")))
    if role.unit:
        yield h(shelf.words(say("Unit"))), named(shelf, "unit", role.unit, here)


def _lines(shelf: Shelf, documents: list[Document], role: Role, meaning: str, here: str) -> list[str]:
    return [
        line(shelf, document, here, summary=meaning == "scope-role")
        for document in documents
        if any(value == role.name for _, value in document.values(meaning))
    ]


def _duties(shelf: Shelf, document: Document, role: Role, here: str) -> Iterator[str]:
    """What a document asks of a role, outside the steps of a process."""
    values = Values(shelf, document, here)
    for pointer, name in document.values("role"):
        if name == role.name and not beside(document, pointer, "step"):
            responsibility = ", ".join(values.show(*row) for row in beside(document, pointer, "responsibility"))
            duties = [duty for _, duty in beside(document, pointer, "duty")]
            if responsibility or duties:
                yield line(shelf, document, here, note=responsibility) + _sublist(duties)


def _steps(shelf: Shelf, document: Document, role: Role, here: str) -> Iterator[str]:
    steps = [
        step
        for pointer, name in document.values("role")
        if name == role.name
        for _, step in beside(document, pointer, "step")
    ]
    if steps:
        yield line(shelf, document, here) + _sublist(steps)


def _sublist(texts: list[str]) -> str:
    return f"<ul>{''.join(f'<li>{h(text)}</li>' for text in texts)}</ul>" if texts else ""
