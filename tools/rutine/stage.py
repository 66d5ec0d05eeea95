"""To disk: the pages of the handbook as plain Markdown that any generator builds, and the files that belong to them.

What is invalid is never staged. The generator sees nothing but what stands here: text that rutine made.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from hashlib import blake2b
from html import escape
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from rutine.diagrams import with_pictures
from rutine.errors import ConfigurationError
from rutine.look import ASSETS, assets, statement_of
from rutine.make_pages import remembered_pages
from rutine.model import Message, Page, Place, Report, Search, Settings, say
from rutine.moves import lost_redirects
from rutine.own_folder import refuse_links, remove_links
from rutine.parallel import spread
from rutine.read import read_bytes
from rutine.references import find
from rutine.site_paths import href
from rutine.vector import is_clean_drawing
from rutine.write import put_file

FEW = 200  # pages up to this number are written by one process
_ATTACHMENTS = frozenset(
    "png jpg jpeg gif webp avif svg ico bmp pdf doc docx dot dotx odt ott rtf xls xlsx xlt xltx ods ots csv tsv ppt "
    "pptx odp txt ics vcf epub zip mp3 m4a ogg wav mp4 webm vtt drawio bpmn vsdx dwg dxf css".split()
)  # types that browsers show without running anything in them, or only save


class PublishingError(ConfigurationError):
    """The handbook cannot be published as it is; holds everything that is in the way, each with its place."""

    exit_code = 1


class Menu(NamedTuple):
    """A heading of the menu with its entries: title (plain text) and path of the page."""

    heading: str
    entries: Sequence[tuple[str, str]]


class Staged(NamedTuple):
    """What was staged: where, the pages with the document that each shows, the other files, the menu, the settings.

    `digests` tell each page's staged content from any other; `mark` all that stands beside the pages is made from.
    `dangling` are the links in published documents to files that are not published, each with what to do; `sought` are
    the pages that search finds, each with its title and what search knows of it beside its text; `undrawn` is the number
    of diagrams that are shown as their source.
    """

    folder: Path
    pages: Mapping[str, str | None]
    files: frozenset[str]
    menu: Sequence[Menu]
    settings: Settings
    today: date
    report: Report
    digests: Mapping[str, bytes]
    mark: bytes
    dangling: Sequence[tuple[Place, Message]] = ()
    sought: Mapping[str, tuple[str, Search]] = {}
    undrawn: int = 0


def stage(root: Path, report: Report, folder: Path) -> Staged:
    """Write the pages and files below `folder`, only those that changed, and remove what does not belong there."""
    staged, write = planned(root, report, folder)
    write(())
    return staged


def planned(root: Path, report: Report, folder: Path) -> tuple[Staged, Callable[[Collection[str]], None]]:
    """What `stage` gives, and what writes the pages; of some, by path, it may be told that it is enough if they are there."""
    refuse_links(root, folder, folder.with_suffix(".json"))
    if report.handbook.settings.markdown != "python-markdown":
        message = say("This handbook is published by another generator (documents.markdown in handbook.yml).")
        raise PublishingError(message, ())
    remove_links(folder)
    settings = report.handbook.settings
    made = remembered_pages(report, root)
    pages, pictures, undrawn = with_pictures(made.pages, root, folder, settings)
    contents = {page.path: _content(page, folders=settings.address == "folder").encode() for page in pages}
    _refuse_collisions(pages)
    files = pictures.union(_stage_files(root, report, folder))
    sources = {page.path: page.source for page in pages}
    dangling = [(Place("handbook.yml"), message) for message in lost_redirects(report.handbook)]
    dangling += _dangling(report, frozenset(filter(None, sources.values())), files)
    digests = {path: blake2b(content, digest_size=20).digest() for path, content in contents.items()}
    sought = {page.path: (page.title, page.search) for page in pages if page.search is not None}
    menu, today = _menu(pages), report.today
    mark = blake2b(repr((made.mark, sorted(sources.items()), sorted(files))).encode(), digest_size=20).digest()
    staged = Staged(folder, sources, files, menu, settings, today, report, digests, mark, dangling, sought, undrawn)
    return staged, partial(_write, staged, contents)


def refuse_dangling(staged: Staged) -> None:
    """Raises PublishingError with every link in a published document to what is not published."""
    if staged.dangling:
        raise PublishingError(say("Nothing was published. The site is as it was."), staged.dangling)


def _content(page: Page, *, folders: bool) -> str:
    """A page's text with the front matter that the generator reads, which is ours alone.

    The front page has no title there: the site's own name is its title. `area` is the address of the menu's entry that
    the page belongs to.
    """
    front = {} if page.path == "index.md" else {"title": escape(" ".join(page.title.split()))}
    front["rutine"] = page.source or "generated"
    front["area"] = "front" if page.path == "index.md" else href("index.md", _area(page.path), folders=folders)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in front.items()]
    return f"---\n{''.join(lines)}---\n\n{page.text}"


def _area(page: str) -> str:
    """The page of the menu that a page belongs to: its area, or the overview that it is part of; itself at the top."""
    first, *rest = page.split("/")
    depth = 2 if first in ("register", "reference") else 1
    return "/".join([first, *rest[: depth - 1], "index.md"]) if len(rest) >= depth else page


def _menu(pages: Iterable[Page]) -> list[Menu]:
    found: dict[str, list[tuple[str, str]]] = {}
    for page in pages:
        if page.menu is not None:
            found.setdefault(page.menu, []).append((page.title, page.path))
    return [Menu(heading, entries) for heading, entries in found.items()]


def _refuse_collisions(pages: Iterable[Page]) -> None:
    taken: dict[str, Page] = {}
    for page in pages:
        name = page.path.removesuffix("/index.md").removesuffix(".md").casefold()
        other = taken.setdefault(name, page)
        if other is not page:
            first, second = (each.source or each.title for each in (other, page))
            message = say(
                "This would have the same address in the handbook as {other}. Rename one of them.", other=first
            )
            raise PublishingError(say("Nothing was published. The site is as it was."), [(Place(second), message)])


def _write(staged: Staged, contents: Mapping[str, bytes], known: Collection[str]) -> None:
    folder = staged.folder
    there = set(_cleared(folder, contents.keys() | staged.files))
    missing = [path for path in contents if path not in there]
    list(spread(partial(_put_all, folder, contents), missing, FEW))
    list(_put_all(folder, contents, contents.keys() - missing - set(known)))
    listed = {"pages": dict(sorted(staged.pages.items())), "files": sorted(staged.files)}
    _put(folder.with_suffix(".json"), (json.dumps(listed, ensure_ascii=False, indent=1) + "\n").encode())


def _put_all(folder: Path, contents: Mapping[str, bytes], paths: Iterable[str]) -> Iterator[None]:
    for path in paths:
        _put(folder / path, contents[path])
    yield from ()


def _put(path: Path, content: bytes) -> None:
    """Write a file; a folder in its place is removed."""
    try:
        put_file(path, content)
    except IsADirectoryError:
        shutil.rmtree(path)
        put_file(path, content)


def _stage_files(root: Path, report: Report, folder: Path) -> Iterator[str]:
    """The theme's files, and the attachments that lie beside documents."""
    for name, content in assets(report.handbook.settings):
        _put(folder / ASSETS / name, content)
        yield f"{ASSETS}/{name}"
    settings = report.handbook.settings
    below = settings.folder.strip("/")
    start = 0 if below in ("", ".") else len(below) + 1
    records = settings.records_folder.strip("/") + "/"
    for path in sorted(report.handbook.files - report.handbook.entries.keys()):
        name = path[start:]
        if not path.startswith(records) and (start == 0 or path.startswith(f"{below}/")) and is_attachment(name):
            content = read_bytes(root, path)
            if not name.lower().endswith(".svg") or is_clean_drawing(content):
                _put(folder / name, content)
                yield name


