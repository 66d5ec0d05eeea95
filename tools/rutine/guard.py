"""What must not be in a published page: anything that runs, and anything that asks another host. Pure.

Python-Markdown lets HTML through. `rutine check` tells authors of it; this is the second look, at what a browser would
get. Tags are read as the HTML standard's tokenizer reads them, so that nothing hides here that a browser would see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import urlsplit

from rutine.model import Message, say

_ELEMENTS = frozenset(
    "a abbr address article aside b bdi bdo blockquote br button caption cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main mark nav "
    "ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th "
    "thead time tr track u ul var video audio wbr svg g path circle ellipse line polyline polygon rect text tspan "
    "desc defs lineargradient radialgradient stop clippath marker symbol use mask pattern".split()
)
_NOT_IN_DRAWINGS = frozenset(
    "script foreignobject iframe object embed handler listener html body head link meta base form input textarea "
    "animate animatemotion animatetransform set discard frame frameset applet audio video source xmp plaintext "
    "noscript".split()
)
_ADDRESSES = frozenset(
    "href src srcset poster data action formaction background longdesc xlink:href ping manifest".split()
)
_LOADING = {
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
    "link": ("href",),
    "base": ("href",),
    "object": ("data",),
}
_RELATIONS = frozenset(
    "stylesheet preconnect dns-prefetch prefetch prerender preload modulepreload icon apple-touch-icon mask-icon manifest".split()
)
_IDS = ("__codelineno", "__span", "__code", "__tabbed")  # what the highlighter and the tabs give

_INTERESTING = re.compile(
    r"<(?!/?(?:p|li|ul|ol|td|th|tr|thead|tbody|table|code|pre|strong|em|h[1-6]|div|span|a|dl|dt|dd|br|small|nav|blockquote)>"
    r"|a href=\"(?:https:[^\"&]*|[^\":&]*)\">)"
)
_OUTSIDE = re.compile(
    r"<(?=(?:script|link|img|iframe|frame|embed|object|source|video|audio|track|input|use|image|base|meta)[\s/>])",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"[\s/]*([^\s/>][^\s/>=]*)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]*)))?")
_BLANKS = re.compile(r"[\x00-\x20]")
_RUNS = re.compile(r"(?:javascript|vbscript|blob|filesystem):|data:(?!image/(?:png|jpeg|gif|webp|avif)[;,])")
_ABROAD = re.compile(r"(?:^|[\s,])((?:[a-z][a-z0-9+.-]*:)?//[^\s,]*)", re.IGNORECASE)
_LIKE_HANDLER = re.compile(r"\son[a-z]+\s*=", re.IGNORECASE)
_ANY = re.compile("<")
_CSS = re.compile(r"@import|url\(\s*[\"']?\s*((?:[a-z][a-z0-9+.-]*:)?//[^\s)\"']*)", re.IGNORECASE)
_INLINE = re.compile(
    r"<script(?![^>]*\ssrc\s*=)[^>]*>(.*?)</script>|<style[^>]*>(.*?)</style>", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"<\?xml\s[^?>]*\?>|<!DOCTYPE\s[^\[>]*>", re.IGNORECASE)

Attributes = dict[str, str]


class Tag(NamedTuple):
    """A start tag, or with the name `!` something that is none and hides others (a comment within a comment, CDATA)."""

    name: str
    attributes: Attributes


def unsafe(page: str) -> Iterator[Message]:
    """What would run in a page, or take over the page around it."""
    start, end = page.find("<article"), page.rfind("</article>")
    article = page[start:end] if 0 <= start < end else ""
    for tag in _tags(article, _INTERESTING):
        yield from _faults(tag)
    for part in (page[: max(start, 0)], page[max(end, 0) :]):
        if _LIKE_HANDLER.search(part):
            for tag in _tags(_INLINE.sub("", part), _ANY):
                yield from (_attribute(*pair) for pair in tag.attributes.items() if pair[0].startswith("on"))


def _faults(tag: Tag) -> Iterator[Message]:
    if tag.name not in _ELEMENTS:
        yield say("The page holds the HTML element {name}, which is not published.", name=f"<{tag.name}>")
    for name, value in tag.attributes.items():
        if _is_dangerous(name, value):
            yield _attribute(name, value)


def _attribute(name: str, value: str) -> Message:
    return say("The page holds the HTML attribute {name}, which is not published.", name=f'{name}="{_short(value)}"')


def _is_dangerous(name: str, value: str) -> bool:
    plain = _BLANKS.sub("", unescape(value)).lower()
    if name.startswith(("on", "data-md")) or name in ("srcdoc", "ping", "formaction", "action"):
        return True
    if name in _ADDRESSES:
        return _RUNS.match(plain) is not None
    if name == "style":
        return "url(" in plain or "\\" in plain or "@import" in plain or "expression(" in plain
    if name == "class":
        return "mermaid" in plain and "mermaid" in value.lower().split()  # the theme would fetch a script for it
    return name in ("id", "name") and plain.startswith("__") and not plain.startswith(_IDS)


def requests(page: str, own: str = "") -> Iterator[str]:
    """What a page would ask another host for: the addresses. `own` is the handbook's own host."""
    for tag in _tags(page, _OUTSIDE):
        if tag.name == "link" and not _RELATIONS.intersection(tag.attributes.get("rel", "").lower().split()):
            continue
        if tag.name == "meta":
            content = (
                tag.attributes.get("content", "") if "refresh" in tag.attributes.get("http-equiv", "").lower() else ""
            )
            yield from _abroad(content.lower().partition("url=")[2], own)
            continue
        for name in (*_LOADING.get(tag.name, ("src", "srcset", "poster", "background")), "imagesrcset"):
            yield from _abroad(tag.attributes.get(name, ""), own)
    for found in _INLINE.finditer(page):
        yield from (
            address for address in re.findall(r"https?://[^\s\"'`)]+", found[1] or "") if not _is_own(address, own)
        )
        yield from css_requests(found[2] or "", own)
    if 'data-md-component="source"' in page:
        yield "https://api.github.com"  # the theme counts a repository's stars


