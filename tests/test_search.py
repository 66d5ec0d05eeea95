"""What search reads of a page, how it spells words, and which parts compounds have."""

from __future__ import annotations

import json
import shutil
import string
from dataclasses import replace
from datetime import date
from gzip import decompress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TESTS
from rutine.compounds import compounds
from rutine.model import Search
from rutine.pages._search import search_of
from rutine.pages._shelf import shelf_of
from rutine.report_for_pages import report_for_pages
from rutine.search_index import FOLDER, write_index
from rutine.search_text import JOINT, Told, folded, number_words, readable, record, spelt, synonyms_of, words_of
from rutine.settings import read_settings
from rutine.site_paths import address
from rutine.stage import stage

TODAY = date(2026, 11, 21)
SITE = TESTS / "handbooks" / "site"
LEAVE = Search(
    "HR-001",
    "Human resources, Front desk <1>",
    ("leave", "time off"),
    {
        "kind": ("Procedure",),
        "status": ("In force",),
        "unit": ("Human resources", "Front desk <1>"),
        "role": ("Clerk *of* [all] `work`", "Trainee", "Head of HR"),
        "owner": ("Head of HR",),
        "regulation": (
            "Arbeidsmiljøloven",
            "General Data Protection Regulation (GDPR)",
            "ISO 9001:2015 Quality management systems – Requirements",
        ),
    },
    "in-force",
    "2024-02-29",
    "2024/17",
    (
        "arbeidsmiljøloven § 12-1",
        "arbeidsmiljøloven § 2 A-1",
        "arbeidsmiljøloven § 9-1",
        "General Data Protection Regulation (GDPR)",
        "ISO 9001:2015 Quality management systems – Requirements 8.5.1",
    ),
)
WORDS = st.text(alphabet="aeioumnrstvkldæøå", min_size=3, max_size=24)


@pytest.mark.parametrize(
    ("words", "word", "parts"),
    [
        ("avvik melding avviksmelding", "avviksmelding", ("avviks", "melding")),
        ("avvik meldinger avviksmeldingen", "avviksmeldingen", ("avviks", "meldingen")),
        ("barn vern barnevern", "barnevern", ("barne", "vern")),
        (
            "avvik meldingsskjema avviksmelding melding skjema avviksmeldingsskjema",
            "avviksmeldingsskjema",
            ("avviks", "meldings", "skjema"),
        ),
        ("pasient pasientjournal", "pasientjournal", None),  # one word alone tells nothing of the rest
        ("pasient lege legejournal pasientjournalen", "pasientjournalen", ("pasient", "journalen")),
        ("gjennom føring gjennomføring", "gjennomføring", ("gjennom", "føring")),
        ("behandle samhandle behandling ingen", "behandling", None),  # an ending is no part
        ("var sel varsel", "varsel", None),  # too short
        ("sygdom melding sygemelding sygdomsmelding", "sygdomsmelding", ("sygdoms", "melding")),
        ("hälsa skydd hälsoskydd arbete arbetsskydd", "arbetsskydd", ("arbets", "skydd")),
    ],
)
def test_a_compound_is_cut_where_words_of_the_handbook_meet(
    words: str, word: str, parts: tuple[str, ...] | None
) -> None:
    assert compounds(words.split()).get(word) == parts


@settings(deadline=None)
@given(st.sets(WORDS, max_size=40))
def test_parts_joined_are_the_word_again(words: set[str]) -> None:
    found = compounds(words)
    assert found.keys() <= words
    for word, parts in found.items():
        assert "".join(parts) == word
        assert len(parts) > 1
        assert min(map(len, parts)) >= 3


@settings(deadline=None)
@given(st.lists(WORDS, max_size=30), st.randoms())
def test_the_order_of_words_changes_nothing(words: list[str], random: st.DataObject) -> None:
    mixed = list(words)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert compounds(mixed) == compounds(words)


def test_a_part_is_told_apart_once_and_only_where_no_word_begins_so() -> None:
    text = '<h2 id="egenmelding">Egenmelding</h2>\n<p>En egenmelding. En avviksmelding. Et skjema, et meldeskjema.</p>'
    parts = {
        "egenmelding": ("egen", "melding"),
        "avviksmelding": ("avviks", "melding"),
        "meldeskjema": ("melde", "skjema"),
    }
    found = spelt(text, words_of(text), parts)
    assert found == text.replace("En avviksmelding", f"En avviks{JOINT}melding")
    assert spelt("En skjemaplan", {"skjemaplan"}, {"skjemaplan": ("skjema", "plan")}) == f"En skjema{JOINT}plan"


@settings(deadline=None)
@given(st.lists(WORDS | st.sampled_from(["Øvelse", "LÆRER", "İstanbul", "&amp;", "<p>", "</p>\n"]), max_size=30))
def test_without_its_joints_and_marks_a_text_is_what_it_was(pieces: list[str]) -> None:
    text = " ".join(pieces)
    words = words_of(text)
    found = spelt(text, words, compounds(words))
    for letter in "øØæÆ":
        found = found.replace(folded(letter), letter)
    assert found.replace(JOINT, "") == text


