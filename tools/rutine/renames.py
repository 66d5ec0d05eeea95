"""From Git: which files documents have left, so that the addresses of their old pages still lead to them.

All of history is asked for once, and remembered; then only what is new in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from rutine import __version__
from rutine.errors import UsageError
from rutine.memory import recall, remember
from rutine.model import Departure, Message, Settings, say
from rutine.read import SIZE_OF_HEAD, claimed_id, is_document
from rutine.repository import Repository, git_folders
from rutine.settings import SHIPPED, schema_files

_LOG = (
    "-c", "log.follow=false", "log", "--topo-order", "--format=", "--raw", "-z", "--no-abbrev", "--relative",
    "--no-ext-diff", "--no-textconv", "--diff-filter=RD", "--find-renames=50%", "-l300",
    "--diff-merges=first-parent",  # a file may be renamed in the merge itself
)  # fmt: skip
_SMALL = 1_000_000  # bytes; in a larger file no number is looked for
_FEW = 1000  # files whose content is read at a time


class Departures(NamedTuple):
    """The files that documents have left, newest first; and why Git does not tell of all, None where there are no others."""

    known: Sequence[Departure]
    untold: Message | None = None


def departures(root: Path, settings: Settings) -> Departures:
    """What Git knows of documents that were renamed or removed. A history that is not whole tells nothing."""
    folders = git_folders(root)
    if folders is None:
        return Departures(())
    state, key = _state(*folders), _key(root, settings)
    remembered = recall(root, "renames", key)
    if remembered and state and remembered[0] == state:
        return Departures([Departure._make(row) for row in remembered[2]])
    try:
        head, rows = _asked(Repository(root), settings, remembered)
    except UsageError as error:
        return Departures((), error.message)
    remember(root, "renames", key, (state, head, [tuple(row) for row in rows]))
    return Departures(rows)


def _asked(
    repository: Repository, settings: Settings, remembered: tuple[bytes, str, list[tuple[str, str, str]]] | None
) -> tuple[str, list[Departure]]:
    """The current commit, and all departures up to it. Raises UsageError where Git does not know them all."""
    if repository.run("rev-parse", "--is-shallow-repository").strip() != b"false":
        raise UsageError(say("Git's history is not whole here. In CI, fetch all of it (fetch-depth: 0, GIT_DEPTH: 0)."))
    if not repository.has_commits():
        return "", []
    head = repository.commit("HEAD")
    _, before, rows = remembered or (b"", "", [])
    if before and repository.is_ancestor(before, head):
        new = _between(repository, settings, f"{before}..{head}")
        return head, [*new, *(Departure._make(row) for row in rows)]
    return head, list(_between(repository, settings, head))


class _Left(NamedTuple):
    """A file that was left, the file that Git takes for its successor, and their contents by name where these differ."""

    path: str
    successor: str
    content: str
    successors: str


def _between(repository: Repository, settings: Settings, commits: str) -> Iterator[Departure]:
    folder = settings.folder.strip("/") or "."
    listing = repository.run(*_LOG, "--end-of-options", commits, "--", folder)
    left = [one for one in _parsed(listing) if is_document(one.path, settings)]
    wanted = dict.fromkeys(name for one in left for name in (one.content, one.successors) if name)
    ids = _ids(repository, settings, list(wanted))
    for one in left:
        identifier, theirs = ids.get(one.content, ""), ids.get(one.successors, "")
        is_other = identifier and theirs and identifier.lower() != theirs.lower()
        yield Departure(one.path, "" if is_other else one.successor, identifier)


def _parsed(listing: bytes) -> Iterator[_Left]:
    """The rows of `git log --raw -z`: `:modes names R086`, path, path; or `:modes names D`, path."""
    parts = iter(part.lstrip(b"\n").decode("utf-8", "surrogateescape") for part in listing.split(b"\0"))
    for facts in parts:
        if facts.startswith(":"):
            mode, _, content, successors, change = facts[1:].split(" ")
            path = next(parts)
            successor = next(parts) if change.startswith("R") else ""
            same = change == "R100"
            if mode.startswith("100"):
                yield _Left(path, successor, "" if same else content, successors if successor and not same else "")


def _ids(repository: Repository, settings: Settings, names: Sequence[str]) -> dict[str, str]:
    """The numbers that documents bore, by the names that Git has for their contents."""
    found: dict[str, str] = {}
    for start in range(0, len(names), _FEW):
        for name, content in repository.contents(names[start : start + _FEW], _SMALL):
            if identifier := claimed_id(content[:SIZE_OF_HEAD].decode("utf-8", "replace"), settings):
                found[name] = identifier.value
    return found


def _key(root: Path, settings: Settings) -> bytes:
    """Changes with what decides which files are documents, and which field holds their numbers."""
    own = (path.read_bytes() for path in schema_files(root).values() if path.parent != SHIPPED)
    settings_ = repr((__version__, _LOG, settings.folder, settings.include, settings.exclude)).encode()
    return blake2b(b"\0".join([settings_, *own]), digest_size=20).digest()


def _state(own: Path, common: Path) -> bytes:
    """Changes when the current commit does, or the clone is made whole; empty where that is not in these files."""
    try:
        head = (own / "HEAD").read_bytes()
        if head.startswith(b"ref: "):
            branch = common / head[5:].decode().strip()
            head += (branch if branch.is_file() else common / "packed-refs").read_bytes()
        shallow = common / "shallow"
        return blake2b(head + (shallow.read_bytes() if shallow.exists() else b""), digest_size=20).digest()
    except (OSError, ValueError):
        return b""
