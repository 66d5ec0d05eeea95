"""The search as readers use it: in a real browser, with the example handbook."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from browsing import built, served, watched
from conftest import TESTS
from rutine.report_for_pages import report_for_pages
from rutine.search_index import write_index
from rutine.settings import read_settings
from rutine.site_paths import address as address_of
from rutine.stage import stage

pytestmark = pytest.mark.browser
BOX = ".rutine-search input"


def found(page: Page) -> list[str]:
    """The addresses of the results on the page of search, best first."""
    page.locator(".rutine-find-count").filter(has_text=re.compile(r".")).wait_for()
    return [link.get_attribute("href") or "" for link in page.locator(".rutine-find-list > li > a").all()]


def counted(page: Page, text: str) -> None:
    """Wait until so many results are told of, and shown."""
    expect(page.locator(".rutine-find-count")).to_have_text(text)
    if text[:1] in "123456789":
        page.locator(".rutine-find-list > li > a").first.wait_for()


@pytest.mark.parametrize(
    ("query", "address_"),
    [
        ("varslingene", "/hr/varsling/"),  # another form of the word
        ("egenmeldingene", "/hr/sykefravaer/"),
        ("legemiddelhåndteringen", "/helse/legemidler-i-hjemmet/"),
        ("journal", "/helse/journalforing/"),
        ("melding bekymring", "/barnevern/bekymringsmelding/"),  # parts of a compound
        ("system kvalitet", "/ledelse/styringssystem/"),
        ("sykmelding", "/hr/sykefravaer/"),  # a synonym
        ("medisin", "/helse/legemidler-i-hjemmet/"),
        ("brannovelse", "/beredskap/brannvern/"),  # o for ø
        ("broeyting", "/teknisk/vinterdrift/"),  # oe for ø
        ("lonnskjoring", "/hr/lonnskjoring/"),
        ("laerere", "/oppvekst/"),  # ae for æ
        ("anskafelser", "/okonomi/anskaffelser/"),  # misspelt
        ("bekymrigsmelding", "/barnevern/bekymringsmelding/"),
        ("incident", "/ikt/incident-response/"),  # in another language
        ("incidents", "/ikt/incident-response/"),
        ("leverandørerne", "/ikt/adgang-for-danske-leverandorer/"),
    ],
)
def test_words_lead_to_the_document(browser: Browser, address: str, query: str, address_: str) -> None:
    with watched(browser, address) as open_:
        page = open_(f"search/?q={query}")
        page.locator(".rutine-find-list > li").first.wait_for()
        assert address_ in found(page)[:5]


@pytest.mark.parametrize(
    ("query", "address_"),
    [
        ("falt", "/helse/fall/"),  # an irregular form
        ("pasient har falt", "/helse/fall/"),
        ("medisin", "/helse/legemidler-i-hjemmet/"),  # what means the same as the title
        ("medisinfeil", "/helse/legemidler-i-hjemmet/"),
        ("medisinavvik", "/helse/legemidler-i-hjemmet/"),
        ("feilmedisinering", "/helse/legemidler-i-hjemmet/"),
        ("legemidler", "/helse/legemidler-i-hjemmet/"),
        ("ny ansatt", "/hr/ny-medarbeider/"),
        ("sykmelding", "/hr/sykefravaer/"),
        ("avvik", "/ledelse/avvik/"),
        ("avik", "/ledelse/avvik/"),  # misspelt, and the beginning of no word
        ("pasord", "/ikt/passord/"),
        ("inssyn", "/arkiv/innsyn/"),
        ("hvordan melder jeg avvik?", "/ledelse/avvik/"),  # a question
        ("hvem kan jeg varsle", "/hr/varsling/"),
        ("2026/903", "/arkiv/innsyn/"),  # a case
    ],
)
def test_the_document_that_answers_stands_first(browser: Browser, address: str, query: str, address_: str) -> None:
    with watched(browser, address) as open_:
        page = open_(f"search/?q={query}")
        page.locator(".rutine-find-list > li").first.wait_for()
        assert found(page)[0] == address_


def test_other_pages_come_after_all_documents(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("search/?q=sykmelding")
        page.locator(".rutine-find-list > li").first.wait_for()
        numbered = [item.locator(".rutine-chip").count() for item in page.locator(".rutine-find-list > li").all()]
        assert numbered == sorted(numbered, reverse=True)
        assert {0, 1} == set(numbered)


def test_a_section_of_an_act_finds_the_documents_that_rest_on_it(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("search/?q=forvaltningsloven § 29")
        counted(page, "4 treff")
        wanted = {"/saksbehandling/klage/", "/kultur/tilskudd/", "/kultur/tilskudd-fra-2027/", "/arkiv/innsyn/"}
        assert set(found(page)) == wanted


def test_a_person_is_found_by_name(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("search/?q=Berit Solvang")
        counted(page, "1 treff")
        assert found(page) == ["/register/roles/kommunedirektor/"]


@pytest.mark.parametrize("query", ["mobing", "pasord", "inssyn"])
def test_only_the_nearest_words_are_offered(browser: Browser, address: str, query: str) -> None:
    with watched(browser, address) as open_:
        page = open_(f"search/?q={query}")
        page.locator(".rutine-find-list > li").first.wait_for()
        expect(page.locator(".rutine-find-notes")).not_to_contain_text("Mente du")
        asking = page.get_by_role("link", name="Etterlys en prosedyre").bounding_box()
        last = page.locator(".rutine-find-list > li").last.bounding_box()
        assert asking and last and asking["y"] > last["y"]


def test_documents_are_listed_without_a_word(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("search/?role=saksbehandler")
        page.locator(".rutine-find-list > li").first.wait_for()
        assert "/saksbehandling/klage/" in found(page)
        expect(page.get_by_role("checkbox", name=re.compile(r"^Saksbehandler \([1-9]"))).to_be_checked()
        page = open_("search/")
        assert found(page) == []
        page.get_by_role("button", name="Vis alle dokumenter").click()
        page.wait_for_url("**/search/?all=1")
        page.locator(".rutine-find-list > li").first.wait_for()
        assert len(found(page)) == 10


def test_a_search_that_cannot_be_loaded_says_so_and_tries_again(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.route("**/words.json", lambda route: route.abort())
    page.goto(f"{address}hr/")
    page.locator(BOX).focus()
    told = "Søket virker ikke her. Finn fram med listene i stedet."
    expect(page.locator(".rutine-search-failed")).to_have_text(told)
    page.goto(f"{address}search/?q=avvik")
    expect(page.locator(".rutine-find .rutine-search-failed")).to_have_text(told)
    page.goto(f"{address}hr/")
    page.locator(BOX).focus()
    page.locator(".rutine-search-failed").wait_for()
    page.unroute("**/words.json")
    page.locator(BOX).blur()
    page.locator(BOX).focus()
    page.keyboard.type("varsling")
    page.get_by_role("option").first.wait_for()
    assert page.locator(".rutine-search-failed").count() == 0
    page.close()


@pytest.mark.parametrize("query", ["HR-012", "hr-012", "HR012", "hr 012", "hr 12", "HR‑012"])
def test_a_number_finds_exactly_its_document(browser: Browser, address: str, query: str) -> None:
    with watched(browser, address) as open_:
        page = open_(f"search/?q={query}")
        counted(page, "1 treff")
        assert found(page) == ["/hr/varsling/"]
        page.get_by_role("link", name="Dokumenter som nevner").click()
        expect(page.locator(".rutine-find-list > li").nth(1)).to_be_visible()


FORMS = {
    "nb": ("Medarbeiderne melder avvik i journalene.", ["medarbeidere", "avvikene", "journal"]),
    "nn": ("Medarbeidarane melder avvik i journalane.", ["medarbeidar", "avvika", "journalar"]),
    "da": ("Medarbejderne melder afvigelser i journalerne.", ["medarbejder", "afvigelsen", "journalen"]),
    "sv": ("Medarbetarna anmäler avvikelser i journalerna.", ["medarbetare", "avvikelsen", "journaler"]),
    "en": ("Employees reported deviations in the records.", ["employee", "reporting", "deviation", "record"]),
}


@pytest.mark.parametrize("language", FORMS)
def test_words_are_found_in_other_forms_in_each_language(browser: Browser, language: str, tmp_path: Path) -> None:
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")
    settings = book / "handbook.yml"
    settings.write_text(settings.read_text().replace("language: en", f"language: {language}"))
    text, queries = FORMS[language]
    staged = stage(book, report_for_pages(book, read_settings(book), date(2026, 11, 21)), book / "build" / "pages")
    shutil.copytree(staged.folder / "assets", tmp_path / "site" / "assets")
    for path in staged.pages:
        page = tmp_path / "site" / address_of(path, folders=True)
        page.parent.mkdir(parents=True, exist_ok=True)
        said = text if path == "hr/leave.md" else ""
        icon = '<link rel="icon" href="data:,">'
        page.write_text(f"<html lang={language}>{icon}<article><h1>X</h1><p>{said}</p></article>")
    write_index(tmp_path / "site", staged)
    with served(tmp_path / "site") as address, watched(browser, address) as open_:
        page = open_("hr/leave/")
        for query in queries:
            assert "/hr/leave/" in page.evaluate(FIND, query), query


FIND = """async (query) => {
  const { find } = await import("/assets/rutine/search_engine.js");
  const { results, other } = await find(query);
  const found = await Promise.all(results.map((result) => result.data()));
  return other ? other : found.map((data) => data.url);
}"""


def test_results_while_writing_by_keyboard_alone(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("okonomi/")
        page.keyboard.press("/")
        page.keyboard.type("varsling")
        box = page.get_by_role("combobox", name="Søk i håndboken")
        expect(box).to_have_attribute("aria-expanded", "true")
        # of the whole word, and not of what was written of it first
        expect(page.get_by_role("option").first).to_contain_text("Varsling om kritikkverdige forhold")
        assert re.fullmatch(r"\d+ treff", page.locator(".rutine-search-count").inner_text())
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        chosen = page.get_by_role("option", selected=True)
        assert box.get_attribute("aria-activedescendant") == chosen.get_attribute("id")
        assert "Varsling om kritikkverdige forhold" in chosen.inner_text()
        assert {"Prosedyre", "HR-012", "Gjeldende", "Granvåg kommune"} <= set(
            chosen.locator("small span").all_inner_texts()
        )
        page.keyboard.press("Escape")
        expect(box).to_have_attribute("aria-expanded", "false")
        expect(page.locator(".rutine-search-panel")).to_be_hidden()
        expect(box).to_be_focused()
        page.keyboard.press("ArrowDown")
        expect(box).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("ArrowDown")
        page.get_by_role("option", selected=True).wait_for()
        page.keyboard.press("Enter")
        page.wait_for_url("**/hr/varsling/**")
        page.keyboard.press("Control+k")
        expect(page.locator(BOX)).to_be_focused()


def test_enter_leads_to_all_results(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("")
        page.locator(BOX).fill("avvik")
        page.locator(BOX).press("Enter")
        page.wait_for_url("**/search/?q=avvik")
        page.locator(".rutine-find-list > li").first.wait_for()


def test_nothing_is_fetched_before_somebody_searches(browser: Browser, site: Path) -> None:
    asked: list[str] = []
    with served(site, asked) as address, watched(browser, address) as open_:
        page = open_("hr/varsling/")
        page.wait_for_load_state("networkidle")
        assert [path for path in asked if "search" in path] == ["/assets/rutine/search.js"]
        page.locator(BOX).fill("avvik")
        page.get_by_role("option").first.wait_for()
        assert not [path for path in asked if "near.bin" in path or "worker" in path]


def test_filters_narrow_the_results_and_stand_in_the_address(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("search/?q=avvik")
        page.locator("summary", has_text="Rolle").click()
        page.get_by_role("group", name="Rolle").get_by_role("button", name="Vis alle").click()
        box = page.get_by_role("checkbox", name=re.compile(r"^Sykepleier \(\d+\)$"))
        number = int(re.findall(r"\d+", page.locator("label", has_text=re.compile(r"^Sykepleier \(")).inner_text())[0])
        assert 0 < number < int(page.locator(".rutine-find-count").inner_text().split()[0])
        box.check()
        counted(page, f"{number} treff")
        assert "role=Sykepleier" in page.url
        expect(page.get_by_role("checkbox", name=re.compile("^Sykepleier"))).to_be_checked()
        expect(page.get_by_role("checkbox", name=re.compile("^Sykepleier"))).to_be_focused()
        page.locator(".rutine-find-list > li > a").first.click()
        page.wait_for_url(lambda url: "/search/" not in url)
        page.go_back()
        counted(page, f"{number} treff")
        page.get_by_role("button", name="Fjern alle valg").click()
        assert "role" not in page.url
        page.go_back()
        counted(page, f"{number} treff")


def test_results_in_other_orders(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("search/?q=rutine&kind=Prosedyre")
        counted(page, page.locator(".rutine-find-count").inner_text())
        page.get_by_label("Sorter etter").select_option("title")
        page.wait_for_url("**sort=title**")
        page.wait_for_load_state("networkidle")
        titles = page.locator(".rutine-result-title").all_inner_texts()
        alphabet = " abcdefghijklmnopqrstuvwxyzæøå"
        keys = [[alphabet.find(letter) for letter in title.lower() if letter in alphabet] for title in titles]
        assert keys == sorted(keys)
        assert len(keys) > 3


def test_withdrawn_documents_are_found_when_they_are_asked_for(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("search/?q=rekruttering")
        page.locator(".rutine-find-list > li").first.wait_for()
        assert "/hr/rekruttering/" not in found(page)
        page.get_by_role("checkbox", name="Også tilbaketrukne dokumenter").check()
        item = page.locator(".rutine-find-list > li", has=page.locator('a[href="/hr/rekruttering/"]'))
        expect(item.locator(".rutine-chip")).to_have_text("Tilbaketrukket")


def test_what_is_not_found_leads_on(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("search/?q=xyzzyqwerty")
        counted(page, "Ingen treff på «xyzzyqwerty».")
        asking = page.get_by_role("link", name="Etterlys en prosedyre")
        assert asking.get_attribute("href") == "mailto:kvalitet@granvag.example"
        page.locator("#rutine-find-words").fill("kirseledelse")
        expect(page.locator(".rutine-find-count")).to_contain_text(
            "Ingen treff på «kirseledelse». Her er treffene på «kriseledelse"
        )
        page.locator(".rutine-find-list > li").first.wait_for()
        assert "/beredskap/kriseledelse/" in found(page)


def test_the_search_on_a_phone(browser: Browser, address: str) -> None:
    with watched(browser, address, viewport={"width": 320, "height": 640}, has_touch=True) as open_:
        page = open_("")
        page.locator(BOX).tap()
        page.keyboard.type("drikkevann")
        page.get_by_role("option").first.wait_for()
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.get_by_role("option").first.tap()
        page.wait_for_url("**/teknisk/drikkevann/**")
        page = open_("search/?q=drikkevann")
        page.locator("summary", has_text="Avgrens treffene").tap()
        page.get_by_role("checkbox", name=re.compile("^Prosedyre")).check()
        page.wait_for_url("**kind=Prosedyre**")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_the_page_of_search_leads_on(browser: Browser, address: str) -> None:
    with watched(browser, address, java_script_enabled=False) as open_:
        page = open_("hr/")
        page.locator(BOX).fill("varsling")
        page.locator(BOX).press("Enter")
        page.wait_for_url("**/search/?q=varsling")
        page.get_by_role("link", name="Alle dokumenter, A–Å").last.click()
        page.wait_for_url("**/register/a-z/")


def test_what_authors_write_is_text_in_results(browser: Browser, tmp_path: Path) -> None:
    payload = "Zebra <img src=x onerror=alert(1)> <mark>x</mark> &lt;b&gt; ${1} {query} zebraer"
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path / "book")
    leave = book / "procedures/hr/leave.md"
    text = (
        leave.read_text().replace("title: Leave of absence", f'title: "{payload}"').replace("# Leave of absence\n", "")
    )
    leave.write_text(f"{text}\n## Zebra `<u>alert(2)</u>`\n\nA zebra `<b>x</b>` & `&lt;i&gt;`.\n")
    (tmp_path / "installed").mkdir()
    site = built(book, tmp_path / "installed")
    with served(site) as address, watched(browser, address) as open_:
        page = open_("search/?q=zebra")
        page.locator(".rutine-find-list > li").first.wait_for()
        item = page.locator(".rutine-find-list > li").first
        assert item.locator(".rutine-result-title").inner_text() == payload
        places = item.locator(".rutine-result-places").inner_text()
        assert "Zebra <u>alert(2)</u>" in places
        assert "A zebra <b>x</b>" in places
        assert item.locator("img, u, b, i").count() == 0
        page = open_("hr/")
        page.locator(BOX).fill("zebra")
        assert page.get_by_role("option").first.locator(".rutine-result-title").inner_text() == payload
        page.locator(BOX).fill("<svg onload=alert()>wwwww")
        expect(page.locator(".rutine-search-count")).to_contain_text("<svg onload=alert()>wwwww")
