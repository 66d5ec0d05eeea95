"""The ids of all documents without reading them: for the check of a single file."""

from __future__ import annotations

from pathlib import Path

from rutine.memory import recall
from rutine.model import Fact
from rutine.survey import key_of


class Ids:
    """The ids of all documents as the last whole survey saw them: one text, of which only what is asked for is read."""

    def __init__(self, text: str) -> None:
        self._text = text

    def rows(self, name: str) -> list[tuple[str, Fact]]:
        """The documents that bear an id, given in lower case."""
        found, start = [], self._text.find(sought := f"\0\0{name}\0")
        while start >= 0:
            end = self._text.index("\0\0", start + len(sought))
            path, identifier, line, column = self._text[start + len(sought) : end].split("\0")
            found.append((path, Fact(identifier, int(line), int(column))))
            start = self._text.find(sought, end)
        return found

    def about(self, identifier: str) -> list[tuple[str, Fact]]:
        """The records about the document with an id."""
        return self.rows(f"\1{identifier.lower()}")


def remembered_ids(root: Path) -> Ids | None:
    """The ids of all documents as the last whole survey saw them; None where nothing fits is remembered."""
    text = recall(root, "ids", key_of(root))
    return None if text is None else Ids(text)
