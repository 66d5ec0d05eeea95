"""What Pagefind reads of each page that is sought, page by page; what is made of a page that did not change is remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from rutine.compounds import Parts
from rutine.model import Search, Settings
from rutine.parallel import spread
from rutine.search_text import SAYS, Told, folded, readable, record, spelt, synonyms_of, words_of
from rutine.site_paths import address
from rutine.stage import Staged

FEW = 100  # pages up to this number are read by one process

Seen = tuple[bytes, str, bytes, str, bytes]
# Of a page: the digest of what was built, its words, the digest of all that its record is made from but the compounds,
# the words that the record has beside those of the page, and the digest of the compounds among all these


class Said(NamedTuple):
    """A built page: its digest, what it says (`readable`), and its words, with blanks between them."""

    digest: bytes
    text: str
    words: str


class Text(NamedTuple):
    """A page that is sought: where it was staged, its file in the site, and what is known of it.

    `text` is empty until it is needed. `source` is the digest of all that the record is made from but the compounds;
    `more` are the words that it has beside those of the page; `parts` is what was remembered of the compounds in it.
    """

    path: str
    file: str
    digest: bytes
    text: str
    words: str
    source: bytes
    more: str
    parts: bytes = b""


def said(page: str, content: bytes) -> Said:
    """What a built page says; `content` is the page as it was written."""
    text = readable(page)
    return Said(digest(content), text, " ".join(words_of(text)))


def digest(content: bytes) -> bytes:
    """Tells a file's content from any other."""
    return blake2b(content, digest_size=20).digest()


def texts(
    site: Path, staged: Staged, seen: Mapping[str, Seen], digests: Mapping[str, bytes], built: Mapping[str, Said]
) -> list[Text]:
    """The pages of a built site that are sought and say anything, in the order of their files.

    `digests` are those of built pages, by staged path, that need not be read again, and `built` is what such pages say.
    """
    folders = staged.settings.address == "folder"
    files = {address(path, folders=folders): path for path in sorted(staged.sought)}
    unread = [file for file, path in files.items() if path not in digests and (site / file).is_file()]
    read = {file: Said(*told) for file, told in spread(partial(_read, site, seen), unread, FEW)}
    found = []
    for file, path in sorted(files.items()):
        if path in digests:
            told = built.get(path) or Said(digests[path], "", "")
        elif file in read:
            told = read[file]
        else:
            continue
        if not told.words and (file not in seen or seen[file][0] != told.digest):
            told = Said(*next(_read(site, {}, [file]))[1])
        if file in seen or SAYS.search(told.text):
            found.append(_text(staged, path, file, told, seen))
    return found


def _read(site: Path, seen: Mapping[str, Seen], files: Iterable[str]) -> Iterator[tuple[str, tuple[bytes, str, str]]]:
    for file in files:
        content = (site / file).read_bytes()
        if file in seen and seen[file][0] == digest(content):
            yield file, (seen[file][0], "", "")
        else:
            told = said(content.decode("utf-8", "replace"), content)
            yield file, (told.digest, told.text, told.words)


def _text(staged: Staged, path: str, file: str, told: Said, seen: Mapping[str, Seen]) -> Text:
    title, search = staged.sought[path]
    source = of((told.digest, title, search))
    words = told.words
    if file in seen and seen[file][0] == told.digest:
        words = seen[file][1]
        if seen[file][2] == source:
            return Text(path, file, told.digest, told.text, words, source, seen[file][3], seen[file][4])
    own = set(words.split())
    more = (words_of(title) | words_of(_also(title, search, own, staged.settings)[1])) - own
    return Text(path, file, told.digest, told.text, words, source, " ".join(sorted(more)))


def seen_of(page: Text) -> Seen:
    """What to remember of a page."""
    return page.digest, page.words, page.source, page.more, page.parts


def parts_of(page: Text, parts: Mapping[str, Parts]) -> bytes:
    """The digest of the compounds that a page's record has."""
    found = parts.keys() & {*page.words.split(), *page.more.split()}
    return digest(" ".join(sorted("-".join(parts[word]) for word in found)).encode())


def compose(site: Path, staged: Staged, page: Text, parts: Mapping[str, Parts]) -> bytes:
    """A page's record."""
    title, search = staged.sought[page.path]
    text = page.text or readable((site / page.file).read_text("utf-8", "replace"))
    words = frozenset(page.words.split())
    called, also, same = _also(title, search, words, staged.settings)
    title, also = spelt(title, words_of(title), parts), spelt(also, words_of(also), parts)
    told = Told(title, folded(called), also, folded(same), spelt(text, words, parts))
    return record(staged.settings.language, search, told).encode()


def _also(title: str, search: Search, words: Iterable[str], settings: Settings) -> tuple[str, str, str]:
    """What means the same as a page's title, its keywords with what means the same as these, and as its other words."""
    groups = settings.synonyms
    if not groups:
        return "", " ".join(search.words), ""
    called = dict.fromkeys(synonyms_of(words_of(title), groups))
    near = dict.fromkeys(synonyms_of(words_of(" ".join([title, *search.words])), groups))
    rest = dict.fromkeys(synonyms_of({*words} | words_of(" ".join(search.acts)), groups))
    also = [*search.words, *(word for word in near if word not in called)]
    return " ".join(called), " ".join(also), " ".join(word for word in rest if word not in near)


def of(value: Any) -> bytes:
    """Tells a value from any other that is written otherwise."""
    return digest(repr(value).encode("utf-8", "surrogatepass"))
