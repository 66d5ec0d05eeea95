"""The MkDocs plugin: plain `mkdocs build` and `mkdocs serve` give what `rutine build` and `rutine serve` give."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.base import Config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger

from rutine.blocks import put_blocks, take_blocks
from rutine.cli._common import locate, today_or
from rutine.cli._manual import command_texts
from rutine.errors import ConfigurationError, RutineError
from rutine.extras import put_extras
from rutine.finish import begin, finish, look_through, withhold
from rutine.formats import render as print_as
from rutine.formats._plain import printable
from rutine.generate import Complaints, build_day, prepare, source_of
from rutine.i18n import render
from rutine.own_folder import lock, own_folder
from rutine.report_for_pages import report_for_pages
from rutine.search_index import write_index
from rutine.settings import read_settings
from rutine.stage import Staged, refuse_dangling, stage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

log = get_plugin_logger("rutine")
FIRST, LAST = 100, -100


class Options(Config):  # type: ignore[no-untyped-call]
    """None: `handbook.yml` says everything, so that the plugin and the command cannot disagree."""


class RutinePlugin(BasePlugin[Options]):  # type: ignore[no-untyped-call]
    """Checks and stages the handbook, turns MkDocs to what was staged, and publishes what MkDocs made of it."""

    given: tuple[Staged, Path] | None = None  # what `rutine build` has staged, and where the site is to be built
    serving = False
    staged: Staged | None = None
    site: Path | None = None  # where the finished site belongs; None where somebody else puts it there

    def __init__(self) -> None:
        self._build, self._session = ExitStack(), ExitStack()
        self._complaints = Complaints()
        self._blocks: dict[str, dict[str, str]] = {}

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember what MkDocs is about to do. That there is this event keeps the plugin while it serves."""
        self.serving = command == "serve"

    @event_priority(FIRST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Check and stage, then let MkDocs build what was staged."""
        if self.given:
            self.staged, new = self.given
            prepare(config, self.staged, new)
            return config
        try:
            self._begin(Path(config.config_file_path).resolve().parent, config)
        except RutineError as error:
            self._build.close()
            told = _told(error)
            if not self.serving or self.staged is None:
                raise Abort(told) from None
            log.error(told)
            prepare(config, self.staged, None)
        return config

    def _begin(self, folder: Path, config: MkDocsConfig) -> None:
        root = locate(folder)
        name = "preview" if self.serving else "build"
        if not (self.serving and self.staged):
            held = self._session if self.serving else self._build
            held.enter_context(
                lock(root, name, None if self.serving else lambda: log.info("Waiting for another build to end"))
            )
            own_folder(root)
        settings, today = replace(read_settings(root), generator="mkdocs"), today_or(None)
        commands = partial(command_texts, settings.language)
        report = report_for_pages(root, settings, today, commands, at_hand=self.serving)
        if report.number_of("error"):
            findings = print_as("text", "findings", report)
            if not self.serving:
                raise Abort(findings)
            log.error(findings)
        self._build.enter_context(build_day(today))
        if self.serving:
            self.staged = stage(root, report, root / "build" / "preview" / "pages")
            prepare(config, self.staged, None)
            for place, message in self.staged.dangling:
                log.error(f"{place.path}:{place.line}:{place.column}: {render(message, settings.language)}")
            return
        new = begin(root, Path(config.site_dir))
        shutil.rmtree(new, ignore_errors=True)
        self.staged = stage(root, report, root / "build" / "pages")
        refuse_dangling(self.staged)
        self._root, self._new, self.site = root, new, prepare(config, self.staged, new)
        self._complaints = self._build.enter_context(Complaints())

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        """The pencil leads to a document's file; generated pages have none."""
        for file in files.documentation_pages() if self.staged else ():
            file.edit_uri = source_of(self.staged, file.src_uri) if self.staged else None
        return files

    @event_priority(LAST)
    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Keep what is HTML already from being parsed as Markdown."""
        text, self._blocks[page.file.src_uri] = take_blocks(markdown)
        return text

    @event_priority(FIRST)
    def on_page_content(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Put it back."""
        return put_blocks(html, self._blocks.pop(page.file.src_uri, {}))

    @event_priority(LAST)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Publish the site, unless MkDocs is about to refuse it or it is only a preview."""
        self._build_is_over(config)
        self._build.close()

    def _build_is_over(self, config: MkDocsConfig) -> None:
        if self.serving and self.staged:
            site = Path(config.site_dir)
            for told in withhold(self.staged, site, look_through(self.staged, site)):
                log.error(told)
            put_extras(self.staged, config.site_url, Path(config.site_dir))
            write_index(Path(config.site_dir), self.staged)
        elif self.site and self.staged and not (config.strict and self._complaints.lines):
            try:
                extras = partial(put_extras, self.staged, config.site_url, self._new)
                finish(self._root, self.staged, self._new, self.site, extras, config.site_url)
            except RutineError as error:
                raise Abort(_told(error)) from None
            config.site_dir = str(self.site)

    def on_build_error(self, error: Exception) -> None:
        """Let go of what the build held."""
        self._build.close()

    def on_shutdown(self) -> None:
        """Let go of everything."""
        self._build.close()
        self._session.close()

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:
        """Watch what the handbook is made of, and not what is staged of it."""
        if self.staged:
            server.unwatch(config.docs_dir)
            root = locate(Path(config.config_file_path).resolve().parent)
            settings = self.staged.settings
            for name in ("handbook.yml", "schema", settings.folder, settings.records_folder):
                if (root / name).exists():
                    server.watch(str(root / name))
        return server


def _told(error: RutineError) -> str:
    """What went wrong, in lines, in the language of the user's environment."""
    from rutine.i18n import environment_language

    language = environment_language()
    faults = error.faults if isinstance(error, ConfigurationError) else ()
    lines = [f"{place.path}:{place.line}:{place.column}: {render(message, language)}" for place, message in faults]
    return os.linesep.join(map(printable, [*lines, render(error.message, language)]))
