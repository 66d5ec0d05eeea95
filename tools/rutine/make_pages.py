"""Every page of the handbook; those that would come out as they did before are remembered and not made again."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from rutine.memory import recall, remember, state_of
from rutine.model import Document, Page, Report
from rutine.pages import pages_of, sorts
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages.documents import pages_of_documents
from rutine.parallel import spread
from rutine.survey import key_of

MANY = 150  # documents
_SHARES = 7  # of many documents
_SHOWN_ELSEWHERE = (
    "id", "status", "language", "effective-from", "replaces", "replaced-by", "rests-on", "step-document", "summary",
)  # fmt: skip
_NAME = "pages"

Known = dict[str, tuple[bytes, list[Page]]]  # by document, "" for all others: what they were made from, and the pages


def make_pages(report: Report, root: Path | None = None) -> list[Page]:
    """Every page, in the order of the menu. With `root`, what is remembered of that handbook is used."""
    shelf = shelf_of(report)
    key = _key(root, report) if root else b""
    known: Known = pickle.loads(recall(root, _NAME, key) or _NOTHING) if root else {}  # noqa: S301  # the user's folder
    sources = _sources(shelf)
    stale = [path for path, source in sources.items() if known.get(path, (b"",))[0] != source]
    made = dict(_make(report, stale))
    pages = {path: made[path] if path in made else known[path][1] for path in sources}
    if root and (stale or len(known) != len(sources)):
        value = pickle.dumps({path: (source, pages[path]) for path, source in sources.items()})
        remember(root, _NAME, key, value)
    return [*pages.pop(""), *(page for found in pages.values() for page in found)]


_NOTHING = pickle.dumps({})


def _make(report: Report, stale: Sequence[str]) -> Iterator[tuple[str, list[Page]]]:
    """The pages of these documents, and for "" all others; those of many documents are made by all cores."""

    def make(shares: Sequence[Sequence[str]]) -> Iterator[bytes]:
        for share in shares:
            yield pickle.dumps(_pages(report, share))

    documents = [path for path in stale if path]
    shares = [[""]] if "" in stale else []
    shares += [documents] if len(documents) <= MANY else [documents[share::_SHARES] for share in range(_SHARES)]
    for content in spread(make, shares, few=2):
        yield from pickle.loads(content).items()  # noqa: S301  # our own child wrote it


def _pages(report: Report, share: Sequence[str]) -> dict[str, list[Page]]:
    if "" in share:
        return {"": pages_of(report, [name for name in sorts() if name != "documents"])}
    found: dict[str, list[Page]] = {path: [] for path in share}
    for page in pages_of_documents(report, set(share)):
        found[page.source or ""].append(page)
    return found


def _key(root: Path, report: Report) -> bytes:
    """Changes with everything but the documents that a page depends on."""
    package = Path(__file__).parent
    folders = [package / "pages", package / "cli", *(package / "locale").glob("*/LC_MESSAGES")]
    return b"\0".join([key_of(root), state_of(*folders), str(report.today).encode()])


def _sources(shelf: Shelf) -> dict[str, bytes]:
    """What the pages are made from: of each document with pages of its own, and of all others for ""."""
    around = _digest([_card(shelf, document) for document in shelf.by_path.values()])
    found = {}
    for document in (*shelf.documents, *shelf.plain, *shelf.broken):
        kind = document.kind.name if document.kind else None
        own = (kind, document.meta, document.body, shelf.deadlines.get(document.path), document in shelf.broken)
        found[document.path] = _digest([around, own])
    together = [
        (document.path, document.kind.name if document.kind else document.body, document.meta, shelf.title(document))
        for document in shelf.by_path.values()
    ]
    records = [
        (path, entry.kind, {meaning: entry.facts.texts(meaning) for meaning in entry.facts})
        for path, entry in shelf.handbook.entries.items()
        if path not in shelf.by_path
    ]
    everything = _digest([together, sorted(shelf.deadlines.items()), records, shelf.broken and shelf.report.findings])
    return {"": everything, **found}


def _card(shelf: Shelf, document: Document) -> tuple[Any, ...]:
    """What the pages of other documents show of a document."""
    told = [document.values(meaning) for meaning in _SHOWN_ELSEWHERE]
    return document.path, document.kind and document.kind.name, shelf.title(document), told


def _digest(value: Collection[Any]) -> bytes:
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=20).digest()
