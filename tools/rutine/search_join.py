"""The search's index in its place: the pieces that Pagefind has made, joined to one index that its program reads.

What is written of a word is remembered: where a page has changed, only its own words are joined anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rutine.parallel import spread
from rutine.search_cbor import encoded, packed
from rutine.search_merge import Entry, Gathered, borders, entry, facets, gathered, name_of, part, parts
from rutine.search_pieces import Origin, Piece, changed_words
from rutine.search_records import digest
from rutine.write import put_file

_FEW = 8  # parts up to this number are made by one process
_FEW_WORDS = 5_000  # and words up to this number joined


class Joined(NamedTuple):
    """The files of the index with their digests; by the digest of what a part of it holds, its file; what is written of
    each word, and what it was joined from, by piece.
    """

    files: Mapping[str, bytes] = {}
    parts: Mapping[bytes, str] = {}
    words: Mapping[str, Entry] = {}
    origin: Mapping[str, Origin] = {}


def join(
    made: Path,
    folder: Path,
    pieces: Mapping[str, Piece],
    then: Iterable[Piece],
    before: Joined,
    standing: Mapping[str, bytes],
) -> Joined:
    """Put the index into a folder: what lies in the folder `made`, and what was made `before` and is `standing` there.

    `then` are the pieces that were in the places of those that have changed.
    """
    files: dict[str, bytes] = {}
    (folder / "fragment").mkdir(parents=True, exist_ok=True)
    for name, piece in pieces.items():
        files |= {**piece.fragments, **piece.program}
        for file in (*piece.fragments, *piece.program) if (made / name).is_dir() else ():
            with suppress(FileNotFoundError):  # it is there already
                os.replace(f"{made}/{name}/{file}", f"{folder}/{file}")  # noqa: PTH105  # of thousands
    if not pieces:
        return Joined(files)
    entry = json.loads(next(iter(pieces.values())).entry)
    language = next(iter(entry["languages"]))
    written = _written(pieces, then, before)
    words = parts(written)
    known = _parts(folder, written, words, language, before.parts, standing)
    files |= {file: standing.get(file) or digest((folder / file).read_bytes()) for file in known.values()}
    between = [[*border, Path(file).stem] for border, file in zip(borders(words), known.values(), strict=True)]
    for file, content in _lists(entry, language, pieces, between):
        put_file(folder / file, content)
        files[file] = digest(content)
    return Joined(files, known, written, {name: (piece.mark, len(piece.made.pages)) for name, piece in pieces.items()})


def _written(pieces: Mapping[str, Piece], then: Iterable[Piece], before: Joined) -> dict[str, Entry]:
    """What is written of each word."""
    changed = changed_words(pieces, then, before.origin)
    places = gathered([piece.made for piece in pieces.values()], changed)
    kept = () if changed is None else (item for item in before.words.items() if item[0] not in changed)
    return {**dict(kept), **dict(spread(partial(_entries, places), list(places), _FEW_WORDS))}


def _entries(places: Gathered, words: Iterable[str]) -> Iterator[tuple[str, Entry]]:
    return ((word, entry(word, places[word])) for word in words)


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
    written: Mapping[str, Entry],
    words: Sequence[Sequence[str]],
    language: str,
    before: Mapping[bytes, str],
    standing: Mapping[str, bytes],
) -> dict[bytes, str]:
    """By the digest of what each part holds, its file; those that are not there are made."""
    contents = [part(those, written) for those in words]
    marks = list(map(digest, contents))
    new = [at for at, mark in enumerate(marks) if before.get(mark) not in standing]
    made = dict(spread(partial(_pack, folder, language, contents), new, _FEW))
    return {mark: made.get(at) or before[mark] for at, mark in enumerate(marks)}


def _pack(folder: Path, language: str, contents: Sequence[bytes], which: Iterable[int]) -> Iterator[tuple[int, str]]:
    for at in which:
        content = packed(contents[at])
        file = f"index/{language}_{name_of(content)}.pf_index"
        put_file(folder / file, content)
        yield at, file
