"""From Git: the versions of every document, and the handbook as it was in force on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import tee
from pathlib import Path
from typing import Any, NamedTuple

from rutine.contents import Contents
from rutine.editions import State, editions, in_force, snapshot, snapshot_of
from rutine.frozen import document_from, freeze, plain, thaw
from rutine.history import read_history
from rutine.memory import recall, remember
from rutine.model import Document, Edition, Entry, Handbook, Message, Settings, Snapshot, Version
from rutine.parallel import spread
from rutine.read import parse_document, read_bytes
from rutine.relinking import Leads, relinked
from rutine.survey import FEW, assemble, examine, key_of

_DONE = ("reviewed-on", "decided-on")  # and whatever else tells when a record is of


class Editions(NamedTuple):
    """The versions of each document, newest first, by its path, and those of the documents that are gone, by their last path.

    `moved` leads from every path that a document had to the one that it has now; `untold` says why Git does not tell all.
    """

    present: Mapping[str, Sequence[Edition]]
    gone: Mapping[str, Sequence[Edition]]
    moved: Mapping[str, str]
    untold: Message | None = None


def read_editions(root: Path, handbook: Handbook) -> Editions:
    """The versions of every document of a handbook."""
    with read_history(root, handbook.settings, handbook.entries) as found:
        proposed = {commit.name for commit in found.history.line[: found.history.undecided]}
        documents = {
            path: entry for path, entry in handbook.entries.items() if _is_document(path, entry, handbook.settings)
        }
        versions = {path: list(found.history.versions.get(path, ())) for path in documents}
        gone = {life[0].path: life for life in found.gone if _is_document(life[0].path, None, handbook.settings)}
        said = _snapshots(root, handbook, [*versions.values(), *gone.values()])
        present = {
            path: editions(list(_same(_states(handbook, path, versions[path], said, proposed)))) for path in documents
        }
        moved = {version.path: path for path, held in versions.items() for version in held if version.path != path}
        ended = {
            path: editions(list(_ended(life, said, proposed))) for path, life in gone.items() if path not in documents
        }
        return Editions(present, ended, moved, found.untold)


def _is_document(path: str, entry: Entry | None, settings: Settings) -> bool:
    return not path.startswith(settings.records_folder.strip("/") + "/") and (entry is None or entry.kind is not None)


def _snapshots(root: Path, handbook: Handbook, lives: Sequence[Sequence[Version]]) -> dict[str, Snapshot]:
    """What the documents said of themselves in each state, by Git's names; those of an earlier run are remembered."""
    settings, key = handbook.settings, key_of(root)
    alone = {life[0].blob for life in lives if len(life) == 1}  # whose text is compared with no other
    said = {entry.blob: snapshot(entry, settings) for entry in handbook.entries.values() if entry.blob in alone}
    paths = {
        version.blob: version.path for life in lives for version in life if version.blob and version.blob not in said
    }
    known: dict[str, tuple[str, ...]] = (recall(root, "snapshots", key) or {}) if paths else {}
    missing = {blob: path for blob, path in paths.items() if blob not in known}
    if missing:
        known.update(spread(partial(_said, root, settings), list(missing.items()), FEW))
        remember(root, "snapshots", key, known)
    return said | {blob: Snapshot._make(known[blob]) for blob in paths if blob in known}


