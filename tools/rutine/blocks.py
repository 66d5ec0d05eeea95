"""The HTML that rutine puts into pages, kept from the generator's Markdown. Pure."""

from __future__ import annotations

import re
from hashlib import sha256

LIKE_BLOCK = re.compile(r'^<(?:p|div|nav) class="rutine-', re.MULTILINE)
NO_BLOCKS = "<!-- rutine: the author's text looks like a block -->"
_BLOCK = re.compile(
    r'^(?:<p class="rutine-[^\n]*</p>|<(div|nav) class="rutine-[^\n]*>\n(?:[^\n]+\n)*?</\1>)$', re.MULTILINE
)
_MARK = re.compile(r"<!--rutine:[0-9a-f]{64}:\d+-->")


def take_blocks(text: str) -> tuple[str, dict[str, str]]:
    """A page's Markdown with a mark for each generated block of HTML, and the blocks by their marks.

    Markdown would pass them through unchanged, but only after looking at every tag of them twice. A mark holds a digest
    of the whole page, so that no author can have written it there. Where an author's own text looks like a block, all
    of the page stays: what is code and what is not, only the generator knows.
    """
    if NO_BLOCKS in text:
        return text, {}
    blocks: dict[str, str] = {}
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def mark(found: re.Match[str]) -> str:
        sign = f"<!--rutine:{digest}:{len(blocks)}-->"
        blocks[sign] = found[0]
        return sign

    return _BLOCK.sub(mark, text), blocks


def put_blocks(page: str, blocks: dict[str, str]) -> str:
    """The HTML of a page with the blocks where their marks are."""
    return _MARK.sub(lambda found: blocks.get(found[0], found[0]), page) if blocks else page
