"""What is published beside the pages: an address for every id."""

from __future__ import annotations

import re
import shutil
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from browsing import built, served, watched
from conftest import TESTS
from rutine.extras import extra_files, put_extras
from rutine.forwarding import forward
from rutine.make_pages import make_pages
from rutine.model import Report
from rutine.permanent import RESERVED, permanent_pages
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.stage import PublishingError, Staged, stage

TODAY = date(2026, 11, 21)
SITE = TESTS / "handbooks" / "site"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A handbook of its own, without errors."""
    return shutil.copytree(SITE, tmp_path / "book")


def judged(book: Path) -> Report:
    return report_for_pages(book, read_settings(book), TODAY)


def staged(book: Path) -> Staged:
    return stage(book, judged(book), book / "build" / "pages")


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def put(book: Path) -> dict[str, str]:
    """What lies beside the pages of a handbook, by file."""
    folder = book / "build" / "site"
    folder.mkdir(parents=True, exist_ok=True)
    extras = put_extras(staged(book), None, folder)
    assert extras.keys() == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return {name: (folder / name).read_text("utf-8") for name in extras}


LEAVE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta http-equiv="refresh" content="0; url=../hr/leave/">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="../hr/leave/">
<title>Leave of absence</title>
</head>
<body>
<main>
<h1 lang="en">Leave of absence</h1>
<p><a href="../hr/leave/">Go to the page</a></p>
</main>
</body>
</html>
"""


def test_every_id_is_an_address(book: Path) -> None:
    found = put(book)
    assert found["HR-001/index.html"] == found["hr-001/index.html"] == LEAVE
    ids = {"ALL-001", "HR-001", "HR-004", "HR-009", "HR-010", "SRV-001", "SRV-002"}
    assert {name for name in found if name.endswith(".html")} == {
        f"{name}/index.html" for identifier in ids for name in (identifier, identifier.lower())
    }
    assert '<h1 lang="nn">' in found["SRV-002/index.html"] or '<h1 lang="nb">' in found["SRV-002/index.html"]


def test_pages_with_addresses_of_files(book: Path) -> None:
    change(book / "handbook.yml", "{plain: true}", "{plain: true, address: html}")
    found = put(book)
    assert found["HR-001.html"] == found["hr-001.html"] == LEAVE.replace("../hr/leave/", "hr/leave.html")


def test_what_is_written_twice_is_written_once(book: Path) -> None:
    put(book)
    page, linked = book / "build/site/HR-001/index.html", book / "as it was"
    linked.hardlink_to(page)
    before = page.stat().st_mtime_ns
    put(book)
    assert page.stat().st_mtime_ns == before
    change(book / "procedures/hr/leave.md", "Leave of absence", "Time off")
    assert "<title>Time off</title>" in put(book)["HR-001/index.html"]
    assert linked.read_text() == LEAVE


@pytest.mark.parametrize(
    ("identifier", "page"),
    [
        ("HR-777", "HR-777.md"),
        ("ØKO-1", "ØKO-1.md"),
        ("1.2.3", "1.2.3.md"),
        ("hr-2026_a", "hr-2026_a.md"),
        ("hr", None),  # the area
        ("HR", None),
        ("gifts", None),  # the page of another document
        ("Register", None),
        ("search", None),
        ("handbook.json", None),
        ("..", None),
        ("a..", None),
        (".git", None),
        ("hr/leave", None),
        ("a b", None),
        ("a%2e", None),
        ("a?b", None),
        ("a#b", None),
        ("a\\\\b", None),
        ("<b>", None),
        ("javascript:x", None),
        ("a\\u202eb", None),
        ("x" * 101, None),
    ],
)
def test_which_ids_are_addresses(book: Path, identifier: str, page: str | None) -> None:
    document = book / "procedures/hr/recruiting.md"
    change(document, "id: HR-009", f'id: "{identifier}"')
    assert permanent_pages(judged(book).handbook).get("procedures/hr/recruiting.md") == page


def test_a_page_that_is_called_as_its_id_is_its_own_address(book: Path) -> None:
    (book / "procedures/gifts.md").rename(book / "procedures/ALL-001.md")
    assert permanent_pages(judged(book).handbook)["procedures/ALL-001.md"] == "ALL-001.md"
    found = put(book)
    assert "ALL-001/index.html" not in found
    assert 'url=../ALL-001/"' in found["all-001/index.html"]


