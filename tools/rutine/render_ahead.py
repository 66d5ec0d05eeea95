"""Markdown made into HTML by all cores, before MkDocs asks for it page by page."""

from __future__ import annotations

import logging
import os
import pickle
import signal
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from rutine.parallel import spread

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

FEW = 150  # pages up to this number are left to MkDocs
PATIENCE = 30.0  # seconds for a page; one that takes longer is left to MkDocs, whose time is limited too
_SET = ("content", "toc", "_title_from_render", "present_anchor_ids")  # what Page.render sets, beside the links


class _Told(logging.Handler):
    """Keeps what is logged, so that it is told in its turn."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[tuple[str, int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the message."""
        self.records.append((record.name, record.levelno, record.getMessage()))


def render_ahead(pages: Sequence[Page], config: MkDocsConfig, files: Files) -> None:
    """Render the pages; when MkDocs does so, it finds the work done. Few pages are left to it, and those that fail."""
    if len(pages) <= FEW:
        return
    by_path = {page.file.src_uri: page for page in pages}
    for path, content in spread(partial(_render, os.getpid(), config, files, by_path), list(by_path), FEW):
        _hand_over(by_path[path], content, files)


def _hand_over(page: Page, content: bytes, files: Files) -> None:
    values, links, records = pickle.loads(content)  # noqa: S301  # written by ourselves a moment ago

    def render(_config: MkDocsConfig, _files: Files) -> None:
        for name, value in values.items():
            setattr(page, name, value)
        if links is not None:
            page.links_to_anchors = {files.src_uris[path]: anchors for path, anchors in links.items()}
        for name, level, message in records:
            logging.getLogger(name).log(level, "%s", message)

    page.render = render  # type: ignore[method-assign, assignment]


def _too_long(*_: object) -> None:
    raise TimeoutError


def _render(
    parent: int, config: MkDocsConfig, files: Files, by_path: dict[str, Page], paths: Sequence[str]
) -> Iterator[tuple[str, bytes]]:
    log = logging.getLogger("mkdocs")
    before = log.handlers, log.propagate
    try:
        for path in paths:
            log.handlers, log.propagate = [told := _Told()], False
            if os.getpid() != parent:  # the deadline of the whole is not a worker's
                signal.signal(signal.SIGALRM, _too_long)
                signal.setitimer(signal.ITIMER_REAL, PATIENCE)
            try:
                yield path, pickle.dumps((*_values(by_path[path], config, files), told.records))
            except Exception:  # noqa: S112  # MkDocs meets it again, and tells of it
                continue
    finally:
        log.handlers, log.propagate = before


def _values(page: Page, config: MkDocsConfig, files: Files) -> tuple[dict[str, Any], dict[str, Any] | None]:
    page.read_source(config)
    page.markdown = config.plugins.on_page_markdown(page.markdown or "", page=page, config=config, files=files)
    page.render(config, files)
    links = page.links_to_anchors
    by_uri = None if links is None else {file.src_uri: anchors for file, anchors in links.items()}
    return {name: getattr(page, name) for name in _SET}, by_uri
