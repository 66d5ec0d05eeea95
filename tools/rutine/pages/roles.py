"""What concerns each role: what it must do, the documents that apply to it, that it owns, and that it decides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from urllib.parse import quote

from rutine.holders import coming
from rutine.model import Document, Holder, Page, Pointer, Report, Role, Search, say
from rutine.pages._alphabet import key
from rutine.pages._areas import area_of, area_title, line, rest
from rutine.pages._holders import bracketed, collective, held, holders, lasting, people, vacant
from rutine.pages._places import role_page
from rutine.pages._shelf import BINDING, MANY, Shelf, beside, shelf_of
from rutine.pages._text import facts, h, items, join, md, paragraph, section
from rutine.pages._values import Values, named
from rutine.pages._ways import ROLES as INDEX
from rutine.pages._ways import title
from rutine.site_paths import role_calendar

ORDER = 21
FEW = 6  # documents that need no headings between them


def pages(report: Report) -> Iterator[Page]:
    """A page that lists the roles, and one for each."""
    shelf = shelf_of(report)
    roles = sorted(shelf.settings.roles.values(), key=lambda role: key(shelf.name(role), shelf.language))
    if not roles:
        return
    name = title(shelf, INDEX)
    intro = shelf.words(say("Choose your role to see what you must do, and which documents apply to you."))
    parts = [f"# {md(name)}\n", paragraph(h(intro)), *_groups(shelf, roles)]
    yield Page(INDEX, name, join(parts), menu=shelf.words(say("Overviews")))
    for role in roles:
        yield _page(shelf, role, shelf.by_role.get(role.name, []))


def _groups(shelf: Shelf, roles: list[Role]) -> Iterator[str]:
    """The roles by unit in the order of `handbook.yml`; those of no unit last."""
    units = [*shelf.settings.units, None]
    for number, unit in enumerate(units, 1):
        inside = [role for role in roles if (role.unit if role.unit in shelf.settings.units else None) == unit]
        if inside:
            name = shelf.name(shelf.settings.units[unit]) if unit else shelf.words(say("Of no unit"))
            rows = items(_line(shelf, role, shelf.by_role.get(role.name, [])) for role in inside)
            yield rows if len(units) == 1 else section(name, f"unit-{number}", rows)


def _line(shelf: Shelf, role: Role, documents: list[Document]) -> str:
    names = held(shelf, role)
    told = [names] if names else [vacant(shelf)] if _needs_holder(role, documents) else []
    if documents:
        told.append(h(shelf.words(say("{count} documents", one="{count} document", count=len(documents)))))
    small = f"<br><small>{' · '.join(told)}</small>" if told else ""
    return f"{shelf.lead(h(shelf.name(role)), INDEX, role_page(role.name))}{small}"


def _needs_holder(role: Role, documents: Iterable[Document]) -> bool:
    return not role.body and any(document.value("owner") == role.name for document in documents)


def _page(shelf: Shelf, role: Role, documents: list[Document]) -> Page:
    here, name, words = role_page(role.name), shelf.name(role), shelf.words
    binding = [document for document in documents if shelf.state(document) in BINDING]
    working = _naming(binding, role, "role")
    told = {document.path for document in working}
    applying = [d for d in _naming(binding, role, "scope-role") if d.path not in told]
    also = words(say("Other documents that apply to the role") if working else say("Documents that apply to the role"))
    lists = [
        (words(say("What the role must do")), "duties", working, partial(_work, shelf, role, here)),
        (also, "scope", applying, partial(line, shelf, here=here, summary=True)),
        (words(say("Documents that the role owns")), "owns", _naming(documents, role, "owner"), partial(line, shelf, here=here)),
        (words(say("Documents that the role decides")), "decides", _naming(documents, role, "decided-by"), partial(line, shelf, here=here)),
    ]  # fmt: skip
    parts = [
        section(head, anchor, join([_listed(shelf, rows[:MANY], show), rest(shelf, len(rows) - MANY, here)]))
        for head, anchor, rows, show in lists
        if rows
    ]
    nothing = paragraph(h(words(say("No document speaks of this role."))))
    text = join([f"# {md(name)}\n", facts(_facts(shelf, role, documents, here)), *(parts or [nothing])])
    return Page(here, name, text, search=Search(words=tuple(people(shelf, role))))


def _listed(shelf: Shelf, documents: list[Document], show: Callable[[Document], str]) -> str:
    """A list of documents; of many, by area."""
    areas: dict[str, list[str]] = {}
    for document in documents:
        areas.setdefault(area_of(shelf.page(document)), []).append(show(document))
    if len(documents) <= FEW or len(areas) == 1:
        return items(text for texts in areas.values() for text in texts)
    titles = {area: area_title(shelf, area) if area else shelf.words(say("The whole organisation")) for area in areas}
    ordered = sorted(areas, key=lambda area: (bool(area), key(titles[area], shelf.language)))
    return join(f"### {md(titles[area])}\n\n{items(areas[area])}" for area in ordered)


def _facts(shelf: Shelf, role: Role, documents: list[Document], here: str) -> Iterator[tuple[str, str]]:
    if role.body:
        yield h(shelf.words(say("Held by"))), collective(shelf)
    elif (names := "<br>".join(_holder(shelf, one) for one in holders(shelf, role))) or _needs_holder(role, documents):
        yield h(shelf.words(say("Held by"))), names or vacant(shelf)
    if later := "<br>".join(_holder(shelf, one) for one in coming(shelf.settings, role.name, shelf.today)):
        yield h(shelf.words(say("Later held by"))), later
    if role.unit:
        yield h(shelf.words(say("Unit"))), named(shelf, "unit", role.unit, here)
    if any(document.value("owner") == role.name and document.path in shelf.deadlines for document in documents):
        link = shelf.lead(h(shelf.words(say("As a calendar"))), here, role_calendar(role.name))
        yield h(shelf.words(say("Reviews"))), link


def _holder(shelf: Shelf, holder: Holder) -> str:
    """Somebody who holds a role, with the address to write to, in which time, and where that was settled."""
    person = shelf.settings.people[holder.person]
    shown = h(person.full_name)
    if person.email:
        shown += f' (<a href="mailto:{quote(person.email, safe="@")}">{h(person.email)}</a>)'
    term = lasting(shelf, holder)
    small = f"{h(term)}{bracketed(holder.reference or '')}" if term else h(holder.reference or "")
    return f"{shown}<br><small>{small}</small>" if small else shown


def _naming(documents: list[Document], role: Role, meaning: str) -> list[Document]:
    return [document for document in documents if any(value == role.name for _, value in document.values(meaning))]


def _work(shelf: Shelf, role: Role, here: str, document: Document) -> str:
    """What a document asks of a role: its responsibility, its duties, and its steps with their numbers."""
    values = Values(shelf, document, here)
    responsibilities, duties = dict[str, None](), list[str]()
    for pointer, name in document.values("role"):
        if name == role.name:
            found = beside(document, pointer, "step")
            duties += [_step(shelf, where, shelf.spoken(document, step)) for where, step in found]
            duties += [shelf.spoken(document, duty) for _, duty in beside(document, pointer, "duty")]
            responsibilities.update((values.show(*row), None) for row in beside(document, pointer, "responsibility"))
    told = f"<ul>{''.join(f'<li>{duty}</li>' for duty in duties)}</ul>" if duties else ""
    return line(shelf, document, here, note=", ".join(responsibilities)) + told


def _step(shelf: Shelf, pointer: Pointer, step: str) -> str:
    """A step (HTML) with its number, where the steps are a list."""
    index = next((part for part in reversed(pointer) if isinstance(part, int)), None)
    return step if index is None else shelf.words(say("Step {number}: {step}", number=index + 1, step=step))
