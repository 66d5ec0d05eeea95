"""From a forge's answers and Git, to disk: who approved a change becomes decision records of the documents that it alters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple

from rutine.approvals import Candidate, Decision, approved, decisions, fields_of
from rutine.contents import Contents
from rutine.errors import UsageError
from rutine.evidence import is_record, record_kind
from rutine.forge_answers import SIZE_LIMIT, read_change
from rutine.forge_values import Change
from rutine.handbook_yml import FILE
from rutine.model import Document, Entry, Handbook, Message, Settings, say
from rutine.read import is_document, parse_document
from rutine.record_files import write_record
from rutine.repository import Repository
from rutine.survey import survey


class Imported(NamedTuple):
    """What became of the answers: the records that were written, by path, and what there is to say."""

    written: tuple[str, ...]
    told: tuple[Message, ...]


def read_answers(paths: Sequence[str], given: BinaryIO) -> list[tuple[str, bytes]]:
    """The contents of these files, and for `-` of what is given: never more than the limit and a byte.

    Raises UsageError for one that cannot be read.
    """
    found = []
    for path in paths:
        try:
            with nullcontext(given) if path == "-" else Path(path).open("rb") as file:
                found.append((path, file.read(SIZE_LIMIT + 1)))
        except OSError as error:
            message = say("{path} cannot be read: {reason}.", path=path, reason=str(error.strerror))
            raise UsageError(message) from error
    return found


def import_decisions(
    root: Path, settings: Settings, answers: Sequence[tuple[str, bytes]], documents: Collection[str] = ()
) -> Imported:
    """Write what the answers prove and no record tells yet. `documents` are ids; without any, those that the change alters.

    Raises UsageError for answers that are none, and where Git does not have the commits.
    """
    kind = record_kind(settings, "decided-on")
    if kind is None:
        raise UsageError(say("This handbook has no kind of record for decisions."))
    change = read_change(answers)
    if change.state == "closed":
        return Imported(
            (), (say("{change} was closed without being merged. Nothing is recorded.", change=change.reference),)
        )
    handbook = survey(root, settings)
    candidates, told = _candidates(root, handbook, change, documents)
    if change.state == "open":
        text = say(
            "{change} is not merged yet. If it is altered after this, what was approved is not what comes to be in force.",
            change=change.reference,
        )
        told.append(text)
    counted, objections = approved(settings, change, four_eyes=settings.four_eyes)
    told += objections
    if not counted:
        told.append(say("No approval of {change} counts. Nothing is recorded.", change=change.reference))
        return Imported((), tuple(told))
    written = []
    for found in decisions(settings, change, counted, candidates):
        if isinstance(found, Decision):
            if known := _known(handbook, found):
                told.append(say("{id}: this decision is already recorded in {path}.", id=found.document, path=known))
            else:
                written.append(write_record(root, settings, kind, found.document, found.day, fields_of(found)))
        else:
            told.append(found)
    return Imported(tuple(written), tuple(told))


def _candidates(
    root: Path, handbook: Handbook, change: Change, wanted: Collection[str]
) -> tuple[list[Candidate], list[Message]]:
    """The documents to be looked at, as the approved commit has them, and what is to be said of the change."""
    repository, settings = Repository(root), handbook.settings
    fork, altered = _altered(repository, change)
    if not fork and not wanted:
        raise UsageError(
            say(
                "What {change} is to be compared with is not known here, so that its documents cannot be told. Name them with --document, or fetch the whole history.",
                change=change.reference,
            )
        )
    there = repository.blobs(change.head)
    paths = _paths_of(handbook, wanted) if wanted else {path: path for path in altered if _may_hold(path, settings)}
    missing = [name for name, path in paths.items() if path not in there]
    told = [say("{id} is not in the approved commit.", id=name) for name in missing if wanted]
    if FILE in altered:
        text = say(
            "{change} also alters handbook.yml, which says who holds which role. See that it does not itself make its approval valid.",
            change=change.reference,
        )
        told.append(text)
    if len(missing) == len(paths) and not wanted:
        told.append(say("{change} alters no document.", change=change.reference))
    earlier = repository.blobs(fork) if fork else {}
    with Contents(root) as contents:
        now = _documents(contents, settings, {path: there[path] for path in paths.values() if path in there})
        old = {path: earlier[path] for path in altered & earlier.keys() if _may_hold(path, settings)}
        before = {_id(one): one.value("decided-by") or "" for one in _documents(contents, settings, old)}
    return [Candidate(document, before.get(_id(document), "")) for document in now], told


def _altered(repository: Repository, change: Change) -> tuple[str, set[str]]:
    """The commit that the change began at, and the paths that it alters; empty where the former is not known here.

    Raises UsageError where the approved commit itself is not.
    """
    try:
        repository.commit(change.head)
    except UsageError as error:
        number = change.reference.replace("!", "#").rpartition("#")[2]
        branch = f"refs/pull/{number}/head" if change.forge == "github" else f"refs/merge-requests/{number}/head"
        message = say(
            "The approved commit {commit} of {change} is not here, so that nobody can tell what it says. Fetch it: {command}",
            commit=change.head[:12],
            change=change.reference,
            command=f"git fetch origin {branch}",
        )
        raise UsageError(message) from error
    # What a branch took over from the default branch in the meantime is not its own; the commit before the merge knows.
    before = f"{change.merge}^1" if change.merge not in ("", change.head) else ""
    bases = [commit for name in (change.base, before) if (commit := _known_commit(repository, name))]
    try:
        return repository.between(change.head, *bases) if bases else ("", set())
    except UsageError:
        return "", set()


def _known_commit(repository: Repository, name: str) -> str:
    try:
        return repository.commit(name) if name else ""
    except UsageError:
        return ""


def _paths_of(handbook: Handbook, wanted: Collection[str]) -> dict[str, str]:
    """The documents' files by the ids that were given. Raises UsageError for an id that no document, or more than one, bears."""
    found = {}
    for name in wanted:
        paths = [path for path, _ in handbook.ids.get(name.lower(), ())]
        if len(paths) != 1:
            raise UsageError(say("There is no document {id}, or more than one.", id=name))
        found[name] = paths[0]
    return found


def _may_hold(path: str, settings: Settings) -> bool:
    """Whether a document may be at a path; records are none."""
    return is_document(path, settings) and not path.startswith(f"{settings.records_folder.strip('/')}/")


def _documents(contents: Contents, settings: Settings, blobs: Mapping[str, str]) -> list[Document]:
    """What these contents say, in the order of the paths; pages that are of no kind are left out."""
    paths = sorted(blobs)
    read = zip(paths, contents.read(blobs[path] for path in paths), strict=True)
    documents = (parse_document(settings, path, content) for path, (_, content) in read if content is not None)
    return [document for document in documents if document.kind or document.faults]


def _id(document: Document) -> str:
    return (document.value("id") or "").lower()


def _known(handbook: Handbook, decision: Decision) -> str:
    """The record that tells of this decision already; empty without one."""
    for path, entry in handbook.entries.items():
        if is_record(handbook.settings, entry) and _tells(entry, decision):
            return path
    return ""


def _tells(entry: Entry, decision: Decision) -> bool:
    about = [text.lower() for text in entry.facts.texts("about")]
    same = (
        ("decided-on", decision.day.isoformat()),
        ("person", decision.person),
        ("fingerprint", decision.fingerprint),
    )
    return decision.document.lower() in about and all(entry.value(meaning) == value for meaning, value in same)
