"""Python-Markdown looks for each kind of markup in each piece of text; here it does only where a sign of any stands.

What it makes of a text stays the same: without one of these signs no pattern can match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.inlinepatterns import (  # type: ignore[import-untyped]
    AUTOLINK_RE,
    AUTOMAIL_RE,
    BACKTICK_RE,
    ENTITY_RE,
    ESCAPE_RE,
    HTML_RE,
    IMAGE_REFERENCE_RE,
    LINE_BREAK_RE,
    LINK_RE,
    REFERENCE_RE,
)
from markdown.treeprocessors import InlineProcessor  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown  # type: ignore[import-untyped]

_SIGNS = {
    BACKTICK_RE: "`",
    ESCAPE_RE: "\\",
    REFERENCE_RE: "[",
    LINK_RE: "[",
    IMAGE_REFERENCE_RE: "[",
    r"\[\^([^\]]*)\]": "[",  # of footnotes
    AUTOLINK_RE: "<",
    AUTOMAIL_RE: "<",
    HTML_RE: "<",
    LINE_BREAK_RE: "\n",
    ENTITY_RE: "&",
    r"\*|_": "*_",  # of emphasis
}  # a pattern as it is written, and characters of which one stands in whatever it matches


class InlineSigns(Extension):  # type: ignore[misc]
    """The extension that does this. With a pattern that it does not know, it changes nothing."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Take the place of the processor that looks for markup."""
        md.treeprocessors.register(_Inline(md), "inline", 20)


class _Inline(InlineProcessor):  # type: ignore[misc]
    signs: re.Pattern[str] | None = None

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.signs = signs(pattern.pattern for pattern in self.inlinePatterns)
        found: Element = super().run(tree, ancestors)
        return found

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if self.signs and not self.signs.search(data):
            return data
        found: str = super()._InlineProcessor__handleInline(data, patternIndex)
        return found


def signs(patterns: Iterable[str]) -> re.Pattern[str] | None:
    """What matches in each text in which one of the patterns does; None where one is unknown."""
    found = [_SIGNS.get(pattern) for pattern in patterns]
    return re.compile(f"[{re.escape(''.join(map(str, found)))}]") if None not in found else None
