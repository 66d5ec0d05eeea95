"""What the front page leads to: areas, what was decided lately, what is soon due, and what is whose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from rutine.model import Message, say
from rutine.pages._areas import area_of, areas, by_kind, line, others
from rutine.pages._decisions import decisions
from rutine.pages._places import role_page
from rutine.pages._shelf import Shelf
from rutine.pages._text import block, h, items, join, section
from rutine.pages._why import due_word

_MANY = 5  # entries of a list on the front page
_ROLES = 9
_CHOICES = (
    (say("All roles"), "register/roles/index.md"),
    (say("All units"), "register/units/index.md"),
    (say("Regulations, and what rests on them"), "register/regulations/index.md"),
    (say("What is due for review"), "register/reviews.md"),
)


def ways_in(shelf: Shelf, here: str, own: str = "") -> str:
    """The parts of the front page below its introduction; `own` is the rest of what the handbook itself says there."""
    inside = [d for d in shelf.documents if "/" not in shelf.page(d) and shelf.page(d) != here]
    plain = [d for d in shelf.plain if "/" not in shelf.page(d) and not shelf.is_front(d)]
    news = [*_decided(shelf, here), *_due(shelf, here)]
    return join(
        [
            _areas(shelf, here),
            own,
            *by_kind(shelf, inside, here),
            others(shelf, plain, here),
            block("columns", news) if news else "",
            _roles(shelf, here),
            _choices(shelf, here),
        ]
    )


def _areas(shelf: Shelf, here: str) -> str:
    rows = areas(shelf)
    counts = {area: 0 for area, _ in rows}
    for document in shelf.documents:
        area = area_of(shelf.page(document))
        if area in counts and shelf.state(document) != "withdrawn":
            counts[area] += 1
    cards = []
    for area, title in rows:
        told = shelf.words(say("{count} documents", one="{count} document", count=counts[area]))
        cards.append(f"{shelf.lead(h(title), here, f'{area}/index.md')}<br><small>{told}</small>")
    return section(shelf.words(say("Areas")), "areas", items(cards, "cards")) if cards else ""


def _decided(shelf: Shelf, here: str) -> Iterator[str]:
    newest = islice((one for one in decisions(shelf, date.min) if not one.is_withdrawal), _MANY)
    rows = [line(shelf, one.document, here, note=h(shelf.words.day(one.day))) for one in newest]
    if rows:
        more = shelf.lead(h(shelf.words(say("All decisions"))), here, "register/changes.md")
        yield _column(shelf, say("Recently decided"), "decided", rows, more)


def _due(shelf: Shelf, here: str) -> Iterator[str]:
    published = {document.path for document in shelf.documents}
    found = (row for row in shelf.deadlines.values() if row.state != "later" and row.path in published)
    due = sorted(found, key=lambda row: (row.due, row.path))
    rows, overdue = [], sum(row.state == "overdue" for row in due)
    for row in due[:_MANY]:
        note = h(shelf.words.day(row.due))
        rows.append(line(shelf, shelf.by_path[row.path], here, note=note, mark=due_word(shelf, row)))
    if rows:
        more = shelf.lead(h(shelf.words(say("Review calendar"))), here, "register/reviews.md")
        if overdue:
            late = shelf.words(say("{count} overdue", count=overdue))
            more = f"{shelf.lead(h(late), here, 'register/reviews.md', 'rutine-overdue')} · {more}"
        yield _column(shelf, say("Due for review"), "due", rows, more)


def _column(shelf: Shelf, title: Message, anchor: str, rows: Iterable[str], more: str) -> str:
    head = f'<h2 id="rutine-{anchor}">{h(shelf.words(title))}</h2>'
    entries = "".join(f"<li>{row}</li>" for row in rows)
    listed = f'<div class="rutine-list"><ul>{entries}</ul></div>'
    return f'<section aria-labelledby="rutine-{anchor}">{head}{listed}<p class="rutine-more">{more}</p></section>'


def _roles(shelf: Shelf, here: str) -> str:
    """The roles that most documents speak of."""
    counts = {name: len(shelf.by_role.get(name, ())) for name in shelf.settings.roles}
    most = sorted((name for name in counts if counts[name]), key=lambda name: -counts[name])[:_ROLES]
    rows = (
        f"{shelf.lead(h(shelf.name(shelf.settings.roles[name])), here, role_page(name))} <small>{counts[name]}</small>"
        for name in most
    )
    return section(shelf.words(say("Your role")), "roles", items(rows, "pills")) if most else ""


def _choices(shelf: Shelf, here: str) -> str:
    has = {
        "register/roles/index.md": bool(shelf.settings.roles),
        "register/units/index.md": bool(shelf.settings.units),
        "register/regulations/index.md": any(document.value("regulation") for document in shelf.documents),
        "register/reviews.md": bool(shelf.deadlines),
    }
    choices = [shelf.lead(h(shelf.words(text)), here, page) for text, page in _CHOICES if has[page]]
    return section(shelf.words(say("Find your way")), "find", items(choices, "choices")) if choices else ""
