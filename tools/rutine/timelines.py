"""From commits to versions: the main line, who wrote what a merge brought in, and each document through its renames. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from rutine.model import Commit, Signature, Version


class Change(NamedTuple):
    """What a commit did to a file: `before` and `after` are Git's names of its contents, empty where there was no file.

    `source` is the path that it was moved from, by Git's reckoning; `is_same` says that it was moved as it was.
    """

    path: str
    before: str
    after: str
    source: str = ""
    is_same: bool = False


class Lines(NamedTuple):
    """The versions of every document, newest first: of those that stand at a path now, and of those that are gone."""

    present: dict[str, list[Version]]
    gone: list[list[Version]]


def main_line(commits: Mapping[str, Commit], head: str) -> list[Commit]:
    """The current commit, its first parent, that one's first parent …: what the branch held, newest first."""
    line, name = [], head
    while found := commits.get(name):
        line.append(found)
        name = found.parents[0] if found.parents else ""
    return line


def undecided(line: Sequence[Commit], decided: Sequence[Commit]) -> int:
    """How many commits of a line were made since it left another; none where the two have nothing in common."""
    names = {commit.name for commit in decided}
    return next((index for index, commit in enumerate(line) if commit.name in names), 0)


def authors(
    commits: Mapping[str, Commit], line: Sequence[Commit], changes: Mapping[str, Sequence[Change]]
) -> Iterator[tuple[str, dict[str, tuple[Signature, ...]]]]:
    """For each merge on the main line, oldest first: who changed which path in the commits that it brought in."""
    seen: set[str] = set()
    for commit in reversed(line):
        seen.add(commit.name)
        found: defaultdict[str, dict[tuple[str, str], Signature]] = defaultdict(dict)
        waiting = list(commit.parents[1:])
        while waiting:
            name = waiting.pop()
            if name in seen or (other := commits.get(name)) is None:
                continue
            seen.add(name)
            waiting += other.parents
            for change in changes.get(name, ()):
                for path in filter(None, (change.path, change.source)):
                    found[path].setdefault(other.author[:2], other.author)
        if len(commit.parents) > 1:
            yield commit.name, {path: tuple(people.values()) for path, people in found.items()}


class _Open:
    """The documents as the main line grows, oldest commit first."""

    def __init__(self, identities: Mapping[str, str]) -> None:
        self.identities = identities
        self.present: dict[str, list[Version]] = {}
        self.gone: list[list[Version]] = []

    def is_other(self, change: Change) -> bool:
        """Whether the file that seems to have been moved holds another document than before."""
        before, after = self.identities.get(change.before, ""), self.identities.get(change.after, "")
        return bool(before and after and before.lower() != after.lower())

    def take(self, commit: Commit, changes: Sequence[Change], wrote: Mapping[str, tuple[Signature, ...]]) -> None:
        """The next commit."""
        moved = [change for change in changes if change.source and not self.is_other(change)]
        from_ = {change.source: self.present.pop(change.source, []) for change in moved}
        for change in changes:
            people = wrote.get(change.path) or wrote.get(change.source) or (commit.author,)
            if change in moved:
                self._put(commit, change, from_[change.source], people)
            elif change.source:
                self._remove(commit, change.source, people)
                self._put(commit, change, [], people)
            elif not change.after:
                self._remove(commit, change.path, people)
            else:
                self._put(commit, change, self.present.pop(change.path, []), people)

    def _put(self, commit: Commit, change: Change, before: list[Version], people: tuple[Signature, ...]) -> None:
        versions = before or self._returning(change)
        if stands := self.present.get(change.path):
            self.gone.append(stands)
        versions.append(Version(commit, change.path, change.after, change.source, people))
        self.present[change.path] = versions

    def _returning(self, change: Change) -> list[Version]:
        """A file that comes back to where it was, if it is not known to be another document."""
        for index in range(len(self.gone) - 1, -1, -1):
            last = self.gone[index][-1]
            if last.path == change.path:
                theirs = next((v.blob for v in reversed(self.gone[index]) if v.blob), "")
                known, now = self.identities.get(theirs, ""), self.identities.get(change.after, "")
                return [] if known and now and known.lower() != now.lower() else self.gone.pop(index)
        return []

    def _remove(self, commit: Commit, path: str, people: tuple[Signature, ...]) -> None:
        if before := self.present.pop(path, None):
            self.gone.append([*before, Version(commit, path, "", "", people)])


def questionable(changes: Mapping[str, Sequence[Change]]) -> list[str]:
    """Git's names of the contents whose number must be known to tell documents apart: of files removed, or moved and changed."""
    wanted: dict[str, None] = {}
    removed = {change.path for found in changes.values() for change in found if not change.after}
    for found in changes.values():
        for change in found:
            wanted.update(dict.fromkeys(doubtful(change)))
            if not change.before and change.path in removed:
                wanted[change.after] = None
    return list(wanted)


def doubtful(change: Change) -> tuple[str, ...]:
    """Those of them that a change alone tells of."""
    if not change.after:
        return (change.before,)
    return (change.before, change.after) if change.source and not change.is_same else ()


def lines(
    line: Sequence[Commit],
    changes: Mapping[str, Sequence[Change]],
    wrote: Mapping[str, Mapping[str, tuple[Signature, ...]]],
    identities: Mapping[str, str],
) -> Lines:
    """Every document's versions, by what Git says of its files and by the numbers in their contents."""
    found = _Open(identities)
    for commit in reversed(line):
        if happened := changes.get(commit.name):
            found.take(commit, happened, wrote.get(commit.name, {}))
    return Lines(
        {path: versions[::-1] for path, versions in found.present.items()},
        [versions[::-1] for versions in found.gone],
    )


def joined(found: Lines, line: Sequence[Commit], identities: Mapping[str, str], numbers: Mapping[str, str]) -> Lines:
    """The versions where a document that was removed, and added elsewhere under the same number, is one.

    `numbers` are the ids of the documents that stand there now, by path.
    """
    age = {commit.name: index for index, commit in enumerate(line)}
    gone: dict[str, list[list[Version]]] = {}
    for versions in found.gone:
        last = next((version.blob for version in versions if version.blob), "")
        if number := identities.get(last, "").lower():
            gone.setdefault(number, []).append(versions)
    present, taken = dict(found.present), set[int]()
    for path, versions in found.present.items():
        for earlier in _earlier(versions, gone.get(numbers.get(path, "").lower(), ()), age):
            taken.add(id(earlier))
            first, known = versions[-1], earlier
            if earlier[0].commit.name == first.commit.name:  # moved in one commit: it was never away
                known, first = earlier[1:], first._replace(before=earlier[0].path)
            versions = [*versions[:-1], first, *known]  # noqa: PLW2901  # one life after the other
        present[path] = versions
    return Lines(present, [versions for versions in found.gone if id(versions) not in taken])


def _earlier(
    versions: Sequence[Version], candidates: Collection[list[Version]], age: Mapping[str, int]
) -> Iterator[list[Version]]:
    """The lives of the same document that ended before this one began, the latest first."""
    begins = age[versions[-1].commit.name]
    for candidate in sorted(candidates, key=lambda life: age[life[0].commit.name]):
        if age[candidate[0].commit.name] >= begins:
            yield candidate
            begins = age[candidate[-1].commit.name]
