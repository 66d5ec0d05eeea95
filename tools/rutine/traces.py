"""What the rules need to know of a document's past, from the contents that its file had. Pure.

The text of a version is what stood on the main line when its revision entry came there and the document was in force.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise, takewhile
from typing import NamedTuple

from rutine.fingerprint import fingerprint, plain, text_digest
from rutine.model import Document, Entry, Moment, RevisionEntry, Rewrite, Settings, Trace
from rutine.revisions import as_entry, revisions

_FIELDS = ("date", "change", "summary")
_DATES = ("decided-on", "reviewed-on")  # from which the next review counts
Parse = Callable[[str, bytes], Document]


class Stood(NamedTuple):
    """What a document's file held on the main line, from that moment on, and the people who wrote it: names and e-mails."""

    moment: Moment
    path: str
    blob: str
    content: bytes
    wrote: tuple[tuple[str, str], ...] = ()


class Asked(NamedTuple):
    """What is wanted beside what every trace tells: who wrote the newest version, and what stood `since` a day on."""

    who: bool = False
    since: str | None = None


class _State:
    """What a file held, taken apart only as far as is asked."""

    def __init__(self, stood: Stood, parse: Parse, fields: re.Pattern[bytes], known: Entry | None = None) -> None:
        self.moment, self.path, self.blob, self.content, self.wrote = stood
        self._parse, self._fields = parse, fields
        if known:  # the file at hand holds the same
            self.entries = {name_of(entry): entry for entry in known.revisions}

    @cached_property
    def _end(self) -> int:
        """Where the front matter ends."""
        return max(self.content.find(b"\n---", 3), 0)

    @property
    def body(self) -> bytes:
        """The text with the line that ends the front matter."""
        return self.content[self._end :]

    @cached_property
    def history(self) -> bytes:
        """The revision history as it is written."""
        found = self._fields.search(self.content, 0, self._end)
        return found[0] if found else b""

    @cached_property
    def document(self) -> Document:
        """The whole."""
        return self._parse(self.path, self.content)

    @cached_property
    def entries(self) -> dict[str, RevisionEntry]:
        """The revision entries by version, or by date where they bear none."""
        return {name_of(entry): entry for entry in map(as_entry, revisions(self.document))}

    @property
    def newest(self) -> str:
        """The name of the newest revision entry."""
        return newest(list(self.entries.values()))

    @property
    def was_in_force(self) -> bool:
        """Whether the document was no draft."""
        kind = self.document.kind
        return kind is not None and kind.status(self.document.value("status")) != "draft"

    @cached_property
    def text(self) -> str:
        """Tells the text from every other."""
        return text_digest(self.document.body)


def history_fields(settings: Settings) -> re.Pattern[bytes]:
    """Finds the revision history in a front matter, as it is written."""
    names = {kind.name_of("revision").split(".")[0] for kind in settings.kinds.values() if kind.means("revision")}
    named = "|".join(re.escape(name) for name in sorted(names)) or "(?!)"
    return re.compile(rf"^(?:{named})[ \t]*:[^\n]*(?:\n[ \t#-][^\n]*|\n(?=\n))*".encode(), re.MULTILINE)


def name_of(entry: RevisionEntry) -> str:
    """What tells a revision entry from the others of its document."""
    return entry.version or entry.date


def newest(entries: Sequence[RevisionEntry]) -> str:
    """The name of the newest entry: by its date, and of one day's the last that is written; empty without any."""
    found = max(enumerate(entries), key=lambda row: (row[1].date, row[0]), default=None)
    return name_of(found[1]) if found else ""


def trace(
    entry: Entry, at_hand: Stood | None, past: Sequence[Stood], parse: Parse, fields: re.Pattern[bytes], asked: Asked
) -> Trace:
    """What became of a document whose file held this `past`, newest first, on the main line.

    `at_hand` is what the file holds now where that is something else than the newest of these.
    """
    states = [_State(stood, parse, fields, entry if stood.blob == entry.blob else None) for stood in past]
    latest = newest(entry.revisions)
    same = _segment(latest, states) if latest else []
    now = _State(at_hand, parse, fields, entry) if at_hand else states[0]
    changed, uncommitted = _changed(now, same)
    return Trace(
        past[-1].moment,
        same[-1].moment if same else None,
        changed,
        uncommitted,
        tuple(_rewritten(entry, states)),
        tuple(_moved(entry, now, states)),
        tuple(_fingerprints(states, asked.since)) if asked.since is not None else (),
        _wrote(states, len(same)) if same and asked.who else (),
    )


