"""The folder `build/` of a handbook, in which no symbolic link is followed."""

from __future__ import annotations

import os
from pathlib import Path

from rutine.errors import RutineError
from rutine.model import say


def own_folder(root: Path) -> Path:
    """The folder `build/`, where rutine writes and deletes as it likes."""
    folder = root / "build"
    refuse_links(root, folder, root / "site")
    refuse_links(root, *(folder.iterdir() if folder.is_dir() else ()))
    folder.mkdir(exist_ok=True)
    return folder


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
    """Remove the symbolic links below a folder of our own, without following them."""
    for parent, folders, names in os.walk(folder):
        for path in (Path(parent, name) for name in (*folders, *names)):
            if path.is_symlink():
                path.unlink()
