"""Who is responsible for what: for each area a table of its documents and the roles that they name (RACI)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rutine.grounds import beside
from rutine.i18n import choose
from rutine.model import Document, Page, Report, say
from rutine.pages._areas import area_of, area_title, areas
from rutine.pages._places import matrix_page, role_page
from rutine.pages._shelf import BINDING, Shelf, shelf_of
from rutine.pages._text import h, items, join, md, paragraph, region, section
from rutine.pages._ways import RESPONSIBILITIES as INDEX
from rutine.pages._ways import title

ORDER = 22
_KNOWN = ("responsible", "accountable", "consulted", "informed")  # those that the style sheet knows


class Share(NamedTuple):
    """What a document says that a role is to it: as written, and what that is called."""

    value: str
    name: str


Row = dict[str, list[Share]]  # by role


def pages(report: Report) -> Iterator[Page]:
    """A page that lists the areas, and one for each; none if no document tells who is responsible."""
    shelf = shelf_of(report)
    found = {document.path: row for document in shelf.documents if (row := _row(shelf, document))}
    by_area: dict[str, list[Document]] = {}
    for document in shelf.documents:
        if document.path in found:
            by_area.setdefault(area_of(shelf.page(document)), []).append(document)
    if not by_area:
        return
    name, menu = title(shelf, INDEX), shelf.words(say("Overviews"))
    letters = letters_of(_shares(found.values()))
    intro = shelf.words(
        say(
            "Who does the work, who answers for it, who is asked and who is told, document by document. Drafts, and documents that do not tell who is responsible, are not counted here."
        )
    )
    rows = [_line(shelf, area, told, by_area[area], found) for area, told in areas(shelf) if area in by_area]
    parts = [f"# {md(name)}\n", paragraph(h(intro)), items(rows) if rows else ""]
    if "" in by_area:
        matrix = _matrix(shelf, by_area[""], found, letters, INDEX, shelf.words(say("The whole organisation")))
        parts.append(section(shelf.words(say("The whole organisation")), "top", join([_legend(letters), matrix])))
    yield Page(INDEX, name, join(parts), menu=menu, search=None)
    for area in sorted(by_area.keys() - {""}):
        here, heading = matrix_page(area), shelf.words(say("Responsibilities: {area}", area=area_title(shelf, area)))
        matrix = _matrix(shelf, by_area[area], found, letters, here, heading)
        yield Page(here, heading, join([f"# {md(heading)}\n", _legend(letters), matrix]), search=None)


def _row(shelf: Shelf, document: Document) -> Row:
    """The roles of a document that is in force, or soon will be, each with what it is to the document."""
    row: Row = {}
    for pointer, role in document.values("role") if shelf.state(document) in BINDING else ():
        for where, value in beside(document, pointer, "responsibility"):
            labels = shelf.field(document, where).get("x-labels", {})
            share = Share(value, choose(labels.get(value, {"": value}), shelf.language))
            shares = row.setdefault(role, [])
            if share not in shares:
                shares.append(share)
    return row


def _shares(rows: Iterable[Row]) -> list[Share]:
    """Every sort of responsibility that the documents speak of, the usual ones first."""
    used = dict.fromkeys(share for row in rows for shares in row.values() for share in shares)
    return sorted(used, key=lambda share: (*_KNOWN, share.value).index(share.value))


def letters_of(shares: Iterable[Share]) -> dict[Share, str]:
    """A letter for each: its first, or where two would have the same, that of a later word, or a later letter."""
    names = {share: share.name.upper() for share in shares}
    firsts = [name[:1] for name in names.values()]
    taken = {first for first in firsts if firsts.count(first) == 1}
    found: dict[Share, str] = {}
    for share, name in names.items():
        later = [word[:1] for word in name.split()[1:]] + [char for char in name[1:] if char.isalpha()]
        free = (char for char in later if char not in taken)
        found[share] = name[:1] if firsts.count(name[:1]) == 1 else next(free, name)
        taken.add(found[share])
    return found


def _line(shelf: Shelf, area: str, name: str, documents: list[Document], found: dict[str, Row]) -> str:
    roles = {role for document in documents for role in found[document.path]}
    told = shelf.words(say("{count} documents", one="{count} document", count=len(documents)))
    more = shelf.words(say("{count} roles", one="{count} role", count=len(roles)))
    return f"{shelf.lead(h(name), INDEX, matrix_page(area))}<br><small>{h(told)} · {h(more)}</small>"


def _legend(letters: dict[Share, str]) -> str:
    return items((f"{_mark(share, letter)} {h(share.name)}" for share, letter in letters.items()), "legend")


def _mark(share: Share, letter: str) -> str:
    kind = f" rutine-raci--{share.value}" if share.value in _KNOWN else ""
    return f'<span class="rutine-raci{kind}" aria-hidden="true">{h(letter)}</span>'


def _matrix(
    shelf: Shelf, documents: list[Document], found: dict[str, Row], letters: dict[Share, str], here: str, name: str
) -> str:
    used = {role for document in documents for role in found[document.path]}
    roles = [*(role for role in shelf.settings.roles if role in used), *sorted(used - shelf.settings.roles.keys())]
    heads = "".join(f'<th scope="col"><span>{_role(shelf, role, here)}</span></th>' for role in roles)
    document_head = h(shelf.words(say("Document")))
    lines = [
        '<table class="rutine-grid rutine-matrix">',
        f'<thead><tr><th scope="col">{document_head}</th>{heads}</tr></thead>',
        "<tbody>",
    ]
    for document in documents:
        cells = "".join(f"<td>{_cell(found[document.path].get(role, ()), letters)}</td>" for role in roles)
        lines.append(f'<tr><th scope="row">{_document(shelf, document, found[document.path], here)}</th>{cells}</tr>')
    return region(name, [*lines, "</tbody>", "</table>"])


def _role(shelf: Shelf, role: str, here: str) -> str:
    known = shelf.settings.roles.get(role)
    return shelf.lead(h(shelf.name(known)), here, role_page(role)) if known else h(role)


def _document(shelf: Shelf, document: Document, row: Row, here: str) -> str:
    """A document, and what is wrong with how it shares responsibility out: exactly one role answers for it."""
    answering = sum(share.value == "accountable" for shares in row.values() for share in shares)
    field = next((shelf.field(document, pointer) for pointer, _ in document.values("responsibility")), {})
    told = ""
    if "accountable" in field.get("enum", ()) and answering != 1:
        word = say("Nobody answers for it") if answering == 0 else say("Several answer for it")
        told = f'<br><span class="rutine-chip rutine-chip--warning">{h(shelf.words(word))}</span>'
    number = f"<br><small>{h(document.value('id') or '')}</small>" if document.value("id") else ""
    return f"{shelf.link(document, here)}{number}{told}"


def _cell(shares: Iterable[Share], letters: dict[Share, str]) -> str:
    """The letters, and for those who do not see them the words."""
    return " ".join(
        f'{_mark(share, letters[share])}<span class="rutine-unseen">{h(share.name)}</span>' for share in shares
    )
