"""The handbook tells nobody who reads what: it asks its own host alone, keeps nothing, and its policy is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from browsing import PAGES, show

pytestmark = pytest.mark.browser
KEPT = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookie: document.cookie,
  databases: (await indexedDB.databases()).map(({name}) => name), caches: await caches.keys(),
  workers: (await navigator.serviceWorker.getRegistrations()).length,
})"""
NOTHING = {"local": [], "session": [], "cookie": "", "databases": [], "caches": [], "workers": 0}


class Reader(NamedTuple):
    """A page of a browser that was never here before, what it asked for, and what it complained of."""

    page: Page
    context: BrowserContext
    asked: list[str]
    complaints: list[str]


@pytest.fixture
def reader(browser: Browser) -> Iterator[Reader]:
    context = browser.new_context()
    context.set_default_timeout(10_000)
    asked: list[str] = []
    complaints: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    context.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    context.on("weberror", lambda error: complaints.append(str(error.error)))
    context.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.error(e.effectiveDirective, e.blockedURI))"
    )
    yield Reader(context.new_page(), context, asked, complaints)
    context.close()


def test_every_sort_of_page_is_among_those_that_are_looked_at(site: Path) -> None:
    """Of the overviews each, and one page of each that has many."""

    def sort_of(path: str) -> tuple[str, int]:
        parts = path.split("?", maxsplit=1)[0].strip("/").split("/")
        return ("/".join(parts[:2]), len(parts))

    pages = (path.parent.relative_to(site).as_posix() for path in site.rglob("index.html"))
    sorts = {sort_of(path) for path in pages if path.startswith(("register/", "reference/", "about/", "search"))}
    assert sorts - {sort_of(path) for path in PAGES.values()} == set()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_its_own_host_for_what_it_shows_and_nothing_more(name: str, reader: Reader, address: str) -> None:
    page = reader.page
    show(page, address + PAGES[name]).wait_for_load_state("networkidle")
    assert page.locator("meta[http-equiv=Content-Security-Policy]").count() == 1
    assert [url for url in reader.asked if not url.startswith((address, "data:"))] == []
    kinds = {Path(urlsplit(url).path).suffix for url in reader.asked if url.startswith(address)}
    assert "search" in name or kinds <= {"", ".html", ".css", ".js", ".woff2", ".svg", ".png"}
    assert reader.complaints == []
    assert reader.context.cookies() == []
    assert page.evaluate(KEPT) == NOTHING


def test_of_a_reader_only_the_choice_of_colours_is_kept_and_by_the_reader_alone(reader: Reader, address: str) -> None:
    page = reader.page
    page.goto(address)
    page.locator(".rutine-header input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    page.goto(address + PAGES["procedure"])
    assert page.evaluate(KEPT) == NOTHING | {"local": ["/.__palette"]}
    assert reader.context.cookies() == []
    assert reader.complaints == []
