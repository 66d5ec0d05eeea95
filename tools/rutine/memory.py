"""What is remembered of a handbook between runs. Losing it costs time and nothing else.

It lies in the user's cache folder, never in the repository: nothing that a stranger sends is trusted.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32


class _Held(NamedTuple):
    """What a process has not written yet: values with their keys, by file."""

    process: int
    values: dict[Path, tuple[bytes, Any]]


_held: list[_Held] = []  # one at most


def recall(root: Path, name: str, key: bytes) -> Any:
    """What was remembered of a handbook by this name; None where nothing was, or what it depends on has changed."""
    path = _path(root, name)
    for held in _held:
        if path in held.values:
            return held.values[path][1] if held.values[path][0] == key else None
    try:
        saved = path and marshal.loads(path.read_bytes())  # noqa: S302  # the user's own folder
    except (OSError, ValueError, EOFError, TypeError):
        return None
    return saved[1] if isinstance(saved, tuple) and len(saved) == 2 and saved[0] == key else None


def remember(root: Path, name: str, key: bytes, value: Any) -> None:
    """Remember plain values (what marshal can write). `key` changes with everything that they depend on."""
    if (path := _path(root, name)) is None:
        return
    for held in _held:
        if held.process == os.getpid():
            held.values[path] = (key, value)
            return
    _write(path, key, value)


@contextmanager
def later() -> Iterator[Callable[[], Callable[[], None]]]:
    """What is to be remembered meanwhile is written in the end. What is there so far can be taken out: the function that
    writes it, which another process may call.
    """
    held = _Held(os.getpid(), {})
    _held.append(held)

    def take() -> Callable[[], None]:
        values = dict(held.values)
        held.values.clear()

        def write() -> None:
            for path, (key, value) in values.items():
                _write(path, key, value)

        return write

    try:
        yield take
    finally:
        _held.remove(held)
        take()()


def _write(path: Path, key: bytes, value: Any) -> None:
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.write_bytes(marshal.dumps((key, value)))
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)


def folder_for(root: Path, name: str) -> Path | None:
    """A folder where another program may remember what it made for a handbook; None where there can be none."""
    path = _path(root, name)
    try:
        if path:
            path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        return None
    return path


def state_of(*folders: Path) -> bytes:
    """Changes when a file of these folders does; links and folders within them are not looked into."""
    found = (entry for folder in folders for entry in os.scandir(folder) if entry.is_file())
    return "".join(sorted(f"{entry.path} {entry.stat().st_mtime_ns}\n" for entry in found)).encode()


def _path(root: Path, name: str) -> Path | None:
    """`$XDG_CACHE_HOME/rutine`, else `~/.cache/rutine`; the key tells apart handbooks whose files fall together.

    None where that lies within the handbook: a stranger may have sent what stands there.
    """
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "rutine"
    if folder.resolve().is_relative_to(root.resolve()):
        return None
    return folder / f"{root.name[:40]}-{crc32(os.fsencode(root.resolve())):08x}.{name}"
