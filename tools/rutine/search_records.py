"""To disk: what Pagefind reads of each page that is sought. What comes out as it did before is remembered."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from rutine.compounds import Parts, compounds
from rutine.memory import recall, remember, state_of
from rutine.model import Search, Settings
from rutine.pages._alphabet import key
from rutine.parallel import spread
from rutine.read import find_root
from rutine.search_text import Told, folded, readable, record, spelt, synonyms_of, words_of
from rutine.site_paths import address
from rutine.stage import Staged

FEW = 100  # pages up to this number are read by one process

Known = dict[str, tuple[bytes, str, list[str], bytes, bytes]]
# Of each file of the site: its digest, what it says, its words, and the digests of what its record is made from and of it


class Text(NamedTuple):
    """A page that is sought: where it is in the site, what it says, and its words."""

    path: str
    file: str
    text: str
    words: frozenset[str]
    digest: bytes  # of the built page


def write_records(folder: Path, site: Path, staged: Staged) -> list[Text]:
    """Write the records of a built site below a folder, only those that changed; the pages, in the order of their paths."""
    root, name = find_root(staged.folder) or staged.folder, f"search-{staged.folder.parent.name}"
    state = _digest((state_of(Path(__file__).parent), staged.settings.language, staged.settings.synonyms))
    known, lexicon = recall(root, name, state) or ({}, (b"", {}))
    pages = _read(site, staged, known)
    words = sorted({word for page in pages for word in page.words})
    if lexicon[0] != _digest(words):
        lexicon = (_digest(words), compounds(words))
    titles = sorted(staged.sought, key=lambda path: (key(staged.sought[path][0], staged.settings.language), path))
    ranks = {path: rank for rank, path in enumerate(titles)}
    _remove_others(folder, {page.file for page in pages})
    written = dict(spread(partial(_write_some, folder, staged, ranks, lexicon[1], known), pages, FEW))
    now = {page.file: (page.digest, page.text, list(page.words), *written[page.file]) for page in pages}
    if {file: value[3:] for file, value in now.items()} != {file: value[3:] for file, value in known.items()}:
        remember(root, name, state, (now, lexicon))
    return pages


def _read(site: Path, staged: Staged, known: Known) -> list[Text]:
    folders = staged.settings.address == "folder"
    files = {address(path, folders=folders): path for path in staged.sought}
    found = spread(partial(_read_pages, site, known), sorted(file for file in files if (site / file).is_file()), FEW)
    return sorted(Text(files[file], file, text, frozenset(words), digest) for file, text, words, digest in found)


def _read_pages(site: Path, known: Known, files: Sequence[str]) -> Iterator[tuple[str, str, list[str], bytes]]:
    for file in files:
        content = (site / file).read_bytes()
        digest = blake2b(content, digest_size=16).digest()
        if file in known and known[file][0] == digest:
            yield file, known[file][1], known[file][2], digest
        else:
            text = readable(content.decode("utf-8", "replace"))
            yield file, text, list(words_of(text)), digest


def _write_some(
    folder: Path,
    staged: Staged,
    ranks: Mapping[str, int],
    parts: Mapping[str, Parts],
    known: Known,
    pages: Sequence[Text],
) -> Iterator[tuple[str, tuple[bytes, bytes]]]:
    for page in pages:
        title, search = staged.sought[page.path]
        called, also, same = _also(title, search, page.words, staged.settings)
        of_title, of_also = words_of(title), words_of(also)
        own = {word: parts[word] for word in sorted((page.words | of_title | of_also) & parts.keys())}
        source = _digest((page.digest, title, search, ranks[page.path], own, called, also, same))
        before = known[page.file][3:] if page.file in known else (b"", b"")
        path = folder / page.file
        if before[0] == source and path.is_file() and blake2b(path.read_bytes(), digest_size=16).digest() == before[1]:
            yield page.file, before
            continue
        title, also = spelt(title, of_title, parts), spelt(also, of_also, parts)
        told = Told(title, folded(called), also, folded(same), spelt(page.text, page.words, parts))
        content = record(staged.settings.language, ranks[page.path], search, told).encode()
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        yield page.file, (source, blake2b(content, digest_size=16).digest())


def _also(title: str, search: Search, words: frozenset[str], settings: Settings) -> tuple[str, str, str]:
    """What means the same as a page's title, its keywords with what means the same as these, and as its other words."""
    groups = settings.synonyms
    called = dict.fromkeys(synonyms_of(words_of(title), groups))
    near = dict.fromkeys(synonyms_of(words_of(" ".join([title, *search.words])), groups))
    rest = dict.fromkeys(synonyms_of(words | words_of(" ".join(search.acts)), groups))
    also = [*search.words, *(word for word in near if word not in called)]
    return " ".join(called), " ".join(also), " ".join(word for word in rest if word not in near)


def _remove_others(folder: Path, wanted: set[str]) -> None:
    for parent, folders, names in os.walk(folder):
        for path in (Path(parent, name) for name in (*folders, *names)):
            if path.is_symlink() or (path.is_file() and path.relative_to(folder).as_posix() not in wanted):
                path.unlink()


def _digest(value: Any) -> bytes:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=16).digest()
