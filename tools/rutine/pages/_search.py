"""What search knows of a document beside its text: its number, its keywords, and what it can be picked out by."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.dates import parse_date
from rutine.grounds import citations
from rutine.model import Document, Search
from rutine.pages._shelf import Shelf
from rutine.pages._text import capital
from rutine.pages._values import act_title


def search_of(shelf: Shelf, document: Document) -> Search:
    """How search finds a document. A unit's documents are also those that apply to a unit above it."""
    settings = shelf.settings
    units = {name: shelf.name(unit) for name, unit in settings.units.items()}
    roles = {name: shelf.name(role) for name, role in settings.roles.items()}
    scope = dict.fromkeys(value for _, value in document.values("scope-unit"))
    below = {name for unit in scope for name in shelf.below.get(unit, ())}
    facets = {
        "kind": [document.kind.title(shelf.language)] if document.kind else [],
        "status": [shelf.state_word(document)],
        "unit": [units[name] for name in units if name in below],
        "role": [
            roles.get(value, value) for meaning in ("scope-role", "role") for _, value in document.values(meaning)
        ],
        "owner": [roles.get(value, value) for _, value in document.values("owner")],
        "regulation": [capital(act_title(shelf, value)) for _, value in document.values("regulation")],
    }
    days = [
        value
        for meaning in ("decided-on", "revision-date")
        for _, value in document.values(meaning)
        if parse_date(value)
    ]
    return Search(
        document.value("id") or "",
        ", ".join(units.get(value, value) for value in scope),
        tuple(value for _, value in document.values("keyword")),
        {name: tuple(dict.fromkeys(values)) for name, values in facets.items() if values},
        shelf.state(document),
        max(days, default=""),
        document.value("decision-reference") or "",
        tuple(_places(shelf, document)),
    )


def _places(shelf: Shelf, document: Document) -> Iterator[str]:
    """The places in regulations that it rests on, as people write them: `forvaltningsloven § 29`."""
    for found in citations(document):
        title = act_title(shelf, found.identifier)
        yield from (f"{title} {place}".strip() for place in found.places or [""])
