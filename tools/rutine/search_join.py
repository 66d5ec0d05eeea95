"""The search's index in its place: the pieces that Pagefind has made, joined to one index that its program reads."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rutine.parallel import spread
from rutine.search_cbor import encoded, packed
from rutine.search_merge import Gathered, borders, facets, gathered, name_of, part, parts, written
from rutine.search_pieces import Piece
from rutine.search_records import digest

_FEW = 8  # parts up to this number are made by one process


class Joined(NamedTuple):
    """The files of the index with their digests, and by what each part of it was made from, its file."""

    files: Mapping[str, bytes]
    parts: Mapping[bytes, str]


def join(
    made: Path, folder: Path, pieces: Mapping[str, Piece], before: Mapping[bytes, str], standing: Mapping[str, bytes]
) -> Joined:
    """Put the index into a folder: what lies in the folder `made`, and what was made `before` and is `standing` there."""
    files: dict[str, bytes] = {}
    (folder / "fragment").mkdir(parents=True, exist_ok=True)
    for name, piece in pieces.items():
        files |= {**piece.fragments, **piece.program}
        for file in (*piece.fragments, *piece.program) if (made / name).is_dir() else ():
            with suppress(FileNotFoundError):  # it is there already
                os.replace(f"{made}/{name}/{file}", f"{folder}/{file}")  # noqa: PTH105  # of thousands
    if not pieces:
        return Joined(files, {})
    entry = json.loads(next(iter(pieces.values())).entry)
    language = next(iter(entry["languages"]))
    places = gathered([piece.made for piece in pieces.values()])
    words = parts(places)
    known = _parts(folder, places, words, language, before, standing)
    files |= {file: standing.get(file) or digest((folder / file).read_bytes()) for file in known.values()}
    between = [[*border, Path(file).stem] for border, file in zip(borders(words), known.values(), strict=True)]
    for file, content in _lists(entry, language, pieces, between):
        put(folder / file, content)
        files[file] = digest(content)
    return Joined(files, known)


def put(path: Path, content: bytes) -> None:
    """Write a file at once. What was there may be linked to from the site that stands, and stays there as it was."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}")
    temporary.unlink(missing_ok=True)
    temporary.write_bytes(content)
    temporary.replace(path)


def _lists(
    entry: dict[str, object], language: str, pieces: Mapping[str, Piece], parts: Sequence[object]
) -> Iterator[tuple[str, bytes]]:
    """The files that tell what there is: the facets' values, the list of all, and where the program begins."""
    indexes = [piece.made for piece in pieces.values()]
    pages, filters = [page for index in indexes for page in index.pages], []
    for facet, content in facets(indexes).items():
        name = f"{language}_{name_of(content)}"
        filters.append([facet, name])
        yield f"filter/{name}.pf_filter", content
    fields = {tuple(index.fields) for index in indexes}
    meta = packed(encoded([entry["version"], pages, parts, filters, [], *fields]))
    name = f"{language}_{name_of(meta)}"
    yield f"pagefind.{name}.pf_meta", meta
    entry["languages"] = {language: {**entry["languages"][language], "hash": name, "page_count": len(pages)}}  # type: ignore[index]
    yield "pagefind-entry.json", json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode()


def _parts(
    folder: Path,
    places: Gathered,
    words: Sequence[Sequence[str]],
    language: str,
    before: Mapping[bytes, str],
    standing: Mapping[str, bytes],
) -> dict[bytes, str]:
    """By what each part is made from, its file; those that are not there are made."""
    kept = {mark for mark, file in before.items() if file in standing}
    found = {}
    for _, mark, content in sorted(spread(partial(_make, words, places, kept), range(len(words)), _FEW)):
        found[mark] = before.get(mark, "")
        if content:
            found[mark] = f"index/{language}_{name_of(content)}.pf_index"
            put(folder / found[mark], content)
    return found


def _make(
    words: Sequence[Sequence[str]], places: Gathered, kept: Collection[bytes], which: Iterable[int]
) -> Iterator[tuple[int, bytes, bytes]]:
    """The parts by their place, each with the mark of what it is made from; empty where it is there already."""
    for at in which:
        mark = digest(written(words[at], places))
        yield at, mark, b"" if mark in kept else packed(part(words[at], places))
