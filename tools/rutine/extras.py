"""To disk: what is published beside the pages. No generator sees it, so that it is the same with every one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from posixpath import normpath

from rutine import formats
from rutine.editions import in_force
from rutine.forwarding import forward
from rutine.model import Message, Place, Report, say
from rutine.moves import old_pages
from rutine.pages._editions import version_page
from rutine.permanent import permanent_pages
from rutine.publication import publication
from rutine.published import language_of, title_of
from rutine.search_records import digest
from rutine.site_paths import NOT_FOUND, Names, address, page_path
from rutine.stage import PublishingError, Staged
from rutine.write import put_file

_GENERATORS = ("sitemap.xml", "sitemap.xml.gz")


def extra_files(staged: Staged, site_url: str | None) -> dict[str, bytes]:
    """What stands in a site beside its pages, by file. What a page or a file stands at stays its own.

    Raises PublishingError where one stands in the way of the handbook's data.
    """
    folders = staged.settings.address == "folder"
    both_cases = not (staged.folder.parent / staged.folder.name.upper()).exists()
    sources = {address(page, folders=folders): source for page, source in staged.pages.items()}
    names = Names((*sources, *staged.files, NOT_FOUND), both_cases)
    data = _data(staged, site_url)
    if faults := [_in_the_way(name, staged, sources) for name in data if not names.take(name)]:
        raise PublishingError(say("Nothing was published. The site is as it was."), faults)
    forwarding = (*_permanent(staged.report, both_cases), *_versions(staged), *_old(staged))
    named = ((address(page, folders=folders), text) for page, text in forwarding)
    return {**data, **{name: text for name, text in named if names.take(name)}}


def put_extras(staged: Staged, site_url: str | None, site: Path, before: Mapping[str, bytes] = {}) -> dict[str, bytes]:
    """Write these files into a site, in the place of what a generator makes of the kind, and of those that are there from
    `before`, by their digests; each with its digest.
    """
    extras = extra_files(staged, site_url)
    for name in (*_GENERATORS, *(name for name in before if name not in extras)):
        _remove(site, name)
    digests = {name: digest(content) for name, content in extras.items()}
    for name, content in extras.items():
        if before.get(name) != digests[name]:
            put_file(site / name, content)
    return digests


def _remove(site: Path, name: str) -> None:
    """Remove a file, and the folders that it leaves empty."""
    path = site / name
    path.unlink(missing_ok=True)
    with suppress(OSError):
        for folder in list(path.parents)[: name.count("/")]:
            folder.rmdir()


def _in_the_way(name: str, staged: Staged, sources: Mapping[str, str | None]) -> tuple[Place, Message]:
    """What keeps a file of the handbook's data from its place: a document, or a file beside the documents."""
    top, folder = name.split("/", maxsplit=1)[0].casefold(), staged.settings.folder.strip("/")
    found = next(path for path in (*sources, *staged.files) if path.split("/")[0].casefold() == top)
    path = sources.get(found) or normpath(f"{folder}/{found}")
    message = say("This would have the same address in the handbook as {other}. Rename one of them.", other=name)
    return Place(path), message


def _data(staged: Staged, site_url: str | None) -> dict[str, bytes]:
    """The handbook as data."""
    published = publication(staged.report, staged.pages, staged.files, site_url)
    made = (formats.find(name, "publication")(published) for name in formats.names("publication"))
    return {file: text.encode() for files in made for file, text in files.items()}


def _permanent(report: Report, both_cases: bool) -> Iterator[tuple[str, bytes]]:
    """A page at each permanent address, and one at the same in small letters, which people type on a phone."""
    settings = report.handbook.settings
    permanent = permanent_pages(report.handbook)
    for document in report.documents:
        if page := permanent.get(document.path):
            there, title = page_path(document.path, settings), title_of(document)
            text = forward(page, there, title, language_of(document, settings), settings).encode()
            yield page, text
            if both_cases and page.lower() != page:
                yield page.lower(), text


def _versions(staged: Staged) -> Iterator[tuple[str, bytes]]:
    """A page at the lasting address of a version that has none of its own: its text is the document's."""
    report, settings = staged.report, staged.settings
    permanent = permanent_pages(report.handbook)
    for document in report.documents:
        now = in_force(report.editions.get(document.path, ()), report.today)
        page = version_page(permanent[document.path], now) if now and document.path in permanent else None
        if page and page not in staged.pages:
            there, title = page_path(document.path, settings), title_of(document)
            yield page, forward(page, there, title, language_of(document, settings), settings).encode()


def _old(staged: Staged) -> Iterator[tuple[str, bytes]]:
    """A page at each address where a document was before."""
    settings, published = staged.settings, set(staged.pages.values())
    documents = {document.path: document for document in staged.report.documents}
    for page, path in sorted(old_pages(staged.report).items()):
        if path in published and (document := documents.get(path)):
            there, title = page_path(path, settings), title_of(document)
            yield page, forward(page, there, title, language_of(document, settings), settings).encode()
