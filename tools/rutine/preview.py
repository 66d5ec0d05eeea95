"""A preview of the handbook in a browser, which follows every change within a moment."""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from mkdocs.livereload import LiveReloadServer, _timestamp
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from rutine.errors import RutineError, UsageError
from rutine.extras import put_extras
from rutine.finish import withhold
from rutine.formats import render as print_as
from rutine.generate import generate, load, no_code_of
from rutine.i18n import render
from rutine.last_site import last_site
from rutine.model import Report, say
from rutine.own_folder import clear_away, nothing_in_the_way, own_folder, refuse_links
from rutine.search_index import FOLDER as SEARCH
from rutine.search_index import write_index
from rutine.settings import read_settings
from rutine.site_paths import NOT_FOUND
from rutine.site_settings import configuration, refuse_code
from rutine.stage import Staged, stage

log = logging.getLogger("mkdocs.rutine")
_SCRIPT = """\
const {epoch, asked} = document.currentScript.dataset;
async function follow() {
  try {
    const answer = await fetch(`/livereload/${epoch}/${asked}`);
    if (answer.ok && Number(await answer.text()) > Number(epoch)) return location.reload();
  } catch {
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  setTimeout(follow, 0);
}
follow();
"""


class Preview(LiveReloadServer):
    """MkDocs' server of previews; it hears of changes at once, and its script is a file, as the site's policy wants it."""

    def __init__(self, builder: Callable[[], None], host: str, port: int, site: Path) -> None:
        super().__init__(builder, host, port, str(site))
        self.observer = Observer()  # type: ignore[assignment]
        self.build_delay = 0.05
        self.error_handler = lambda code: _page(site / NOT_FOUND) if code == 404 else None

    def watch(self, path: str, func: None = None, *, recursive: bool = True) -> None:
        """Follow the changes of a file, or of the files below a folder. That a file is read is no change."""
        handler = FileSystemEventHandler()
        for name in ("on_created", "on_deleted", "on_modified", "on_moved"):
            setattr(handler, name, self._changed)
        self._watched_paths[path] = 1
        self._watch_refs[path] = self.observer.schedule(handler, path, recursive=recursive)

    def _changed(self, event: FileSystemEvent) -> None:
        if not event.is_directory:
            with self._rebuild_cond:
                self._want_rebuild = True
                self._rebuild_cond.notify_all()

    def serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """The script that waits for changes; else what MkDocs' server answers."""
        if environ["PATH_INFO"] == "/livereload.js":
            start_response("200 OK", [("Content-Type", "application/javascript")])
            return [_SCRIPT.encode()]
        found: Iterable[bytes] = super().serve_request(environ, start_response)
        return found

    def _inject_js_into_html(self, content: bytes, epoch: int) -> bytes:
        script = f'<script src="/livereload.js" data-epoch="{epoch}" data-asked="{_timestamp()}"></script>'
        body, end, rest = content.rpartition(b"</body>")
        return body + script.encode() + end + rest


def _page(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


class _Search:
    """Brings the search of a preview up to date, in a process of its own, so that nobody waits for it."""

    def __init__(self, site: Path) -> None:
        self.site, self.process = site, 0

    def follow(self, staged: Staged) -> None:
        """The pages have changed."""
        self.stop()
        if not hasattr(os, "fork"):
            write_index(self.site, staged)
            return
        self.process = os.fork()
        if self.process == 0:
            os.setpgid(0, 0)
            os.nice(10)
            try:
                write_index(self.site, staged)
            except Exception as error:
                log.error("%s", error)
            finally:
                os._exit(0)

    def stop(self) -> None:
        """End what is under way."""
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self.process = 0


def serve(root: Path, host: str, port: int, report: Callable[[], Report], tell: Callable[[RutineError], Any]) -> None:
    """Serve a preview until interrupted. `report` judges the handbook anew; `tell` is told of what cannot be shown."""
    no_code_of(root)
    site = root / "build" / "preview" / "site"
    refuse_links(root, own_folder(root) / "preview")
    search = _Search(site)

    def build() -> None:
        search.stop()
        with nothing_in_the_way():
            search.follow(_build(root, report(), site, f"http://{host}:{port}/"))

    def build_again() -> None:
        try:
            build()
        except RutineError as error:
            tell(error)

    clear_away(site / SEARCH)  # what stands there may be anybody's
    build()
    server = Preview(build_again, host, port, site)
    for path in (root / "handbook.yml", root / "mkdocs.yml", root / "schema", *_folders(root)):
        if path.exists():
            server.watch(str(path), recursive=path.is_dir())
    try:
        server.serve()  # type: ignore[no-untyped-call]
    except KeyboardInterrupt:
        return
    except OSError as error:
        reason = str(error.strerror)
        message = say("The handbook cannot be served at {host}:{port}: {reason}.", host=host, port=port, reason=reason)
        raise UsageError(message) from None
    finally:
        server.shutdown()
        search.stop()


def _build(root: Path, report: Report, site: Path, address: str) -> Staged:
    """Bring the preview up to date, but for its search. A document with an error shows what is wrong with it."""
    language = report.handbook.settings.language
    if report.number_of("error"):
        log.error("%s", print_as("text", "findings", report))
    refuse_code(root, configuration(root))
    staged = stage(root, report, site.with_name("pages"))
    for place, message in staged.dangling:
        log.error("%s:%d:%d: %s", place.path, place.line, place.column, render(message, language))
    last = last_site(root, staged, "preview", address)
    unchanged = last.take_over(staged, site, site, but=SEARCH)
    config = load(root, staged.folder, strict=False)
    config.site_url = address
    built = generate(config, staged, site, unchanged.pages)
    for told in withhold(staged, site, built.problems):
        log.error("%s", told)
    has_extras = last.has_extras(staged, unchanged)
    extras = last.extras if has_extras else put_extras(staged, address, site, unchanged.extras)
    last.follow(staged, {**unchanged.digests, **built.digests}, extras, built.problems)
    return staged


def _folders(root: Path) -> Iterator[Path]:
    settings = read_settings(root)
    yield root / settings.folder
    if not (root / settings.records_folder).is_relative_to(root / settings.folder):
        yield root / settings.records_folder
