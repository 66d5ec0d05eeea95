"""The example handbook's site as readers meet it: every link leads somewhere, and the browser asks nobody else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.metadata import entry_points
from pathlib import Path
from posixpath import dirname, normpath
from threading import Thread
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page

from conftest import TESTS, TOOLS

REPOSITORY = TESTS.parent
PAGES = {
    "front": "",
    "area": "hr/",
    "procedure": "hr/varsling/",
    "withdrawn procedure": "hr/rekruttering/",
    "procedure in Nynorsk": "helse/legemidler-i-hjemmet/",
    "process": "saksbehandling/henvendelse-til-svar/",
    "guideline": "hr/etiske-retningslinjer/",
    "roles": "register/roles/",
    "role": "register/roles/hr-leder/",
    "units": "register/units/",
    "unit": "register/units/hr/",
    "regulations": "register/regulations/",
    "regulation": "register/regulations/lov-2005-06-17-62/",
    "calendar": "register/reviews/",
    "owners": "register/owners/",
    "status": "register/status/",
    "rules": "reference/rules/",
    "kinds": "reference/kinds/",
    "kind": "reference/kinds/procedure/",
    "settings": "reference/settings/",
    "commands": "reference/commands/",
    "nothing here": "404.html",
}
Open = Callable[[str], Page]


def built(book: Path, folder: Path) -> Path:
    """The site of a handbook."""
    path = str(TOOLS)
    if not entry_points(group="mkdocs.plugins", name="rutine"):
        (folder / "rutine-0.dist-info").mkdir()
        (folder / "rutine-0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: rutine\nVersion: 0\n")
        plugin = "[mkdocs.plugins]\nrutine = rutine.mkdocs_plugin:RutinePlugin\n"
        (folder / "rutine-0.dist-info" / "entry_points.txt").write_text(plugin)
        path = f"{TOOLS}{os.pathsep}{folder}"
    command = [sys.executable, "-m", "rutine", "build", "--on", "2026-11-21"]
    environment = os.environ | {"PYTHONPATH": path, "XDG_CACHE_HOME": str(folder)}
    done = subprocess.run(command, cwd=book, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return book / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the example handbook."""
    book = tmp_path_factory.mktemp("book")
    for name in ("handbook.yml", "mkdocs.yml"):
        shutil.copy(REPOSITORY / name, book)
    for name in ("procedures", "records"):
        if (REPOSITORY / name).is_dir():
            shutil.copytree(REPOSITORY / name, book / name)
    return built(book, tmp_path_factory.mktemp("installed"))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Tests need no log of what was fetched."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served."""
    with served(site) as found:
        yield found


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


