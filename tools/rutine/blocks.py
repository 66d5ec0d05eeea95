"""The HTML that rutine puts into pages, kept from the generator's Markdown. Pure."""

from __future__ import annotations

import re
from hashlib import sha256

LIKE_BLOCK = re.compile(r'^(?:<(?:p|div|nav) class="rutine-|<div lang=|</div>)', re.MULTILINE)
NO_BLOCKS = "<!-- rutine: the author's text looks like a block -->"
_BLOCK = re.compile(
    r'^(?:<p class="rutine-[^\n]*</p>|<(div|nav) class="rutine-[^\n]*>\n(?:[^\n]+\n)*?</\1>)$', re.MULTILINE
)
_PART = re.compile(r'^(<div lang="[^"\n]*") markdown="1">(\n\n.*?\n\n)(</div>)$', re.MULTILINE | re.DOTALL)
MARK = re.compile(r"<!--rutine:[0-9a-f]{64}:\d+-->")


def take_blocks(text: str) -> tuple[str, dict[str, str]]:
    """A page's Markdown with a mark for each generated block of HTML, and the blocks by their marks. So has what begins
    and what ends a part in another language, whose text is Markdown.

    Markdown would pass them through unchanged, but only after looking at every tag of them twice. A mark holds a digest
    of the whole page, so that no author can have written it there. Where an author's own text looks like a block, all
    of the page stays: what is code and what is not, only the generator knows.
    """
    if NO_BLOCKS in text:
        return text, {}
    blocks: dict[str, str] = {}
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()

    def mark(block: str) -> str:
        sign = f"<!--rutine:{digest}:{len(blocks)}-->"
        blocks[sign] = block
        return sign

    text = _BLOCK.sub(lambda found: mark(found[0]), text)
    return _PART.sub(lambda found: mark(f"{found[1]}>") + found[2] + mark(found[3]), text), blocks


def put_blocks(page: str, blocks: dict[str, str]) -> str:
    """The HTML of a page with the blocks where their marks are."""
    return MARK.sub(lambda found: blocks.get(found[0], found[0]), page) if blocks else page
