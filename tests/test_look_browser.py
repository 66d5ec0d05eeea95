"""The look of the example handbook's site in a browser: on a phone, by keyboard, on paper, without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from browsing import watched

PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1440, "height": 900}
VARSLING = "hr/varsling/"
PROCESS = "saksbehandling/henvendelse-til-svar/"
pytestmark = pytest.mark.browser


def test_the_menu_of_a_phone_by_keyboard(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=PHONE) as open_:
        page = open_(VARSLING)
        menu, button = page.locator("#rutine-menu"), page.get_by_role("button", name="Meny")
        expect(menu).to_be_hidden()
        button.focus()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        assert menu.locator("[aria-current]").all_inner_texts() == ["Personal og arbeidsmiljø"]
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(button).to_be_focused()


def test_what_stands_on_a_page(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=PHONE) as open_:
        page = open_(VARSLING)
        link = page.locator(".rutine-contents").get_by_role("link", name="Fremgangsmåte")
        expect(link).to_be_hidden()
        page.locator(".rutine-contents summary").click()
        link.click()
        page.wait_for_url("**/#fremgangsmate")
        expect(link).to_be_hidden()
        assert page.locator("#fremgangsmate").evaluate("e => e.getBoundingClientRect().top") >= 44
        page.set_viewport_size(WIDE)
        expect(link).to_be_visible()


def test_the_answers_come_before_the_text_and_the_background_after(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=PHONE) as open_:
        page = open_(VARSLING)
        heights = [
            page.locator(name).evaluate("e => e.getBoundingClientRect().top + scrollY")
            for name in (
                "h1", ".rutine-summary", ".rutine-tags", ".rutine-answers", "#formal", "#fremgangsmate", "#rutine-roles",
                "#rutine-background", "#rutine-revisions", ".rutine-bottom",
            )
        ]  # fmt: skip
        assert heights == sorted(heights)
        assert page.locator(".rutine-answers").evaluate("e => e.getBoundingClientRect().bottom") < 844


def test_the_steps_of_a_process_can_be_read_on_the_narrowest_screen(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport={"width": 320, "height": 640}) as open_:
        page = open_(PROCESS)
        first = page.locator(".rutine-steps > ol > li").first
        assert [line for line in first.inner_text().splitlines() if line] == [
            "Ta imot og registrere henvendelsen", "Rolle", "Arkivar", "Prosedyre", "ARK-003 Postmottak og journalføring",
            "Frist", "Samme virkedag", "Resultat", "Henvendelsen er journalført i riktig sak",
        ]  # fmt: skip
        assert first.evaluate("e => getComputedStyle(e, '::before').content") == "counter(list-item)"
        assert page.locator(".rutine-steps").evaluate("e => e.scrollWidth <= e.clientWidth")


def test_what_is_pressed_on_a_phone_is_large_enough(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=PHONE) as open_:
        page = open_(VARSLING)
        page.get_by_role("button", name="Meny").click()
        names = ".rutine-home, .rutine-menu-button, .rutine-menu__close, .rutine-menu a, .rutine-menu summary, "
        names += ".rutine-contents summary, .rutine-button, .rutine-path a, .rutine-search input, .rutine-search button"
        for target in page.locator(names).all():
            box = target.bounding_box() if target.is_visible() else None
            assert box is None or box["height"] >= 44, target.evaluate("e => e.outerHTML")


def test_on_paper_stands_the_document_and_what_the_paper_is(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=WIDE, color_scheme="dark") as open_:
        page = open_(VARSLING)
        paper = page.locator(".rutine-paper")
        expect(paper).to_be_hidden()
        page.emulate_media(media="print")
        assert paper.inner_text() == (
            "HR-012 · versjon 3.0 · Gjeldende · På papir er dette en ukontrollert kopi: Håndboken på nettet viser hva som gjelder."
        )
        for name in (".rutine-header", ".rutine-menu", ".rutine-contents", ".rutine-footer", ".rutine-top"):
            expect(page.locator(name)).to_be_hidden()
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.get_by_text(f"{address}HR-012/").is_visible()


def test_what_one_can_do_with_a_page(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=WIDE) as open_:
        page = open_(VARSLING)
        edit = page.get_by_role("link", name="Foreslå en endring").first
        assert edit.get_attribute("href") == "https://git.granvag.example/handbok/edit/main/procedures/hr/varsling.md"
        page.evaluate("window.print = () => document.body.append('printed')")
        page.get_by_role("button", name="Skriv ut").click()
        assert page.locator("body").inner_text().endswith("printed")
        page.locator(".rutine-permanent").click()
        page.wait_for_url(f"{address}{VARSLING}")


@pytest.mark.parametrize(("scheme", "ground"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(14, 23, 21)")])
def test_without_scripts(browser: Browser, address: str, scheme: str, ground: str) -> None:
    with watched(browser, address, viewport=WIDE, java_script_enabled=False, color_scheme=scheme) as open_:
        page = open_(VARSLING)
        assert page.locator("#rutine-menu").is_visible()
        assert page.locator(".rutine-contents").get_by_role("link", name="Fremgangsmåte").is_visible()
        assert page.get_by_role("button", name="Skriv ut").count() == 0
        assert page.locator(".rutine-permanent").inner_text() == "HR-012"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == ground


def test_states_are_told_apart_where_the_reader_sets_the_colours(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=WIDE, forced_colors="active") as open_:
        page = open_("register/status/")
        marks = {
            page.locator(f".rutine-chip--{state}").first.evaluate("e => getComputedStyle(e, '::before').content")
            for state in ("in-force", "draft", "upcoming", "withdrawn")
        }
        assert marks == {'"✓"', '"✎"', '"◷"', '"✕"'}
        number = open_(VARSLING).locator("#fremgangsmate ~ ol > li").first
        assert number.evaluate("e => getComputedStyle(e, '::before').borderTopWidth") == "2px"


def test_the_front_page_leads_on(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport=WIDE) as open_:
        page = open_("")
        box = page.get_by_role("searchbox")
        assert box.count() == 1
        assert (box.bounding_box() or {})["y"] < 200
        heads = [head.removesuffix("¶") for head in page.locator("article h2").all_inner_texts()]
        assert heads[:2] == ["Når det haster", "Fagområder"]
        assert heads[-4:] == ["Nylig besluttet", "Skal gjennomgås", "Rollen din", "Finn frem"]
        assert page.locator("#rutine-decided + .rutine-list li").count() == 5
        assert page.locator("#rutine-due + .rutine-list li").count() == 5
        page.locator(".rutine-pills").get_by_role("link", name="Saksbehandler", exact=True).click()
        page.wait_for_url("**/register/roles/saksbehandler/")
