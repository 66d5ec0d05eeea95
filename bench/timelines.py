"""All versions of every document of a handbook, as rutine reads them from Git: how many there are of each, as JSON.

    timelines.py [CORPUS]

CORPUS is the current folder if it is not given.
"""

import json
import os
import re
import sys
from pathlib import Path

from rutine.history import read_history
from rutine.model import Entry, Facts
from rutine.settings import read_settings

_NUMBER = re.compile(r"^id: (\S+)$", re.MULTILINE)


def entry(path: str, content: str) -> Entry:
    """What history needs to know of a document that stands there now: its number."""
    number = _NUMBER.search(content)
    return Entry(path, None, Facts({"id": [(number[1], 1, 1)]} if number else {}), (), (), "", ())


def head(path: str) -> str:
    """How a file begins."""
    file = os.open(path, os.O_RDONLY)
    try:
        return os.read(file, 200).decode("utf-8", "replace")
    finally:
        os.close(file)


def main(root: Path) -> None:
    """Print the numbers."""
    paths = sorted(map(str, (root / "procedures").glob("*/*.md")))
    entries = [entry(path.removeprefix(f"{root}/"), head(path)) for path in paths]
    with read_history(root, read_settings(root), {one.path: one for one in entries}) as known:
        assert known.untold is None, known.untold
        print(json.dumps({one.path: len(known.history.versions[one.path]) for one in entries}))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve())
