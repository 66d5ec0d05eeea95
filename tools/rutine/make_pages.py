"""Every page of the handbook; those that would come out as they did before are remembered and not made again."""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from rutine.memory import recall, remember, state_of
from rutine.model import Document, Page, Report
from rutine.pages import pages_of, sorts
from rutine.pages._areas import area_of, area_title
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages.documents import pages_of_documents
from rutine.parallel import spread
from rutine.survey import key_of

MANY = 150  # documents
_SHARES = 20  # of many documents
_SHOWN_ELSEWHERE = (
    "id", "status", "language", "effective-from", "replaces", "replaced-by", "rests-on", "step-document", "summary",
)  # fmt: skip
_FILES = 16  # in which pages are remembered: where one has changed, no more than its own is written anew

Known = dict[str, tuple[bytes, bytes]]  # by document, "" for all others: what they were made from; the pages, pickled


class Made(NamedTuple):
    """Every page, in the order of the menu, and what tells all that stands beside the pages is made from."""

    pages: list[Page]
    mark: bytes


def make_pages(report: Report) -> list[Page]:
    """Every page, in the order of the menu."""
    return pages_of(report, sorts())


def remembered_pages(report: Report, root: Path) -> Made:
    """The same; of what is remembered of the handbook, what would come out as it did is not made again."""
    key, sources = _key(root, report), _sources(shelf_of(report))
    shelves: list[Known] = [recall(root, f"pages-{number:02}", key) or {} for number in range(_FILES)]
    known = {path: remembered for shelf in shelves for path, remembered in shelf.items()}
    stale = [path for path, source in sources.items() if known.get(path, (b"",))[0] != source]
    made = dict(_make(report, stale))
    pages = {path: made[path] if path in made else known[path][1] for path in sources}
    new: list[Known] = [{} for _ in shelves]
    for path, source in sources.items():
        new[crc32(path.encode("utf-8", "surrogatepass")) % _FILES][path] = (source, pages[path])
    for number, shelf in enumerate(new):
        if shelf != shelves[number]:
            remember(root, f"pages-{number:02}", key, shelf)
    found = [page for several in pages.values() for page in pickle.loads(several)]  # noqa: S301  # the user's own folder
    return Made(found, _digest([key, sources[""], *_beside(report)]))


def _make(report: Report, stale: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """The pages of these documents, and for "" all others; those of many documents are made by all cores."""

    def make(shares: Iterable[Sequence[str]]) -> Iterator[tuple[str, bytes]]:
        for share in shares:
            yield from ((path, pickle.dumps(found)) for path, found in _pages(report, share).items())

    documents = [path for path in stale if path]
    shares = [[""]] if "" in stale else []
    shares += [documents] if len(documents) <= MANY else [documents[share::_SHARES] for share in range(_SHARES)]
    yield from spread(make, shares, few=2)


def _pages(report: Report, share: Sequence[str]) -> dict[str, list[Page]]:
    if "" in share:
        return {"": pages_of(report, [name for name in sorts() if name != "documents"])}
    found: dict[str, list[Page]] = {path: [] for path in share}
    for page in pages_of_documents(report, set(share)):
        found[page.source or page.about or ""].append(page)
    return found


def _key(root: Path, report: Report) -> bytes:
    """Changes with everything but the documents that a page depends on."""
    package = Path(__file__).parent
    folders = [package / "pages", package / "cli", *(package / "locale").glob("*/LC_MESSAGES")]
    return b"\0".join([key_of(root), state_of(*folders), str(report.today).encode()])


def _sources(shelf: Shelf) -> dict[str, bytes]:
    """What the pages are made from: of each document with pages of its own, and of all others for ""."""
    found, cards, everywhere = {}, _cards(shelf), _digest([sorted(shelf.by_path), sorted(shelf.report.moved.items())])
    broken = {
        document.path: [f for f in shelf.report.findings if f.place.path == document.path] for document in shelf.broken
    }
    for document in (*shelf.documents, *shelf.plain, *shelf.broken):
        kind = document.kind.name if document.kind else None
        reviewed = shelf.deadlines.get(document.path), shelf.suspects.get(document.path)
        own = (kind, document.meta, shelf.handbook.entries[document.path].text)
        plain = marshal.dumps([own, *_around(shelf, document, cards)], 2)  # several times as fast as `repr`
        rest = [reviewed, broken.get(document.path), *_versions(shelf, document, everywhere)]
        found[document.path] = _digest(rest, plain)
    together = [
        (document.path, document.kind.name if document.kind else document.body, document.meta, shelf.title(document))
        for document in shelf.by_path.values()
    ]
    records = [
        (path, entry.kind, {meaning: entry.facts.texts(meaning) for meaning in entry.facts})
        for path, entry in shelf.handbook.entries.items()
        if path not in shelf.by_path
    ]
    everything = _digest(
        [
            together,
            sorted(shelf.deadlines.items()),
            sorted(shelf.suspects.items()),
            shelf.permanent,
            records,
            shelf.report.renewals,
            shelf.broken and shelf.report.findings,
        ]
    )
    return {"": everything, **found}


def _beside(report: Report) -> Iterator[Any]:
    """What else the files beside the pages are made from: versions, old addresses, and the files that documents link to."""
    handbook = report.handbook
    yield [(path, [(one.name, one.start, one.said.status) for one in found]) for path, found in report.editions.items()]
    yield sorted(report.moved.items())
    yield report.departures
    yield [
        (path, link.target)
        for path, entry in handbook.entries.items()
        for link in entry.links
        if link.target.partition("#")[0] in handbook.files and link.target.partition("#")[0] not in handbook.entries
    ]


def _around(shelf: Shelf, document: Document, cards: Mapping[str, Sequence[Any]]) -> Iterator[Any]:
    """What else a document's page is made from, as plain values: its area's name, where its links lead, and the documents
    that it shows.
    """
    page, entry = shelf.page(document), shelf.handbook.entries[document.path]
    yield area_title(shelf, area_of(page))
    yield [link.target.partition("#")[0] in shelf.by_path for link in entry.links]
    yield shelf.permanent.get(document.path)
    if page.endswith("index.md"):
        yield from cards[page.removesuffix("index.md")]
    named = [shelf.find(fact.value) for fact in entry.references]
    yield from (_card(shelf, other) for other in named if other)
    for meaning in ("rests-on", "step-document", "replaces", "replaced-by"):
        yield from (_card(shelf, other) for other in shelf.saying(meaning, document))


def _versions(shelf: Shelf, document: Document, everywhere: bytes) -> Iterator[Any]:
    """The versions of a document, and where the links in their texts may lead."""
    if len(editions := shelf.report.editions.get(document.path, ())) > 1:
        yield editions
        yield everywhere


def _cards(shelf: Shelf) -> dict[str, list[Any]]:
    """What is shown of the documents in each folder of pages and below it; `""` is the whole handbook."""
    found: dict[str, list[Any]] = {}
    for document in shelf.by_path.values():
        card, folder = _card(shelf, document), shelf.page(document)
        while folder:
            folder = folder.rpartition("/")[0]
            found.setdefault(f"{folder}/" if folder else "", []).append(card)
    return found


def _card(shelf: Shelf, document: Document) -> tuple[Any, ...]:
    """What the pages of other documents show of a document."""
    told = [document.values(meaning) for meaning in _SHOWN_ELSEWHERE]
    return document.path, document.kind and document.kind.name, shelf.title(document), told


def _digest(value: Collection[Any], plain: bytes = b"") -> bytes:
    return blake2b(plain + repr(value).encode("utf-8", "surrogatepass"), digest_size=20).digest()
