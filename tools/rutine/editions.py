"""Which version of a document is in force on a day: by the days that it gives itself, not by those of commits. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from rutine.dates import parse_date
from rutine.fingerprint import text_digest
from rutine.kinds import Kind
from rutine.model import Document, Edition, Entry, RevisionEntry, Settings, Snapshot
from rutine.revisions import as_entry, revisions

_FACTS = ("effective-from", "decided-on", "decided-by", "decision-reference", "withdrawn-on")


class State(NamedTuple):
    """A state of a document's file: where it stood, under which name Git has it, since which commit and day, and what it said."""

    path: str
    blob: str
    commit: str
    day: str
    said: Snapshot
    is_proposed: bool = False


def snapshot(entry: Entry, settings: Settings) -> Snapshot:
    """What a document says of itself, from what is known of it."""
    return _snapshot(settings.kinds.get(entry.kind or ""), entry.value, entry.revisions, entry.text)


def snapshot_of(document: Document) -> Snapshot:
    """What a document says of itself."""
    text = text_digest(document.body) if document.body else ""
    return _snapshot(document.kind, document.value, [as_entry(one) for one in revisions(document)], text)


def _snapshot(
    kind: Kind | None, value: Callable[[str], str | None], revised: Sequence[RevisionEntry], text: str
) -> Snapshot:
    newest = max(enumerate(revised), key=lambda row: (row[1].date, row[0]), default=None)
    version, day, change, summary = newest[1][:4] if newest else ("", "", "", "")
    number, status = value("id") or "", kind.status(value("status")) if kind else "in-force"
    effective, decided, by, reference, withdrawn = (value(meaning) or "" for meaning in _FACTS)
    return Snapshot(number, status, version, day, change, summary, effective, decided, by, reference, withdrawn, text)


def editions(states: Sequence[State]) -> list[Edition]:
    """The versions of a document from the states of its file, both newest first.

    A draft is a version only where nothing newer is decided: what was drafted on the way is not what anybody followed.
    """
    found: list[Edition] = []
    for _, group in groupby(states, lambda state: (state.said.status, *_identity(state.said))):
        same = list(group)
        if not found or same[0].said.status != "draft":
            found.append(_edition(same, found))
    return found


def _identity(said: Snapshot) -> tuple[str, ...]:
    """What tells a version from another: its number; without numbers, the day of its revision or decision."""
    return (said.version,) if said.version else (said.day, said.decided, said.effective)


def _edition(same: Sequence[State], newer: Sequence[Edition]) -> Edition:
    last, first = same[0], same[-1]
    known = [state for state in reversed(same) if state.blob]  # what is not committed may yet become a version
    texts = [text for text, _ in groupby(known, lambda state: state.said.text)]
    start = _start(last.said) or first.day
    end = newer[-1].start if newer else ""
    return Edition(
        last.said, start, end, last.path, last.blob, last.commit, first.day,
        all(state.is_proposed for state in same), max(len(texts) - 1, 0),
    )  # fmt: skip


def _start(said: Snapshot) -> str:
    """The day from which a version is in force: that which it gives, and never before it was decided and revised."""
    if said.status == "draft":
        return ""
    if said.status == "withdrawn":
        return said.withdrawn if parse_date(said.withdrawn) else ""
    return max((day for day in (said.effective, said.decided, said.day) if parse_date(day)), default="")


def in_force(found: Sequence[Edition], day: date) -> Edition | None:
    """The version in force on a day, or withdrawn by then; None before the first."""
    return next(
        (edition for edition in found if edition.start <= day.isoformat() and edition.said.status != "draft"), None
    )


def coming(found: Sequence[Edition], day: date) -> list[Edition]:
    """The versions that are decided and come into force later, the next one first."""
    later = [one for one in found if one.start > day.isoformat() and one.said.status == "in-force"]
    return sorted(later, key=lambda edition: edition.start)


def find(found: Sequence[Edition], name: str) -> Edition | None:
    """The version that somebody names: by its number, or by a day on which it was in force."""
    wanted = name.strip().lower().removeprefix("v")
    named = next((edition for edition in found if edition.name == wanted), None)
    if named is None and (day := parse_date(wanted)):
        return in_force(found, day)
    return named