def _said(root: Path, settings: Settings, asked: Iterable[tuple[str, str]]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What documents said of themselves in these contents, each with a path that it stood at."""
    with Contents(root) as contents:
        asked, again = tee(asked)
        found = contents.read(blob for blob, _ in again)
        for (blob, content), (_, path) in zip(found, asked, strict=True):
            yield blob, tuple(snapshot_of(parse_document(settings, path, content or b"")))


def _states(
    handbook: Handbook, path: str, versions: Sequence[Version], said: Mapping[str, Snapshot], proposed: set[str]
) -> Iterator[State]:
    """The states of a document's file, newest first, that of the file at hand before all others."""
    entry = handbook.entries[path]
    if not versions or versions[0].blob != entry.blob:
        yield State(path, "", "", "", snapshot(entry, handbook.settings), True)
    yield from _held(versions, said, proposed)


def _same(states: Iterable[State]) -> Iterator[State]:
    """The newest states of a file that hold the same document, by its number."""
    number = ""
    for state in states:
        if state.said.id and number and state.said.id.lower() != number:
            return
        number = number or state.said.id.lower()
        yield state


def _held(versions: Sequence[Version], said: Mapping[str, Snapshot], proposed: set[str]) -> Iterator[State]:
    for version in versions:
        if told := said.get(version.blob):
            commit = version.commit
            yield State(
                version.path, version.blob, commit.name, commit.committer.day.isoformat(), told, commit.name in proposed
            )


def _ended(life: Sequence[Version], said: Mapping[str, Snapshot], proposed: set[str]) -> Iterator[State]:
    """The states of a document that was removed; from that day on it was withdrawn."""
    held = list(_held(life, said, proposed))
    if held and not life[0].blob:
        day = life[0].commit.committer.day.isoformat()
        status = held[0].said._replace(status="withdrawn", withdrawn=day)
        yield held[0]._replace(said=status, commit=life[0].commit.name, day=day)
    yield from held


class AsOf(NamedTuple):
    """The handbook as it was in force on a day, and the documents that are shown in another version than the file at hand.

    `lost` are documents that tell of a version of that day whose text Git does not hold.
    """

    handbook: Handbook
    documents: Mapping[str, Document]
    lost: Sequence[str] = ()


def handbook_on(root: Path, handbook: Handbook, known: Editions, day: date, *, then: bool) -> AsOf:
    """The handbook as it was in force on a day.

    What is on its way stays as it stands now and says so; with `then`, what nobody knew of on that day is left out, and
    what has been removed since is there. Where Git does not tell what was in force, the handbook is as it stands now.
    """
    if known.untold:
        return AsOf(handbook, {})
    wanted, hidden = _wanted(handbook, known, day) if then else (_not_yet(known, day), set[str]())
    if not wanted and not hidden and not then:
        return AsOf(handbook, {})
    lost = [path for path in hidden if _had_a_version(handbook.entries[path], day)]
    made = dict(_documents(root, handbook, known, wanted, hidden))
    entries = {path: entry for path, entry in handbook.entries.items() if path not in hidden}
    if then:
        entries = {path: entry for path, entry in entries.items() if not _is_later(entry, handbook.settings, day)}
    entries.update({path: thaw(frozen) for path, (frozen, _) in made.items()})
    documents = {path: document_from(path, values, handbook.settings) for path, (_, values) in made.items()}
    shown = assemble(handbook.settings, entries, handbook.files - hidden | documents.keys())
    past = handbook.past
    if past:
        same = shown.entries.keys() - documents.keys()
        traces = {path: trace for path, trace in past.traces.items() if path in same}
        records = {path: told for path, told in past.records.items() if path in shown.entries}
        past = replace(past, traces=traces, records=records)
    kept = replace(shown, unsafe_files=handbook.unsafe_files, owner_files=handbook.owner_files, past=past)
    return AsOf(kept, documents, lost)


def _is_later(entry: Entry, settings: Settings, day: date) -> bool:
    """Whether this is a record of something that was done later."""
    kind = settings.kinds.get(entry.kind or "")
    days = [found for meaning in _DONE for found in entry.facts.texts(meaning)]
    return kind is not None and kind.is_record and max(days, default="") > day.isoformat()


def _had_a_version(entry: Entry, day: date) -> bool:
    """Whether a document tells of a version that it had on a day."""
    return any("" < one.date <= day.isoformat() for one in entry.revisions)


def _not_yet(known: Editions, day: date) -> dict[str, Edition]:
    """The versions in force in the place of those that are decided and come into force later, or are being drafted."""
    found = ((path, in_force(versions, day), versions[0]) for path, versions in known.present.items() if versions)
    return {path: now for path, now, newest in found if now and now is not newest and now.blob}


def _wanted(handbook: Handbook, known: Editions, day: date) -> tuple[dict[str, Edition], set[str]]:
    """The versions that are to be shown in the place of the file at hand, and the documents that nobody had decided yet."""
    wanted: dict[str, Edition] = {}
    hidden: set[str] = set()
    for path, found in known.present.items():
        edition = in_force(found, day)
        if edition is None and found and _decided(found[-1]) > day.isoformat():
            hidden.add(path)
        elif edition and edition is not found[0] and edition.blob:
            wanted[path] = edition
    for path, found in known.gone.items():
        edition = in_force(found, day)
        if edition and edition.said.status == "in-force" and path not in handbook.entries:
            wanted[path] = edition
    for path in handbook.entries.keys() - wanted.keys() - hidden if hidden else ():
        entry = handbook.entries[path]
        if not hidden.isdisjoint(link.target.partition("#")[0] for link in entry.links):
            said = snapshot(entry, handbook.settings)  # what it leads to was not there yet
            wanted[path] = Edition(said, "", "", path, "", "", "")
    return wanted, hidden


def _decided(edition: Edition) -> str:
    """The day on which a version was decided, or a draft dated; empty for a draft without a date, which may be of any day."""
    day = edition.said.decided or edition.said.day
    return day or ("" if edition.said.status == "draft" else edition.first)


def _documents(
    root: Path, handbook: Handbook, known: Editions, wanted: Mapping[str, Edition], hidden: set[str]
) -> Iterator[tuple[str, Any]]:
    """The versions as documents at the paths where they are to be found now, in plain values."""
    there = (handbook.entries.keys() | handbook.files | wanted.keys()) - hidden

    def leads(path: str) -> str | None:
        return path if path in there else known.moved.get(path)

    def make(asked: Iterable[tuple[str, Edition]]) -> Iterator[tuple[str, Any]]:
        with Contents(root) as contents:
            for path, edition in asked:
                content = next(contents.read([edition.blob]))[1] if edition.blob else read_bytes(root, path)
                document = as_of_now(handbook.settings, edition, content or b"", path, leads)
                yield path, (freeze(examine(document, handbook.settings)), plain(document))

    yield from spread(make, list(wanted.items()), FEW)


def as_of_now(settings: Settings, edition: Edition, content: bytes, path: str, leads: Leads) -> Document:
    """A version as a document at a path of today: its links lead to where things are now."""
    document = parse_document(settings, edition.path, content)
    body = relinked(document, path, settings, leads) if document.body else ""
    return replace(document, path=path, body=body, blob=edition.blob, memo={})
