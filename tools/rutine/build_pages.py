"""What MkDocs does in a build, by all cores, and only for the pages that are wanted."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rutine.finish import judged
from rutine.memory import folder_for
from rutine.model import Message
from rutine.parallel import spread
from rutine.partials import remember_parts
from rutine.read import find_root
from rutine.search_records import Said, digest, said

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

    from rutine.conversion import Conversion

FEW = 20  # pages up to this number are built by one process
_NOT_WANTED = {"sitemap.xml"}  # rutine makes its own
PATIENCE = (
    30.0  # seconds for a page in a worker; one that takes longer is left to the parent, whose time is limited too
)


class Built(NamedTuple):
    """What was built, by source path of pages: what keeps some from being published, and what those that are sought say."""

    problems: dict[str, list[Message]]
    digests: dict[str, bytes]
    said: dict[str, Said]


class _Work(NamedTuple):
    """What it takes to build a page; `sought` are the pages that search finds."""

    config: MkDocsConfig
    files: Files
    nav: Navigation
    env: Environment
    shown: Sequence[File]
    pages: dict[str, Page]
    sought: Collection[str]
    conversion: Conversion


class _Told(logging.Handler):
    """Keeps what is logged, so that it is told in its turn."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.records.append((record.name, record.levelno, record.getMessage()))


def build_pages(config: MkDocsConfig, wanted: Collection[str], sought: Collection[str] = ()) -> Built:
    """Build the site as `mkdocs.commands.build.build` does; of its pages, those with these source paths.

    Each page gets its security policy.
    """
    from mkdocs.commands.build import _build_theme_template

    work = _prepared(config, sought)
    work.files.copy_static_files()
    for template in work.config.theme.static_templates - _NOT_WANTED:
        _build_theme_template(template, work.env, work.files, work.config, work.nav)
    paths, built = [path for path in work.pages if path in wanted], Built({}, {}, {})
    for path, links, anchors, records, found, told in spread(partial(_build_all, os.getpid(), work), paths, FEW):
        for name, level, message in records:
            logging.getLogger(name).log(level, "%s", message)
        page = work.pages[path]
        page.present_anchor_ids = set(anchors)
        page.links_to_anchors = {work.files.src_uris[target]: found for target, found in links.items()}
        built.digests[path] = told[0]
        if path in sought:
            built.said[path] = Said(*told)
        if found:
            built.problems[path] = [Message(*message) for message in found]
    for path in paths:
        work.pages[path].validate_anchor_links(files=work.files, log_level=work.config.validation.links.anchors)
    work.config.plugins.on_post_build(config=work.config)
    return built


def _prepared(config: MkDocsConfig, sought: Collection[str]) -> _Work:
    from jinja2 import FileSystemBytecodeCache
    from mkdocs.structure.files import get_files, set_exclusions
    from mkdocs.structure.nav import get_navigation
    from mkdocs.structure.pages import Page

    from rutine.conversion import Conversion  # with MkDocs

    config = config.plugins.on_config(config)
    config.plugins.on_pre_build(config=config)
    files = get_files(config)
    env = config.theme.get_env()
    root = find_root(Path(config.docs_dir))
    if root and (folder := folder_for(root, "templates")):
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    env.loader.list_templates = partial(_files_of, config.theme.dirs)  # type: ignore[method-assign, union-attr]
    files.add_files_from_theme(env, config)
    files = config.plugins.on_files(files, config=config)
    set_exclusions(files, config)
    nav = config.plugins.on_nav(get_navigation(files, config), config=config, files=files)
    shown = files.documentation_pages()
    pages = {file.src_uri: file.page or Page(None, file, config) for file in shown}
    env = config.plugins.on_env(env, config=config, files=files)
    remember_parts(env, nav, config)
    return _Work(config, files, nav, env, shown, pages, sought, Conversion(config, files))


def _files_of(folders: Iterable[str]) -> list[str]:
    """The files of a theme's folders but for hidden ones, which MkDocs leaves out and of which Material has thousands."""
    found = set[str]()
    for folder in folders:
        for above, below, names in os.walk(folder):
            below[:] = [name for name in below if not name.startswith(".")]
            found.update(Path(above, name).relative_to(folder).as_posix() for name in names)
    return sorted(found)


def _too_long(*_: object) -> None:
    raise TimeoutError


def _build_all(parent: int, work: _Work, paths: Iterable[str]) -> Iterator[tuple[Any, ...]]:
    log = logging.getLogger("mkdocs")
    before, told = (log.handlers, log.propagate), _Told()
    is_worker = os.getpid() != parent  # the deadline of the whole is not a worker's
    try:
        for path in paths:
            log.handlers, log.propagate = [told := _Told()], False
            if is_worker:
                signal.signal(signal.SIGALRM, _too_long)
                signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            page = work.pages[path]
            problems, told_of = _build(work, page)
            found = [(message.text, dict(message.values)) for message in problems]
            if is_worker:
                signal.setitimer(signal.ITIMER_REAL, 0)  # it may have to wait until somebody takes what it made
            links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
            yield path, links, list(page.present_anchor_ids or ()), told.records, found, told_of
            page.content = page.markdown = None
            told.records = []
    finally:
        log.handlers, log.propagate = before
        for name, level, message in told.records:  # of the page that failed
            logging.getLogger(name).log(level, "%s", message)


def _build(work: _Work, page: Page) -> tuple[list[Message], tuple[bytes, str, str]]:
    """Build a page; what keeps it from being published, and what it says if it is sought."""
    from mkdocs.commands.build import get_context

    work.conversion.populate(page)
    page.active, plugins = True, work.config.plugins
    context = get_context(work.nav, work.shown, work.config, page)
    context = plugins.on_page_context(context, page=page, config=work.config, nav=work.nav)
    output = plugins.on_post_page(work.env.get_template("main.html").render(context), page=page, config=work.config)
    page.active = False
    content, problems = judged(output, "mkdocs", work.config.site_url)
    path = Path(page.file.abs_dest_path)
    path.parent.mkdir(parents=True, exist_ok=True)
    written = content.encode("utf-8", "xmlcharrefreplace")
    path.write_bytes(written)
    if page.file.src_uri not in work.sought:
        return problems, (digest(written), "", "")
    told = said(content, written)
    return problems, (told.digest, told.text, told.words)
