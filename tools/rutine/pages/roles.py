"""What concerns each role: its duties and steps, the documents it owns, and those that apply to it."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Page, Report, Role, say
from rutine.pages._areas import line
from rutine.pages._shelf import BINDING, Shelf, beside, shelf_of
from rutine.pages._text import block, facts, heading, link, md
from rutine.pages._values import Values, named, role_page

ORDER = 20
INDEX = "register/roles/index.md"


def pages(report: Report) -> Iterator[Page]:
    """A page that lists the roles, and one for each."""
    shelf = shelf_of(report)
    roles = sorted(shelf.settings.roles.values(), key=lambda role: shelf.name(role).casefold())
    if not roles:
        return
    title = shelf.words(say("Roles"))
    rows = (_line(shelf, role) for role in roles)
    yield Page(INDEX, title, f"# {md(title)}\n\n{block('list', ''.join(rows))}", menu=shelf.words(say("Overviews")))
    index = _by_role(shelf)
    for role in roles:
        yield _page(shelf, role, index.get(role.name, []))


def _line(shelf: Shelf, role: Role) -> str:
    people = ", ".join(md(name) for name in shelf.people(role))
    return f"- {link(md(shelf.name(role)), INDEX, role_page(role.name))}" + (f"<br><small>{people}</small>\n" if people else "\n")


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
    parts = [f"# {md(title)}\n", block("facts", facts(_facts(shelf, role, here)))]
    lists: list[tuple[str, str, list[str]]] = [
        (words(say("Duties")), "duties", [text for d in binding if (text := _duties(shelf, d, role, here))]),
        (words(say("Steps in processes")), "steps", [text for d in binding if (text := _steps(shelf, d, role, here))]),
        (words(say("Documents that apply to the role")), "scope", _lines(shelf, binding, role, "scope-role", here)),
        (words(say("Documents that the role owns")), "owns", _lines(shelf, documents, role, "owner", here)),
    ]
    for name, anchor, items in lists:
        if items:
            parts.append(f"{heading(2, name, anchor)}\n{block('list', ''.join(items))}")
    if len(parts) == 2:
        parts.append(words(say("No document speaks of this role.")) + "\n")
    return Page(here, title, "\n".join(parts))


def _facts(shelf: Shelf, role: Role, here: str) -> Iterator[tuple[str, str]]:
    people = [shelf.settings.people[name] for name in role.holders if name in shelf.settings.people]
    names = ", ".join(md(p.full_name) + (f" ({md(p.email)})" if p.email else "") for p in people)
    yield shelf.words(say("Held by")), names or shelf.words(say("nobody named"))
    if role.unit:
        yield shelf.words(say("Unit")), named(shelf, "unit", role.unit, here)


def _lines(shelf: Shelf, documents: list[Document], role: Role, meaning: str, here: str) -> list[str]:
    return [
        line(shelf, document, here, summary=meaning == "scope-role")
        for document in documents
        if any(value == role.name for _, value in document.values(meaning))
    ]


def _duties(shelf: Shelf, document: Document, role: Role, here: str) -> str:
    """What a document asks of a role, outside the steps of a process."""
    values, text = Values(shelf, document, here), ""
    for pointer, name in document.values("role"):
        if name != role.name or beside(document, pointer, "step"):
            continue
        responsibility = ", ".join(values.show(*row) for row in beside(document, pointer, "responsibility"))
        duties = "".join(f"    - {md(duty)}\n" for _, duty in beside(document, pointer, "duty"))
        if responsibility or duties:
            text += line(shelf, document, here, note=responsibility) + duties
    return text


def _steps(shelf: Shelf, document: Document, role: Role, here: str) -> str:
    steps: list[str] = []
    for pointer, name in document.values("role"):
        if name == role.name:
            steps += [md(step) for _, step in beside(document, pointer, "step")]
    return line(shelf, document, here) + "".join(f"    - {step}\n" for step in steps) if steps else ""
