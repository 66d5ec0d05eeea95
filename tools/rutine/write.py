"""To disk, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_file(path: Path, content: bytes, *, replace: bool = True) -> None:
    """Write a file so that whoever reads it, also after a crash at any instant, finds the old content or the new.

    Raises FileExistsError where `replace` is false and there is a file of that name.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)
        if replace:
            Path(name).replace(path)
        else:
            os.link(name, path)  # fails where the name is taken, unlike a rename
            Path(name).unlink()
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def put_file(path: Path, content: bytes) -> None:
    """Write a file of our own, which could be made anew, unless it holds this already. Whoever reads one that was there
    finds the old content or the new; where it is linked to from elsewhere it stays as it was.
    """
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        put_file(path, content)
    except FileExistsError:
        if path.is_symlink() or path.read_bytes() != content:
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            temporary.unlink(missing_ok=True)
            try:
                with temporary.open("xb") as file:
                    file.write(content)
                temporary.replace(path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
