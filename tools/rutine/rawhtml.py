"""Raw HTML and addresses in a body, read as a browser may get them from Python-Markdown: what is in doubt counts.

Python-Markdown passes HTML on as it is, and takes much for HTML that looks like code. So a tag passes only where every
reader agrees on what it is, and code protects what it holds only where no rule of Python-Markdown undoes it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Literal, NamedTuple

from rutine.addresses import unsafe_scheme

_INLINE_NAMES = "br|sub|sup|abbr|kbd|mark|small|b|i|em|strong|u|s|del|ins|span|img|a|q|cite|code|wbr"
_BLOCK_NAMES = (
    "details|summary|p|div|hr|table|thead|tbody|tfoot|tr|th|td|caption|colgroup|col|ul|ol|li|dl|dt|dd"
    "|figure|figcaption|blockquote|pre"
)
_NAMES = f"{_INLINE_NAMES}|{_BLOCK_NAMES}"
_ATTRIBUTES = (
    "class|id|lang|dir|title|markdown|colspan|rowspan|scope|src|alt|width|height|href|open|start|reversed|type|loading"
)
_GAP = r"(?: +| ?\n *)"  # two spaces before a line end would become a <br> within the tag
_UNSAFE_IN_VALUE = r"<>`\[\]\\{}|\n\x00-\x1f"  # what Python-Markdown would replace within the value
_VALUE = rf"""(?:"[^"{_UNSAFE_IN_VALUE}]*"|'[^'{_UNSAFE_IN_VALUE}]*'|[\w.%#-]+(?=[\s/>]))"""
_ATTRIBUTE = rf"(?!id *= *[\"']?__|class *= *(?:\"[^\"<>]*|'[^'<>]*|[^\s<>]*)(?:mermaid|pyodide|glightbox))(?:{_ATTRIBUTES})(?: *= *{_VALUE})?"
ALLOWED = re.compile(rf"<(?:/(?:{_NAMES}) *|(?:{_NAMES})(?:{_GAP}{_ATTRIBUTE})*{_GAP}?/?)>", re.IGNORECASE | re.ASCII)
AUTOLINK = re.compile(
    r"<(?![^<>]*/(?:on|style)[^/<>]*=)(?:[a-zA-Z][a-zA-Z0-9+.-]*://[^<>\s\"'`\[\]\\{}|]+|[\w.+-]+@[\w.-]+)>", re.ASCII
)
_TARGET = re.compile(r"<([^<>\s/=\"'`]+)[^<>=\"'`\n]*>")  # of a link: without = no tag that could do anything
TAG = re.compile(r"<(?=[a-zA-Z/!?])")
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCK_NAMES})(?![\w-])", re.IGNORECASE | re.ASCII)
_NAME = re.compile(r"</?([a-zA-Z][\w:-]*)")
_SHOWN = re.compile(r"<[^<>\n]{0,40}>?")

_FENCE = re.compile(r"^([> \t]*)(`{3,}|~{3,})([^\n]*)$", re.MULTILINE)
_PLAIN_INFO = re.compile(r" *(?:\.?[\w#.+-]+)?(?: +title=\"[^\"<>{}`]*\")? *\Z")
_BACKTICKS = re.compile("`+")
_LINE_WITH_CODE = re.compile(r"^[^\n]*`[^\n]*$", re.MULTILINE)
_NOT_NEWLINE = re.compile(r"[^\n]")
MANY_LINES = 500

_LISTS = re.compile(r"^[^\n{]*(\{)[^\n]*$", re.MULTILINE)
_IN_LIST = re.compile(
    r"(?<![\w.:-])(?:(on\w*|style|data-md[\w-]*) *=|(id *= *[\"']?__|#__)"
    r"|((?:xlink:)?href|src\w*|action|formaction|ping|background|poster) *= *(?:\"([^\"\n]*)|'([^'\n]*)|([^\s}]*)))",
    re.IGNORECASE,
)


Reason = Literal["tag", "attribute", "unknown", "comment", "list", "site-id"]


class Suspect(NamedTuple):
    """A place where HTML does what a document may not: what it says there, the tag's or attribute's name, and why."""

    offset: int
    text: str
    name: str
    reason: Reason


class Code(NamedTuple):
    """The parts of a text that surely become code, in order."""

    starts: list[int]
    ends: list[int]

    def holds(self, offset: int) -> bool:
        """Whether what stands there is code."""
        index = bisect_right(self.starts, offset) - 1
        return index >= 0 and offset < self.ends[index]


def suspects(text: str) -> Iterator[Suspect]:
    """Everything in a cleaned text that may become HTML that is not allowed."""
    code: Code | None = None
    opened: set[str] = set()
    last_comment = text.rfind("-->")
    for found in TAG.finditer(text) if "<" in text else ():
        start = found.start()
        if ALLOWED.match(text, start) or AUTOLINK.match(text, start) or _is_target(text, start):
            continue
        if text.startswith("<!--", start) and start + 4 <= last_comment:
            continue  # and what it holds is looked at like everything else
        code = code or certain_code(text)
        if not code.holds(start):
            tag = _suspect(text, start)
            if tag.text[1] != "/" or tag.name not in opened:  # an end is told of with its beginning
                yield tag
            opened.add(tag.name)
    for line in _LISTS.finditer(text) if "{" in text else ():
        for found in _IN_LIST.finditer(text, line.start(1), line.end()):
            suspect = _listed(found, text[line.start(1) + 1 : line.start(1) + 2])
            code = code or certain_code(text)
            if suspect and not code.holds(found.start()):
                yield suspect


