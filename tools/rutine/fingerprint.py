"""What was decided or reviewed, in one number: SHA-256 (FIPS 180-4) over a document's text and its decided fields. Pure.

The number changes exactly when the content does, and not with how that is written down:

- White space and line breaks do not count, where Markdown itself reads the same: a paragraph may be wrapped anew. The
  beginning of a paragraph, heading, list item, quote or table row counts, and so does every line of a block of code.
- Typography does not count: which quotation marks, apostrophes and dashes are used, three dots or one sign, spaces that
  do not break, marks that nobody sees, and letters composed or with their accents apart (Unicode NFC).
- In which folder lies what a link or picture within the handbook leads to does not count: a file that is moved changes
  no other text. What the file is called does, and so does an address on the web.
- Everything else does, capitals and punctuation too.

Of the front matter counts what is decided: every field but those that say who decided it and when, whether it is in
force, which versions there were, what came after, and by which words it is found.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterator
from hashlib import blake2b, sha1, sha256
from typing import Any

from rutine.model import Document

NOT_DECIDED = (
    "kind", "status", "decided-by", "decided-on", "decision-reference", "withdrawn-on", "replaced-by", "keyword", "summary",
    "reviewed-on", "reviewed-by", "revision", "revision-date", "revision-change", "revision-summary",
)  # fmt: skip
PREFIX = "sha256:"

_SAME = {
    '"': "“”„‟«»″〝〞＂",
    "'": "‘’‚‛‹›′´",
    "-": "‐‑‒–—―−",
    " ": "\u00a0\u2007\u2009\u200a\u202f\u2002\u2003\u2004\u2005\u2006\u2008\u205f\u3000\t",
    "": "\u00ad\u200b\u200c\u200d\u2060\ufeff",
    "...": "…",
}
_SIGNS = {ord(sign): plain for plain, signs in _SAME.items() for sign in signs}
_ANY = re.compile(f"[{''.join(re.escape(chr(sign)) for sign in _SIGNS)}]")
_BLANKS = re.compile(r"[ \n]+")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_BEGINNING = re.compile(r"(?:#{1,6} |[-+*] |\d{1,9}[.)] |>|\||<|\[[^\]]*\]:|:|={3,}$|-{3,}$|!{3} |\?{3})")
_RULE = re.compile(r"-{3,}")
_FOLDER = re.compile(r"\]\((?!#|//|[a-zA-Z][a-zA-Z0-9+.-]*:)[^()\s#]*/")  # of a link within the handbook


def fingerprint(document: Document) -> str:
    """`sha256:` and the 64 hexadecimal digits of what a document says and what was decided with it."""
    content = {"fields": decided_fields(document), "text": text_of(document.body)}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return PREFIX + sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def blob_name(content: bytes) -> str:
    """The name that Git gives to a file's content (gitformat-pack; repositories with SHA-1, as nearly all are)."""
    return sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()


def text_digest(body: str) -> str:
    """A short name for a text, the same for two that differ in typography and line breaks only."""
    return blake2b(text_of(body).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def text_of(body: str) -> str:
    """The text in one form of writing: a paragraph, heading, list item, row or line of code a line."""
    return "\n".join(_blocks(body))


def decided_fields(document: Document) -> dict[str, Any]:
    """The front matter without what is said of the decision itself, its texts in one form of writing."""
    return fields_without(document, NOT_DECIDED)


def fields_without(document: Document, meanings: Collection[str]) -> dict[str, Any]:
    """The front matter without the fields that mean these, its texts in one form of writing."""
    left_out = {pointer for meaning in meanings for pointer in _pointers(document, meaning)}
    fields = _without(document.meta, (), left_out)
    return fields if isinstance(fields, dict) else {}


def _pointers(document: Document, meaning: str) -> Iterator[tuple[str | int, ...]]:
    return (
        (pointer for pointer, _ in document.kind.find_all(document.meta).get(meaning, ()))
        if document.kind
        else iter(())
    )


def _without(value: Any, pointer: tuple[str | int, ...], left_out: set[tuple[str | int, ...]]) -> Any:
    """The value without what stands at these pointers; what is empty then is left out with it."""
    if isinstance(value, dict):
        kept = {
            str(name): found
            for name, item in value.items()
            if (*pointer, name) not in left_out and (found := _without(item, (*pointer, name), left_out)) is not None
        }
        return kept or None
    if isinstance(value, list):
        found = [
            _without(item, (*pointer, index), left_out)
            for index, item in enumerate(value)
            if (*pointer, index) not in left_out
        ]
        return [item for item in found if item is not None] or None
    return _BLANKS.sub(" ", plain(value)).strip() if isinstance(value, str) else value


def plain(text: str) -> str:
    """A text in one typography."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        return text.translate(_SIGNS) if _ANY.search(text) else text
    return text.replace("\t", " ")


def _blocks(body: str) -> Iterator[str]:
    """Line by line: what continues a paragraph is joined to it, and lines of code stay as they are."""
    fence, open_ = "", ""
    for line in body.split("\n"):
        if fence:
            yield line.rstrip()
            fence = "" if (end := _FENCE.match(line)) and end[1].startswith(fence) else fence
            continue
        if begins := _FENCE.match(line):
            fence = begins[1]
            if open_:
                yield open_
            open_ = ""
            yield line.strip()
            continue
        words = " ".join(plain(line).split())
        if "](" in words:
            words = _FOLDER.sub("](", words)
        if not words or _BEGINNING.match(line.replace("\t", " ").strip()) or open_.lstrip("\t").startswith(("#", "|")):
            if open_:
                yield open_
            open_ = _indent(line) + _RULE.sub("---", words) if words else ""
        else:
            open_ = f"{open_} {words}" if open_ else words
    if open_:
        yield open_


def _indent(line: str) -> str:
    """How deep a list item lies; two to five spaces are one step."""
    return "\t" * ((len(line) - len(line.lstrip(" ")) + 2) // 4)
