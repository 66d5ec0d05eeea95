"""The anchors of headings, as Python-Markdown's `toc` extension makes them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """The anchor of a heading with this text, as `toc.slugify` makes it."""
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    text = re.sub(r"[^\w\s-]", "", text).strip().lower()
    return re.sub(r"[-\s]+", "-", text)


class Anchors:
    """The anchors of a page, each taken once; a second one is numbered as `toc.unique` does."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[tuple[str, int], int] = {}

    def take(self, anchor: str, *, as_it_is: bool) -> str:
        """The anchor, or with `_1`, `_2` … after it where it is taken already, or is none at all."""
        if not as_it_is and (anchor in self._taken or not anchor):
            found = re.match(r"^(.*)_([0-9]{1,9})$", anchor)
            stem, first = (found[1], int(found[2]) + 1) if found else (anchor, 1)
            number = self._next.get((stem, first), first)
            while f"{stem}_{number}" in self._taken:
                number += 1
            self._next[stem, first] = number
            anchor = f"{stem}_{number}"
        self._taken.add(anchor)
        return anchor
