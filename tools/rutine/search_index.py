"""The last step for search: an index of the new site, made by Pagefind as a program of its own, the same for every generator.

Of each page that is sought it takes the article of the built page, and gives Pagefind a record of it: what the page
says, with its headings; its title, number, keywords and synonyms; what results are picked out by. Pagefind indexes the
pages in pieces, of which those are remembered whose records are what they were; into `assets/search/` of the site come
all of them as one index, Pagefind's program, and three files of ours:

- `words.json`: what the reader's browser needs to know to show results in the handbook's language;
- `order.json`: the pages by title, and by date with the newest first. It is asked for only when results are sorted so;
- `near.bin`: the handbook's words, the most used first, one a line, packed with gzip. It is asked for only when a search
  finds nothing, to offer near words.

The same pages give the same bytes.
"""

from __future__ import annotations

import gzip
import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from rutine.compounds import Parts, compounds_in, lexicon
from rutine.i18n import translate
from rutine.memory import recall, remember
from rutine.model import Settings
from rutine.own_folder import entries_below
from rutine.pages._alphabet import key
from rutine.parallel import spread
from rutine.read import find_root
from rutine.search_join import Joined, join
from rutine.search_pieces import Piece, Work, divided, made, marks_of, state_of_search
from rutine.search_records import Said, Seen, Text, digest, parts_of, seen_of, texts
from rutine.search_words import ASKING, WORDS
from rutine.site_paths import target
from rutine.stage import Staged
from rutine.write import put_file

FOLDER = "assets/search"
_NEAR = 60_000  # words that are offered at most
_FEW = 5_000  # words up to this number are looked at by one process
_SHORTEST = 4  # letters of a word that is offered


class _Memory(NamedTuple):
    """What is remembered of the last site: its pages, on how many of them each word stands, the compounds among these words,
    the marks of its pieces, the files of the index by what they hold, and the files of the search with their digests.
    """

    seen: Mapping[str, Seen] = {}
    counts: Mapping[str, int] = {}
    compounds: Mapping[str, Parts] = {}
    pieces: Mapping[str, bytes] = {}
    parts: Mapping[bytes, str] = {}
    files: Mapping[str, bytes] = {}


def remembered_files(root: Path, settings: Settings) -> dict[str, bytes]:
    """The files of the last site's search that may be as they should be in the next, each with its digest."""
    return {
        f"{FOLDER}/{file}": right for file, right in _recall(root, "build", state_of_search(settings)).files.items()
    }


def write_index(
    site: Path,
    staged: Staged,
    sure: Collection[str] = (),
    digests: Mapping[str, bytes] = {},
    built: Mapping[str, Said] = {},
    meanwhile: Callable[[], None] = lambda: None,
) -> Iterable[str]:
    """Make the search of a built site, in whose folder the pages lie, and put it there; what files these are.

    Files of the site in `sure` are what is remembered of them; `digests` and `built` tell of pages that need not be
    read, by the paths where they were staged. What is to be done `meanwhile` is done while Pagefind is at work. Raises
    RutineError if the search cannot be made.
    """
    root, own, folder = find_root(staged.folder) or staged.folder, staged.folder.parent, site / FOLDER
    state = state_of_search(staged.settings)
    memory = _recall(root, own.name, state)
    found = texts(site, staged, memory.seen, digests, built)
    counts = _counts(found, memory)
    parts = memory.compounds if counts.keys() == memory.counts.keys() else _compounds(counts)
    fresh = (
        page if page.parts and parts is memory.compounds else page._replace(parts=parts_of(page, parts))
        for page in found
    )
    pages = {page.file: page for page in fresh}
    divisions = {name: [pages[file] for file in files] for name, files in divided(pages).items()}
    standing = _standing(folder, memory.files, sure)
    work = Work(root, own, site, staged, parts, divisions, marks_of(divisions), state)
    joined, pieces = _put_index(work, folder, counts, memory, standing, meanwhile)
    _put_interface(folder, staged, list(pages.values()), pieces)
    files = {*joined.files, "words.json", "order.json"}
    _remove_others(folder, files)
    seen = {page.file: seen_of(page) for page in pages.values()}
    known = _Memory(seen, counts, parts, work.marks, joined.parts, joined.files)
    if known != memory:
        remember(root, f"search-{own.name}", state, tuple(known))
    return (f"{FOLDER}/{file}" for file in files)