class Links(HTMLParser):
    """The links of a page and the anchors in it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links, self.anchors = set[str](), set[str]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "src") and value:
                self.links.add(value)
            if name == "id" and value:
                self.anchors.add(value)


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    pages = {path.relative_to(site).as_posix(): Links(path.read_text("utf-8")) for path in site.rglob("*.html")}
    broken = []
    for path, page in pages.items():
        for link in page.links if path != "404.html" else ():
            target, _, anchor = link.partition("#")
            if target.startswith(("http:", "https:", "mailto:", "data:")):
                continue
            file = normpath(f"{dirname(path) or '.'}/{unquote(target)}") if target else path
            file = f"{file}/index.html".removeprefix("./") if (site / file).is_dir() else file
            if not (site / file).is_file() or (anchor and file in pages and unquote(anchor) not in pages[file].anchors):
                broken.append((path, link))
    assert broken == []


def test_the_menu_holds_no_document(site: Path) -> None:
    menu = (site / "hr/varsling/index.html").read_text("utf-8").partition('data-md-type="navigation"')[2]
    assert menu.partition('data-md-type="toc"')[0].count("md-nav__link") < 45


@pytest.mark.browser
@pytest.mark.parametrize("name", PAGES)
def test_every_sort_of_page(name: str, browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        if name == "nothing here":
            return
        page = open_(PAGES[name])
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == "nb"
        assert page.locator("article h1").inner_text().strip()


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_nothing_is_wider_than_the_screen(browser: Browser, address: str, scheme: str) -> None:
    with watched(browser, address, viewport={"width": 390, "height": 844}, color_scheme=scheme) as open_:
        for path in PAGES.values():
            if path != "404.html":
                assert open_(path).evaluate("document.documentElement.scrollWidth") <= 390, path


@pytest.mark.browser
def test_what_a_procedure_shows(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("hr/varsling/")
        assert page.title() == "Varsling om kritikkverdige forhold - Håndbok for Granvåg kommune"
        facts = dict(
            zip(*(page.locator(f".rutine-facts {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True)
        )
        assert facts["Eier"] == "HR-leder (Tor Egil Myran)"
        assert facts["Gjelder fra"] == "1. april 2026"
        assert facts["Regelverk"].splitlines()[1] == "Offentleglova § 13, § 24"
        link = page.get_by_role("link", name="§ 13", exact=True)
        assert link.get_attribute("href") == "https://lovdata.no/lov/2006-05-19-16/%C2%A713"
        page.get_by_role("link", name="HR-leder", exact=True).first.click()
        page.wait_for_url("**/register/roles/hr-leder/")
        page.locator("#rutine-duties + .rutine-list").get_by_role(
            "link", name="Varsling om kritikkverdige forhold"
        ).click()
        page.wait_for_url("**/hr/varsling/")


@pytest.mark.browser
def test_the_language_of_a_document_is_told(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("helse/legemidler-i-hjemmet/")
        assert page.locator("h1").get_attribute("lang") == "nn"
        assert page.locator("#framgangsmate").locator("xpath=..").get_attribute("lang") == "nn"
        assert page.locator(".rutine-facts").evaluate("e => e.closest('[lang]').lang") == "nb"


@pytest.mark.browser
@pytest.mark.parametrize("words", ["HR-012", "gjengjeldelse", "varslingsportalen"])
def test_search_finds_a_document_by_number_keyword_and_text(browser: Browser, address: str, words: str) -> None:
    with watched(browser, address) as open_:
        page = open_("")
        page.locator("input[name=query]").click()
        page.keyboard.type(words)
        page.locator(f'.md-search-result__link[href^="{address}hr/varsling/"]').first.wait_for()


@pytest.mark.browser
def test_nothing_that_an_author_writes_runs(browser: Browser, tmp_path: Path) -> None:
    payload = "</title><script>alert(1)</script><img src=x onerror=alert(2)>"
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")
    leave = book / "procedures/hr/leave.md"
    text = leave.read_text()
    for old in ("Leave of absence", "How you ask for leave, and who decides.", "[leave, time off]", "Asks"):
        new = f'["{payload}"]' if old.startswith("[") else f'"{payload}"'
        text = text.replace(old, new, 1)
    leave.write_text(text.replace("[Asks]", f'["{payload}"]'))
    settings = book / "handbook.yml"
    settings.write_text(
        settings.read_text()
        .replace("Handbook of Smallby & Sons", f'"{payload}"')
        .replace("Cilla <Vik>", f'"{payload}"')
    )
    (book / "procedures/hr/typing-pool.md").rename(book / "procedures/hr/a'b\"c <i>&amp; #1.md")
    leave.write_text(leave.read_text().replace("typing-pool.md", "recruiting.md"))
    (tmp_path / "installed").mkdir()
    site = built(book, tmp_path / "installed")
    with served(site) as address, watched(browser, address) as open_:
        page = open_("hr/leave/")
        assert page.locator("h1").inner_text() == payload
        assert page.title() == f"{payload} - {payload}"
        for path in (
            "",
            "hr/",
            "register/owners/",
            "register/roles/clerk/",
            "register/roles/head-of-hr/",
            "register/status/",
        ):
            assert payload in open_(path).locator("body").inner_text(), path
        page = open_("hr/")
        page.locator("input[name=query]").click()
        page.keyboard.type("HR-001")
        found = page.locator(f'.md-search-result__link[href^="{address}hr/leave/"]').first
        found.wait_for()
        assert payload in found.inner_text()
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Typing pool").first.click()
        page.wait_for_url("**/hr/a*/")
        assert page.locator("h1").inner_text() == "Typing pool"