def _dangling(report: Report, published: frozenset[str], files: frozenset[str]) -> Iterator[tuple[Place, Message]]:
    """Links from published documents to what exists but is not published. What does not exist, a rule tells of."""
    handbook = report.handbook
    folder = handbook.settings.folder.strip("/")
    start = 0 if folder in ("", ".") else len(folder) + 1
    if (named := handbook.settings.accessibility_statement) and not statement_of(handbook):
        message = say("There is no published document {id}, which accessibility_statement names.", id=named)
        yield Place("handbook.yml"), message
    for entry in handbook.entries.values():
        for link in entry.links if entry.path in published else ():
            path = link.target.partition("#")[0]
            other = find(handbook, path)
            if other is None and path in handbook.files and path[start:] not in files:
                message = say(
                    "{path} is linked to, but files of its type are not published. Attach it as PDF or as a picture.",
                    path=path,
                )
                yield Place(entry.path, link.line, link.column), message
            elif other and other.path not in published:
                message = say("{path} is linked to, but it is not published. Remove the link.", path=other.path)
                yield Place(entry.path, link.line, link.column), message


def is_attachment(path: str) -> bool:
    """Whether a file beside the documents may be published with them: neither hidden nor of a type that can run."""
    path_ = PurePosixPath(path)
    return path_.suffix[1:].lower() in _ATTACHMENTS and not any(part.startswith(".") for part in path_.parts)


def _cleared(folder: Path, wanted: Collection[str]) -> Iterator[str]:
    """Remove the files of a folder that are not wanted; yields the others."""
    for parent, _, names in os.walk(folder, topdown=False):
        below = Path(parent).relative_to(folder).as_posix()
        for name in names:
            file = name if below == "." else f"{below}/{name}"
            if file in wanted:
                yield file
            else:
                (folder / file).unlink()
        if parent != str(folder) and not os.listdir(parent):  # noqa: PTH208
            Path(parent).rmdir()
