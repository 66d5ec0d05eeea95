"""The overviews in a browser: on a phone, with the keyboard, and as tasks from beginning to end."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser

from browsing import watched

PHONE = {"viewport": {"width": 320, "height": 640}}

pytestmark = pytest.mark.browser


def test_the_table_of_responsibilities_scrolls_on_a_phone(browser: Browser, address: str) -> None:
    """The keyboard scrolls the table and not the page, and the documents' names stay where they are."""
    with watched(browser, address, **PHONE) as open_:
        page = open_("register/responsibilities/hr/")
        table = page.get_by_role("region", name="Ansvar: ")
        name = table.get_by_role("rowheader", name="Lønnskjøring")
        before = name.bounding_box()
        assert table.evaluate("part => part.scrollWidth > part.clientWidth")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        table.focus()
        page.keyboard.press("ArrowRight")
        for _ in range(100):  # the site's policy lets nothing wait in the page itself
            if table.evaluate("part => part.scrollLeft"):
                break
            page.wait_for_timeout(50)
        assert table.evaluate("part => part.scrollLeft") > 0
        after = name.bounding_box()
        assert before is not None
        assert after is not None
        assert after["x"] == before["x"]


def test_every_role_of_the_table_is_in_sight_on_a_desk_and_on_paper(browser: Browser, address: str) -> None:
    """Ten roles or more in health and care; a sheet has 174 mm, which are 658 px."""
    for width, media in ((1440, "screen"), (658, "print")):
        with watched(browser, address, viewport={"width": width, "height": 900}) as open_:
            page = open_("register/responsibilities/helse/")
            page.emulate_media(media="print" if media == "print" else "screen")
            heads = page.locator(".rutine-matrix thead th")
            assert heads.count() >= 11
            last = heads.last.bounding_box()
            assert last is not None
            assert last["x"] + last["width"] <= width
            table = page.locator(".rutine-table")
            assert table.evaluate("part => part.scrollWidth <= part.clientWidth")


def test_a_cell_of_responsibilities_is_a_word_to_those_who_do_not_see_it(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("register/responsibilities/hr/")
        row = page.get_by_role("row", name="Lønnskjøring")
        told = row.aria_snapshot()
        cells = re.findall(r'- cell "(\w+)"', told)
        assert set(cells) == {"Ansvarlig", "Utfører", "Rådføres"}


def test_from_a_letter_to_a_document_by_keyboard(browser: Browser, address: str) -> None:
    with watched(browser, address, **PHONE) as open_:
        page = open_("register/a-z/")
        page.get_by_role("navigation", name="Bokstaver").get_by_role("link", name="V", exact=True).focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/#rutine-v")
        entry = (
            page.get_by_role("listitem")
            .filter(has_text="HR-012")
            .get_by_role("link", name="Varsling om kritikkverdige forhold")
        )
        entry.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/hr/varsling/")


def test_from_a_law_to_the_procedures_that_rest_on_its_paragraph(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("register/regulations/")
        page.get_by_role("link", name="Arbeidsmiljøloven", exact=True).click()
        documents = page.locator("dt", has_text=re.compile(r"^§ 2 A-1$")).locator("xpath=following-sibling::dd[1]")
        documents.get_by_role("link", name="Varsling om kritikkverdige forhold").click()
        page.wait_for_url("**/hr/varsling/")
        assert "kritikkverdige" in page.locator("h1").inner_text()


def test_from_ones_role_to_what_one_must_do(browser: Browser, address: str) -> None:
    with watched(browser, address, **PHONE) as open_:
        page = open_("about/reading/")
        page.locator("article").get_by_role("link", name="Roller", exact=True).click()
        page.locator("article").get_by_role("link", name="Lønnsansvarlig").click()
        page.wait_for_url("**/register/roles/lonnsansvarlig/")
        assert page.get_by_role("heading", name="Dette skal rollen gjøre").is_visible()
        assert page.get_by_role("link", name="Lønnskjøring").first.is_visible()
