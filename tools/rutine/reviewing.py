"""What a review of a document rests on: when it was last reviewed, and what there is to look at since. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

from rutine import regulations as acts
from rutine.evidence import covers, day_of, is_current, of_act, records_about
from rutine.model import Document, Entry, Handbook, RevisionEntry


class Act(NamedTuple):
    """A regulation that a document cites: its identifier, its title, and the day as of which it was last checked (ISO)."""

    ref: str
    title: str | None
    state: str | None


class Basis(NamedTuple):
    """What a reviewer looks at.

    `last` is the newest review that counts, and `is_same` whether the document says the same now (None: nobody can
    tell). `revisions`, oldest first, and `records` are those of later days; `rests_on` the documents that it rests on.
    """

    last: Entry | None
    is_same: bool | None
    revisions: tuple[RevisionEntry, ...]
    records: tuple[Entry, ...]
    acts: tuple[Act, ...]
    rests_on: tuple[Entry, ...]


def basis_of(handbook: Handbook, document: Document, day: date) -> Basis:
    """What a review of that day rests on."""
    entry, written = handbook.entries[document.path], day.isoformat()
    records = records_about(handbook).get(document.path, [])
    reviews = (one for one in of_act(records, "reviewed-on", day) if covers(handbook, entry, one) is not False)
    last = next(reviews, None)
    since = day_of(last) if last else entry.value("decided-on") or ""
    revised = sorted((one for one in entry.revisions if since < one.date <= written), key=lambda one: one.date)
    later = [one for one in records if one is not last and (day_of(last) if last else "") < day_of(one) <= written]
    cited = dict.fromkeys(ref for _, ref in document.values("regulation"))
    found = (handbook.entry_of(identifier) for _, identifier in document.values("rests-on"))
    return Basis(
        last, is_current(handbook, entry, last) if last else None, tuple(revised), tuple(reversed(later)),
        tuple(_act(handbook, ref) for ref in cited), tuple(other for other in found if other),
    )  # fmt: skip


def _act(handbook: Handbook, ref: str) -> Act:
    settings = handbook.settings
    title = settings.regulations.get(ref) or acts.title(ref, settings.language)
    states: Mapping[str, str] = getattr(settings, "regulation_states", {})
    return Act(ref, title, states.get(ref))


def rested(basis: Basis, fingerprints: Mapping[str, str]) -> dict[str, Any]:
    """What a record of the review says that it rests on, with the fingerprints of the documents by their paths."""
    documents = [
        {"document": other.value("id"), "fingerprint": fingerprints.get(other.path)} for other in basis.rests_on
    ]
    return {
        "regulations": [{"ref": act.ref, "state": act.state} for act in basis.acts],
        "documents": documents,
        "records": [record.path for record in basis.records],
    }
