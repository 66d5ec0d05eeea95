"""What the rules about HTML and addresses accept does no harm once Python-Markdown has made a page of it.

Held against the library itself, with the extensions of `mkdocs.yml`. The page is read by Python's own HTML parser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from rutine.checks import unsafe_html, unsafe_link
from rutine.model import Document
from rutine.settings import read_settings

ROOT = Path(__file__).parents[1]
HANDBOOK = read_settings(ROOT)
_BLANKS = "".join(map(chr, range(33)))
_ACTIVE = {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "base", "link", "meta", "textarea"}


@cache
def _markdown() -> Markdown:
    listed = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    named = [(item, {}) if isinstance(item, str) else next(iter(item.items())) for item in listed]
    return Markdown(extensions=[name for name, _ in named], extension_configs=dict(named))


def _render(body: str) -> str:
    return _markdown().reset().convert(body)


class _Harm(HTMLParser):
    """Collects what runs something in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.found.append((tag,))
        for name, value in attrs:
            address = re.sub(r"[\t\n\r]", "", (value or "").strip(_BLANKS)).lower()
            runs = name in ("href", "src") and re.match(r"(?:javascript|vbscript|data):", address)
            styled = name == "style" and tag not in ("td", "th")  # Python-Markdown aligns columns by it
            if runs or styled or (name.startswith("on") and value not in (None, name)):
                self.found.append((tag, name, value or ""))

    handle_startendtag = handle_starttag


def _is_accepted(body: str) -> bool:
    document = Document("procedures/x.md", None, {}, body)
    return not [*unsafe_html.check(document, HANDBOOK), *unsafe_link.check(document, HANDBOOK)]


ATTACKS = [
    "<script>alert(1)</script>",
    "text <img src=x onerror=alert(1)> text",
    "<svg onload=alert(1)></svg>",
    '<p style="background: url(https://example.org)">x</p>',
    # What looks like code and is none: over several lines, in an HTML block, after a comment, escaped
    "`one\n<script>alert(1)</script>\ntwo`",
    "<div>\n`<script>alert(1)</script>`\n</div>",
    "<!-- a --> `<script>alert(1)</script>`",
    "<!--\n`-->` x\n`<script>alert(1)</script>`",
    "\\`<b onclick=alert(1)>x</b>`",
    "one ` two\n`<b onclick=alert(1)>x</b>`",
    # A fence that the indented line before it makes plain text again
    "    code\n~~~\n<script>alert(1)</script>\n~~~",
    "```\nx\n``` y\n<script>alert(1)</script>\n",
    # A comment that ends with its paragraph
    "text <!-- a\n\n<b onclick=alert(1)>x</b> -->",
    # Markdown within an attribute ends the attribute
    '<b title="[x](onclick=alert(1))">y</b>',
    # Control characters that Python-Markdown drops
    "<scr\x02ipt>alert(1)</script>",
    "[a](java\x02script:alert(1))",
    # Attribute lists
    "# Heading {: onclick=alert(1) }",
    "*x*{ onmouseover=alert(1) }",
    "[x](y.md){: href='javascript:alert(1)' }",
    # Addresses
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](javascript&colon;alert(1))",
    "[a](<java\nscript:alert(1)>)",
    "[a](ja`vascript`:alert(1))",
    "[a](ja[vascript][id]:alert(1))\n\n[id]: x",
    "[a][b]\n\n[b]:\n  javascript:alert(1)",
    "![a](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript://%0aalert(1)>",
    '<a href=" javascript:alert(1)">x</a>',
    "<div>\n<https://x/onclick=alert(1)>\n</div>",
]


@pytest.mark.parametrize("body", ATTACKS)
def test_attack_is_refused(body: str) -> None:
    """Each of these is real: it does harm on a page. None is accepted."""
    assert _Harm(_render(body)).found
    assert not _is_accepted(body)


