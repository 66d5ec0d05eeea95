"""From Git: the commits of a history, with what each of them did to documents and records, while Git writes them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from rutine.errors import UsageError
from rutine.model import Settings, say
from rutine.read import is_document
from rutine.repository import Repository

_MARK = b"commit"
LOG = (
    "-c", "log.follow=false", "-c", "i18n.logOutputEncoding=UTF-8", "-c", "diff.renameLimit=300", "log", "--topo-order",
    "--full-history", "--sparse", "--raw", "-z", "--no-abbrev", "--relative", "--no-ext-diff", "--no-textconv",
    "--find-renames=50%", "-l300", "--diff-merges=first-parent", "--no-notes", "--use-mailmap", "--date=raw",
    "--format=commit%x00%H%x00%P%x00%aN%x00%aE%x00%ad%x00%cN%x00%cE%x00%cd%x00%s",
)  # fmt: skip
_OURS = ("schema", "site", "build")  # what else a handbook has folders for
PATIENCE = 600  # seconds for all of history


def log(
    repository: Repository, settings: Settings, wanted: list[str], known: Sequence[str]
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """What of each commit is remembered, newest first, by its name: of those that lead to `wanted`, but not to `known`.

    It is in plain values: parents, None, author, committer, first line, and rows as in `Change`. Raises UsageError where
    Git does not tell.
    """
    paths = [settings.folder.strip("/") or ".", settings.records_folder.strip("/")]
    commits = [*wanted, *(f"^{name}" for name in known if name)]
    if _is_alone(repository.root, paths):
        paths = []
    left, begin = set(wanted), b""

    def begins(stream: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal begin
        for piece in stream:
            begin = begin or piece[:80]
            yield piece

    try:
        for name, facts in _parsed(
            begins(repository.stream(*LOG, *commits, "--", *paths, patience=PATIENCE)), settings
        ):
            left.discard(name)
            yield name, facts
    except UsageError:
        if begin or not any(known):
            raise
        yield from log(repository, settings, wanted, ())  # what was known is no longer there
        return
    if left:
        raise UsageError(say("Git says: {words}", words=begin.decode("utf-8", "replace")))


def _is_alone(root: Path, folders: Sequence[str]) -> bool:
    """Whether a repository holds a handbook and nothing else, as far as its folders tell.

    To look for some of its files alone takes Git longer then.
    """
    known = {*(folder.split("/")[0] for folder in folders), *_OURS}
    with os.scandir(root) as entries:
        found = {entry.name for entry in entries if entry.is_dir() and not entry.name.startswith(".")}
    return (root / ".git").exists() and found <= known


def _parts(stream: Iterable[bytes]) -> Iterator[bytes]:
    """What stands between zero bytes."""
    rest = b""
    for piece in stream:
        *whole, rest = (rest + piece).split(b"\0")
        yield from whole
    yield rest


def _parsed(stream: Iterable[bytes], settings: Settings) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The commits: parents, author, committer, first line, and what they did to documents and records."""
    wanted = cache(lambda path: is_document(path, settings))
    parts = _parts(stream)
    part = next(parts, b"")
    while part == _MARK:
        name, parents, *people, subject = (_text(next(parts)) for _ in range(9))
        rows: list[tuple[Any, ...]] = []
        for part in parts:  # it is looked at after the loop
            if part == _MARK:
                break
            if facts := part.lstrip(b"\n"):
                rows += _row(facts, parts, wanted)
        else:
            part = b""
        yield name, (*parents.split(), None, *_person(people[:3]), *_person(people[3:]), subject, rows)


def _row(facts: bytes, parts: Iterator[bytes], wanted: Any) -> Iterator[tuple[Any, ...]]:
    """A row of `git log --raw -z`: `:modes names M`, path; or `:modes names R086`, path, path."""
    old_mode, mode, before, after, letter = facts[1:].decode("ascii", "replace").split(" ")
    path = _path(next(parts))
    source, path = (path, _path(next(parts))) if letter[0] in "RC" else ("", path)
    was, is_ = old_mode.startswith("100"), mode.startswith("100")  # links and other repositories are no documents
    if source and not (was and wanted(source)):
        source, was = "", False  # it comes from where no documents are
    if not wanted(path):
        if source and letter[0] == "R":
            yield source, before, "", "", False
        return
    if was or is_:
        yield path, before if was else "", after if is_ else "", source if letter[0] == "R" else "", letter == "R100"


def _path(name: bytes) -> str:
    return name.decode("utf-8", "surrogateescape")


def _text(content: bytes) -> str:
    """Text as Git gives it: UTF-8, or what old programs wrote without saying how."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("latin-1")


def _person(told: list[str]) -> tuple[str, str, int, int]:
    """Name, address, seconds and the offset of the clock in minutes."""
    name, email, when = told
    seconds, _, zone = when.partition(" ")
    digits = zone[1:]
    offset = int(digits[:-2] or 0) * 60 + int(digits[-2:]) if digits.isdigit() and len(digits) <= 4 else 0
    return name, email, int(seconds) if seconds.lstrip("-").isdigit() else 0, -offset if zone[:1] == "-" else offset