def test_what_search_reads_of_a_page() -> None:
    page = """<!doctype html><html><body><nav>Menu</nav><main><article class="md-content__inner">
      <div class="rutine-top"><nav>Area</nav><p>Edit</p><div>More</div></div>
      <h1 id="top">Leave<a class="headerlink" href="#top" title="Link">&para;</a></h1>
      <p class="rutine-summary">How <b>you</b> ask&nbsp;for it.<!-- not yet --></p>
      <div class="rutine-facts"><dl><div><dt>Owner</dt><dd>Head of HR</dd></div></dl></div>
      <h2 id='h&oslash;ring'>A &lt;b&gt; heading</h2>
      <ul><li>One</li><li>Two <code>x</code></li></ul><img alt="a > b" src="x.png"> end
      <table><tr><td>Cell</td><td></td></tr></table><button type="button">Print</button>
      <p class="note rutine-listed">Kept</p><p hidden>Hidden</p><p class="rutine-list">List</p>
    </article></main><footer>Foot</footer></body></html>"""
    assert readable(page) == (
        '<h1 id="top">Leave</h1>\n'
        "<p>How you ask&nbsp;for it.</p>\n"
        '<h2 id="h%C3%B8ring">A &lt;b&gt; heading</h2>\n'
        "<p>One</p>\n<p>Two x</p>\n<p>end</p>\n<p>Cell</p>\n<p>Kept</p>\n"
    )
    assert readable("<html><body>No article") == ""


@settings(deadline=None)
@given(st.text(alphabet=string.printable + "øÆ", max_size=300))
def test_whatever_an_article_holds_only_paragraphs_and_headings_come_out(content: str) -> None:
    found = readable(f"<article>{content}</article>")
    for line in found.splitlines():
        assert line.startswith(("<p>", "<h")) and line.endswith(("</p>", *(f"</h{n}>" for n in range(1, 7))))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("HR-012", ["nrhr012nr", "nrhr12nr"]),
        ("VVA-3", ["nrvva3nr"]),
        ("ØK-100.20", ["nrøk10020nr"]),
        ("A.0.07", ["nra007nr", "nra7nr"]),
        ("§", []),
        ("", []),
    ],
)
def test_a_number_is_one_word_however_it_is_written(number: str, words: list[str]) -> None:
    assert number_words(number) == words


def test_synonyms_are_those_of_words_in_any_form() -> None:
    groups = [("sykmelding", "egenmelding", "sick leave"), ("hund", "katt")]
    assert list(synonyms_of({"egenmeldinger", "og"}, groups)) == ["sykmelding", "sick leave"]
    assert list(synonyms_of({"sick", "leave"}, groups)) == ["sykmelding", "egenmelding"]
    assert list(synonyms_of({"sick"}, groups)) == []
    assert list(synonyms_of({"datamaskinene"}, [("PC", "datamaskin"), ("§", "x y")])) == ["PC"]


def test_a_record_says_what_it_is_told_and_nothing_of_it_is_html() -> None:
    search = Search("A-1", 'The "unit"', (), {"kind": ("<b>", "a, b:c")}, "withdrawn", "2026-03-01")
    assert record("nn", search, Told('"><script>', "", "key &amp; word", "", "<p>Text</p>\n")) == (
        '<!doctype html>\n<html lang="nn"><body data-pagefind-body>\n'
        '<i data-pagefind-meta="title[title]" title="&quot;&gt;&lt;script&gt;"></i>\n'
        '<i data-pagefind-meta="id[title]" title="A-1"></i>\n'
        '<i data-pagefind-meta="unit[title]" title="The &quot;unit&quot;"></i>\n'
        '<i data-pagefind-meta="number[title]" title="nra1nr"></i>\n'
        '<i data-pagefind-meta="called[title]" title=""></i>\n'
        '<i data-pagefind-meta="also[title]" title="key &amp;amp; word"></i>\n'
        '<i data-pagefind-meta="act[title]" title=""></i>\n'
        '<i data-pagefind-meta="same[title]" title=""></i>\n'
        '<i data-pagefind-filter="state[title]" title="withdrawn"></i>\n'
        '<i data-pagefind-filter="kind[title]" title="&lt;b&gt;"></i>\n'
        '<i data-pagefind-filter="kind[title]" title="a, b:c"></i>\n'
        "<p>Text</p>\n</body></html>\n"
    )


def test_what_search_knows_of_a_document() -> None:
    shelf = shelf_of(report_for_pages(SITE, read_settings(SITE), TODAY))
    found = {document.path: search_of(shelf, document) for document in shelf.documents}
    assert found["procedures/hr/leave.md"] == LEAVE


def test_the_same_pages_give_the_same_bytes(tmp_path: Path) -> None:
    book = shutil.copytree(SITE, tmp_path / "book")
    report = report_for_pages(book, read_settings(book), TODAY)
    staged = stage(book, replace(report, rules=(), settings_schema={}), book / "build" / "pages")
    found = []
    for name in ("one", "two"):
        site = tmp_path / name
        paths = sorted(staged.pages, reverse=name == "two")
        for path in paths:
            file = site / address(path, folders=True)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"<html><body><article><h1>{path}</h1><p>Leave for ferie.</p></article>")
        write_index(site, staged)
        folder = site / FOLDER
        found.append({p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()})
    assert found[0] == found[1]
    assert decompress(found[0]["near.bin"]).decode().split("\n")[:2] == ["ferie", "leave"]
    assert json.loads(found[0]["words.json"])["language"] == "en"
    programs = sorted(name for name in found[0] if name.endswith((".js", ".css", ".pagefind")))
    assert programs == ["pagefind-worker.js", "pagefind.js", "wasm.en.pagefind"]