HARMLESS = [
    "Plain text with 3 < 5, a <- b, R&D and `<script>` in code.",
    "| a | b |\n|---|:-:|\n| `<b onclick=x>` | 2 |",
    "```html\n<script>alert(1)</script>\n```",
    "Text:\n\n~~~ html\n<iframe src='x'></iframe>\n~~~",
    "1. Step\n\n    ```html\n    <script>alert(1)</script>\n    ```\n",
    "H<sub>2</sub>O<br>and <abbr title='Health, safety'>HSE</abbr>",
    "<details markdown>\n<summary>More</summary>\n\nText\n\n</details>",
    '<img src="line.png" alt="" width="20">',
    "<https://lovdata.no/> <post@town.example> [a](mailto:x@town.example) [b](tel:+4712345678) [c](x.md#y)",
    "<!-- a comment\n\nof two paragraphs -->\n\nText",
    "## Heading {#own-anchor .wide}\n\nUse {{ config }} and {% raw %} and {period}.",
    "[the form](<skjema (nytt) æøå.pdf>)",
    "[note]: notes.md 'Title: with a colon'\n\nNote: data: javascript: are words.",
]


@pytest.mark.parametrize("body", HARMLESS)
def test_harmless_text_is_accepted(body: str) -> None:
    """Ordinary Markdown passes."""
    assert _is_accepted(body)
    assert not _Harm(_render(body)).found


# fmt: off
PIECES = (
    "`", "``", "```", "~~~", "```\n", "~~~\n", "\n", "\n", "\n\n", "\n\n", "\t", "*", "_", "\\", "!", "|", "[", "]", "(", ")", "](",
    "{:", "}", '"', "'", "=", "/", "<", ">", ":", "<!--", "-->", "--!>", "<?", "?>", "<![CDATA[", "]]>", "&#106;", "&colon;", "&Tab;",
    "    ", "  ", " ", "a", "# ", "- ", "1. ", "> ", ": ", "!!! note\n\n    ", "[^1]", "\n[^1]: ", "\n[a]: ", "[a]", "\n*[a]: ",
    "<script>", "</script>", "`<script>`", "`<b onclick=x>`", "<b onclick=x>", "`<!--`", "`-->`", "`<div>`", "`<textarea>`",
    "\n<div>\n", "</div>\n", '\n<div markdown="1">\n', "<details markdown>", "<b>", "</b>", "<br>", '<b title="', "<a href='", "<span ",
    "\n~~~\n<script>\n~~~\n", "\n\n```\n<b onclick=x>\n```\n", "\n    ~~~\n    <script>\n    ~~~\n",
    "\n\n    ```\n    <script>\n    ```\n\n", "| a |\n|---|\n", "[x](", "![", "javascript:", "java", "script", "`script`", "data:",
    "onclick=x", " onclick=x ", "{ onclick=x }", "<https://x.no/", "<x@y.no>", "\x02", "\x0b", "\u00a0", "\u200b",
)
PROTECTED = ("\n\n`<script>`", " `<b onclick=x>`", "\n~~~\n<script>\n~~~\n", "\n\n    ~~~\n    <script>\n    ~~~\n")
# fmt: on
BEFORE_CODE = [piece for piece in PIECES if "<" not in piece or "`" in piece or "~" in piece]


def _texts(pieces: Sequence[str], most: int) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(pieces), max_size=most).map("".join)


@settings(max_examples=3000, deadline=None, derandomize=True)
@given(_texts(PIECES, 25))
@example("    \n~~~\n<script>\n~~~\n")
@example("- \n    ~~~\n    <script>\n    ~~~\n")
def test_accepted_text_does_no_harm(body: str) -> None:
    """Whatever is put together of dangerous pieces: it is refused, or nothing of it runs."""
    if _is_accepted(body):
        assert not _Harm(_render(body)).found


@settings(max_examples=1500, deadline=None, derandomize=True)
@given(_texts(BEFORE_CODE, 15), st.sampled_from(PROTECTED))
def test_code_holds_what_is_in_it(before: str, code: str) -> None:
    """Code protects what it holds, whatever stands before it; or it is refused."""
    if _is_accepted(before + code):
        assert not _Harm(_render(before + code)).found
