"""From Git: what the rules need to know of each document's past. What has not changed is remembered and not asked again."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import takewhile, tee
from pathlib import Path
from typing import Any, NamedTuple

from rutine.contents import Contents
from rutine.evidence import LAST_DAY, day_of, documents_of
from rutine.fingerprint import fingerprint
from rutine.git_files import git_folders, git_state
from rutine.grounds import SEEN, pairs
from rutine.history import read_history
from rutine.memory import recall, remember
from rutine.model import Entry, Handbook, Moment, Past, Rewrite, Settings, Trace, Version
from rutine.parallel import spread
from rutine.read import SIZE_OF_HEAD, claimed_id, file_at, parse_document, read_bytes, read_document
from rutine.survey import FEW, key_of
from rutine.traces import Asked, Stood, history_fields, trace, untouched

Frozen = tuple[Any, ...]
NOT_YET = Moment("", "", "")  # only in the file at hand


_NEVER = Moment("", "", "")
_PROCESSES = 2  # that ask Git for contents at the same time


class Traces(Mapping[str, Trace]):
    """Traces by path, from the plain tuples that are remembered between runs."""

    def __init__(self, frozen: Mapping[str, Frozen]) -> None:
        self._frozen = frozen
        self._thawed: dict[str, Trace] = {}

    def __getitem__(self, path: str) -> Trace:
        found = self._thawed.get(path)
        if found is None:
            found = self._thawed[path] = _thaw(self._frozen[path][-1])
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._frozen)

    def __len__(self) -> int:
        return len(self._frozen)


def read_past(root: Path, handbook: Handbook) -> Past:
    """What Git tells of the documents and records of a handbook. A history that is not whole tells nothing but why."""
    folders = git_folders(root)
    state = git_state(*folders) if folders else b""
    since, entries = _since(handbook), handbook.entries
    key = key_of(root)
    remembered: tuple[bytes, dict[str, Frozen], dict[str, Frozen]] = recall(root, "past", key) or (b"", {}, {})
    known, traces, records = remembered
    wanted = {path: (entry.blob, since.get(path)) for path, entry in entries.items() if entry.text}
    is_same = all(path in traces and traces[path][0] == made for path, made in wanted.items())
    if (
        state
        and known == state
        and is_same
        and all(entries[path].blob == records[path][0] for path in records.keys() & entries)
    ):
        return _past(
            {path: traces[path] for path in wanted}, {path: records[path] for path in records.keys() & entries}
        )
    with read_history(root, handbook.settings, entries) as found:
        if found.untold or found.contents is None:
            return Past(untold=found.untold, is_versioned=folders is not None)
        begins = handbook.settings.evidence_from
        versions = {path: _judged(found.decided(path), begins) for path in entries}
        ages = {path: _digest([(version.commit.name, version.blob) for version in versions[path]]) for path in wanted}
        stale = [path for path, made in wanted.items() if traces.get(path, ())[:2] != (made, ages[path])]
        work = partial(_fresh, _Work(root, handbook, found.contents, os.getpid(), versions, since))
        fresh = dict(spread(work, stale, FEW, most=_PROCESSES))
        traces = {path: (wanted[path], ages[path], fresh[path]) if path in fresh else traces[path] for path in wanted}
        kept = {path: versions[path] for path, entry in entries.items() if not entry.text and versions[path]}
        records = {path: _told(root, entries[path], found.contents, held) for path, held in kept.items()}
    remember(root, "past", key, (state, traces, records))
    return _past(traces, records)


def _past(traces: Mapping[str, Frozen], records: Mapping[str, Frozen]) -> Past:
    moments = {path: (Moment(*one), _thaw_moment(two)) for path, (_, one, two) in records.items()}
    return Past(Traces(traces), moments)


def _judged(versions: list[Version], begins: str) -> list[Version]:
    """The versions from a day on, with the one that stood then."""
    before = (index for index, version in enumerate(versions) if version.commit.committer.day.isoformat() < begins)
    first = next(before, None) if begins else None
    return versions if first is None else versions[: first + 1]


def _since(handbook: Handbook) -> dict[str, str]:
    """The day of the oldest record that gives a fingerprint for a document, by the document's path."""
    found: dict[str, str] = {}
    for entry in handbook.entries.values():
        named = [*documents_of(handbook, entry)] if entry.facts.first("fingerprint") else []
        seen = (handbook.entry_of(pair.first) for pair in pairs(entry, SEEN))
        for document in (*named, *filter(None, seen)):
            found[document.path] = min(found.get(document.path, LAST_DAY), day_of(entry) or LAST_DAY)
    return found


class _Work(NamedTuple):
    """What it takes to trace documents: the door to what Git has, which only the process that opened it can use, the
    versions of each by its path, and from which day on their fingerprints are wanted.
    """

    root: Path
    handbook: Handbook
    contents: Contents
    process: int
    versions: Mapping[str, Sequence[Version]]
    since: Mapping[str, str]


def _fresh(work: _Work, paths: Iterable[str]) -> Iterator[tuple[str, Frozen]]:
    if os.getpid() == work.process:
        yield from _traced(work, work.contents, paths)
    else:
        with Contents(work.root) as contents:
            yield from _traced(work, contents, paths)


