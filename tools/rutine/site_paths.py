"""Where the pages of the handbook are, and how one leads to another."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from posixpath import basename
from unicodedata import normalize
from urllib.parse import quote

from rutine.model import Settings

_KEPT = re.compile(r"con|prn|aux|nul|com\d|lpt\d")  # names that Windows keeps for itself
NOT_FOUND = "404.html"  # what a host shows where there is no page
_LONGEST = 60  # characters of a file's name


def page_path(path: str, settings: Settings) -> str:
    """The page of a document: its path below the documents' folder, ending in `.md`. A README is its folder's index."""
    folder = settings.folder.strip("/")
    below = path if folder in ("", ".") else path[len(folder) + 1 :]
    for suffix in (".erb", ".yml", ".yaml", ".md", ".markdown", ".html"):
        below = below.removesuffix(suffix)
    if basename(below).lower() == "readme":
        below = below[: -len("readme")] + "index"
    return f"{below}.md"


def address(path: str, *, folders: bool) -> str:
    """The file of the site that a page becomes: in a folder of its own, or beside its neighbours. Other files stay."""
    if not path.endswith(".md"):
        return path
    stem = path.removesuffix(".md")
    own = folders and stem.rsplit("/", 1)[-1] != "index"
    return f"{stem}/index.html" if own else f"{stem}.html"


def file_name(name: str) -> str:
    """A name of a register as the name of a file."""
    return re.sub(r"[^\w-]+", "-", name).strip("-") or "-"


def own_name(name: str) -> str:
    """A name of a register as the name of a file that it shares with no other, in capitals or not, on any system."""
    plain = file_name(name)
    is_plain = plain == name == normalize("NFC", name).lower() and len(name) <= _LONGEST
    if is_plain and not _KEPT.fullmatch(name):
        return name
    return f"{plain.lower()[:_LONGEST]}-{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def role_calendar(name: str) -> str:
    """The calendar of the reviews that a role must see to."""
    return f"reviews/roles/{own_name(name)}.ics"


def unit_calendar(name: str) -> str:
    """The calendar of the reviews that the roles of a unit, and of those below it, must see to."""
    return f"reviews/units/{own_name(name)}.ics"


def role_feed(name: str) -> str:
    """The feed of what was decided in the documents that a role owns."""
    return f"decided/roles/{own_name(name)}.atom"


def unit_feed(name: str) -> str:
    """The feed of what was decided in the documents that the roles of a unit, and of those below it, own."""
    return f"decided/units/{own_name(name)}.atom"


def href(here: str, there: str, *, folders: bool) -> str:
    """The address of a page or file, as a link on the page `here` gives it."""
    return _up(here, folders) + target(there, folders=folders) or "./"


@lru_cache(maxsize=4096)
def _up(here: str, folders: bool) -> str:
    return "../" * address(here, folders=folders).count("/")


@lru_cache(maxsize=65536)
def target(there: str, *, folders: bool) -> str:
    """The address of a page or file, as a link at the top of the site gives it; empty for the front page."""
    path = address(there, folders=folders)
    return quote(path.removesuffix("index.html") if folders and there.endswith(".md") else path, safe="/-._~")


class Names:
    """The files of a site, and the folders that they lie in, as a disk tells them from others."""

    def __init__(self, names: Iterable[str], both_cases: bool = True) -> None:
        self._both_cases = both_cases
        self._files = {self._spelled(name) for name in names}
        self._folders = {folder for name in self._files for folder in _folders(name)}

    def take(self, name: str) -> bool:
        """Whether there can be one more file of this name; there is then."""
        name = self._spelled(name)
        above = _folders(name)
        if name in self._files or name in self._folders or not self._files.isdisjoint(above):
            return False
        self._files.add(name)
        self._folders.update(above)
        return True

    def _spelled(self, name: str) -> str:
        return name if self._both_cases else name.casefold()


def _folders(name: str) -> list[str]:
    steps = name.split("/")
    return ["/".join(steps[:depth]) for depth in range(1, len(steps))]
