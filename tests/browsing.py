"""The handbook's site in a browser: built, served, opened and watched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import entry_points
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page

BROWSER = "/usr/bin/chromium"
ROOT = Path(__file__).parent.parent
TOOLS = ROOT / "tools"
PAGES = {
    "front": "",
    "area": "hr/",
    "procedure": "hr/varsling/",
    "withdrawn procedure": "hr/rekruttering/",
    "procedure in Nynorsk": "helse/legemidler-i-hjemmet/",
    "process": "saksbehandling/henvendelse-til-svar/",
    "guideline": "hr/etiske-retningslinjer/",
    "alphabet": "register/a-z/",
    "roles": "register/roles/",
    "role": "register/roles/hr-leder/",
    "responsibilities": "register/responsibilities/",
    "responsibilities of an area": "register/responsibilities/hr/",
    "units": "register/units/",
    "unit": "register/units/hr/",
    "regulations": "register/regulations/",
    "regulation": "register/regulations/lov-2005-06-17-62/",
    "recently decided": "register/changes/",
    "calendar": "register/reviews/",
    "annual wheel": "register/wheel/",
    "review work ahead": "register/forecast/",
    "owners": "register/owners/",
    "status": "register/status/",
    "how to use": "about/reading/",
    "how to write": "about/writing/",
    "for auditors": "about/evidence/",
    "how reviews are done": "about/review-work/",
    "calendars and feeds": "about/subscribing/",
    "rules": "reference/rules/",
    "kinds": "reference/kinds/",
    "kind": "reference/kinds/procedure/",
    "short names": "reference/names/",
    "data": "reference/data/",
    "settings": "reference/settings/",
    "commands": "reference/commands/",
    "search": "search/?q=avvik&kind=Prosedyre",
    "search in vain": "search/?q=xyzzyplugh",
    "nothing here": "404.html",
}
Open = Callable[[str], Page]


def copied(book: Path) -> Path:
    """The example handbook in a folder of its own."""
    book.mkdir(exist_ok=True)
    for name in ("handbook.yml", "mkdocs.yml"):
        shutil.copy(ROOT / name, book)
    for name in ("procedures", "records"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, book / name)
    return book


def built(book: Path, folder: Path, *arguments: str) -> Path:
    """The site of a handbook."""
    path = str(TOOLS)
    if not entry_points(group="mkdocs.plugins", name="rutine"):
        (folder / "rutine-0.dist-info").mkdir()
        (folder / "rutine-0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: rutine\nVersion: 0\n")
        plugin = "[mkdocs.plugins]\nrutine = rutine.mkdocs_plugin:RutinePlugin\n"
        (folder / "rutine-0.dist-info" / "entry_points.txt").write_text(plugin)
        path = f"{TOOLS}{os.pathsep}{folder}"
    command = [sys.executable, "-m", "rutine", "build", "--on", "2026-11-21", *arguments]
    environment = os.environ | {"PYTHONPATH": path, "XDG_CACHE_HOME": str(folder)}
    done = subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return book / "site"


def show(page: Page, url: str) -> Page:
    """Open a page, with what was found where it is the page of search."""
    page.goto(url)
    if "/search/" in url:
        page.locator(".rutine-find-list > li, .rutine-find-ways").first.wait_for()
    return page


class Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments: Any, asked: list[str], **more: Any) -> None:
        self.asked = asked
        super().__init__(*arguments, **more)

    def log_message(self, *_: Any) -> None:
        self.asked.append(self.path)


class Server(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """A browser that leaves a page lets go of what it asked for."""


@contextmanager
def served(site: Path, asked: list[str] | None = None) -> Iterator[str]:
    """Where a folder is served. What is fetched from there is added to `asked`."""
    server = Server(("127.0.0.1", 0), partial(Handler, directory=str(site), asked=[] if asked is None else asked))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@contextmanager
def watched(browser: Browser, address: str, **options: Any) -> Iterator[Open]:
    """Opens pages; in the end, nothing must have been complained of, and nothing asked of another host."""
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    found: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    page.on(
        "requestfailed", lambda request: found.append(request.url) if request.failure != "net::ERR_ABORTED" else None
    )
    page.on(
        "request",
        lambda request: None if request.url.startswith((address, "data:", "blob:")) else found.append(request.url),
    )

    def open_(path: str) -> Page:
        page.goto(address + path)
        return page

    yield open_
    context.close()
    assert found == []