def _traced(work: _Work, contents: Contents, paths: Iterable[str]) -> Iterator[tuple[str, Frozen]]:
    root, handbook, settings, since = work.root, work.handbook, work.handbook.settings, work.since
    fields, parse = history_fields(settings), partial(parse_document, settings)
    wanted, again = tee((path, [version for version in work.versions[path] if version.blob]) for path in paths)
    stream = contents.read(
        version.blob for path, held in again if not _is_untouched(work, path, held) for version in held
    )
    for path, held in wanted:
        if _is_untouched(work, path, held):
            stood = Stood(_moment(held[0]), held[0].path, held[0].blob, b"", _people(held[0]))
            yield path, _freeze(untouched(handbook.entries[path], stood, Asked(settings.four_eyes)))
            continue
        states = [
            Stood(_moment(version), version.path, version.blob, next(stream)[1] or b"", _people(version))
            for version in held
        ]
        entry, asked = handbook.entries[path], Asked(settings.four_eyes, since.get(path))
        past, at_hand = list(_same(states, entry, settings)), None
        if not past or past[0].blob != entry.blob:
            at_hand = Stood(_NEVER, path, entry.blob, _content(root, path))
        made = trace(entry, at_hand, past, parse, fields, asked) if past else Trace()
        if asked.since is not None and at_hand:
            made = made._replace(fingerprints=(*_at_hand(root, settings, path), *made.fingerprints))
        yield path, _freeze(made)


def _is_untouched(work: _Work, path: str, held: Sequence[Version]) -> bool:
    """Whether a file has held nothing else than now, and nobody asks for its fingerprint."""
    return len(held) == 1 and held[0].blob == work.handbook.entries[path].blob and path not in work.since


def _content(root: Path, path: str) -> bytes:
    """What a file holds now; nothing where it was taken away meanwhile."""
    try:
        return read_bytes(root, path)
    except OSError:
        return b""


def _same(states: Sequence[Stood], entry: Entry, settings: Settings) -> Iterator[Stood]:
    """The newest states that held the same document."""
    return takewhile(lambda state: not _is_other(state, entry, settings), states)


def _is_other(state: Stood, entry: Entry, settings: Settings) -> bool:
    """Whether the file held another document, by its number."""
    number = entry.value("id")
    if not number or state.blob == entry.blob or number.encode() in state.content[:SIZE_OF_HEAD]:
        return False
    found = claimed_id(state.content[:SIZE_OF_HEAD].decode("utf-8", "replace"), settings)
    return found is not None and found.value.lower() != number.lower()


def _people(version: Version) -> tuple[tuple[str, str], ...]:
    return tuple((who.name, who.email) for who in version.wrote if not who.is_program)


def _at_hand(root: Path, settings: Settings, path: str) -> Iterator[tuple[str, str]]:
    """The number of what the file holds now; no day stands with it, for it is not on the main line."""
    if file := file_at(root, settings, path):
        yield fingerprint(read_document(root, settings, file)), ""


def _moment(version: Version) -> Moment:
    return Moment(version.commit.name, version.commit.committer.day.isoformat(), version.wrote[0].name)


def _told(root: Path, entry: Entry, contents: Contents, versions: Sequence[Version]) -> Frozen:
    """Of a record: the file at hand, when the record first stood, and since when it says something else."""
    held = [version for version in versions if version.blob] or list(versions)
    first, other = held[-1], None
    if entry.blob not in ("", first.blob):
        text = partial(_lines, contents)
        was = text(first.blob)
        if _normal(read_bytes(root, entry.path)) != was:
            since = list(takewhile(lambda version: text(version.blob) != was, held))
            other = tuple(_moment(since[-1]) if since else NOT_YET)
    return entry.blob, tuple(_moment(first)), other


def _lines(contents: Contents, blob: str) -> bytes:
    return _normal(next(contents.read([blob]))[1] or b"")


def _normal(content: bytes) -> bytes:
    """A file without what editors and Git itself change about the ends of its lines."""
    return content.replace(b"\r\n", b"\n").rstrip()


def _freeze(made: Trace) -> Frozen:
    added, recorded, changed, uncommitted, rewritten, moved, fingerprints, wrote = made
    moments = (tuple(one) if one else None for one in (added, recorded, changed))
    told = tuple((*one[:4], tuple(one[4])) for one in rewritten), tuple((*one[:2], tuple(one[2])) for one in moved)
    return (*moments, uncommitted, *told, fingerprints, wrote)


def _thaw(frozen: Frozen) -> Trace:
    added, recorded, changed, uncommitted, rewritten, moved, *rest = frozen
    before = tuple(Rewrite(version, field, was, now, Moment(*until)) for version, field, was, now, until in rewritten)
    dates = tuple((meaning, was, Moment(*moment)) for meaning, was, moment in moved)
    return Trace(_thaw_moment(added), _thaw_moment(recorded), _thaw_moment(changed), uncommitted, before, dates, *rest)


def _thaw_moment(frozen: Frozen | None) -> Moment | None:
    return Moment(*frozen) if frozen else None


def _digest(value: Any) -> bytes:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=20).digest()
