"""What must not be in a published page: anything that runs, and anything that asks another host. Pure.

Python-Markdown lets HTML through. `rutine check` tells authors of it; this is the second look, at what a browser would
get. A page passes only if every reader of HTML takes it for the same tags, and each of these is known to do no harm.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from html import unescape
from typing import TypeVar

from rutine.model import Message, say
from rutine.style_sheets import css_requests, is_own
from rutine.tags import RAW, Tag, tag_of, tokens_of, unclear

T = TypeVar("T")

_REMEMBERED = 100_000  # tokens that do no harm
_ELEMENTS = frozenset(
    "a abbr address article aside b bdi bdo blockquote br button caption cite code col colgroup dd del details dfn "
    "div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label li main mark nav "
    "ol p picture pre q rp rt ruby s samp section small source span strong sub summary sup table tbody td tfoot th "
    "thead time tr track u ul var video audio wbr svg g path circle ellipse line polyline polygon rect text tspan "
    "desc defs lineargradient radialgradient stop clippath marker symbol use mask pattern".split()
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
_FETCHED = frozenset(("mermaid", "pyodide", "glightbox"))  # classes for which a theme would fetch a script
_IDS = ("__codelineno", "__span", "__code", "__tabbed")  # what the highlighter and the tabs give

_THEME = _ELEMENTS | frozenset("html head body meta link title style script article form".split())  # around the article

_SOURCE = re.compile(r"(?!//)(?:[\w.-]*/)*assets/(?:javascripts|rutine)/[\w./-]+\.js\Z", re.ASCII)
_LATER = {"defer": ("", "defer"), "type": ("module",)}  # how a script of ours may be asked for
_RELATIVE = re.compile(r"(?!//)[\w./-]*\Z", re.ASCII)
_ASKING = frozenset(
    "script link img iframe frame embed object source video audio track input use image base meta".split()
)
_BLANKS = re.compile(r"[\x00-\x20]")
_DROPPED = re.compile(r"[\t\n\r]")  # by browsers, from addresses, and what stands before these
_BELOW = "".join(map(chr, range(33)))
_RUNS = re.compile(r"(?:javascript|vbscript|blob|filesystem):|data:(?!image/(?:png|jpeg|gif|webp|avif)[;,])")
_ABROAD = re.compile(r"(?:^|[\s,])((?:https?:|ftp:|wss?:|(?:[a-z][a-z0-9+.-]*:)?//)[^\s,]*)", re.IGNORECASE)


def unsafe(page: str, scripts: re.Pattern[str] | None = None) -> Iterator[Message]:
    """What would run in a page, or take over the page around it. `scripts` are the theme's own."""
    tokens = tokens_of(page)
    found = [index for index, token in enumerate(tokens) if token[1:9].lstrip("/")[:7].lower() == "article"]
    start, end = found if len(found) == 2 else (0, 0)
    if not start < end or tokens[start][1] == "/" or tokens[end][1] != "/":
        start, end = 0, 0
        yield _element("<article>")
    yield from _found(tokens[start + 1 : end], _faults, _harmless(_faults))
    around = partial(_around, scripts=scripts)
    yield from _found([*tokens[: start + 1], *tokens[end:]], around, _harmless(_around, scripts))
    if "<" in tokens:
        yield from (_element(_short(page[at : at + 60])) for at in unclear(page))


def _found(tokens: Sequence[str], judge: Callable[[str], Iterable[T]], harmless: set[str]) -> Iterator[T]:
    """What is found in tokens, each judged once; the `harmless` ones, in which nothing is found, once for all pages."""
    fresh = set(tokens) - harmless
    for token in dict.fromkeys(tokens) if fresh else ():
        if token in fresh:
            found = tuple(judge(token))
            yield from found
            if not found and len(harmless) < _REMEMBERED:
                harmless.add(token)


@cache
def _harmless(*_of: object) -> set[str]:
    """The tokens in which a judge found nothing."""
    return set()


def _faults(token: str) -> tuple[Message, ...]:
    """What is wrong with a token of a document's own part of its page."""
    tag = tag_of(token)
    if tag is None:
        return (_element(token),) if token[:2] == "<!" and token[:4] != "<!--" else ()
    found = () if tag.name in _ELEMENTS or _is_search(tag) else (_element(f"<{tag.name}>"),)
    return (*found, *(_attribute(*pair) for pair in _judged(tag) if _is_dangerous(*pair)))


