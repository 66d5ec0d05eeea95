"""The handbook is for everybody: axe, the keyboard, narrow screens, large text, forced colours, no motion, print."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

import accessibility as a11y
from browsing import PAGES, show
from conftest import TESTS, missing

pytestmark = pytest.mark.browser
DESKTOP, PHONE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 640}
SHEET = """
p { transition: color 1s } a, button { outline: none !important } div { overflow: hidden; height: 1em; width: 5em }
h1 { margin-bottom: -1.2em } .wide { display: block; width: 2000px }
"""
FAULTY = f"""<!doctype html><html lang=en><title>x</title><style>{SHEET}</style><main class=md-content>
<h1>Title</h1><p>Text</p><p>Text</p><div>What does not find room here</div><a href=x>x</a><img src=x><span class=wide>x</span></main></html>"""


@pytest.fixture(scope="module", params=["light", "dark"])
def shown(request: pytest.FixtureRequest, browser: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """Opens the page of a name, in light and in dark colours."""
    if not a11y.AXE.is_file():
        missing("axe (npm ci --prefix tests)")
    context = browser.new_context(color_scheme=request.param, viewport=DESKTOP, reduced_motion="reduce")
    context.add_init_script(path=a11y.AXE)
    page = context.new_page()

    def open_(name: str) -> Page:
        page.set_viewport_size(DESKTOP)
        return show(page, address + PAGES[name])

    yield open_
    context.close()


def test_what_is_wrong_is_found(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "x.html").write_text(FAULTY)
    context = browser.new_context(viewport=NARROW)
    context.add_init_script(path=a11y.AXE)
    page = context.new_page()
    page.goto((tmp_path / "x.html").as_uri())
    assert [line.partition(":")[0] for line in a11y.axe(page)] == ["image-alt"]
    assert a11y.unseen_focus(page) == ['<a href="x">x</a>']
    assert a11y.clipped(page) == ["<div>What does not find room here</div>"]
    assert set(a11y.overlapping(page)) == {"Title / Text"}
    assert a11y.moving(page) == ["p"]
    assert a11y.too_wide(page) > 1500
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(name: str, shown: Callable[[str], Page]) -> None:
    page = shown(name)
    assert a11y.axe(page) == []
    page.set_viewport_size(PHONE)
    assert a11y.axe(page) == []


@pytest.fixture(scope="module")
def plain(browser: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """Opens the page of a name."""
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(10_000)
    page = context.new_page()

    def open_(name: str) -> Page:
        page.emulate_media(forced_colors="none", reduced_motion="no-preference", media="screen")
        page.set_viewport_size(DESKTOP)
        return show(page, address + PAGES[name])

    yield open_
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_every_page_for_every_reader(name: str, plain: Callable[[str], Page]) -> None:
    page = plain(name)
    assert a11y.unseen_focus(page) == []
    a11y.double_text(page)
    assert (a11y.clipped(page), a11y.overlapping(page), a11y.too_wide(page)) == ([], [], 0)
    a11y.usual_text(page)
    page.emulate_media(forced_colors="active")
    assert a11y.unseen_focus(page) == []
    page.emulate_media(forced_colors="none", reduced_motion="reduce")
    assert a11y.moving(page) == []
    page.set_viewport_size(NARROW)
    assert (a11y.clipped(page), a11y.overlapping(page), a11y.too_wide(page)) == ([], [], 0)
    a11y.spaced_text(page)
    assert (a11y.clipped(page), a11y.overlapping(page), a11y.too_wide(page)) == ([], [], 0)


def tab_to(page: Page, selector: str, most: int = 60) -> None:
    """Go on by the key until the focus is there."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"The key Tab never came to {selector}")


