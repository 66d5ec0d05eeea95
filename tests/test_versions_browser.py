"""The pages of versions in a browser: for everybody, asking nobody for anything, and running nothing that authors wrote."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import accessibility as a11y
from browsing import ROOT, built, served, watched
from conftest import TESTS, missing
from repositories import V1, V2, V3, Book, document

pytestmark = pytest.mark.browser
PAGES = {
    "document": "absence/",
    "old version": "HR-001/1.0/",
    "version in force": "HR-001/2.0/",
    "coming version": "HR-001/3.0/",
}
TEXT = """\
Ask {time} before, on [the form](index.md).

1. **You** ask your manager.
2. **The manager** answers within {days} days.

| What | When |
|---|---|
| The form | {time} |
"""
PAYLOADS = (TESTS / "payloads.txt").read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of a document with an old version, one in force and one that is coming."""
    book = Book(tmp_path_factory.mktemp("versions") / "book")
    shutil.copy(ROOT / "mkdocs.yml", book.root)
    (book.root / ".gitignore").write_text("build/\nsite/\n")
    book.write("index.md", "# Handbook\n\nWelcome.\n")
    book.write("absence.md", document(TEXT.format(time="a week", days=7), V1))
    book.commit("2024-03-01")
    book.write("absence.md", document(TEXT.format(time="two weeks", days=7), V1, V2))
    book.commit("2025-03-03")
    book.write("absence.md", document(TEXT.format(time="three weeks", days=5), V1, V2, V3, effective="2027-01-01"))
    book.commit("2026-10-05")
    with served(built(book.root, tmp_path_factory.mktemp("installed"))) as found:
        yield found


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_and_nobody_is_asked(browser: Browser, address: str, name: str, colours: str) -> None:
    if not a11y.AXE.is_file():
        missing("axe (npm ci --prefix tests)")
    with watched(browser, address, color_scheme=colours, reduced_motion="reduce") as open_:
        page = open_(PAGES[name])
        page.context.add_init_script(path=a11y.AXE)
        page.reload()
        assert a11y.axe(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert a11y.axe(page) == []
        assert (a11y.clipped(page), a11y.too_wide(page)) == ([], 0)


def test_from_the_document_to_what_is_coming_and_back(browser: Browser, address: str) -> None:
    with watched(browser, address) as open_:
        page = open_("absence/")
        page.get_by_role("link", name="version 3.0").click()
        page.wait_for_url("**/HR-001/3.0/")
        assert page.get_by_role("note").inner_text().startswith("Version 3.0 is not in force yet.")
        changed = page.locator(".rutine-redline")
        assert changed.locator("del").all_inner_texts()[0].endswith("two")
        page.get_by_role("note").get_by_role("link", name="Leave").click()
        page.wait_for_url("**/absence/")
        page.get_by_role("link", name="1.0", exact=True).click()
        page.wait_for_url("**/HR-001/1.0/")
        assert "two weeks" not in page.locator("article").inner_text()


def test_nothing_that_an_author_wrote_runs_in_a_redline(browser: Browser, tmp_path: Path) -> None:
    """Whatever stands in a text or field that has changed since; unsafe HTML in a body is refused before."""
    book = Book(tmp_path / "book")
    shutil.copy(ROOT / "mkdocs.yml", book.root)
    (book.root / ".gitignore").write_text("build/\nsite/\n")
    book.write("index.md", "# Handbook\n")
    escaped = "\n\n".join(f"    {line}" for line in PAYLOADS)
    quoted = [line.replace("\\", "\\\\").replace('"', '\\"') for line in PAYLOADS if line.isprintable()]
    more = 'keywords: [x]\nsummary: "' + quoted[0] + '"\n'
    book.write("a.md", document(f"Before.\n\n{escaped}\n", V1, more=more))
    book.commit("2024-03-01", f"{PAYLOADS[0]} <x@x.example>".replace("<script>", "script"))
    book.write("a.md", document("After.", V1, V2))
    book.commit("2025-03-03")
    (tmp_path / "installed").mkdir()
    site = built(book.root, tmp_path / "installed")
    with served(site) as address:
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        for path in ("HR-001/1.0/", "HR-001/2.0/", "a/"):
            page.goto(address + path)
            assert page.evaluate("window.__pwned") is None
        page.goto(address + "HR-001/2.0/")
        assert "window.__pwned=1" in page.locator(".rutine-redline del").all_inner_texts()[1]
        context.close()
