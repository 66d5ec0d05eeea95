"""The MkDocs plugin: plain `mkdocs build` and `mkdocs serve` give what `rutine build` and `rutine serve` give."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config.base import Config
from mkdocs.exceptions import Abort
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files

from rutine.cli._common import locate, today_or
from rutine.cli._manual import command_texts
from rutine.errors import ConfigurationError, RutineError
from rutine.finish import begin, finish, lock, unsafe_pages
from rutine.formats import render as format_as
from rutine.generate import Complaints, build_day, prepare
from rutine.i18n import render
from rutine.model import Report
from rutine.settings import read_settings
from rutine.stage import Staged, report_for_pages, stage

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger(__name__)


class RutinePlugin(BasePlugin[Config]):
    """Checks and stages the handbook, turns MkDocs to what was staged, and publishes what MkDocs made of it."""

    given: tuple[Staged, Path] | None = None  # what `rutine build` has already staged, and where the site is to be built

    def on_startup(self, *, command: str, dirty: bool) -> None:
        """Remember what MkDocs is about to do; the plugin is kept while it serves."""
        self.serving, self.staged, self.until = command == "serve", None, ExitStack()