def untouched(entry: Entry, stood: Stood, asked: Asked) -> Trace:
    """The same of a document whose file has held on the main line what it holds now, and nothing else."""
    recorded = stood.moment if newest(entry.revisions) else None
    return Trace(stood.moment, recorded, wrote=tuple(dict.fromkeys(stood.wrote)) if recorded and asked.who else ())


def _segment(latest: str, states: Sequence[_State]) -> list[_State]:
    """The newest states that held the entry which is the newest now."""
    found: list[_State] = []
    for index, state in enumerate(states):
        if index and state.history == states[index - 1].history:
            found.append(state)  # which needs no reading
            continue
        if not _may_hold(state.history, latest) or state.newest != latest:
            break
        found.append(state)
    return found


def _may_hold(history: bytes, name: str) -> bool:
    return name.encode() in history or b"\\" in history


def _changed(now: _State, same: Sequence[_State]) -> tuple[Moment | None, bool]:
    """When the text first differed from what it was when its revision entry came, and whether that is not committed."""
    if not same or all(state.body == same[-1].body for state in (now, *same)):
        return None, False
    first = next((index for index in range(len(same) - 1, -1, -1) if same[index].was_in_force), None)
    if first is None or same[first].text == now.text:
        return None, False
    other = next((same[index] for index in range(first - 1, -1, -1) if same[index].text != same[first].text), None)
    return (other.moment, False) if other else (None, True)


def _rewritten(entry: Entry, states: Sequence[_State]) -> Iterator[Rewrite]:
    """What past entries said that they do not say now, each told once, where it last said so."""
    now = {name_of(one): one for one in entry.revisions}
    told: set[tuple[str, str]] = set()
    for index, state in enumerate(states):
        if index == 0 and state.entries == now or index and _only_grew(state.history, states[index - 1].history):
            continue
        if not state.was_in_force:
            continue
        until = states[index - 1].moment if index else Moment("", "", "")
        for name, before in state.entries.items():
            after = now.get(name)
            for field in _FIELDS if after else ("",):
                was, is_ = (getattr(before, field), getattr(after, field)) if field else (before.summary, "")
                if (name, field) not in told and (not field or plain(was) != plain(is_)):
                    told.add((name, field))
                    yield Rewrite(name, field, was, is_, until)


def _only_grew(before: bytes, after: bytes) -> bool:
    """Whether the revision history, as it is written, lost nothing: lines were only put before or after what there was."""
    if before == after:
        return True
    head, _, old = before.partition(b"\n")
    new_head, _, new = after.partition(b"\n")
    grew = (new + b"\n").startswith(old + b"\n") or (b"\n" + new).endswith(b"\n" + old)
    return head == new_head and bool(old) and grew


def _moved(entry: Entry, now: _State, states: Sequence[_State]) -> Iterator[tuple[str, str, Moment]]:
    """The dates that were set later while the text and the revisions stayed as they were."""
    same: list[_State] = []
    for state in states:
        if same and state.content == same[-1].content:
            continue
        if not _says_the_same(state, same[-1] if same else now):
            break
        same.append(state)
    if len(same) == 1 and same[0].blob == entry.blob:
        return
    for meaning in _DATES if same else ():
        value, before = entry.value(meaning), [state.document.value(meaning) for state in same[1:] or same]
        if value and (first := before[-1]) and first < value:
            since = [state.moment for state in same if state.document.value(meaning) == value]
            yield meaning, first, since[-1] if since else Moment("", "", "")


def _says_the_same(state: _State, newer: _State) -> bool:
    return state.history == newer.history and (state.body == newer.body or state.text == newer.text)


def _fingerprints(states: Sequence[_State], since: str) -> Iterator[tuple[str, str]]:
    """The numbers of what stood on a day and after it, newest first."""
    for newer, state in pairwise([None, *states]):
        if state is None or (newer is not None and newer.blob == state.blob):
            continue
        yield fingerprint(state.document), state.moment.day
        if state.moment.day < since:
            return


def _wrote(states: Sequence[_State], first: int) -> tuple[tuple[str, str], ...]:
    """Who wrote the newest version: when its entry came, and while it was a draft before that."""
    drafts = takewhile(lambda state: not state.was_in_force, states[first:])
    return tuple(dict.fromkeys(who for state in (states[first - 1], *drafts) for who in state.wrote))