def test_by_keyboard_to_the_text_and_through_it(plain: Callable[[str], Page]) -> None:
    page = plain("procedure")
    tab_to(page, ".md-skip", 1)
    assert page.locator(".md-skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    tab_to(page, "article a", 1)
    page = plain("procedure")
    tab_to(page, ".rutine-contents a")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/hr/varsling/#*")
    heading = page.locator(page.evaluate("'#' + CSS.escape(decodeURIComponent(location.hash.slice(1)))"))
    assert 0 <= heading.bounding_box()["y"] < DESKTOP["height"] / 2


def test_by_keyboard_from_the_search_to_the_answer_and_back(plain: Callable[[str], Page]) -> None:
    page = plain("area")
    tab_to(page, ".rutine-search input", 4)
    page.keyboard.type("varslet")
    page.locator(".rutine-search-panel [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".rutine-search-panel [aria-selected=true]")
    assert page.locator(".rutine-search input").get_attribute("aria-activedescendant") == chosen.get_attribute("id")
    address = chosen.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")
    assert "HR-012" in page.locator("article").inner_text()
    page.go_back()
    tab_to(page, ".rutine-search input", 4)
    page.keyboard.type("varslet")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=varslet")
    page.locator(".rutine-find-list > li").first.wait_for()
    tab_to(page, ".rutine-find-filters input", 40)
    page.keyboard.press("Space")
    page.wait_for_url("**/search/?q=varslet&*")
    assert page.evaluate("document.activeElement.matches('.rutine-find-filters input:checked')")
    tab_to(page, ".rutine-find-list a", 80)
    page.keyboard.press("Enter")
    page.locator(".rutine-answers").wait_for()


def test_by_keyboard_to_other_colours_that_stay(plain: Callable[[str], Page]) -> None:
    page = plain("front")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "default"
    tab_to(page, ".rutine-header input[type=radio]", 10)
    page.keyboard.press("ArrowDown")
    page.locator("body[data-md-color-scheme=slate]").wait_for()
    assert page.evaluate("document.activeElement.matches('input[type=radio]')")
    plain("procedure")
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
    page.evaluate("localStorage.clear()")


def test_by_keyboard_through_the_menu_of_a_phone(plain: Callable[[str], Page]) -> None:
    page = plain("front")
    page.set_viewport_size(PHONE)
    menu = page.locator("#rutine-menu")
    assert not menu.is_visible()
    tab_to(page, ".rutine-menu-button", 10)
    page.keyboard.press("Enter")
    menu.wait_for()
    page.keyboard.press("Escape")
    menu.wait_for(state="hidden")
    assert page.evaluate("document.activeElement.matches('.rutine-menu-button')")
    page.keyboard.press("Enter")
    tab_to(page, "#rutine-menu a[href='hr/']", 30)
    page.keyboard.press("Enter")
    page.wait_for_url("**/hr/")
    page.go_back()
    assert page.locator(".rutine-menu-button").is_visible()


def test_axe_finds_nothing_in_what_opens(shown: Callable[[str], Page]) -> None:
    page = shown("procedure")
    page.set_viewport_size(PHONE)
    page.locator(".rutine-menu-button").click()
    page.locator("#rutine-menu").wait_for()
    assert a11y.axe(page) == []
    page.keyboard.press("Escape")
    page.locator(".rutine-contents summary").click()
    assert a11y.axe(page) == []


def test_axe_finds_nothing_while_somebody_searches(shown: Callable[[str], Page]) -> None:
    page = shown("front")
    page.locator(".rutine-search input").fill("varslet")
    page.locator(".rutine-search-panel [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert a11y.axe(page) == []
    page.set_viewport_size(PHONE)
    assert a11y.axe(page) == []


def test_axe_finds_nothing_in_print(shown: Callable[[str], Page]) -> None:
    page = shown("procedure")
    page.emulate_media(media="print")
    assert [fault for fault in a11y.axe(page) if not fault.startswith("target-size")] == []  # nobody clicks on paper
    page.emulate_media(media="screen")


def test_the_published_result_is_of_these_pages_and_says_what_was_found() -> None:
    """Where it is not: python tests/accessibility.py"""
    with a11y.RESULT.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["Adresse"] for row in rows} == {path or "/" for path in PAGES.values()}
    assert len(rows) == 4 * len(PAGES)
    assert {row["Feil"] for row in rows} == {"0"}
    axe = json.loads((TESTS / "package.json").read_text())["devDependencies"]["axe-core"]
    assert {row["Med"] for row in rows} == {f"axe {axe}"}