def test_a_site_on_a_disk_that_knows_no_capitals(book: Path) -> None:
    (book / "procedures/gifts.md").rename(book / "procedures/all-001.md")
    pages = staged(book)
    (pages.folder.parent / "PAGES").mkdir()  # as if the folder were found by this name
    names = extra_files(pages, None)
    ids = ("HR-001", "HR-004", "HR-009", "HR-010", "SRV-001", "SRV-002")
    assert {name for name in names if name.endswith(".html")} == {f"{name}/index.html" for name in ids}


def test_an_attachment_keeps_its_address(book: Path) -> None:
    change(book / "procedures/hr/recruiting.md", "id: HR-009", "id: plan.png")
    shutil.copy(book / "procedures/hr/plan.png", book / "procedures/plan.png")
    assert "procedures/hr/recruiting.md" not in permanent_pages(judged(book).handbook)


def test_nothing_generated_stands_where_an_id_might(book: Path) -> None:
    report = judged(book)
    own = {path.removeprefix("procedures/").partition("/")[0].removesuffix(".md") for path in report.handbook.entries}
    generated = {page.path.partition("/")[0].removesuffix(".md") for page in make_pages(report)} - own
    assert generated - RESERVED == set()


@pytest.mark.parametrize("name", ["register.csv", "Reviews.ics", "register.csv.md"])
def test_nothing_stands_in_the_way_of_the_data(book: Path, name: str) -> None:
    shutil.copy(book / "procedures/service/notes.md", book / "procedures" / name)
    pages = staged(book)
    if name == "Reviews.ics":
        assert "reviews.ics" in extra_files(pages, None)
        (pages.folder.parent / "PAGES").mkdir()  # a disk that knows no capitals
    with pytest.raises(PublishingError) as caught:
        extra_files(pages, None)
    assert [(place.path, message.text.format_map(message.values)) for place, message in caught.value.faults] == [
        (
            f"procedures/{name}",
            f"This would have the same address in the handbook as {name.lower().removesuffix('.md')}. Rename one of them.",
        )
    ]


class Shown(HTMLParser):
    """The text of a page, and its elements."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags = "", list[tuple[str, tuple[str, ...]]]()
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(name for name, _ in attrs)))


PAYLOAD = "\"'></title></h1><script>alert(1)</script><img src=x onerror=alert(2)>&amp;{title}\x00"


@pytest.mark.parametrize("folders", ["folder", "html"])
def test_what_others_wrote_stays_text(book: Path, folders: str) -> None:
    change(book / "handbook.yml", "{plain: true}", f"{{plain: true, address: {folders}}}")
    settings = read_settings(book)
    plain = Shown(forward("A.md", "hr/leave.md", "Leave", "en", settings))
    hostile = Shown(forward("A.md", f"{PAYLOAD}/x.md", PAYLOAD, PAYLOAD, settings))
    assert hostile.tags == plain.tags
    assert hostile.text.count("<script>alert(1)</script>") == 2
    refresh = re.findall(r'url=([^"]*)"', forward("A.md", "javascript:alert(1)//;url=x.md", "t", "en", settings))
    assert refresh == [
        "../javascript%3Aalert%281%29//%3Burl%3Dx/"
        if folders == "folder"
        else "javascript%3Aalert%281%29//%3Burl%3Dx.html"
    ]


@pytest.mark.browser
def test_the_browser_follows_an_id_to_its_document(browser: Browser, tmp_path: Path) -> None:
    book = shutil.copytree(SITE, tmp_path / "book")
    (tmp_path / "installed").mkdir()
    with served(built(book, tmp_path / "installed")) as address, watched(browser, address) as open_:
        for path in ("HR-001/", "hr-001/", "hr-001"):
            page = open_(path)
            page.wait_for_url("**/hr/leave/")
            assert page.locator("h1").inner_text() == "Leave of absence"
        feed = page.locator('link[rel~="alternate"][type="application/atom+xml"]')
        assert feed.evaluate("link => link.href") == f"{address}decided.atom"
