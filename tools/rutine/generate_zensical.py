"""From staged pages to a site by Zensical: a thin adapter that writes its settings and runs it as another program.

Zensical makes the same pages as MkDocs, with the same Python-Markdown. It runs no plugins of MkDocs', and needs none.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from secrets import token_hex
from typing import Any

from rutine.blocks import put_blocks, take_blocks
from rutine.generate import GeneratorError, build_day, navigation, too_much
from rutine.hidden_links import hide, show
from rutine.look import ASSETS, FAVICON, TEMPLATES, around, link_title, schemes
from rutine.model import Place, Settings, say
from rutine.own_folder import own_folder
from rutine.site_paths import address
from rutine.site_settings import configuration, values_of
from rutine.stage import PublishingError, Staged
from rutine.time_limit import TooLongError, deadline
from rutine.toml import to_toml

_SETTINGS, _PAGES, _SITE = "zensical.toml", "pages", "site"
_SECONDS, _FOR_A_PAGE = 600, 0.5  # how long it may work
_PATIENCE = 30.0  # seconds for a page, when one of them is at fault
_ENOUGH = 1000  # characters of what it says when it fails
_ERROR = re.compile(r"\w*(?:Error|Exception)\b")
_BACKSLASH = say("Zensical builds no page at all where the name of one holds a backslash. Rename this file.")
_EMOJI = {f"material.extensions.emoji.{name}": f"zensical.extensions.emoji.{name}" for name in ("to_svg", "twemoji")}
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_SKIP = re.compile(r'(<article class="[^"]*">\s*)(<a id="__skip" tabindex="-1"></a>)')  # it is not the article's


def generate(root: Path, staged: Staged, new: Path) -> None:
    """Build the site from the staged pages in the folder `new`."""
    folder = own_folder(root) / "zensical"
    if folder.exists():
        shutil.rmtree(folder)  # what it remembers may have come with the repository
    mark, given = token_hex(8), values_of(configuration(root))
    blocks = dict(_lay_out(staged, folder / _PAGES, mark))
    settings = _settings(given, staged)
    (folder / _SETTINGS).write_bytes(to_toml("project", settings).encode("utf-8", "replace"))
    try:
        with build_day(staged.today):
            _run(folder, _SECONDS + _FOR_A_PAGE * len(staged.pages))
    except GeneratorError as error:
        raise _page_at_fault(staged, folder / _PAGES, settings["markdown_extensions"]) or error from None
    if new.exists():
        shutil.rmtree(new)
    (folder / _SITE).rename(new)
    _complete(staged, new, mark, blocks)
    shutil.rmtree(folder)


def _lay_out(staged: Staged, folder: Path, mark: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Write the pages as Zensical is to read them: without the generated HTML, and with what other HTML leads to hidden.

    What HTML leads to is final already. Zensical would change it as it changes the links of Markdown.
    """
    if faults := [(Place(source or path), _BACKSLASH) for path, source in staged.pages.items() if "\\" in path]:
        raise PublishingError(say("Nothing was published. The site is as it was."), faults)
    for path in staged.pages:
        text, blocks = take_blocks((staged.folder / path).read_text("utf-8"))
        page = folder / path
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(hide(text, mark), "utf-8")
        yield address(path, folders=staged.settings.address == "folder"), blocks