def _put_index(
    work: Work,
    folder: Path,
    counts: Mapping[str, int],
    memory: _Memory,
    standing: Mapping[str, bytes],
    meanwhile: Callable[[], None],
) -> tuple[Joined, dict[str, Piece]]:
    """The index and the handbook's words in their place, and the pieces that the index was joined from."""
    name = f"search-{work.own.name}-words"
    with made(work, memory.pieces, standing) as pieces_and_those_before:
        meanwhile()
        near = _put_near(folder, _near(counts), memory.parts, standing)
        written, origin = recall(work.root, name, work.state) or ({}, {})
        pieces, then = pieces_and_those_before()
    before = Joined(memory.files, memory.parts, written, origin)
    joined = join(work.own / "found", folder, pieces, then, before, standing)
    if joined.origin != origin:
        remember(work.root, name, work.state, (joined.words, joined.origin))
    return joined._replace(files={**joined.files, **near.files}, parts={**joined.parts, **near.parts}), pieces


def _counts(pages: Iterable[Text], memory: _Memory) -> dict[str, int]:
    """On how many pages each word stands."""
    counts, gone = Counter(memory.counts), dict(memory.seen)
    for page in pages:
        before = gone.pop(page.file, None)
        if before is None or before[1] is not page.words:
            counts.update(page.words.split())
            counts.subtract(before[1].split() if before else ())
    for before in gone.values():
        counts.subtract(before[1].split())
    return {word: count for word, count in counts.items() if count}


def _compounds(words: Iterable[str]) -> dict[str, Parts]:
    known = lexicon(words, partial(spread, few=1))
    return dict(spread(partial(compounds_in, known), known.long, _FEW))


def _recall(root: Path, name: str, state: bytes) -> _Memory:
    return _Memory(*(recall(root, f"search-{name}", state) or ()))


def _standing(folder: Path, files: Mapping[str, bytes], sure: Collection[str]) -> dict[str, bytes]:
    """The files of the search that are what is remembered of them, byte for byte."""
    found = {}
    for file, right in files.items():
        try:
            if f"{FOLDER}/{file}" in sure or digest((folder / file).read_bytes()) == right:
                found[file] = right
        except OSError:
            continue
    return found


def _put_near(folder: Path, words: Sequence[str], before: Mapping[bytes, str], standing: Mapping[str, bytes]) -> Joined:
    content, file = "\n".join(words).encode(), "near.bin"
    mark = digest(content)
    if before.get(mark) not in standing:
        put_file(folder / file, gzip.compress(content, mtime=0))
    return Joined(
        {file: standing[file] if before.get(mark) in standing else digest((folder / file).read_bytes())}, {mark: file}
    )


def _near(counts: Mapping[str, int]) -> list[str]:
    """The handbook's words, those of most pages first."""
    found = sorted(word for word in counts if len(word) >= _SHORTEST)
    return sorted(found, key=counts.__getitem__, reverse=True)[:_NEAR]  # the order of the alphabet among those alike


def _put_interface(folder: Path, staged: Staged, pages: list[Text], pieces: Mapping[str, Piece]) -> None:
    for name, value in (("words.json", _interface(staged)), ("order.json", _order(staged, pages, pieces))):
        put_file(folder / name, f"{json.dumps(value, ensure_ascii=False, indent=1)}\n".encode())


def _order(staged: Staged, pages: list[Text], pieces: Mapping[str, Piece]) -> dict[str, list[str]]:
    """What the pages are called in the index, in the orders that a reader may choose."""
    ids = {address: called for piece in pieces.values() for address, called in piece.ids.items()}
    language, sought = staged.settings.language, staged.sought
    by_title = sorted(pages, key=lambda page: (key(sought[page.path][0], language), page.path))
    found = {page.path: ids[address] for page in by_title if (address := _address(page.file)) in ids}
    newest = sorted(found, key=lambda path: sought[path][1].date, reverse=True)
    return {"title": list(found.values()), "date": [found[path] for path in newest]}


def _address(file: str) -> str:
    """The address that Pagefind gives to the page in a file."""
    folder, name = file.rpartition("/")[::2]
    return f"/{folder}/".replace("//", "/") if name == "index.html" else f"/{file}"


def _remove_others(folder: Path, wanted: Collection[str]) -> None:
    start = len(os.fspath(folder)) + 1
    for entry in reversed(list(entries_below(os.fspath(folder)))):
        if not entry.is_dir(follow_symlinks=False):
            if entry.path[start:] not in wanted:
                os.unlink(entry.path)  # noqa: PTH108
        elif not os.listdir(entry.path):  # noqa: PTH208
            os.rmdir(entry.path)  # noqa: PTH106


def _interface(staged: Staged) -> dict[str, object]:
    settings, sought = staged.settings, staged.sought.values()
    states = {word: search.state for _, search in sought for word in search.facets.get("status", ())}
    folders = settings.address == "folder"
    ways = ("register/a-z/index.md", "register/owners.md")
    return {
        "language": settings.language,
        "ask": settings.ask,
        "asking": sorted(ASKING),
        "states": dict(sorted(states.items())),
        "addresses": {way: target(way, folders=folders) for way in ways if way in staged.pages},
        "words": {name: translate(text, settings.language) for name, text in WORDS.items()},
    }
