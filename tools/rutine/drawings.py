"""From disk: the drawings of a handbook that do more than draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rutine.read import SIZE_LIMIT, File, read_bytes


def unsafe_drawings(root: Path, files: Iterable[File]) -> Iterator[str]:
    """SVG files with a script, with links to other files, or too large to tell. They are few, and read every time."""
    for file in files:
        if file.path.lower().endswith(".svg") and not file.is_link:
            from rutine.vector import is_clean_drawing  # only where there are drawings

            try:
                is_clean = file.size <= SIZE_LIMIT and is_clean_drawing(read_bytes(root, file.path))
            except OSError:
                is_clean = False
            if not is_clean:
                yield file.path
