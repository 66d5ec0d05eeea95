"""What generated HTML in a page becomes is the same whether it is kept from the generator's Markdown or not."""

from __future__ import annotations

import re

import markdown
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from conftest import TESTS
from rutine.blocks import LIKE_BLOCK, put_blocks, take_blocks
from test_quick_markdown import OURS, PIECES


def in_danish(body: str) -> tuple[str, str]:
    """A part in another language as HTML: kept from Markdown, and by Markdown alone."""
    text = f'# T\n\n<p class="rutine-x">1</p>\n\n<div lang="da" markdown="1">\n\n{body}\n\n</div>\n\n## U\n'
    taken, blocks = take_blocks(text)
    assert len(blocks) == 3
    kept = put_blocks(markdown.markdown(taken, extensions=OURS), blocks)
    alone = markdown.markdown(text, extensions=OURS)
    return tuple(re.sub(r"\s*\n\s*", "\n", html).replace(">\n</div>", "></div>") for html in (kept, alone))  # type: ignore[return-value]


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=20))
def test_parts_in_another_language(pieces: list[str]) -> None:
    body = " ".join(pieces).strip()
    assume("<!--rutine" not in body)
    kept, alone = in_danish(body)
    assert kept == alone


def test_documents_in_another_language() -> None:
    for path in sorted((TESTS.parent / "procedures").rglob("*.md")):
        body = path.read_text("utf-8").split("\n---\n", 1)[-1].strip()
        assert not LIKE_BLOCK.search(body), path
        kept, alone = in_danish(body)
        assert kept == alone, path
