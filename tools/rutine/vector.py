"""SVG drawings: whether one only draws. Pure.

A drawing from the handbook's own address may do whatever the handbook may do, so there is a list of what it may hold.
"""

from __future__ import annotations

import re
from typing import Any
from xml.parsers import expat

_SVG = frozenset(("", "http://www.w3.org/2000/svg"))
_INERT = frozenset(
    "http://www.inkscape.org/namespaces/inkscape http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd "
    "http://www.w3.org/1999/02/22-rdf-syntax-ns# http://creativecommons.org/ns# http://web.resource.org/cc/ "
    "http://purl.org/dc/elements/1.1/ http://www.bohemiancoding.com/sketch/ns http://www.serif.com/".split()
)  # what drawing programs note for themselves; no browser acts on it
_XLINK, _XML = "http://www.w3.org/1999/xlink", "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(
    "svg g defs desc title metadata symbol use image switch a style path rect circle ellipse line polyline polygon text "
    "tspan textPath marker linearGradient radialGradient stop pattern clipPath mask view filter feBlend feColorMatrix "
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow "
    "feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset "
    "fePointLight feSpecularLighting feSpotLight feTile feTurbulence".split()
)
_ATTRIBUTE = re.compile(
    r"(?!on|href\Z|src|action|formaction|ping|handler|base|xml)[a-zA-Z][a-zA-Z0-9_.-]*\Z", re.IGNORECASE
)
_INSIDE = re.compile(r"#[^\s]*\Z|data:image/(?:png|jpeg|gif|webp)[;,]")
_BLANKS = re.compile(r"[\x00-\x20]")
_OUTWARD = re.compile(
    r"url\((?![\"']?(?:#|data:image/(?:png|jpeg|gif|webp)[;,]))|@import|image-set|src\(|expression\(|\\", re.IGNORECASE
)
_RUNS = re.compile(r"(?:javascript|vbscript|blob|filesystem):|data:(?!image/)", re.IGNORECASE)
_ENCODINGS = ("utf-8", "us-ascii", "iso-8859-1", None)


class _RefusedError(Exception):
    """The drawing holds something that is not drawn."""


def is_clean_drawing(content: bytes) -> bool:
    """Whether an SVG file only draws: it runs nothing, asks nobody, and holds no other document."""
    try:
        text = content.decode("utf-8-sig")
        if "\x00" in text or not text.lstrip().startswith("<"):
            return False
        parser: Any = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.XmlDeclHandler = _declared
        parser.StartDoctypeDeclHandler = _doctype
        parser.ProcessingInstructionHandler = parser.EntityDeclHandler = parser.SkippedEntityHandler = _refuse
        parser.ExternalEntityRefHandler = parser.NotationDeclHandler = _refuse
        _watch_text(parser)
        parser.Parse(text.encode(), True)
    except (UnicodeDecodeError, expat.ExpatError, _RefusedError):
        return False
    return True


def _watch_text(parser: Any) -> None:
    """Style sheets are read; CDATA that would be tags to a reader of HTML is none of a drawing."""
    inside = {"cdata": False}
    text: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        text.clear()
        _element(name, attributes)

    def end(name: str) -> None:
        if name.rpartition(" ")[2] == "style" and _OUTWARD.search(_BLANKS.sub("", "".join(text))):
            raise _RefusedError
        text.clear()

    def characters(data: str) -> None:
        if inside["cdata"] and "<" in data:
            raise _RefusedError
        text.append(data)

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, characters
    parser.StartCdataSectionHandler = lambda: inside.update(cdata=True)
    parser.EndCdataSectionHandler = lambda: inside.update(cdata=False)


def _refuse(*_: object) -> None:
    raise _RefusedError


def _declared(_version: str, encoding: str | None, _standalone: int) -> None:
    if (encoding.lower() if encoding else None) not in _ENCODINGS:
        raise _RefusedError


def _doctype(_name: str, _system: str | None, _public: str | None, has_subset: int) -> None:
    if has_subset:
        raise _RefusedError


def _element(name: str, attributes: dict[str, str]) -> None:
    space, _, local = name.rpartition(" ")
    if space in _INERT:
        return
    if space not in _SVG or local not in _ELEMENTS:
        raise _RefusedError
    for key, value in attributes.items():
        if not _is_harmless(*key.rpartition(" ")[::2], value):
            raise _RefusedError


def _is_harmless(space: str, name: str, value: str) -> bool:
    plain = _BLANKS.sub("", value)
    if name == "href" and space in ("", _XLINK):
        return _INSIDE.match(plain) is not None
    if space:
        return space in _INERT or space == _XLINK or (space == _XML and name in ("space", "lang", "id"))
    return _ATTRIBUTE.match(name) is not None and not _OUTWARD.search(plain) and not _RUNS.match(plain)
