"""The whole handbook, each document examined once: only what changed since the last run is read again."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rutine import __version__
from rutine.authority import accountable
from rutine.checks import check_document
from rutine.drawings import unsafe_drawings
from rutine.frozen import document_from, freeze, plain, thaw
from rutine.grounds import paired_facts
from rutine.memory import recall, remember, state_of
from rutine.model import (
    Document,
    Entry,
    Fact,
    Facts,
    Handbook,
    Link,
    Settings,
)
from rutine.owner_files import owner_files
from rutine.parallel import beside, spread
from rutine.read import File, list_files, read_document
from rutine.references import published_names, resolve
from rutine.revisions import as_entry, revisions
from rutine.settings import SHIPPED, schema_files

FACTS = (
    "id", "title", "owner", "status", "language", "decided-by", "decided-on", "decision-reference", "effective-from", "withdrawn-on",
    "review-interval", "review-class", "replaced-by", "replaces", "rests-on", "step-document", "scope-unit", "revision", "revision-date",
    "reviewed-on", "reviewed-by", "recorded-on", "about", "about-version", "outcome", "fingerprint", "person", "author",
)  # fmt: skip
RACY = 2_000_000_000  # nanoseconds: a file changed this shortly before it was read may change again unseen
FEW = 400  # files up to this number are read by one process

Progress = Callable[[int, int], None]
Memory = dict[str, tuple[int, int, Any]]


def examine(document: Document, settings: Settings) -> Entry:
    """What the rest of the handbook needs to know of a document, and what is wrong with it alone."""
    return summarize(document, settings)._replace(findings=check_document(document, settings))


def summarize(document: Document, settings: Settings) -> Entry:
    """What the rest of the handbook needs to know of a document."""
    kind = document.kind
    facts = {meaning: document.facts(meaning) for meaning in FACTS if document.values(meaning)} if kind else {}
    facts.update(paired_facts(document, settings))
    if document.claimed_id:
        facts["id"] = [document.claimed_id]
    if answering := list(accountable(document)):
        facts["accountable"] = answering
    links: list[Link] = []
    for reference in document.markup.references if document.body else ():
        target = resolve(document, reference, settings)
        if target.leads == "inside":
            path = f"{target.path}#{target.anchor}" if target.anchor else target.path
            links.append(Link(path, *document.markup.place(reference.offset)))
    references = [Fact(str(value), *document.place(pointer)[1:]) for pointer, value in _document_ids(document)]
    anchors = "\n".join(sorted(document.markup.anchors)) if document.body else ""
    text = blake2b(document.body.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest() if document.body else ""
    revised = [as_entry(one, *document.place(one.pointer)[1:]) for one in revisions(document)]
    return Entry(
        document.path, kind.name if kind else None, Facts(facts), references, links, anchors, (),
        document.blob, text, revised,
    )  # fmt: skip


def _document_ids(document: Document) -> Iterator[tuple[Any, Any]]:
    from rutine.kinds import walk

    for path, register in document.kind.references if document.kind else ():
        if register == "document":
            yield from ((pointer, value) for pointer, value in walk(document.meta, path) if isinstance(value, str))


def survey(
    root: Path,
    settings: Settings,
    progress: Progress | None = None,
    *,
    whole: bool = False,
    meanwhile: Callable[[], None] | None = None,
) -> Handbook:
    """Every document and record of the handbook.

    With `whole`, what `read_documents` asks for next is read on the way. What is to be done `meanwhile` is done where
    there is much to read.
    """
    files, key = list_files(root, settings), key_of(root)
    known = _certain(recall(root, "entries", key))
    wanted = [file for file in files if file.is_document or file.is_link]
    stale = [file for file in wanted if known.get(file.path, (None, None))[:2] != (file.modified, file.size)]
    with beside(meanwhile) if meanwhile and len(stale) > FEW else nullcontext():
        found = _examine_all(root, settings, stale, progress, whole)
        examined = {path: (frozen, values) for path, frozen, values in found}
    fresh = {path: frozen for path, (frozen, _) in examined.items()}
    memory: Memory = {
        file.path: (file.modified, file.size, fresh[file.path] if file.path in fresh else known[file.path][2])
        for file in wanted
    }
    if whole and fresh:
        records = settings.records_folder.strip("/") + "/"
        read = [file for file in stale if not file.path.startswith(records)]
        documents = {file.path: (file.modified, file.size, examined[file.path][1]) for file in read}
        before = _certain(recall(root, "documents", key))
        remember(root, "documents", key, (time.time_ns(), before | documents))
    is_new = stale or len(memory) != len(known)
    with beside(partial(_save, root, key, memory)) if is_new else nullcontext():
        entries = {path: thaw(frozen) for path, (_, _, frozen) in memory.items()}
        paths = frozenset(file.path for file in files if not file.is_link)
        unsafe = frozenset(unsafe_drawings(root, files))
        return replace(assemble(settings, entries, paths), unsafe_files=unsafe, owner_files=owner_files(root))


def assemble(settings: Settings, entries: Mapping[str, Entry], files: frozenset[str]) -> Handbook:
    """A handbook from its parts."""
    ids: dict[str, list[tuple[str, Fact]]] = {}
    names: dict[str, str] = {}
    for path, entry in entries.items():
        if identifier := entry.fact("id"):
            ids.setdefault(identifier.value.lower(), []).append((path, identifier))
        if settings.address == "html":
            names.update(dict.fromkeys(published_names(path, settings), path))
    return Handbook(settings, entries, ids, files, names)


def _examine_all(
    root: Path, settings: Settings, files: Sequence[File], progress: Progress | None, whole: bool
) -> Iterator[tuple[str, Any, Any]]:
    for done, found in enumerate(spread(partial(_examine_files, root, settings, whole), files, FEW), 1):
        yield found
        if progress and (done % 200 == 0 or (done == len(files) and done > 200)):
            progress(done, len(files))


def _examine_files(
    root: Path, settings: Settings, whole: bool, files: Iterable[File]
) -> Iterator[tuple[str, Any, Any]]:
    for file in files:
        document = read_document(root, settings, file)
        yield file.path, freeze(examine(document, settings)), plain(document) if whole else None


def read_documents(root: Path, settings: Settings, files: Sequence[File]) -> list[Document]:
    """The documents in these files: kind, metadata and body only. What has not changed is remembered and not read."""
    key = key_of(root)
    saved = recall(root, "documents", key)
    known = _certain(saved)
    stale = [file for file in files if known.get(file.path, (None, None))[:2] != (file.modified, file.size)]
    fresh = dict(spread(partial(_read_files, root, settings), stale, FEW))
    memory = {
        file.path: (file.modified, file.size, fresh[file.path] if file.path in fresh else known[file.path][2])
        for file in files
    }
    now = time.time_ns()
    if not saved or memory != saved[1] or any(file.modified < now - RACY for file in stale):
        remember(root, "documents", key, (now, memory))
    return [document_from(path, values, settings) for path, (_, _, values) in memory.items()]


def _read_files(root: Path, settings: Settings, files: Iterable[File]) -> Iterator[tuple[str, Any]]:
    for file in files:
        yield file.path, plain(read_document(root, settings, file))


def _certain(remembered: tuple[int, Memory] | None) -> Memory:
    """What was remembered, less what may have changed unseen."""
    when, memory = remembered or (0, {})
    return {path: value for path, value in memory.items() if value[0] < when - RACY}


def _save(root: Path, key: bytes, memory: Memory) -> None:
    """Remember the entries, and by themselves the ids and which records are about them, for the check of a single file."""
    rows = [
        f"\0\0{name}\0{path}\0{value}\0{line}\0{column}"
        for path, (_, _, frozen) in memory.items()
        for name, (value, line, column) in _names(frozen[2])
    ]
    remember(root, "entries", key, (time.time_ns(), memory))
    remember(root, "ids", key, "".join(rows) + "\0\0")


def _names(facts: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    yield from ((fact[0].lower(), fact) for fact in facts.get("id", ())[:1])
    yield from ((f"\1{fact[0].lower()}", fact) for fact in facts.get("about", ()))


def key_of(root: Path) -> bytes:
    """Changes with everything but the documents that a finding may depend on: rutine, its engine for diagrams, the kinds …"""
    package = Path(__file__).parent
    parts = [__version__.encode(), os.fsencode(root), state_of(package, package / "checks", package / "model")]
    engine = find_spec("merman")  # diagrams are judged where they can be drawn
    parts.append(
        f"{engine.origin} {Path(engine.origin).stat().st_mtime_ns}".encode() if engine and engine.origin else b""
    )
    for path in (*schema_files(root).values(), root / "handbook.yml"):
        parts.append(path.read_bytes() if path.parent != SHIPPED else str(path.stat().st_mtime_ns).encode())
    return b"\0".join(parts)