def css_requests(text: str, own: str = "") -> Iterator[str]:
    """What a style sheet would ask another host for."""
    for found in _CSS.finditer(text):
        if found[1] is None or not _is_own(found[1], own):
            yield found[1] or text[found.start() : found.start() + 60]


def _abroad(value: str, own: str) -> Iterator[str]:
    for found in _ABROAD.finditer(unescape(value).strip()):
        if not _is_own(found[1], own):
            yield found[1]


def _is_own(address: str, own: str) -> bool:
    try:
        return bool(own) and urlsplit(address).netloc == own
    except ValueError:
        return False


def _tags(text: str, first: re.Pattern[str]) -> Iterator[Tag]:
    """The start tags, from each place that `first` finds outside those before it."""
    found = first.search(text)
    while found:
        at = found.start()
        if text.startswith("<!--", at):
            end, hides = _comment(text, at + 4)
            if hides:
                yield Tag("!", {})
        elif text[at + 1 : at + 2].isalpha() or (text[at + 1 : at + 2] == "/" and text[at + 2 : at + 3].isalpha()):
            end, tag = _tag(text, at + 1)
            if tag:
                yield tag
        else:
            if text[at + 1 : at + 2] in ("!", "?"):
                yield Tag("!", {})
            end = at + 1
        found = first.search(text, end)


def _comment(text: str, at: int) -> tuple[int, bool]:
    """Where a comment ends, and whether programs disagree on that."""
    end = text.find("-->", at)
    inner = text[at : end if end >= 0 else len(text)]
    return (end + 3 if end >= 0 else len(text)), end < 0 or "<!--" in inner or "--!>" in inner or inner.startswith(
        (">", "->")
    )


def _tag(text: str, at: int) -> tuple[int, Tag | None]:
    closing = text[at] == "/"
    end = at + closing
    while end < len(text) and not text[end].isspace() and text[end] not in "/>":
        end += 1
    name, attributes = text[at + closing : end].lower(), Attributes()
    while found := _ATTRIBUTE.match(text, end):
        attributes.setdefault(found[1].lower(), next((value for value in found.groups()[1:] if value is not None), ""))
        end = found.end()
    end = text.find(">", end) + 1 or len(text)
    return end, None if closing else Tag(name, attributes)


def is_clean_drawing(content: bytes) -> bool:
    """Whether an SVG file only draws: it runs nothing, asks nobody, and holds no other document."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    if re.search(r"<\?xml[^>]*encoding\s*=\s*[\"'](?!utf-8|us-ascii|iso-8859-1)", text, re.IGNORECASE):
        return False
    for tag in _tags(_XML.sub("", text, count=2), _ANY):
        local = tag.name.rpartition(":")[2]
        if tag.name == "!" or local in _NOT_IN_DRAWINGS:
            return False
        for name, value in tag.attributes.items():
            plain = _BLANKS.sub("", unescape(value)).lower()
            leads = (
                name.rpartition(":")[2] in ("href", "src")
                and local != "a"
                and not plain.startswith(("#", "data:image/"))
            )
            if (
                name.startswith("on")
                or leads
                or _RUNS.match(plain)
                or (name == "style" and next(css_requests(value), None))
            ):
                return False
    return next(css_requests(text), None) is None


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
