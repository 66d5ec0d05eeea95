"""Pagefind's files: a signature and one value in CBOR (RFC 8949), of which it uses lists, texts and numbers, packed with gzip. Pure."""

from __future__ import annotations

import gzip
from typing import Any

_SIGNATURE = b"pagefind_dcd"
_BYTES = [bytes([value]) for value in range(256)]
NUMBER, TEXT, LIST = 0, 3, 4  # kinds of values


def plain(content: bytes) -> bytes:
    """What a file of Pagefind's holds."""
    return gzip.decompress(content).removeprefix(_SIGNATURE)


def packed(content: bytes) -> bytes:
    """A file of Pagefind's that holds this. The same content gives the same file."""
    return gzip.compress(_SIGNATURE + content, 6, mtime=0)


def decoded(content: bytes) -> Any:
    """The value that is written so."""
    return decode(content, 0)[0]


def decode(content: bytes, at: int) -> tuple[Any, int]:
    """The value that begins there, and where it ends."""
    kind, size, at = read_head(content, at)
    if kind == NUMBER:
        return size, at
    if kind == TEXT:
        return content[at : at + size].decode(), at + size
    if kind != LIST:
        raise ValueError(f"a value of kind {kind}")
    values = []
    for _ in range(size):
        value, at = decode(content, at)
        values.append(value)
    return values, at


def read_head(content: bytes, at: int) -> tuple[int, int, int]:
    """The kind and the size of the value that begins there (of a number the number itself), and where what it holds begins."""
    kind, size = content[at] >> 5, content[at] & 31
    if size < 24:
        return kind, size, at + 1
    end = at + 1 + (1 << (size - 24))
    return kind, int.from_bytes(content[at + 1 : end], "big"), end


def encoded(value: Any) -> bytes:
    """A value as it is written."""
    found: list[bytes] = []
    _encode(value, found)
    return b"".join(found)


def _encode(value: Any, found: list[bytes]) -> None:
    if isinstance(value, int):
        found.append(head(NUMBER, value))
    elif isinstance(value, str):
        text = value.encode()
        found += (head(TEXT, len(text)), text)
    else:
        found.append(head(LIST, len(value)))
        for each in value:
            _encode(each, found)


def head(kind: int, size: int) -> bytes:
    """The beginning of a value of a kind."""
    if size < 24:
        return _BYTES[kind << 5 | size]
    if size < 256:
        return _BYTES[kind << 5 | 24] + _BYTES[size]
    width = next(width for width in range(4) if size < 1 << (8 << width))
    return bytes([kind << 5 | (24 + width)]) + size.to_bytes(1 << width, "big")
