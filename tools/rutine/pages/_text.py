"""What anybody may have written, escaped so that it stays text; and the generated parts of pages, as HTML.

Generated parts are HTML blocks within the Markdown: every generator passes them through, and none has to parse them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import quote

_CONTROLS: dict[int, str | None] = dict.fromkeys(
    [*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
)
_HTML = _CONTROLS | {ord(char): f"&#{ord(char)};" for char in "&<>\"'{}"}
# Entities and not backslashes: they mean the same to every dialect and to every extension of it.
_MARKDOWN = _HTML | {ord(char): f"&#{ord(char)};" for char in "\\`*_[]|~^$=#!@+"}
_COLON = re.compile(r":(?=\S)")
_START = re.compile(r"^(?:(\d+)([.)])(?=\s|$)|([-:%.])(?=\s|\3|$))")
_FIELD = re.compile(r"^([ -]*)([\w-]+(?=:(?: |$)))")
_CODE = re.compile(r"`([^`]+)`")


@lru_cache(maxsize=50_000)
def h(text: str) -> str:
    """The text on one line, as HTML shows it."""
    return " ".join(text.split()).translate(_HTML)


@lru_cache(maxsize=10_000)
def md(text: str) -> str:
    """The text on one line, without anything that Markdown or HTML would act on."""
    escaped = _COLON.sub("&#58;", " ".join(text.split()).translate(_MARKDOWN))
    return _START.sub(lambda found: (found[1] or "") + f"&#{ord(found[2] or found[3])};", escaped)


def prose(text: str) -> str:
    """A text of rutine's own as HTML: escaped, with its code in backticks and the blanks at its ends kept."""
    return "".join(code(part) if index % 2 else _with_ends(part) for index, part in enumerate(_CODE.split(text)))


def _with_ends(text: str) -> str:
    before, after = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{before}{h(text)}{after}" if text.strip() else " " * bool(text)


def code(text: str) -> str:
    """The text as code, whatever it holds."""
    return f"<code>{h(text)}</code>"


def capital(text: str) -> str:
    """The text with a capital first letter, unless its own spelling wants it otherwise (eForvaltningsforskriften)."""
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def outward(text: str, address: str) -> str:
    """A link out of the handbook to an address that rutine has built or found to be one; `text` is HTML."""
    return f'<a href="{quote(address, safe="/:?&=#%+,;@!$-._~").replace("&", "&amp;")}">{text}</a>'


def block(name: str, lines: Iterable[str], *, tag: str = "div", attributes: str = "") -> str:
    """An element of HTML that the style sheet knows. No line is empty, so that Markdown passes over all of it."""
    return "\n".join([f'<{tag} class="rutine-{name}"{attributes}>', *lines, f"</{tag}>\n"])


def table(name: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of HTML cells; a column without a single value is left out.

    The keyboard can scroll it where it is wider than the page. Its `name`, plain text, is told to those who do not see it.
    """
    rows = [list(row) for row in rows]
    kept = [index for index in range(len(heads)) if any(row[index] for row in rows)]
    head = "".join(f'<th scope="col">{heads[index]}</th>' for index in kept)
    body = ("".join(f"<td>{row[index]}</td>" for index in kept) for row in rows)
    lines = [
        '<table class="rutine-grid">',
        f"<thead><tr>{head}</tr></thead>",
        "<tbody>",
        *(f"<tr>{cells}</tr>" for cells in body),
        "</tbody>",
        "</table>",
    ]
    return region(name, lines)


def region(name: str, lines: Iterable[str]) -> str:
    """What may be wider than the page, in a part of its own that the keyboard can scroll; `name` is plain text."""
    return block("table", lines, attributes=f' role="region" aria-label="{h(name)}" tabindex="0"')


def sample(text: str) -> str:
    """Lines to copy, whatever they hold; the names of fields at their beginnings stand out."""
    rows = (_FIELD.sub(r"\1<b>\2</b>", line.translate(_HTML)) for line in text.rstrip("\n").split("\n"))
    lines = "&#10;".join(rows)
    return block("sample", [f"<pre><code>{lines}</code></pre>"])


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """Names and values, both HTML, as a panel; empty where there are none."""
    lines = [f"<dt>{name}</dt><dd>{value}</dd>" for name, value in pairs]
    return block("facts", ["<dl>", *lines, "</dl>"]) if lines else ""


def items(entries: Iterable[str], name: str = "list") -> str:
    """Entries, each HTML, as a list."""
    return block(name, ["<ul>", *(f"<li>{entry}</li>" for entry in entries), "</ul>"])


def paragraph(text: str, name: str = "text", attributes: str = "") -> str:
    """A paragraph of HTML."""
    return f'<p class="rutine-{name}"{attributes}>{text}</p>\n'


def heading(level: int, text: str, anchor: str) -> str:
    """A heading (Markdown) of a generated part; its anchor can collide with none in a document's body."""
    return f"{'#' * level} {text} {{#rutine-{anchor}}}\n"


def section(title: str, anchor: str, content: str) -> str:
    """A heading (plain text) with what stands under it."""
    return f"{heading(2, md(title), anchor)}\n{content}"


def join(parts: Iterable[str]) -> str:
    """The parts of a page, a blank line between them."""
    return "\n".join(part for part in parts if part.strip())