def _is_search(tag: Tag) -> bool:
    """Whether a form only asks the handbook's own search: it takes what is typed to a page of the site, nowhere else."""
    return (
        tag.name == "form"
        and tag.attributes.get("role") == "search"
        and tag.attributes.get("method", "get") == "get"
        and _RELATIVE.match(tag.attributes.get("action", "")) is not None
    )


def _judged(tag: Tag) -> Iterator[tuple[str, str]]:
    known = ("action",) if _is_search(tag) else ()
    return (pair for pair in tag.attributes.items() if pair[0] not in known)


def _around(token: str, scripts: re.Pattern[str] | None) -> tuple[Message, ...]:
    """What is wrong with a token of what the theme puts around it."""
    tag = tag_of(token)
    if tag is None:
        return ()
    if tag.name not in _THEME or (tag.name in RAW and not token.lower().endswith(f"</{tag.name}>")):
        return (_element(f"<{tag.name}>"),)
    if tag.name == "script" and not _is_known(tag, scripts):
        return (say("The page holds a script that is not the theme's: {text}", text=_short(token)),)
    return tuple(_attribute(*pair) for pair in _judged(tag) if _runs(*pair))


def _is_known(tag: Tag, scripts: re.Pattern[str] | None) -> bool:
    """Whether a script is the theme's or ours: one of the files, one of the theme's texts, or the settings it reads."""
    if not tag.attributes:
        return scripts is not None and scripts.fullmatch(tag.content) is not None
    if tag.attributes == {"id": "__config", "type": "application/json"}:
        return _are_own_settings(tag.content)
    if tag.content or not _SOURCE.match(tag.attributes.get("src", "")):
        return False
    return all(name == "src" or value in _LATER.get(name, ()) for name, value in tag.attributes.items())


def _are_own_settings(text: str) -> bool:
    try:
        settings = json.loads(text)
    except ValueError:
        return False
    return isinstance(settings, dict) and all(
        isinstance(settings.get(name, ""), str) and _RELATIVE.match(settings.get(name, ""))
        for name in ("base", "search")
    )


def _element(name: str) -> Message:
    return say("The page holds the HTML element {name}, which is not published.", name=name)


def _attribute(name: str, value: str) -> Message:
    return say("The page holds the HTML attribute {name}, which is not published.", name=f'{name}="{_short(value)}"')


def _runs(name: str, value: str) -> bool:
    """Whether an attribute runs something wherever it stands."""
    if name.startswith("on") or name in ("srcdoc", "ping", "formaction", "action"):
        return True
    if name in _ADDRESSES:
        return _RUNS.match(_plain(value)) is not None
    return name == "style" and any(sign in _plain(value) for sign in ("url(", "\\", "@import", "expression("))


def _plain(value: str) -> str:
    return _BLANKS.sub("", unescape(value)).lower()


def _is_dangerous(name: str, value: str) -> bool:
    if _runs(name, value) or name.startswith("data-md"):
        return True
    if name == "class":
        return not _FETCHED.isdisjoint(unescape(value).lower().split())
    return name in ("id", "name") and (plain := _plain(value)).startswith("__") and not plain.startswith(_IDS)


def requests(page: str, own: str = "") -> Iterator[str]:
    """What a page would ask another host for: the addresses. `own` is the handbook's own host; no script comes from it."""
    yield from _found(tokens_of(page), partial(_asked, own=own), _harmless(_asked, own))
    if 'data-md-component="source"' in page:
        yield "https://api.github.com"  # the theme counts a repository's stars


def _asked(token: str, own: str) -> tuple[str, ...]:
    tag = tag_of(token)
    if tag is None or (tag.name not in _ASKING and tag.name != "style"):
        return ()
    if tag.name == "style":
        return tuple(css_requests(tag.content))
    if tag.name == "link" and not _RELATIONS.intersection(tag.attributes.get("rel", "").lower().split()):
        return ()
    if tag.name == "meta":
        content = tag.attributes.get("content", "") if "http-equiv" in tag.attributes else ""
        return tuple(_abroad(content.lower().partition("url=")[2], own))
    names = (*_LOADING.get(tag.name, ("src", "srcset", "poster", "background")), "imagesrcset")
    here = "" if tag.name in ("script", "link", "base") else own
    asked = [address for name in names for address in _abroad(tag.attributes.get(name, ""), here)]
    return (*asked, *re.findall(r"https?://[^\s\"'`)]+", tag.content))


def _abroad(value: str, own: str) -> Iterator[str]:
    plain = _DROPPED.sub("", unescape(value)).strip(_BELOW).replace("\\", "/")
    for found in _ABROAD.finditer(plain):
        if not is_own(found[1], own):
            yield found[1]


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
