"""The folder `build/` of a handbook, in which no symbolic link is followed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rutine.errors import RutineError, UsageError
from rutine.model import say

_OURS = ("pages", "site", "site.old", "search", "found", "preview", "zensical")
PATIENCE = 600.0  # seconds to wait for another build


def own_folder(root: Path) -> Path:
    """The folder `build/`, where rutine writes and deletes as it likes."""
    folder = _folder(root)
    for name in _OURS:
        remove_links(folder / name)
    return folder


def _folder(root: Path) -> Path:
    folder = root / "build"
    refuse_links(root, folder, root / "site")
    refuse_links(root, *(folder.iterdir() if folder.is_dir() else ()))
    folder.mkdir(exist_ok=True)
    return folder


def clear_away(path: Path) -> None:
    """Remove what stands there, whether file, folder or link."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


@contextmanager
def nothing_in_the_way() -> Iterator[None]:
    """A repository may hold files where rutine needs folders. Raises RutineError with what to do about one."""
    try:
        yield
    except (NotADirectoryError, IsADirectoryError, FileExistsError) as error:
        message = say("{path} is in the way. Delete the folder build, and try again.", path=str(error.filename))
        raise RutineError(message) from error


def refuse_links(root: Path, *places: Path) -> None:
    """A repository may hold a symbolic link where rutine writes and deletes, or on the way; it is never followed."""
    for place in places:
        steps = [place, *place.parents]
        for path in steps[: steps.index(root)] if root in steps else steps[:1]:
            if path.is_symlink():
                raise RutineError(
                    say("{path} is a symbolic link. Remove it: rutine writes and deletes files there.", path=str(path))
                )


def remove_links(folder: Path) -> None:
    """Remove the symbolic links below a folder of our own, without following them. Two processes may do so at once."""
    for entry in entries_below(os.fspath(folder)):
        if entry.is_symlink():
            Path(entry.path).unlink(missing_ok=True)


def entries_below(folder: str) -> Iterator[os.DirEntry[str]]:
    """All that lies below a folder, folders too, which come before what they hold; no link is followed."""
    below = [folder]
    while below:
        try:
            with os.scandir(below.pop()) as found:
                entries = list(found)
        except (FileNotFoundError, NotADirectoryError):
            continue
        below += [entry.path for entry in entries if entry.is_dir(follow_symlinks=False)]
        yield from entries


def files_below(folder: Path) -> set[str]:
    """The files of a folder. The folders in it in which there is no file are removed."""
    start, files, folders = len(os.fspath(folder)) + 1, set[str](), list[str]()
    for entry in entries_below(os.fspath(folder)):
        if entry.is_dir(follow_symlinks=False):
            folders.append(entry.path)
        else:
            files.add(entry.path[start:])
    filled = {""}
    for file in files:
        above = file.rpartition("/")[0]
        while above not in filled:
            filled.add(above)
            above = above.rpartition("/")[0]
    for path in reversed(folders):  # those that lie in others first
        if path[start:] not in filled:
            with suppress(OSError):  # somebody fills it just now
                os.rmdir(path)  # noqa: PTH106  # of thousands
    return files


@contextmanager
def lock(root: Path, name: str = "build", waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Nobody else builds this handbook meanwhile. `waiting` is called when somebody else is at it."""
    from filelock import FileLock, Timeout  # comes with the site's generator

    held = FileLock(_folder(root) / f".{name}.lock")
    try:
        held.acquire(timeout=0)
    except Timeout:
        if waiting is None:
            raise UsageError(
                say("The handbook is already being built or served from this folder. Wait, or stop the other one.")
            ) from None
        waiting()
        try:
            held.acquire(timeout=PATIENCE)
        except Timeout:
            raise UsageError(say("Another build of this handbook does not end. Stop it, then build again.")) from None
    try:
        yield
    finally:
        held.release()
