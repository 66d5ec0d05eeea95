"""Pagefind writes filters and orders as they come, which differs from run to run. Here they are put in order. Pure.

Its files are a signature and one value in CBOR (RFC 8949), packed with gzip, of which it uses lists, texts and numbers.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator, Mapping
from hashlib import sha1
from typing import Any

_SIGNATURE = b"pagefind_dcd"
_FILTERS, _SORTS = 3, 4  # where they stand in the list of what there is
_NUMBER, _TEXT, _LIST = 0, 3, 4  # kinds of values


def ordered(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """The same filters, list of what there is, and entry to the index, in a certain order and so by other names.

    `files` are `filter/*.pf_filter`, `*.pf_meta` and `pagefind-entry.json` of an index in one language.
    """
    names: dict[str, str] = {}
    meta, entry = b"", b""
    for name, content in files.items():
        if name.endswith(".pf_filter"):
            facet, values = _unpack(content)
            packed = _pack([facet, sorted(values)])
            language, _, old = name.removesuffix(".pf_filter").rpartition("/")[2].partition("_")
            names[f"{language}_{old}"] = new = f"{language}_{_hash(packed)[: len(old)]}"
            yield f"filter/{new}.pf_filter", packed
        elif name.endswith(".pf_meta"):
            meta = content
        else:
            entry = content
    known = _unpack(meta)
    known[_FILTERS] = sorted([facet, names[file]] for facet, file in known[_FILTERS])
    known[_SORTS] = sorted(known[_SORTS])
    packed, found = _pack(known), json.loads(entry)
    for language, index in found["languages"].items():
        index["hash"] = f"{language}_{_hash(packed)[:10]}"
        yield f"pagefind.{index['hash']}.pf_meta", packed
    yield "pagefind-entry.json", json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _hash(content: bytes) -> str:
    return sha1(content, usedforsecurity=False).hexdigest()


def _unpack(content: bytes) -> Any:
    return _decode(gzip.decompress(content).removeprefix(_SIGNATURE), 0)[0]


def _pack(value: Any) -> bytes:
    return gzip.compress(_SIGNATURE + b"".join(_encode(value)), mtime=0)


def _decode(content: bytes, at: int) -> tuple[Any, int]:
    """The value that begins there, and where it ends."""
    kind, size = content[at] >> 5, content[at] & 31
    at += 1
    if size >= 24:
        end = at + (1 << (size - 24))
        size, at = int.from_bytes(content[at:end], "big"), end
    if kind == _NUMBER:
        return size, at
    if kind == _TEXT:
        return content[at : at + size].decode(), at + size
    if kind != _LIST:
        raise ValueError(f"a value of kind {kind}")
    values = []
    for _ in range(size):
        value, at = _decode(content, at)
        values.append(value)
    return values, at


def _encode(value: Any) -> Iterator[bytes]:
    if isinstance(value, int):
        yield _head(_NUMBER, value)
    elif isinstance(value, str):
        yield _head(_TEXT, len(value.encode()))
        yield value.encode()
    else:
        yield _head(_LIST, len(value))
        for each in value:
            yield from _encode(each)


def _head(kind: int, size: int) -> bytes:
    if size < 24:
        return bytes([kind << 5 | size])
    width = next(width for width in range(4) if size < 1 << (8 << width))
    return bytes([kind << 5 | (24 + width)]) + size.to_bytes(1 << width, "big")
