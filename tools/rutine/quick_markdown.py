"""Python-Markdown tries each of its rules on each piece of text; here it does only where a sign of the rule stands.

What it makes of a text stays the same: without these signs no rule can match.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from markdown import blockprocessors  # type: ignore[import-untyped]
from markdown.blockparser import BlockParser  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.extensions.def_list import DefListProcessor  # type: ignore[import-untyped]
from markdown.extensions.tables import TableProcessor  # type: ignore[import-untyped]
from markdown.extensions.toc import TocTreeprocessor  # type: ignore[import-untyped]
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
from markdown.postprocessors import RawHtmlPostprocessor  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor  # type: ignore[import-untyped]
from markdown.util import STX, AtomicString  # type: ignore[import-untyped]
from pymdownx.superfences import SuperFencesBlockPreprocessor  # type: ignore[import-untyped]

from rutine.blocks import MARK

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

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
_SIGNS_OF_BLOCKS: dict[type, Sequence[str]] = {
    blockprocessors.HashHeaderProcessor: ("#",),
    blockprocessors.SetextHeaderProcessor: ("\n=", "\n-"),
    blockprocessors.HRProcessor: ("--", "- ", "**", "* ", "__", "_ "),
    blockprocessors.BlockQuoteProcessor: (">",),
    DefListProcessor: (":",),
    TableProcessor: ("|",),
}  # a rule for blocks, and texts of which one stands in whatever it takes
_TAG = re.compile(rf"<(?!{MARK.pattern[1:]})")
_ALONE = re.compile(rf"(?:(?<=\n\n)|\A)({MARK.pattern})(?=\n\n)")


class QuickMarkdown(Extension):  # type: ignore[misc]
    """The extension that does this, to be the last one. Rules that it does not know are tried as ever."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        """Take the place of what looks for markup."""
        md.treeprocessors.register(_Inline(md), "inline", 20)
        md.preprocessors.register(_Html(md, md.preprocessors["html_block"]), "html_block", 20)
        md.is_block_level = _BlockLevel(md).__getitem__
        for rule in (md.parser, *md.preprocessors, *md.treeprocessors, *md.postprocessors):
            rule.__class__ = _OURS.get(type(rule), type(rule))


class _BlockLevel(dict[Any, bool]):
    """Whether a tag is one of a block, each asked for once."""

    def __init__(self, md: Markdown) -> None:
        super().__init__()
        self.asked = md.is_block_level

    def __missing__(self, tag: Any) -> bool:
        found: bool = self.asked(tag)
        self[tag] = found
        return found


class _Unescape(UnescapeTreeprocessor):  # type: ignore[misc]
    def unescape(self, text: str) -> str:
        found: str = super().unescape(text) if STX in text else text
        return found


class _Inline(InlineProcessor):  # type: ignore[misc]
    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        self.rules = list(self.inlinePatterns)
        self.signs = signs(rule.pattern for rule in self.rules)
        self.any = re.compile(f"[{re.escape(''.join(self.signs))}]") if self.signs else None
        found: Element = super().run(tree, ancestors)
        return found

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803
        if not self.any or not self.signs:
            found: str = super()._InlineProcessor__handleInline(data, patternIndex)
            return found
        if isinstance(data, AtomicString) or not self.any.search(data):
            return data
        for at in range(patternIndex, len(self.rules)):
            start, goes_on = 0, True
            while goes_on and any(sign in data for sign in self.signs[at]):
                data, goes_on, start = self._InlineProcessor__applyPattern(self.rules[at], data, at, start)
        return data


def signs(patterns: Iterable[str]) -> list[str] | None:
    """By pattern, the signs of which one stands in each text in which it matches; None where one is unknown."""
    found = [_SIGNS.get(pattern, "") for pattern in patterns]
    return found if all(found) else None


class _Blocks(BlockParser):  # type: ignore[misc]
    rules: Sequence[tuple[blockprocessors.BlockProcessor, Sequence[str]]] = ()

    def parseDocument(self, lines: Iterable[str]) -> Element:  # noqa: N802
        self.rules = self._rules()
        found: Element = super().parseDocument(lines)
        return found

    def _rules(self) -> Sequence[tuple[blockprocessors.BlockProcessor, Sequence[str]]]:
        return [(rule, _SIGNS_OF_BLOCKS.get(type(rule), ("",))) for rule in self.blockprocessors]

    def parseBlocks(self, parent: Element, blocks: Sequence[str]) -> None:  # noqa: N802
        rules = self.rules or self._rules()
        while blocks:
            block = blocks[0]
            for rule, signs in rules:
                for sign in signs:
                    if sign in block:
                        break
                else:
                    continue
                if rule.test(parent, block) and rule.run(parent, blocks) is not False:
                    break
                block = blocks[0]


class _Fences(SuperFencesBlockPreprocessor):  # type: ignore[misc]
    def search_nested(self, lines: list[str]) -> list[str]:
        if not any("```" in line or "~~~" in line for line in lines):
            return lines
        found: list[str] = super().search_nested(lines)
        return found


class _RawHtml(RawHtmlPostprocessor):  # type: ignore[misc]
    def run(self, text: str) -> str:
        found: str = super().run(text) if STX in text else text
        return found


class _Toc(TocTreeprocessor):  # type: ignore[misc]
    """Without the list of headings as HTML, where no page asks for it: MkDocs makes its own."""

    def run(self, doc: Element) -> None:
        self.is_asked = bool(self.marker) and self.marker in "".join(doc.itertext())
        super().run(doc)

    def build_toc_div(self, toc_list: list[object]) -> Element:
        found: Element = super().build_toc_div(toc_list if self.is_asked else [])
        return found

    def replace_marker(self, root: Element, elem: Element) -> None:
        if self.is_asked:
            super().replace_marker(root, elem)


class _Html(Preprocessor):  # type: ignore[misc]
    """Marks of generated blocks, each alone between empty lines, are put aside without looking for other HTML."""

    def __init__(self, md: Markdown, ordinary: Preprocessor) -> None:
        super().__init__(md)
        self.ordinary = ordinary

    def run(self, lines: list[str]) -> list[str]:
        source = "\n".join(lines)
        if "&" not in source and not has_tags(source):
            parts = _ALONE.split(source)
            if not any("<" in part for part in parts[::2]):
                parts[1::2] = [self.md.htmlStash.store(mark + "\n") + "\n\n" for mark in parts[1::2]]
                return "".join(parts).split("\n")
        found: list[str] = self.ordinary.run(lines)
        return found


_OURS = {
    BlockParser: _Blocks,
    RawHtmlPostprocessor: _RawHtml,
    SuperFencesBlockPreprocessor: _Fences,
    TocTreeprocessor: _Toc,
    UnescapeTreeprocessor: _Unescape,
}  # of these types, and of none that is made of them


def has_tags(source: str) -> bool:
    """Whether there may be HTML in a text, beside the marks of generated blocks."""
    return _TAG.search(source) is not None