def _complete(staged: Staged, new: Path, mark: str, blocks: Mapping[str, dict[str, str]]) -> None:
    """Put back what the pages were relieved of, and the other files beside them."""
    for page in new.rglob("*.html"):
        found = blocks.get(page.relative_to(new).as_posix(), {})
        text = _SKIP.sub(r"\2\1", show(page.read_text("utf-8"), mark), count=1)
        page.write_text(put_blocks(text, found), "utf-8")
    for path in staged.files:
        (new / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(staged.folder / path, new / path)
    (new / "search.json").unlink(missing_ok=True)  # the text of all pages, for a search that is not ours


def _settings(given: Mapping[str, Any], staged: Staged) -> dict[str, Any]:
    """What the handbook's `mkdocs.yml` says, turned to the staged pages."""
    kept, settings = ("site_url", "site_description", "site_author", "copyright"), staged.settings
    theme, extra = _dict(given.get("theme")), _dict(given.get("extra"))
    return {
        **{name: given.get(name) for name in kept},
        "site_name": escape(settings.name),
        "docs_dir": _PAGES,
        "site_dir": _SITE,
        "use_directory_urls": settings.address == "folder",
        "nav": navigation(staged),
        "theme": _theme(theme, settings),
        "extra": {**extra, "rutine": around(staged.report, theme.get("logo"))},
        "extra_css": [f"{ASSETS}/handbook.css", *_list(given.get("extra_css"))],
        "markdown_extensions": _extensions(given.get("markdown_extensions"), settings.language),
        "exclude_docs": "!/templates/",
        "validation": {"invalid_links": False, "invalid_link_anchors": False},  # `rutine check` has followed them
        "plugins": {"search": {"enabled": False}},  # the search is ours
    }


def _theme(given: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    return {
        **given,
        "font": False,
        "variant": "classic",  # whose style sheets are those of Material
        "custom_dir": str(TEMPLATES),
        "language": settings.language,
        "features": [name for name in _list(given.get("features")) if name != "navigation.indexes"],
        "palette": schemes(given.get("palette"), settings.language),
        "favicon": given.get("favicon") or settings.look.logo or FAVICON,
    }


def _extensions(given: Any, language: str) -> dict[str, dict[str, Any]]:
    """Extensions of Markdown with their options."""
    found: dict[str, dict[str, Any]] = {"toc": {}}
    for item in given.items() if isinstance(given, dict) else _list(given):
        pairs = item.items() if isinstance(item, dict) else [item if isinstance(item, tuple) else (item, None)]
        found |= {name.removeprefix("markdown.extensions."): _options(options) for name, options in pairs}
    found["toc"].setdefault("permalink_title", link_title(language))
    return found


def _options(given: Any) -> dict[str, Any]:
    """Options of an extension. The index of emoji is in the program itself, under another name."""
    pairs = _dict(given).items()
    return {name: _EMOJI.get(value, value) if isinstance(value, str) else value for name, value in pairs}


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _run(folder: Path, seconds: float) -> None:
    """Let Zensical build what lies in the folder. Raises GeneratorError with what it says when it fails."""
    command = [sys.executable, "-P", "-m", "zensical", "build", "--config-file", _SETTINGS]
    # A group of its own: whatever it starts ends with it.
    process = subprocess.Popen(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        output = process.communicate(timeout=seconds)[0].decode("utf-8", "replace")
    except subprocess.TimeoutExpired:
        raise GeneratorError(say("Zensical was stopped: it has worked for too long. The site is as it was.")) from None
    finally:
        _end(process)
    if process.returncode or not (folder / _SITE).is_dir():
        problems = _plainly(_COLOUR.sub("", output))
        raise GeneratorError(
            say("Zensical could not make the site; the one before stays. It says: {problems}", problems=problems)
        )


def _plainly(output: str) -> str:
    """The last error that a program tells of, without where in its own code that was."""
    errors = [line for line in output.splitlines() if _ERROR.match(line)]
    return " ".join((errors[-1] if errors else output).split())[-_ENOUGH:]


def _page_at_fault(staged: Staged, folder: Path, extensions: Mapping[str, dict[str, Any]]) -> PublishingError | None:
    """The page on which its Markdown fails or never ends, if it is for that: Zensical does not say which."""
    from markdown import Markdown  # type: ignore[import-untyped]  # which Zensical brings

    used = {name: options for name, options in extensions.items() if name != "pymdownx.emoji"}
    for path in staged.pages:
        try:
            with deadline(_PATIENCE):
                Markdown(extensions=list(used), extension_configs=used).convert((folder / path).read_text("utf-8"))
        except (RecursionError, TooLongError) as error:
            return too_much(error, path, staged)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        process.communicate()
