"""Which documents must be looked at again because what they rest on has changed, and why.

A change to an act makes those documents suspect that cite the act at that place (see `act_places`), until each is
reviewed or decided on the day of the change or later, or a review names the state of the act on that day or later.
A version of a document that changed what people do makes those suspect that name the document under rests-on or in a
step, until each is reviewed or decided on its day or later. Where the newest review tells the fingerprint of that
document, it is compared with the present one instead. Who rests on a suspect document is not suspect for that alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from rutine.act_places import touches
from rutine.dates import parse_date
from rutine.grounds import CITED, READ, SEEN, Pair, pairs
from rutine.model import ActChange, Entry, Fact, Handbook
from rutine.review_basis import Ground, review_grounds

_NAMED = ("rests-on", "step-document")


class Suspicion(NamedTuple):
    """Why a document must be looked at again: the act or the document that has changed, and where this one names it.

    `places` are the places in the act that this document cites and the change touches (none: the act as such), `day` is
    the first day of the change (None: only the text is known to differ), `since` the day on which somebody last stood
    by this document (None: unknown), and `note` what the change is about, or the version of the other document.
    """

    what: Literal["act", "document"]
    name: str
    places: tuple[str, ...]
    day: date | None
    since: date | None
    note: str
    line: int
    column: int


@lru_cache(maxsize=2)
def suspects(handbook: Handbook, today: date) -> Mapping[str, tuple[Suspicion, ...]]:
    """By path: the documents in force that are suspect on that day, each with every reason."""
    look, wanted = _Look(handbook, today), [*_NAMED, *([CITED] if handbook.settings.regulation_changes else [])]
    found: dict[str, tuple[Suspicion, ...]] = {}
    for path, ground in review_grounds(handbook, today).items():
        if ground.entry.facts.tell(wanted) and (reasons := tuple(look.at(ground))):
            found[path] = reasons
    return found


def newest_change(entry: Entry, today: date) -> tuple[date, str] | None:
    """The day and the version of a document's newest version up to a day that changed what people do; None without any.

    A document that tells no versions has that of its decision.
    """
    newest: tuple[date, str] | None = None
    for revision in entry.revisions:
        day = parse_date(revision.date) if revision.change != "minor" else None
        if day and day <= today and (newest is None or newest[0] <= day):
            newest = (day, revision.version)
    if entry.revisions:
        return newest
    decided = parse_date(entry.value("decided-on"))
    return (decided, "") if decided and decided <= today else None


class _Change(NamedTuple):
    """The newest change of a document that others may rest on: its day, the version, and the path."""

    day: date
    version: str
    path: str


class _Look:
    """Looks at each document; what others rest on is looked up once."""

    def __init__(self, handbook: Handbook, today: date) -> None:
        self._handbook, self._today = handbook, today
        self._grounds = review_grounds(handbook, today)
        self._changes = handbook.settings.regulation_changes
        self._known: dict[str, _Change | None] = {}

    def at(self, ground: Ground) -> Iterator[Suspicion]:
        """Every reason for which this document is suspect."""
        facts = ground.entry.facts
        if ground.since is None and (own := newest_change(ground.entry, self._today)):
            ground = ground._replace(since=own[0])  # nobody has decided or reviewed it, but somebody has written it
        if self._changes:
            yield from self._by_acts(ground)
        told = {ground.entry.path}
        for meaning in _NAMED:
            for index, name in enumerate(facts.texts(meaning)):
                change = self._change_of(name.lower())
                if change and change.path not in told and self._is_behind(ground, name, change):
                    told.add(change.path)
                    yield self._by_document(ground, ground.entry.facts[meaning][index], change)

    def _by_acts(self, ground: Ground) -> Iterator[Suspicion]:
        cited: dict[str, list[Pair]] = {}
        for pair in pairs(ground.entry, CITED):
            cited.setdefault(pair.first, []).append(pair)
        for act, places in cited.items():
            for change in self._changes.get(act, ()):
                day = parse_date(change.since)
                if day and day <= self._today and not _is_seen(ground, act, day) and (hit := _touched(change, places)):
                    named = tuple(pair.second for pair in hit if pair.second) if change.at else ()
                    yield Suspicion("act", act, named, day, ground.since, change.note, hit[0].line, hit[0].column)

    def _by_document(self, ground: Ground, fact: Fact, change: _Change) -> Suspicion:
        is_later = ground.since is not None and ground.since < change.day
        day, version = (change.day, change.version) if is_later else (None, "")
        return Suspicion("document", fact.value, (), day, ground.since, version, fact.line, fact.column)

    def _is_behind(self, ground: Ground, name: str, change: _Change) -> bool:
        """Whether another document has changed since somebody stood by this one."""
        is_as_seen = self._is_as_seen(ground, name.lower(), change.path) if ground.records.reviews else None
        if is_as_seen is not None:
            return not is_as_seen
        return ground.since is not None and ground.since < change.day

    def _is_as_seen(self, ground: Ground, name: str, path: str) -> bool | None:
        """Whether another document reads as the newest review tells; None where nobody can tell, or a decision came later."""
        trace = self._handbook.past.traces.get(path) if self._handbook.past else None
        if trace is None or not trace.fingerprints:
            return None
        told = {
            (review.day, pair.second)
            for review in ground.records.reviews
            for pair in pairs(review.entry, SEEN)
            if pair.first.lower() == name
        }
        newest = max((day for day, _ in told), default=None)
        if newest is None:
            return None
        is_same = (newest, trace.fingerprints[0][0]) in told
        return True if is_same else False if newest == ground.since else None

    def _change_of(self, name: str) -> _Change | None:
        """The newest change of the document with this id; None where it is not in force."""
        if name not in self._known:
            entry = self._handbook.entry_of(name)
            found = newest_change(entry, self._today) if entry and self._applies(entry) else None
            self._known[name] = _Change(*found, entry.path) if found and entry else None
        return self._known[name]

    def _applies(self, entry: Entry) -> bool:
        start = parse_date(entry.value("effective-from"))
        return entry.path in self._grounds and (start is None or start <= self._today)


def _is_seen(ground: Ground, act: str, day: date) -> bool:
    """Whether somebody has looked at the document since an act changed, or with the act as it read from that day on."""
    if ground.since and ground.since >= day:
        return True
    read = (pair for review in ground.records.reviews for pair in pairs(review.entry, READ) if pair.first == act)
    return any((state := parse_date(pair.second)) is not None and state >= day for pair in read)


def _touched(change: ActChange, places: list[Pair]) -> list[Pair]:
    """The citations that a change touches."""
    if not change.at:
        return places
    return [pair for pair in places if not pair.second or any(touches(at, pair.second) for at in change.at)]
