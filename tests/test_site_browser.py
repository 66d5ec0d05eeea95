"""The example handbook's site as readers meet it: every link leads somewhere, and the browser asks nobody else."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser

from browsing import watched


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
            if target.startswith(("http:", "https:", "mailto:", "tel:", "data:")):
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