def _is_target(text: str, start: int) -> bool:
    found = _TARGET.match(text, start) if start > 1 and text.startswith("](", start - 2) else None
    return found is not None and found[1].lower() not in _HTML_NAMES


def _suspect(text: str, start: int) -> Suspect:
    shown = _SHOWN.match(text, start)
    written = shown[0] if shown else "<"
    if text.startswith("<!--", start):
        return Suspect(start, written, "", "comment")
    name = _NAME.match(text, start)
    if name is None:
        return Suspect(start, written, written, "tag")
    if re.fullmatch(_NAMES, name[1], re.IGNORECASE):
        return Suspect(start, written, name[1].lower(), "attribute")
    return Suspect(start, written, name[1].lower(), "tag" if name[1].lower() in _HTML_NAMES else "unknown")


def _listed(found: re.Match[str], after_brace: str) -> Suspect | None:
    start = found.start()
    if found[1]:
        return Suspect(start, found[0], found[1].lower(), "list")
    if found[2]:
        return Suspect(start, found[0], found[2], "site-id")
    if after_brace in "{%<" and unsafe_scheme(found[4] or found[5] or found[6] or "") is None:
        return None  # a template's own braces
    return Suspect(start, found[0], found[3].lower(), "list")


def certain_code(text: str) -> Code:
    """Fenced blocks and code spans that Python-Markdown takes for code whatever stands around them."""
    fences = list(_certain_fences(text))
    outside, position = [], 0
    for start, _, _, end in fences:
        outside += [text[position:start], _NOT_NEWLINE.sub(" ", text[start:end])]
        position = end
    inner = [(start, end) for _, start, end, _ in fences]
    spans = sorted([*inner, *_certain_spans("".join([*outside, text[position:]]))])
    return Code([start for start, _ in spans], [end for _, end in spans])


def _certain_fences(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Where the block, what is in it, and again the block begin and end. After a fence that is unclear none is certain."""
    position = 0
    while opening := _FENCE.search(text, position):
        indent, fence, info = opening.groups()
        if indent.strip(" ") or not _PLAIN_INFO.match(info):
            return
        closing = re.compile(rf"^{indent}{fence}[ \t]*$", re.MULTILINE).search(text, opening.end())
        if not closing or re.search(rf"^(?!{indent}|[ \t]*$)", text[opening.end() + 1 : closing.start()], re.MULTILINE):
            return
        if _stands_free(text, opening.start(), len(indent)):
            yield opening.start(), opening.end(), closing.start(), closing.end()
        position = closing.end()


def _stands_free(text: str, start: int, indent: int) -> bool:
    """Whether nothing in the same block can make the fence plain text again, as an indented line before it would."""
    end = start - 1
    for _ in range(MANY_LINES if indent == 0 else 1):
        begin = text.rfind("\n", 0, max(end, 0)) + 1
        if end <= begin:
            return indent % 4 == 0
        if not (text[begin].isalpha() or text[begin] == "#"):
            return False
        end = begin - 1
    return False


def _certain_spans(text: str) -> Iterator[tuple[int, int]]:
    """Code spans within a line, if all backticks of the text pair up within their lines and no HTML block is about."""
    if "\\`" in text:
        return
    spans: list[tuple[int, int]] = []
    for line in _LINE_WITH_CODE.finditer(text):
        if "<!--" in line[0] or "-->" in line[0] or "--!>" in line[0]:
            return
        runs = [found.span() for found in _BACKTICKS.finditer(text, line.start(), line.end())]
        pairs = list(zip(runs[::2], runs[1::2], strict=False))
        if len(runs) % 2 or any(first[1] - first[0] != last[1] - last[0] for first, last in pairs):
            return
        before = line.start()
        for first, last in pairs:
            if TAG.search(text, before, first[0]):
                break
            spans.append((first[0], last[1]))
            before = last[1]
    code = Code([start for start, _ in spans], [end for _, end in spans])
    if all(code.holds(found.start()) for found in _BLOCK_TAG.finditer(text)):
        yield from spans


_HTML_NAMES = frozenset(
    "address applet area article aside audio base basefont bdi bdo bgsound big blink body button canvas center command data datalist "
    "dfn dialog dir embed fieldset font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup html iframe image input isindex "
    "keygen label legend link listing main map marquee math menu menuitem meta meter multicol nav nextid nobr noembed noframes "
    "noscript object optgroup option output param picture plaintext portal progress rb rp rt rtc ruby samp script search section select "
    "slot source spacer strike style svg template textarea time title track tt var video xml xmp".split()
)
