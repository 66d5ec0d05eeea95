"""From staged pages to a site: a thin adapter that runs MkDocs with the handbook's own `mkdocs.yml`."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from html import escape
from importlib import import_module
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from rutine.build_pages import Built, build_pages
from rutine.errors import RutineError, UsageError
from rutine.i18n import translate
from rutine.look import ASSETS, dress
from rutine.model import Place, say
from rutine.site_settings import configuration
from rutine.stage import PublishingError, Staged
from rutine.time_limit import TooLongError, deadline

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

PLUGIN = "rutine"
_NEEDED = {"mkdocs": ("babel", "filelock", "material", "mkdocs"), "zensical": ("babel", "filelock", "zensical")}
_DEADLINE = 600  # seconds for the generator, and
_FOR_A_PAGE = 0.5  # more for each page


class GeneratorError(RutineError):
    """The generator did not make a whole site; nothing is published."""

    exit_code = 1


def require_generator(name: str = "mkdocs") -> None:
    """Raises UsageError where the extra for a generator is not installed."""
    try:
        for package in _NEEDED[name]:
            import_module(package)
    except ImportError:
        raise UsageError(
            say('To build the handbook, rutine needs MkDocs and its theme. Install them: pip install "rutine[site]"')
            if name == "mkdocs"
            else say('To build the handbook, rutine needs Zensical. Install it: pip install "rutine[zensical]"')
        ) from None


def prepare(config: MkDocsConfig, staged: Staged, new: Path | None) -> Path:
    """Turn MkDocs to the staged pages, with our menu and our style sheet; where the site was to be built."""
    from markupsafe import Markup
    from pathspec.gitignore import GitIgnoreSpec  # MkDocs' own

    settings, site = staged.settings, Path(config.site_dir)
    config.docs_dir = str(staged.folder)
    if new:
        config.site_dir = str(new)
    config.site_name = Markup(escape(settings.name))  # noqa: S704  # the theme escapes it here and there
    config.use_directory_urls = settings.address == "folder"
    config.theme["language"] = settings.language
    config.theme["font"] = False
    dress(config, staged.report)
    config.extra_css = [f"{ASSETS}/handbook.css", *config.extra_css]
    if config.nav is None:
        config.nav = navigation(staged)
        # An area is an index page, and no heading's own: this would hide the first of each.
        config.theme["features"] = [name for name in config.theme.get("features", []) if name != "navigation.indexes"]
        config.not_in_nav = GitIgnoreSpec.from_lines(["*"])
    # MkDocs leaves a folder of this name out unless told otherwise.
    config.exclude_docs = (config.exclude_docs or GitIgnoreSpec([])) + GitIgnoreSpec.from_lines(["!/templates/"])
    if config.repo_url:
        # With the repository's address, the theme asks its host for the number of stars on every page.
        if config.edit_uri and not config.edit_uri_template:
            config.edit_uri = urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri)
        config.repo_url = None
    return site


def navigation(staged: Staged) -> list[Any]:
    """The menu as generators read it: titles, as HTML, with the paths of pages, or with entries of their own."""
    home = translate(say("Front page").text, staged.settings.language)
    nav: list[Any] = []
    for heading, entries in staged.menu:
        items = [{escape(home if path == "index.md" else title): path} for title, path in entries]
        nav += [{escape(heading): items}] if heading else items
    return nav


@contextmanager
def build_day(today: date) -> Iterator[None]:
    """MkDocs dates its pages by `SOURCE_DATE_EPOCH`: the day of the report, so that the same day gives the same bytes."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(datetime(today.year, today.month, today.day, tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


class Complaints(logging.Handler):
    """Gathers what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.lines.append(record.getMessage())

    def __enter__(self) -> Complaints:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)


def no_code_of(root: Path) -> None:
    """Python looks for no module in the handbook's folder, where a stranger may have put one."""
    sys.path[:] = [path for path in sys.path if Path(path).resolve() not in (root.resolve(), Path.cwd())]


def load(root: Path, pages: Path, *, strict: bool = True) -> MkDocsConfig:
    """MkDocs' configuration for the handbook. Raises GeneratorError with what is wrong with it."""
    no_code_of(root)
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    file = configuration(root)
    with Complaints() as complaints:
        try:
            return load_config(
                config_file=str(file),
                docs_dir=str(pages),
                site_dir=str(root / "site"),
                plugins=[PLUGIN],  # the search is ours; of the others that mkdocs.yml may name none does anything else
                strict=strict,
            )
        except MkDocsException as error:
            raise _failed(error, complaints) from None


def generate(config: MkDocsConfig, staged: Staged, new: Path, taken: Collection[str] = ()) -> Built:
    """Build the site in the folder `new`, but for the pages that were taken over."""
    from mkdocs.exceptions import Abort, MkDocsException

    plugin: Any = config.plugins.get(PLUGIN)
    with Complaints() as complaints, build_day(staged.today):
        try:
            if plugin is None:
                prepare(config, staged, new)
            else:
                plugin.given = (staged, new)  # so that it does not stage by itself
            config.plugins.on_startup(command="build", dirty=False)
            try:
                with deadline(_DEADLINE + _FOR_A_PAGE * len(staged.pages)):
                    built = build_pages(config, staged.pages.keys() - set(taken), staged.sought.keys())
            finally:
                config.plugins.on_shutdown()
            if config.strict and complaints.lines:
                raise Abort("")
        except MkDocsException as error:
            raise _failed(error, complaints) from None
        except (RecursionError, TooLongError) as error:
            raise too_much(error, _page_of(error), staged) from None
    return built


def _page_of(error: BaseException) -> str:
    """The page that MkDocs was at."""
    from mkdocs.structure.pages import Page

    frames = (frame.f_locals.get("page") for frame, _ in walk_tb(error.__traceback__))
    return next((page.file.src_uri for page in reversed(list(frames)) if isinstance(page, Page)), "mkdocs.yml")


def too_much(error: BaseException, page: str, staged: Staged) -> PublishingError:
    """What to tell of a page on which the generator fails or never ends."""
    message = (
        say("The generator fails on this page: lists, quotes, brackets or HTML lie too deep in one another.")
        if isinstance(error, RecursionError)
        else say("The generator was stopped at this page: it has worked for too long. Make the page simpler.")
    )
    return PublishingError(
        say("Nothing was published. The site is as it was."), [(Place(staged.pages.get(page) or page), message)]
    )


def source_of(staged: Staged, page: str) -> str | None:
    """The file of the document that a page shows, below the documents' folder; None for pages that are generated."""
    source = staged.pages.get(page)
    folder = staged.settings.folder.strip("/")
    return source if source is None or folder in ("", ".") else source[len(folder) + 1 :]


def _failed(error: Exception, complaints: Complaints) -> GeneratorError:
    told = "; ".join(dict.fromkeys([*complaints.lines, str(error)]))
    return GeneratorError(
        say("MkDocs could not make the site; the one before stays. It says: {problems}", problems=told)
    )
