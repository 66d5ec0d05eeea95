"""From Git: what the rules need to know of each document's past. What has not changed is remembered and not asked again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import takewhile
from pathlib import Path
from typing import Any

from rutine.contents import Contents
from rutine.fingerprint import fingerprint
from rutine.history import Known, read_history
from rutine.memory import recall, remember
from rutine.model import Entry, Handbook, Moment, Past, Rewrite, Settings, Trace, Version
from rutine.read import SIZE_OF_HEAD, claimed_id, file_at, parse_document, read_document
from rutine.repository import git_folders, git_state
from rutine.survey import key_of
from rutine.traces import Stood, history_fields, trace

Frozen = tuple[Any, ...]
Numbers = Mapping[str, frozenset[str]]


class Traces(Mapping[str, Trace]):
    """Traces by path, from the plain tuples that are remembered between runs."""

    def __init__(self, frozen: Mapping[str, Frozen]) -> None:
        self._frozen = frozen

    def __getitem__(self, path: str) -> Trace:
        return _thaw(self._frozen[path][-1])

    def __iter__(self) -> Iterator[str]:
        return iter(self._frozen)

    def __len__(self) -> int:
        return len(self._frozen)


def read_past(root: Path, handbook: Handbook) -> Past:
    """What Git tells of the documents and records of a handbook. A history that is not whole tells nothing but why."""
    folders = git_folders(root)
    state = git_state(*folders) if folders else b""
    numbers = _numbers(handbook)
    key = key_of(root)
    remembered: tuple[bytes, dict[str, Frozen], dict[str, Any]] = recall(root, "past", key) or (b"", {}, {})
    known, traces, records = remembered
    wanted = {
        path: (entry.blob, sorted(numbers.get(path, ()))) for path, entry in handbook.entries.items() if entry.text
    }
    if state and known == state and all(path in traces and traces[path][0] == made for path, made in wanted.items()):
        return _past({path: traces[path] for path in wanted}, records)
    with read_history(root, handbook.settings, handbook.entries) as found:
        if found.untold or found.contents is None:
            return Past(untold=found.untold, is_versioned=folders is not None)
        begins = handbook.settings.evidence_from
        versions = {path: _judged(_decided(found, path), begins) for path in handbook.entries}
        ages = {path: _digest([(version.commit.name, version.blob) for version in versions[path]]) for path in wanted}
        stale = [path for path, made in wanted.items() if traces.get(path, ())[:2] != (made, ages[path])]
        fresh = dict(_fresh(root, handbook, found.contents, {path: versions[path] for path in stale}, numbers))
    traces = {path: (wanted[path], ages[path], fresh[path]) if path in fresh else traces[path] for path in wanted}
    records = {
        path: _told(versions[path]) for path, entry in handbook.entries.items() if not entry.text and versions[path]
    }
    remember(root, "past", key, (state, traces, records))
    return _past(traces, records)


def _past(traces: Mapping[str, Frozen], records: Mapping[str, Any]) -> Past:
    return Past(
        Traces(traces), {path: (Moment(*one), Moment(*two) if two else None) for path, (one, two) in records.items()}
    )


def _decided(found: Known, path: str) -> list[Version]:
    """A file's versions on the default branch; of those that are only proposed, none."""
    proposed = {commit.name for commit in found.history.line[: found.history.undecided]}
    return [version for version in found.history.versions.get(path, ()) if version.commit.name not in proposed]


def _judged(versions: list[Version], begins: str) -> list[Version]:
    """The versions from a day on, with the one that stood then."""
    before = (index for index, version in enumerate(versions) if version.commit.committer.day.isoformat() < begins)
    first = next(before, None) if begins else None
    return versions if first is None else versions[: first + 1]


def _numbers(handbook: Handbook) -> Numbers:
    """The fingerprints that records give for each document, by its path."""
    found: dict[str, set[str]] = {}
    for entry in handbook.entries.values():
        if given := entry.facts.texts("fingerprint"):
            for about in entry.facts.texts("about"):
                if document := handbook.entry_of(about):
                    found.setdefault(document.path, set()).update(given)
    return {path: frozenset(numbers) for path, numbers in found.items()}


def _fresh(
    root: Path, handbook: Handbook, contents: Contents, versions: Mapping[str, Sequence[Version]], numbers: Numbers
) -> Iterator[tuple[str, Frozen]]:
    settings = handbook.settings
    fields, parse = history_fields(settings), partial(parse_document, settings)
    stream = contents.read(version.blob for found in versions.values() for version in found if version.blob)
    for path, found in versions.items():
        held = [version for version in found if version.blob]
        entry, wanted = handbook.entries[path], numbers.get(path, frozenset())
        states = [Stood(_moment(version), version.path, version.blob, next(stream)[1] or b"") for version in held]
        past = list(_same(states, entry, settings))
        if not past:
            yield path, ()
            continue
        made = trace(
            entry, past, past[-1].moment if len(past) < len(states) else _moment(found[-1]), parse, fields, wanted
        )
        if wanted and past[0].blob != entry.blob:
            made = made._replace(fingerprints=(*_at_hand(root, settings, path), *made.fingerprints))
        yield path, _freeze(made)


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


def _at_hand(root: Path, settings: Settings, path: str) -> Iterator[tuple[str, str]]:
    """The number of what the file holds now; no day stands with it, for it is not on the main line."""
    if file := file_at(root, settings, path):
        yield fingerprint(read_document(root, settings, file)), ""


def _moment(version: Version) -> Moment:
    return Moment(version.commit.name, version.commit.committer.day.isoformat(), version.wrote[0].name)


def _told(versions: Sequence[Version]) -> tuple[Frozen, Frozen | None]:
    """When a record first stood, and when it first said something else."""
    held = [version for version in versions if version.blob]
    first = held[-1] if held else versions[-1]
    other = next((version for version in reversed(held) if version.blob != first.blob), None)
    return tuple(_moment(first)), tuple(_moment(other)) if other else None


def _freeze(made: Trace) -> Frozen:
    added, recorded, changed, uncommitted, rewritten, moved, fingerprints = made
    moments = (tuple(one) if one else None for one in (added, recorded, changed))
    told = tuple((*one[:4], tuple(one[4])) for one in rewritten), tuple((*one[:2], tuple(one[2])) for one in moved)
    return (*moments, uncommitted, *told, fingerprints)


def _thaw(frozen: Frozen) -> Trace:
    if not frozen:
        return Trace()
    added, recorded, changed, uncommitted, rewritten, moved, fingerprints = frozen
    before = tuple(Rewrite(version, field, was, now, Moment(*until)) for version, field, was, now, until in rewritten)
    dates = tuple((meaning, was, Moment(*moment)) for meaning, was, moment in moved)
    return Trace(
        _thaw_moment(added), _thaw_moment(recorded), _thaw_moment(changed), uncommitted, before, dates, fingerprints
    )


def _thaw_moment(frozen: Frozen | None) -> Moment | None:
    return Moment(*frozen) if frozen else None


def _digest(value: Any) -> bytes:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=20).digest()
