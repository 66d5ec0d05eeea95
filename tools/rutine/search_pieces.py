"""The pages that are sought, in pieces, each of which Pagefind indexes alone; what it made of a piece is remembered.

So a change of one page costs the index of a few. In which piece a page is depends on its own address and, in coarse
steps, on the number of pages. What is made of a piece depends on nothing but its records, so that it comes out the same
whenever it is made.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote

from rutine.compounds import Parts
from rutine.errors import RutineError
from rutine.memory import recall, remember, state_of
from rutine.model import Settings, say
from rutine.own_folder import clear_away
from rutine.parallel import beside, spread
from rutine.search_cbor import decoded, plain
from rutine.search_merge import Index, words_in
from rutine.search_records import Text, compose, digest, of
from rutine.stage import Staged

_PAGES = 50  # of a piece at most, unless there are too many pieces
_PIECES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64)  # how many there may be
_PROGRAM = frozenset(("pagefind.js", "pagefind-worker.js"))

Records = Sequence[tuple[str, bytes]]  # files and what Pagefind reads in the place of these
Origin = tuple[bytes, int]  # the mark of a piece, and how many pages it has


class Piece(NamedTuple):
    """An index of some pages, what each is called by its address, the files that tell of them and Pagefind's program, with
    their digests, how the program is to begin (JSON), and the mark of all that it was made from.
    """

    made: Index
    ids: Mapping[str, str]
    fragments: Mapping[str, bytes]
    program: Mapping[str, bytes]
    entry: str
    mark: bytes = b""


class Work(NamedTuple):
    """What it takes to make the pieces: the handbook, the folder for our own, the site and what it was made from, the
    compounds of all pages, each piece's pages and mark, and what changes with the programs.
    """

    root: Path
    own: Path
    site: Path
    staged: Staged
    compounds: Mapping[str, Parts]
    pages: Mapping[str, Sequence[Text]]
    marks: Mapping[str, bytes]
    state: bytes


def divided(files: Collection[str]) -> dict[str, list[str]]:
    """The pages, by their files in the site, that are indexed together; no piece is empty."""
    count = next((count for count in _PIECES if count * _PAGES >= len(files)), _PIECES[-1])
    found: dict[str, list[str]] = {}
    for file in sorted(files):
        found.setdefault(f"{int.from_bytes(digest(file.encode())[:4], 'big') % count:02}", []).append(file)
    return dict(sorted(found.items()))


def state_of_search(settings: Settings) -> bytes:
    """Changes with the programs and the settings that a search is made by."""
    return of((state_of(Path(__file__).parent), version("pagefind"), settings.language, settings.synonyms))


def marks_of(pages: Mapping[str, Sequence[Text]]) -> dict[str, bytes]:
    """By piece, the digest of what it is made from."""
    return {name: of([(page.file, page.source, page.parts) for page in those]) for name, those in pages.items()}


@contextmanager
def made(
    work: Work, before: Mapping[str, bytes], standing: Mapping[str, bytes]
) -> Iterator[Callable[[], tuple[dict[str, Piece], list[Piece]]]]:
    """Have all pieces made beside what else is done, and then ask for them, and for those that were in their places.

    Those that are not remembered are made, and lie in their folders below `found`. `before` are the marks of the last
    site's pieces, and `standing` the files of the search that are right.
    """
    clear_away(work.own / "found")
    changed = [name for name, mark in work.marks.items() if before.get(name) != mark]
    then = [piece for name in changed if (piece := _recall(work, name))]
    with beside(lambda: list(spread(partial(_make, work), changed, few=1))) as new:
        pieces = {name: _recall(work, name) for name in work.pages if name not in changed}
        kept = {
            name: piece
            for name, piece in pieces.items()
            if piece and piece.mark == work.marks[name] and piece.fragments.items() <= standing.items()
        }
        if kept and not next(iter(kept.values())).program.items() <= standing.items():
            del kept[min(kept)]
        lost = [name for name in work.pages if name not in kept and name not in changed]

        def ask() -> tuple[dict[str, Piece], list[Piece]]:
            frozen = dict(chain(new(), spread(partial(_make, work), lost, few=1)))
            return {name: _thawed(frozen[name]) if name in frozen else kept[name] for name in work.pages}, then

        yield ask


def changed_words(pieces: Mapping[str, Piece], then: Iterable[Piece], origin: Mapping[str, Origin]) -> set[str] | None:
    """The words of which something else is to be written in the index of all pages than in the last one.

    `origin` is what that was made from; the pieces that have changed since are among those of `then`, else it may be any
    word, and None is given.
    """
    if [(name, len(piece.made.pages)) for name, piece in pieces.items()] != [
        (name, one[1]) for name, one in origin.items()
    ]:
        return None
    found, known = set[str](), {piece.mark: piece.made.words for piece in then}
    for name, piece in pieces.items():
        if piece.mark != origin[name][0]:
            if origin[name][0] not in known:
                return None
            old, new = known[origin[name][0]], piece.made.words
            found.update(word for word in old.keys() | new.keys() if old.get(word) != new.get(word))
    return found


def _recall(work: Work, name: str) -> Piece | None:
    frozen = recall(work.root, f"search-{work.own.name}-{name}", work.state)
    return _thawed(frozen) if frozen else None


def _frozen(piece: Piece) -> tuple[Any, ...]:
    """A piece as plain values."""
    return (tuple(piece.made), *piece[1:])


def _thawed(frozen: tuple[Any, ...]) -> Piece:
    return Piece(Index(*frozen[0]), *frozen[1:])


def _make(work: Work, names: Iterable[str]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name in names:
        records = [(page.file, compose(work.site, work.staged, page, work.compounds)) for page in work.pages[name]]
        folder, out = work.own / "search" / name, work.own / "found" / name
        piece = index(folder, out, name, records, work.staged.settings.language)
        frozen = _frozen(piece._replace(mark=work.marks[name]))
        remember(work.root, f"search-{work.own.name}-{name}", work.state, frozen)
        yield name, frozen


def index(folder: Path, out: Path, name: str, records: Records, language: str) -> Piece:
    """Let Pagefind index records, which are written below a folder, and read what it leaves in the folder `out`.

    It reads no settings of the repository: neither a file that lies there nor the environment. What it says of a page
    is named after the piece, for its own names differ within a piece alone. Raises RutineError if it makes nothing.
    """
    clear_away(folder)
    clear_away(out)
    for file, content in records:  # anew and in this order: Pagefind numbers them as the disk lists them
        path = folder / file
        os.makedirs(path.parent, exist_ok=True)  # noqa: PTH103  # of thousands
        path.write_bytes(content)
    options = ["--site", str(folder), "--output-path", str(out), "--force-language", language, "--silent"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    done = subprocess.run(
        [_program(), *options],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if done.returncode:
        told = done.stdout.decode("utf-8", "replace")
        raise RutineError(say("The search of the site could not be made: {problem}", problem=told))
    return _read(out, name)


def _program() -> str:
    from pagefind.service import get_executable  # only where a site is built

    program = get_executable()
    if program is None:
        raise RutineError(say("Pagefind, which makes the search, is not installed. Reinstall rutine[site]."))
    return str(program)


def _read(out: Path, name: str) -> Piece:
    ids, fragments = {}, {}
    for path in list(out.glob("fragment/*")):
        content, moved = path.read_bytes(), path.rename(path.with_name(_called(path.name, name)))
        fragments[f"fragment/{moved.name}"] = digest(content)
        ids[unquote(json.loads(plain(content))["url"])] = moved.stem
    meta = decoded(plain(next(out.glob("*.pf_meta")).read_bytes()))
    found = (decoded(plain(path.read_bytes())) for path in out.glob("filter/*"))
    facets = {facet: dict(sorted(values)) for facet, values in sorted(found)}
    parts = (plain(path.read_bytes()) for path in out.glob("index/*"))
    words = {word: places for part in parts for word, places in words_in(part)}
    made_ = Index([(_called(page, name), count) for page, count in meta[1]], words, facets, meta[5])
    program = {path.name: digest(path.read_bytes()) for path in out.iterdir() if _is_program(path.name)}
    return Piece(made_, ids, fragments, program, (out / "pagefind-entry.json").read_text("utf-8"))


def _is_program(file: str) -> bool:
    return file in _PROGRAM or (file.startswith("wasm.") and not file.startswith("wasm.unknown"))


def _called(page: str, piece: str) -> str:
    language, _, rest = page.partition("_")
    return f"{language}_{piece}{rest}"
