"""The example handbook's site as readers meet it: every link leads somewhere, and the browser asks nobody else."""

from __future__ import annotations

import shutil
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from browsing import built, served, watched
from conftest import TESTS


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
    menu = (site / "hr/varsling/index.html").read_text("utf-8").partition('id="rutine-menu"')[2].partition("</nav>")[0]
    assert 25 < menu.count("<a ") < 45


@pytest.mark.browser
def test_what_a_procedure_shows(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("hr/varsling/")
        assert page.title() == "Varsling om kritikkverdige forhold - Håndbok for Granvåg kommune"
        facts = dict(
            zip(*(page.locator(f".rutine-facts {tag}").all_inner_texts() for tag in ("dt", "dd")), strict=True)
        )
        assert facts["Eier"] == "HR-leder (Tor Egil Myran)"
        assert facts["Gjelder fra"] == "1. april 2026\nBesluttet 2. mars 2026, Kommunedirektør"
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
        assert page.locator(".rutine-answers").evaluate("e => e.closest('[lang]').lang") == "nb"


@pytest.mark.browser
@pytest.mark.parametrize("words", ["HR-012", "gjengjeldelse", "varslingsportalen"])
def test_search_finds_a_document_by_number_keyword_and_text(browser: Browser, address: str, words: str) -> None:
    with watched(browser, address) as open_:
        page = open_("")
        page.locator(".rutine-search input").click()
        page.keyboard.type(words)
        page.locator('[role=option][href^="/hr/varsling/"]').first.wait_for()


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
        page.locator(".rutine-search input").click()
        page.keyboard.type("HR-001")
        found = page.locator('[role=option][href^="/hr/leave/"]')
        found.wait_for()
        assert payload in found.inner_text()
        page.keyboard.press("Escape")
        page.get_by_role("link", name="Typing pool").first.click()
        page.wait_for_url("**/hr/a*/")
        assert page.locator("h1").inner_text() == "Typing pool"
