"""From Git: every version of every document, in one pass over the history; then only what is new in it.

The commits that were read are remembered. What Git is asked for, in all: the current commits, a stream of `git log`, and
a stream of contents.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any

from rutine import __version__
from rutine.contents import Contents
from rutine.errors import UsageError
from rutine.git_files import git_folders, git_state, read_references
from rutine.git_log import LOG, log
from rutine.memory import recall, remember
from rutine.model import Commit, Entry, History, Message, Settings, Signature, Version, say
from rutine.read import SIZE_OF_HEAD, claimed_id
from rutine.repository import Repository
from rutine.settings import SHIPPED, schema_files
from rutine.timelines import Change, authors, doubtful, joined, lines, main_line, questionable, undecided

_BRANCHES = (
    "refs/remotes/origin/HEAD",
    "refs/remotes/origin/main",
    "refs/remotes/origin/master",
    "refs/heads/main",
    "refs/heads/master",
)
_TOGETHER = 100  # contents that are looked up at a time
_SMALL = 1_000_000  # bytes; in a larger file no number is looked for

Raw = dict[str, tuple[Any, ...]]  # by a commit's name: what of it is remembered, in plain values


@dataclass
class Known:
    """The history as far as it is known, with the door to what Git has; `untold` says why it is not whole.

    `gone` are the versions of the documents that are no longer there, `changes` what each commit did, newest first, and
    `identities` the numbers of the documents in some contents. Use it in a `with` block.
    """

    history: History
    gone: Sequence[Sequence[Version]] = ()
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    identities: Mapping[str, str] = field(default_factory=dict)
    contents: Contents | None = None
    untold: Message | None = None

    def decided(self, path: str) -> list[Version]:
        """A file's versions on the default branch, newest first; of those that are only proposed, none."""
        proposed = {commit.name for commit in self.history.line[: self.history.undecided]}
        return [version for version in self.history.versions.get(path, ()) if version.commit.name not in proposed]

    def __enter__(self) -> Known:
        return self

    def __exit__(self, *error: Any) -> None:
        if self.contents:
            self.contents.__exit__(*error)


def read_history(root: Path, settings: Settings, entries: Mapping[str, Entry]) -> Known:
    """All versions of the documents and records of a handbook. What Git does not tell is said in `untold`; nothing is raised."""
    folders = git_folders(root)
    if folders is None:
        message = say("This handbook is in no Git repository, so nothing is known of its history. Run: git init")
        return Known(History({}, ()), untold=message)
    common = folders[1]
    if _is_partial(common):
        return Known(
            History({}, ()),
            untold=say("This clone holds only a part of Git's history. Clone it again without --filter."),
        )
    contents = Contents(root)
    try:
        head, decided, raw, identities = _asked(root, folders, contents, settings)
    except UsageError as error:
        return Known(History({}, ()), untold=error.message)
    commits = {name: _commit(name, facts) for name, facts in raw.items()}
    changes = _changes(raw)
    line = main_line(commits, head)
    wrote = dict(authors(commits, line, changes))
    numbers = {path: entry.value("id") or "" for path, entry in entries.items()}
    found = joined(lines(line, changes, wrote, identities), line, identities, numbers)
    history = History(commits, line, undecided(line, main_line(commits, decided)) if decided else 0, found.present)
    return Known(history, found.gone, changes, identities, contents, _shallow(common))


def remember_history(root: Path, settings: Settings) -> None:
    """Ask Git for all that `read_history` will ask for, so that it is remembered then."""
    folders = git_folders(root)
    if folders and not _is_partial(folders[1]):
        with Contents(root) as contents, suppress(UsageError):
            _asked(root, folders, contents, settings)


def _is_partial(common: Path) -> bool:
    return any((common / "objects" / "pack").glob("*.promisor"))


def _asked(
    root: Path, folders: tuple[Path, Path], contents: Contents, settings: Settings
) -> tuple[str, str, Raw, dict[str, str]]:
    """The current commit, that of the default branch, all commits, newest first, and the numbers in some contents."""
    key, state = _key(root, settings), git_state(*folders)
    known, head, decided, raw, identities = recall(root, "history", key) or (b"", "", "", {}, {})
    if state and state == known:
        return head, decided, raw, identities
    repository, before = Repository(root), [head, decided]
    head, decided = _current(repository, folders)
    if wanted := [name for name in dict.fromkeys((head, decided)) if name and name not in raw]:
        fresh, told = _read(repository, contents, settings, wanted, before)
        raw, identities = {**fresh, **raw}, {**identities, **told}
        asked = [name for name in questionable(_changes(raw)) if name not in identities]
        identities |= _identities(contents, settings, asked)
    remember(root, "history", key, (state, head, decided, raw, identities))
    return head, decided, raw, identities


def _changes(raw: Raw) -> dict[str, list[Change]]:
    return {name: [Change(*row) for row in facts[-1]] for name, facts in raw.items() if facts[-1]}


def _current(repository: Repository, folders: tuple[Path, Path]) -> tuple[str, str]:
    """The current commit and that of the default branch; empty where there is none."""
    found = read_references(*folders, ("HEAD", *_BRANCHES))
    if found is None:
        found = repository.references("HEAD", "main", "master")
    return found.get("HEAD", ""), next((found[name] for name in _BRANCHES if name in found), "")


def _read(
    repository: Repository, contents: Contents, settings: Settings, wanted: list[str], known: Sequence[str]
) -> tuple[Raw, dict[str, str]]:
    """The commits that are new, and numbers in contents that they tell of, which are looked up while Git goes on."""
    found: Raw = {}
    with ThreadPoolExecutor(1) as pool:
        asked, names = [], list[str]()
        for name, facts in log(repository, settings, wanted, known):
            found[name] = facts
            names += (name for row in facts[-1] for name in doubtful(Change(*row)))
            if len(names) >= _TOGETHER:
                asked.append(pool.submit(_identities, contents, settings, names))
                names = []
        told = {name: number for one in asked for name, number in one.result().items()}
    return found, told


def _commit(name: str, facts: tuple[Any, ...]) -> Commit:
    end = facts.index(None)
    told = facts[end + 1 :]
    return Commit(name, facts[:end], Signature(*told[:4]), Signature(*told[4:8]), told[8])


def _identities(contents: Contents, settings: Settings, names: list[str]) -> dict[str, str]:
    """The numbers that documents bear in these contents; empty for one that bears none."""
    found = dict.fromkeys(names, "")
    for name, content in contents.read(names, _SMALL):
        if content and (identifier := claimed_id(content[:SIZE_OF_HEAD].decode("utf-8", "replace"), settings)):
            found[name] = identifier.value
    return found


def _key(root: Path, settings: Settings) -> bytes:
    """Changes with what decides which files are documents, and which field holds their numbers."""
    own = (path.read_bytes() for path in schema_files(root).values() if path.parent != SHIPPED)
    told = (
        __version__,
        Path(__file__).stat().st_mtime_ns,
        Path(__file__).with_name("git_log.py").stat().st_mtime_ns,
        LOG,
        settings.folder,
        settings.records_folder,
        settings.include,
        settings.exclude,
    )
    return blake2b(b"\0".join([repr(told).encode(), *own]), digest_size=20).digest()


def _shallow(common: Path) -> Message | None:
    """Why the history that is here is not all of it."""
    if not (common / "shallow").exists():
        return None
    return say("Git's history is not whole here. In CI, fetch all of it (fetch-depth: 0, GIT_DEPTH: 0).")
