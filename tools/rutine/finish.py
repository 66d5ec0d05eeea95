"""The last step: the new site is looked through, and takes the old one's place at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from rutine.errors import RutineError
from rutine.guard import requests, unsafe
from rutine.i18n import render
from rutine.look import ASSETS, THEME
from rutine.model import Message, Place, say
from rutine.own_folder import files_below, refuse_links
from rutine.parallel import spread
from rutine.policy import secured
from rutine.search_index import write_index
from rutine.search_records import Said
from rutine.site_paths import NOT_FOUND, address
from rutine.stage import PublishingError, Staged
from rutine.style_sheets import css_requests

FEW = 150  # pages up to this number are looked through by one process
_ABROAD = re.compile(rb"https://(?:unpkg\.com|cdn\.jsdelivr\.net)/[\w.@/-]*?([\w.-]*)(?![\w.@/-])")
_THEMES = {"mkdocs": "material", "zensical": "zensical"}  # the package that holds a generator's templates and scripts
_KEPT = (".gitignore", ".nojekyll", ".git")  # of the old site; the last is in no repository


def begin(root: Path, site: Path) -> Path:
    """The folder where the new site is built; what stands in it is of an earlier one, and most of it the same.

    Mends what a build that was killed may have left.
    """
    old, new = root / "build" / "site.old", root / "build" / "site"
    refuse_links(root, old, new, site)
    if old.exists() and not site.exists():
        old.rename(site)
    elif (old / ".git").exists() and not (site / ".git").exists():
        (old / ".git").rename(site / ".git")
    shutil.rmtree(old, ignore_errors=True)
    return new


class Known(NamedTuple):
    """What needs no second look: pages, by source path, and files beside them; and what is wrong with such pages.

    `digests` are those of built pages, and `said` is what those say that were built just now. `extras` are those of the
    files that stood beside the pages of the last site, with their digests; of these, some may have to go.
    """

    pages: Collection[str] = ()
    files: Collection[str] = ()
    problems: Mapping[str, Sequence[Message]] = {}
    digests: Mapping[str, bytes] = {}
    said: Mapping[str, Said] = {}
    extras: Mapping[str, bytes] = {}


NOTHING = Known()


def finish(
    root: Path,
    staged: Staged,
    new: Path,
    site: Path,
    extras: Callable[[], Collection[str]],
    site_url: str | None = None,
    known: Known = NOTHING,
) -> None:
    """Publish the new site if it is whole and harmless. Raises PublishingError with everything that is wrong with it.

    `extras` sees to it that there is what stands beside the pages, and gives the files' names.
    """
    for path in new.glob("assets/javascripts/bundle*.js"):
        path.write_bytes(_at_home(path.read_bytes()))
    files = set[str]()

    def look() -> None:
        files.update(files_below(new))

    search = write_index(new, staged, known.files, known.digests, known.said, meanwhile=look)
    ours = {*extras(), *search, *known.files}
    problems = list(problems_of(staged, new, files - ours, site_url, known))
    if problems:
        raise PublishingError(say("The handbook was not published; the one before stays."), problems)
    _swap(new, site, root / "build" / "site.old")


def problems_of(
    staged: Staged, new: Path, files: Collection[str], site_url: str | None = None, known: Known = NOTHING
) -> Iterator[tuple[Place, Message]]:
    """What keeps a new site from being published, each with the document or file that it is about.

    `files` are those that a generator may have made.
    """
    folders = staged.settings.address == "folder"
    wanted = {address(path, folders=folders): source or path for path, source in staged.pages.items()}
    found = set(files)
    for path in sorted(wanted.keys() - found):
        yield Place(wanted[path]), say("The generator left this out of the site.")
    for path in sorted(staged.files - found):
        yield Place(path), say("The generator left this out of the site.")
    for path in sorted(
        path for path in found - wanted.keys() - {NOT_FOUND} if path.endswith((".html", ".htm", ".xhtml"))
    ):
        yield Place(path), say("The site holds this page, which is not the handbook's.")
    yield from _strange_scripts(new, found, staged.settings.generator)
    harmless = {address(path, folders=folders) for path in known.pages}
    left = sorted(path for path in found - harmless if path.endswith((".html", ".css")))
    work = partial(_judge_files, new, staged.settings.generator, site_url)
    for path, text, values in sorted(spread(work, left, FEW), key=str):
        yield Place(wanted.get(path, path)), Message(text, values)
    for path in sorted(known.problems):
        yield from ((Place(staged.pages[path] or path), message) for message in known.problems[path])


def _judge_files(new: Path, generator: str, site_url: str | None, paths: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    """What is wrong with pages and style sheets of the new site. Each page gets its security policy on the way."""
    for path in paths:
        content = (new / path).read_text("utf-8", "replace")
        if path.endswith(".css"):
            found = [_asks(asked) for asked in css_requests(content, _host(site_url))]
        else:
            content, found = judged(content, generator, site_url)
            (new / path).write_text(content, "utf-8")
        yield from ((path, message.text, dict(message.values)) for message in found)


def judged(page: str, generator: str, site_url: str | None) -> tuple[str, list[Message]]:
    """A built page with its security policy, and what keeps it from being published."""
    scripts = theme_scripts(generator)
    found = [*unsafe(page, scripts), *(_asks(asked) for asked in requests(page, _host(site_url)))]
    return secured(page, scripts), found


def _host(site_url: str | None) -> str:
    return urlsplit(site_url or "").netloc


def look_through(staged: Staged, site: Path) -> dict[str, list[Message]]:
    """Give the pages of a preview their security policy; what keeps them from being published, by source path."""
    problems = {}
    for path in staged.pages:
        file = site / address(path, folders=staged.settings.address == "folder")
        if file.is_file():
            content, problems[path] = judged(file.read_text("utf-8", "replace"), staged.settings.generator, None)
            file.write_text(content, "utf-8")
    return problems


def withhold(staged: Staged, site: Path, problems: Mapping[str, Sequence[Message]]) -> Iterator[str]:
    """Take what is unsafe out of a preview: each such page is emptied, and told of."""
    for path, found in problems.items():
        if found:
            file = site / address(path, folders=staged.settings.address == "folder")
            file.write_text("<!doctype html><meta charset=utf-8><title>–</title>", "utf-8")
            told = "; ".join(render(message, staged.settings.language) for message in found)
            yield f"{staged.pages[path] or path}: {told}"


@cache
def _templates(generator: str) -> Path:
    """The folder of the theme that a generator brings with it."""
    found = find_spec(_THEMES[generator])
    if found is None or found.origin is None:
        raise ImportError(generator)
    return Path(found.origin).parent / "templates"


@cache
def theme_scripts(generator: str) -> re.Pattern[str]:
    """The scripts that the theme writes into pages; where its templates insert an address, any stands."""
    found = set()
    for template in (_templates(generator) / "partials" / "javascripts").glob("*.html"):
        for text in re.findall(r"<script>(.*?)</script>", template.read_text("utf-8"), re.DOTALL):
            found.add(r"[\w./:-]*".join(map(re.escape, re.split(r"\{\{.*?\}\}", text))))
    return re.compile("|".join(sorted(found)), re.ASCII)


def _strange_scripts(new: Path, found: Iterable[str], generator: str) -> Iterator[tuple[Place, Message]]:
    """The site's scripts are the theme's and ours, byte for byte."""
    for path in sorted(found):
        if path.lower().endswith((".js", ".mjs", ".wasm")):
            ours = path.startswith(f"{ASSETS}/")
            own = THEME / path.removeprefix(f"{ASSETS}/") if ours else _templates(generator) / path
            if not own.is_file() or _at_home(own.read_bytes()) != _at_home((new / path).read_bytes()):
                yield Place(path), say("The site holds this script, which is not the theme's.")


def _at_home(script: bytes) -> bytes:
    """The theme's script, which would fetch programs for diagrams and the like from another host where a page has one."""
    return _ABROAD.sub(rb"assets/javascripts/\1", script)


def _asks(address: str) -> Message:
    return say(
        "This asks another host for {address}. Put the file beside the document, and link to it there.", address=address
    )


def _swap(new: Path, site: Path, old: Path) -> None:
    """Put the new site in the old one's place. Whatever happens, one of them is there; what Git and its hosts need stays."""
    hidden = [site / name for name in _KEPT if (site / name).exists() and not (site / name).is_symlink()]
    for path in hidden:
        if path.is_file() and not (new / path.name).exists():
            shutil.copy2(path, new / path.name, follow_symlinks=False)
    try:
        if site.exists():
            site.rename(old)
        else:
            site.parent.mkdir(parents=True, exist_ok=True)
        new.rename(site)
    except BaseException as error:
        if old.exists() and not site.exists():
            old.rename(site)
        if isinstance(error, OSError):
            message = say(
                "The new site cannot take the place of {path}: {reason}.", path=str(site), reason=str(error.strerror)
            )
            raise RutineError(message) from error
        raise
    for path in hidden:
        if path.name == ".git" and (old / path.name).is_dir() and not (site / path.name).exists():
            (old / path.name).rename(site / path.name)
    if old.exists():
        old.rename(new)  # for the next build, which takes from it what is the same
