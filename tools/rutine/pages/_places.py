"""Where the pages of the handbook are, and how one leads to another."""

from __future__ import annotations

from functools import lru_cache
from posixpath import basename
from urllib.parse import quote

from rutine.model import Settings
from rutine.pages._text import file_name


def page_path(path: str, settings: Settings) -> str:
    """The page of a document: its path below the documents' folder, ending in `.md`. A README is its folder's index."""
    folder = settings.folder.strip("/")
    below = path if folder in ("", ".") else path[len(folder) + 1 :]
    for suffix in (".erb", ".yml", ".yaml", ".md", ".markdown", ".html"):
        below = below.removesuffix(suffix)
    if basename(below).lower() == "readme":
        below = below[: -len("readme")] + "index"
    return f"{below}.md"


def role_page(name: str) -> str:
    """The page of a role."""
    return f"register/roles/{file_name(name)}.md"


def unit_page(name: str) -> str:
    """The page of a unit."""
    return f"register/units/{file_name(name)}.md"


def act_page(identifier: str) -> str:
    """The page of an act, regulation or standard."""
    return f"register/regulations/{file_name(identifier).lower()}.md"


def matrix_page(area: str) -> str:
    """The page of who is responsible for what in an area; of all areas, where it is empty."""
    return f"register/responsibilities/{file_name(area) if area else 'index'}.md"


def address(path: str, *, folders: bool) -> str:
    """The file of the site that a page becomes: in a folder of its own, or beside its neighbours. Other files stay."""
    if not path.endswith(".md"):
        return path
    stem = path.removesuffix(".md")
    own = folders and stem.rsplit("/", 1)[-1] != "index"
    return f"{stem}/index.html" if own else f"{stem}.html"


def href(here: str, there: str, *, folders: bool) -> str:
    """The address of a page or file, as a link on the page `here` gives it."""
    return _up(here, folders) + _target(there, folders) or "./"


@lru_cache(maxsize=4096)
def _up(here: str, folders: bool) -> str:
    return "../" * address(here, folders=folders).count("/")


@lru_cache(maxsize=65536)
def _target(there: str, folders: bool) -> str:
    path = address(there, folders=folders)
    return quote(path.removesuffix("index.html") if folders and there.endswith(".md") else path, safe="/-._~")
