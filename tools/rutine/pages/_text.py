"""Markdown from values that anybody may have written: escaped, so that it stays text whatever it holds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from posixpath import dirname, relpath
from urllib.parse import quote

from rutine.model import Pointer

# Entities and not backslashes: they mean the same to every dialect and to every extension of it.
_SPECIAL = {ord(char): f"&#{ord(char)};" for char in "\\`*_{}[]<>&\"|~^$=#!@+"}
_CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_COLON = re.compile(r":(?=\S)")
_START = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([-:%.])(?=\s|\3|$))")
_CODE = re.compile(r"`([^`]+)`")


def md(text: str) -> str:
    """The text on one line, without anything that Markdown or HTML would act on."""
    plain = " ".join(text.split()).translate(_CONTROLS)
    escaped = _COLON.sub("&#58;", plain.translate(_SPECIAL))
    return _START.sub(lambda found: (found[1] or "") + f"&#{ord(found[2] or found[3])};", escaped)


def prose(text: str) -> str:
    """A text of rutine's own: escaped, with its code in backticks and the blanks at its ends kept."""
    return "".join(code(part) if index % 2 else _with_ends(part) for index, part in enumerate(_CODE.split(text)))


def _with_ends(text: str) -> str:
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{md(text)}{after}" if text.strip() else " " * bool(text)


def code(text: str) -> str:
    """The text as code, whatever it holds."""
    return f"<code>{md(text)}</code>"


def link(text: str, here: str, target: str, anchor: str = "") -> str:
    """A link from the page `here` to the page `target`; `text` is Markdown."""
    path = quote(relpath(target, dirname(here) or "."), safe="/-._~")
    return f"[{text}]({path}{f'#{quote(anchor)}' if anchor else ''})"


def outward(text: str, address: str) -> str:
    """A link out of the handbook to an address that rutine has built; `text` is Markdown."""
    return f"[{text}]({quote(address, safe='/:?&=#%+,;@!$-._~')})"


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of cells that are Markdown on one line; a column without a single value is left out."""
    rows = [list(row) for row in rows]
    kept = [index for index in range(len(heads)) if any(row[index] for row in rows)]
    lines = [[heads[index] for index in kept], ["---"] * len(kept), *([row[index] for index in kept] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values, both Markdown, as a list of definitions."""
    return "\n".join(f"{name}\n:   {value}\n" for name, value in pairs)


def block(name: str, content: str, *, tag: str = "div", attributes: str = "") -> str:
    """Markdown within an element that the style sheet knows."""
    return f'<{tag} class="rutine-{name}"{attributes} markdown="1">\n\n{content.strip()}\n\n</{tag}>\n'


def heading(level: int, text: str, anchor: str) -> str:
    """A heading of a generated part; its anchor can collide with none in a document's body."""
    return f"{'#' * level} {text} {{#rutine-{anchor}}}\n"


def capital(text: str) -> str:
    """The text with a capital first letter, unless its own spelling wants it otherwise (eForvaltningsforskriften)."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def file_name(name: str) -> str:
    """A name of a register as the name of a page's file."""
    return re.sub(r"[^\w-]+", "-", name).strip("-") or "-"


def field_name(pointer: Pointer) -> str:
    """The field as people write it: `decision.date`."""
    return ".".join(str(step) for step in pointer if isinstance(step, str) and step != "*")
