"""Looking for markup only where a sign of it stands changes nothing of what Python-Markdown makes of a text."""

from __future__ import annotations

import markdown
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TESTS
from rutine.quick_markdown import QuickMarkdown, signs

OURS = "admonition attr_list def_list footnotes md_in_html tables toc pymdownx.superfences pymdownx.tasklist".split()
OTHERS = [*OURS, "pymdownx.tilde", "pymdownx.caret", "pymdownx.mark", "abbr"]
MARKUP = (
    "word ord *a* **b** _c_ ~~d~~ ==e== ^f^ `g` \\* [h](i.md) [j] [^k] ![l](m.png) <n@o.no> <https://p.no> <b>q</b> "
    "&amp; {.r} :s: | # - 1. > $ * _ [ < & \\ `"
)
BLOCKS = (
    " ",
    "  \n",
    "\n",
    "\n\n",
    "    ",
    "[^k]: t",
    "*[ord]: u",
    "\n| a | *b* |\n|---|---|\n| c | d |\n",
    "[TOC]",
    "\n\n[TOC]\n\n",
    "\n\n## h\n\n",
    "\n---",
    "\n\n```py\nx = '<b>'\n```\n\n",
    "~~~",
    "\n===",
    "\n\n- - -\n\n",
    "\n\n***\n\n",
    "!!! note\n\n    x\n\n",
    f"<!--rutine:{'a' * 64}:1-->",
    f"\n\n<!--rutine:{'b' * 64}:2-->\n\n",
    f"\n<!--rutine:{'c' * 64}:3-->\n",
    "x\n:   y",
)
PIECES = st.sampled_from([*MARKUP.split(" "), *BLOCKS])


def converted(text: str, extensions: list[str], *more: QuickMarkdown) -> str:
    """The text as HTML."""
    return markdown.Markdown(extensions=[*extensions, *more]).convert(text)


@settings(deadline=None, max_examples=300)
@given(st.lists(PIECES, max_size=25), st.sampled_from([OURS, OTHERS]))
def test_a_text_comes_out_the_same(pieces: list[str], extensions: list[str]) -> None:
    text = " ".join(pieces)
    assert converted(text, extensions, QuickMarkdown()) == converted(text, extensions)


def test_documents_come_out_the_same() -> None:
    paths = sorted((TESTS.parent / "procedures").rglob("*.md"))
    assert len(paths) > 40
    for path in paths:
        text = path.read_text("utf-8").split("\n---\n", 1)[-1]
        assert converted(text, OURS, QuickMarkdown()) == converted(text, OURS), path


def test_each_pattern_of_ours_is_known_and_others_turn_it_off() -> None:
    own = [pattern.pattern for pattern in markdown.Markdown(extensions=OURS).inlinePatterns]
    found = signs(own)
    assert found is not None
    assert set("".join(found)) == set("`\\[<\n&*_")
    assert signs([*own, "unknown"]) is None
