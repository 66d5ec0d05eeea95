"""What lies within the handbook's own folder: no symbolic link is ever followed out of it, or within it."""

from __future__ import annotations

import os
import stat
from pathlib import Path


def leads_through_link(root: Path, path: str) -> bool:
    """Whether any part of a path from the handbook's root is a symbolic link."""
    place = os.fspath(root)
    for part in path.split("/"):
        place = os.path.join(place, part)  # noqa: PTH118  # called for every file that is written or read by itself
        if os.path.islink(place):  # noqa: PTH114
            return True
    return False


def is_own_file(root: Path, path: Path) -> bool:
    """Whether a path is an ordinary file within the root, reached without a symbolic link."""
    if leads_through_link(root, path.relative_to(root).as_posix()):
        return False
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False
