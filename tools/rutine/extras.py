"""To disk: what is published beside the pages. No generator sees it, so that it is the same with every one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from rutine import formats
from rutine.forwarding import forward
from rutine.model import Report
from rutine.permanent import permanent_pages
from rutine.publication import publication
from rutine.published import language_of, title_of
from rutine.site_paths import address, page_path
from rutine.stage import Staged
from rutine.write import write_file

_GENERATORS = ("sitemap.xml", "sitemap.xml.gz")


def extra_files(staged: Staged, site_url: str | None) -> dict[str, bytes]:
    """What stands in a site beside its pages, by file. What a page stands at stays its own."""
    folders = staged.settings.address == "folder"
    both_cases = not (staged.folder / "INDEX.MD").exists()
    taken = {_spelled(address(page, folders=folders), both_cases) for page in staged.pages}
    named = ((address(page, folders=folders), text) for page, text in _permanent(staged.report, both_cases))
    return {
        **{name: text for name, text in named if _spelled(name, both_cases) not in taken},
        **_data(staged, site_url),
    }


def put_extras(extras: Mapping[str, bytes], site: Path) -> None:
    """Write them into a built site, in the place of what a generator makes of the kind."""
    for name in _GENERATORS:
        (site / name).unlink(missing_ok=True)
    for name, content in extras.items():
        _put(site / name, content)


def _data(staged: Staged, site_url: str | None) -> dict[str, bytes]:
    """The handbook as data."""
    published = publication(staged.report, staged.pages, staged.files, site_url)
    made = (formats.find(name, "publication")(published) for name in formats.names("publication"))
    return {file: text.encode() for files in made for file, text in files.items()}


def _spelled(name: str, both_cases: bool) -> str:
    """A file's name as the file system tells it from others."""
    return name if both_cases else name.casefold()


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


def _put(path: Path, content: bytes) -> None:
    """Write a file unless it holds this already. One that is linked to from elsewhere stays there as it was."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        if path.read_bytes() != content:
            write_file(path, content)
