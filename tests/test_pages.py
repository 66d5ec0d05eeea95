"""The pages of the published handbook: known by heart for a small one, and harmless whatever is written in it."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, normpath
from typing import Any
from urllib.parse import unquote

import markdown
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from conftest import TESTS
from rutine import formats
from rutine.blocks import NO_BLOCKS, put_blocks, take_blocks
from rutine.make_pages import make_pages
from rutine.model import CommandText, Page, Report, RuleText
from rutine.pages._text import h, md
from rutine.publication import publication
from rutine.read import parse_document
from rutine.report_for_pages import report_for_pages
from rutine.settings import SHIPPED as SCHEMAS
from rutine.settings import read_settings
from rutine.site_paths import address
from rutine.stage import stage
from rutine.survey import examine

TODAY = date(2026, 11, 21)
SITE = TESTS / "handbooks" / "site"
EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc",
    "pymdownx.details", "pymdownx.superfences", "pymdownx.tasklist",
]  # fmt: skip
RULES = (
    RuleText("made-up", "error", ["What `it` finds: <tags>.", "Why that matters.", "What to do."]),
    RuleText("of-no-use", "warning", ["Something else."]),
)
SCHEMA: dict[str, Any] = {
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "description": "The name of the `handbook`."},
        "soon": {"$ref": "#/definitions/length", "default": "60 days", "description": "How soon."},
        "units": {"$ref": "#/definitions/units", "description": "The units."},
    },
    "definitions": {
        "length": {"enum": ["60 days", "1 year"]},
        "units": {
            "additionalProperties": {
                "required": ["title"],
                "properties": {"title": {"description": "Its title."}, "units": {"$ref": "#/definitions/units"}},
            }
        },
    },
}
DATA: dict[str, Any] = {
    "description": "What may be relied on.",
    "properties": {
        "version": {"const": 1, "description": "The version."},
        "state": {"enum": ["a", "b"], "description": "The <state>."},
        "units": {
            "type": "array",
            "description": "The units.",
            "items": {"properties": {"parent": {"type": ["string", "null"], "description": "The `unit` above."}}},
        },
        "documents": {"type": "array", "description": "All.", "items": {"$ref": "#/definitions/document"}},
    },
    "definitions": {"document": {"properties": {"days": {"type": "integer", "description": "Days."}}}},
}
COMMANDS = (
    CommandText("rutine check [PATHS]...", "Check <all>.\n\nWithout PATHS everything.", [("--on DATE", "The `day`.")]),
)
# The pages that tell of the kinds that rutine ships change with these.
SHIPPED = {f"reference/kinds/{path.stem}.md" for path in SCHEMAS.glob("[!_]*.json")} - {"reference/kinds/review.md"}
SHIPPED |= {"reference/kinds/index.md"}
# The addresses that a number alone makes.
NAMED = {"ALL-001", "HR-001", "HR-004", "HR-009", "HR-010", "SRV-001", "SRV-002"}
ASSETS = (
    "colours.js",
    "favicon.svg",
    "fonts/hyperlegible-latin-ext.woff2",
    "fonts/hyperlegible-latin.woff2",
    "handbook.css",
    "handbook.js",
    "search.js",
    "search_engine.js",
    "search_filters.js",
    "search_near.js",
    "search_page.js",
    "search_panel.js",
    "search_ranking.js",
    "search_results.js",
)

Golden = Callable[[str, str], None]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        found = report_for_pages(SITE, read_settings(SITE), TODAY, lambda: COMMANDS)
    assert found.number_of("error") == 0
    return replace(found, rules=RULES, settings_schema=SCHEMA, data_schema=DATA)


def test_every_page_of_a_small_handbook(report: Report, tmp_path: Path, golden: Golden) -> None:
    shutil.copytree(SITE, tmp_path, dirs_exist_ok=True)
    staged = stage(tmp_path, report, tmp_path / "build" / "pages")
    for path in sorted(staged.pages.keys() - SHIPPED):
        (TESTS / "golden" / "pages" / path).parent.mkdir(parents=True, exist_ok=True)
        golden(f"pages/{path}", (staged.folder / path).read_text("utf-8"))
    listed = json.loads((tmp_path / "build" / "pages.json").read_text("utf-8"))
    assert listed == {
        "pages": staged.pages,
        "files": [*(f"assets/rutine/{name}" for name in ASSETS), "hr/drawing.svg", "hr/form.pdf", "hr/plan.png"],
    }


def test_no_golden_page_is_left_over(report: Report) -> None:
    kept = {
        path.relative_to(TESTS / "golden" / "pages").as_posix() for path in (TESTS / "golden" / "pages").rglob("*.md")
    }
    assert kept == {page.path for page in make_pages(report)} - SHIPPED


def test_the_menu_leads_to_index_pages_and_never_to_documents(report: Report) -> None:
    menu = [(page.menu, page.path) for page in make_pages(report) if page.menu is not None]
    assert menu == [
        ("", "index.md"),
        ("Areas", "hr/index.md"),
        ("Areas", "service/index.md"),
        ("Overviews", "register/a-z/index.md"),
        ("Overviews", "register/roles/index.md"),
        ("Overviews", "register/responsibilities/index.md"),
        ("Overviews", "register/units/index.md"),
        ("Overviews", "register/regulations/index.md"),
        ("Overviews", "register/changes.md"),
        ("Overviews", "register/reviews.md"),
        ("Overviews", "register/wheel.md"),
        ("Overviews", "register/forecast.md"),
        ("Overviews", "register/owners.md"),
        ("Overviews", "register/status.md"),
        ("About the handbook", "about/reading.md"),
        ("About the handbook", "about/writing.md"),
        ("About the handbook", "about/evidence.md"),
        ("About the handbook", "about/subscribing.md"),
        ("Reference", "reference/rules.md"),
        ("Reference", "reference/kinds/index.md"),
        ("Reference", "reference/names.md"),
        ("Reference", "reference/settings.md"),
        ("Reference", "reference/data.md"),
        ("Reference", "reference/commands.md"),
    ]


def test_every_link_of_every_page_leads_to_a_page(report: Report) -> None:
    pages = {page.path: page for page in make_pages(report)}
    anchors = {path: set(re.findall(r'\bid="([^"]+)"', rendered(page))) for path, page in pages.items()}
    by_file = {address(path, folders=True): path for path in pages}
    files = {"hr/plan.png", "hr/form.pdf", "hr/drawing.svg"}
    published = publication(report, dict.fromkeys(pages), frozenset(), None)
    data = {file for name in formats.names("publication") for file in formats.find(name, "publication")(published)}
    for path, page in pages.items():
        for link in re.findall(r'(?:href|src)="([^"]*)"', rendered(page)):
            if "://" in link or link.startswith(("mailto:", "tel:")) or link.strip("./") in NAMED:
                continue
            target, _, anchor = link.replace("&amp;", "&").partition("#")
            if target.endswith(".md") or target in ("plan.png", "form.pdf", "drawing.svg"):  # MkDocs turns these
                found = normpath(f"{dirname(path) or '.'}/{unquote(target)}")
                assert found in pages or found in files, (path, link)
                continue
            here = dirname(address(path, folders=True))
            file = (
                normpath(f"{here or '.'}/{unquote(target)}{'index.html' if target.endswith('/') else ''}")
                if target
                else ""
            )
            if file in data:
                continue
            there = by_file[file] if target else path
            assert not anchor or anchor in anchors[there], (path, link)


def test_pages_of_a_handbook_with_almost_nothing(tmp_path: Path) -> None:
    (tmp_path / "handbook.yml").write_text("name: Empty\nlanguage: en\n")
    (tmp_path / "procedures").mkdir()
    found = report_for_pages(tmp_path, read_settings(tmp_path), TODAY)
    paths = [page.path for page in make_pages(replace(found, rules=(), settings_schema={}, data_schema={}))]
    kinds = {f"reference/kinds/{path.stem}.md" for path in SCHEMAS.glob("[!_]*.json")}
    assert paths[:3] == ["index.md", "about/writing.md", "reference/kinds/index.md"]
    assert set(paths[3:]) == kinds


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Hello.", ["Areas"]),
        ("Hello.\n\n## Urgent\n\n### Fire\n\nOut!", ["Urgent", "Fire", "Areas"]),
        ("Hello.\n\n## Urgent\n\n### Fire\n\nOut!\n\n## New here?\n\nRead.", ["Urgent", "Fire", "Areas", "New here?"]),
        ("Hello.\n\n### Urgent\n\nOut!\n\n## New here?\n\nRead.", ["Urgent", "Areas", "New here?"]),
    ],
)
def test_the_first_section_of_the_front_page_stands_above_the_areas(
    report: Report, text: str, headings: list[str]
) -> None:
    index = parse_document(report.handbook.settings, "procedures/index.md", f"# Welcome\n\n{text}\n".encode())
    documents = [index if d.path == index.path else d for d in report.documents]
    front = make_pages(replace(report, documents=documents))[0].text
    found = re.findall(r"^#{2,6} (.*?)(?: \{.*)?$|<h2[^>]*>(.*?)</h2>", front, re.MULTILINE)
    assert [markdown or html for markdown, html in found][: len(headings)] == headings


def test_what_depends_on_the_day(report: Report) -> None:
    def texts(day: date) -> dict[str, str]:
        return {page.path: page.text for page in make_pages(replace(report, today=day, findings=()))}

    before, after = texts(date(2026, 12, 31)), texts(date(2027, 1, 1))
    assert "applies from 1 January 2027" in before["hr/hiring.md"]
    assert "banner" not in after["hr/hiring.md"]
    changed = {path for path in before if before[path] != after[path]}
    assert changed == {
        "index.md", "hr/hiring.md", "hr/index.md", "about/evidence.md", "register/a-z/index.md", "register/changes.md", "register/reviews.md",
        "register/wheel.md", "register/forecast.md", "register/roles/director.md", "register/roles/head-of-hr.md", "register/status.md", "register/units/smallby.md", "register/units/hr.md", "register/units/service.md",
        "register/units/desk.md", "hr/leave.md", "register/regulations/lov-2005-06-17-62.md",
    }  # fmt: skip


def test_a_document_with_an_error_is_told_of_and_not_shown(report: Report, tmp_path: Path) -> None:
    settings_ = report.handbook.settings
    content = (SITE / "procedures/hr/leave.md").read_bytes().replace(b"status: in-force", b"status: in-farce")
    broken = parse_document(settings_, "procedures/hr/leave.md", content)
    findings = examine(broken, settings_).findings
    documents = [broken if d.path == broken.path else d for d in report.documents]
    pages = {p.path: p for p in make_pages(replace(report, documents=documents, findings=findings))}
    assert "in-farce" in pages["hr/leave.md"].text
    assert "Everybody gets the leave" not in pages["hr/leave.md"].text
    assert "Leave of absence" not in pages["hr/index.md"].text


def test_what_is_to_be_ticked_off_is_text(report: Report) -> None:
    content = (SITE / "procedures/hr/leave.md").read_text("utf-8")
    tasks = "\n- [ ] Ask\n- [x] Answer\n    1. [X] In writing\n\nWrite `- [ ]`, or [ ] alone.\n\n```\n- [ ] code\n```\n"
    document = parse_document(report.handbook.settings, "procedures/hr/leave.md", (content + tasks).encode())
    text = next(p.text for p in make_pages(replace(report, documents=[document])) if p.path == "hr/leave.md")
    done = '<span class="rutine-box" role="img" aria-label="done">☑</span>'
    for line in (
        '- <span class="rutine-box" aria-hidden="true">☐</span> Ask',
        f"- {done} Answer",
        f"    1. {done} In writing",
        "Write `- [ ]`, or [ ] alone.",
        "- [ ] code",
    ):
        assert f"\n{line}\n" in text


PAYLOADS = [
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)",
    "[click](javascript:alert(1))", "![x](https://evil.example/x.png)", "<https://evil.example>", "{: onclick=alert(1) }",
    "{{ config }}", "--8<-- \"handbook.yml\"", "a | b\n| --- |\n", "# heading", "1. list", "- list", "> quote", "```", "~~~",
    "    code", "[^1]: note", "*[HTML]: x", ":   definition", "!!! note", "??? note", "***", "&lt;b&gt;", "&#60;", "\\`x\\`",
    "`a` **b** __c__ ~~d~~ ==e== ++f++ ^g^", "www.evil.example", "a@evil.example", "</div>", "-->", "<!--", "\u202egnp.exe", "a\u0000b", "\x02wzxhzdk:0\x03",
]  # fmt: skip


class Shown(HTMLParser):
    """What a page shows: its text, and its elements and attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.tags = "", set[tuple[str, str]]()
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags |= {(tag, name) for name, _ in attrs} or {(tag, "")}
        for name, value in attrs:
            assert name not in ("href", "src") or not (value or "").startswith(("javascript", "data"))


def rendered(page: Page) -> str:
    text, blocks = take_blocks(page.text)
    return put_blocks(markdown.markdown(text, extensions=EXTENSIONS), blocks)


def plainly(text: str) -> str:
    """The text as it may be shown: on one line, without what controls."""
    kept = "".join(char for char in " ".join(text.split()) if char.isprintable() or char == " ")
    return re.sub(r"[\u202a-\u202e\u2066-\u2069\x00-\x1f\x7f-\x9f]", "", kept)


def page_saying(report: Report, text: str) -> list[Page]:
    """A document that says this wherever an author can, and its area's page; none if its metadata cannot be read."""
    quoted = json.dumps(text, ensure_ascii=False)
    content = (SITE / "procedures/hr/leave.md").read_text("utf-8").split("---\n", 2)[1]
    for old in (
        "Leave of absence",
        "How you ask for leave, and who decides.",
        "2024/17",
        "leave, time off",
        "Asks",
        "First version",
    ):
        content = content.replace(f'"{old}"', quoted).replace(old, quoted, 1)
    content = content.replace("owner: head-of-hr", f"owner: {quoted}").replace("internal", quoted)
    path = "procedures/hr/it's <b>#1</b> & 50%.md"
    document = parse_document(report.handbook.settings, path, f"---\n{content}---\n\n## Purpose\n\nText.\n".encode())
    if document.faults:
        return []
    assert document.value("title") in (text.strip(), None)
    pages = make_pages(replace(report, documents=[document], findings=()))
    return [page for page in pages if page.source == path or page.path == "hr/index.md"]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_what_an_author_writes_stays_text(report: Report, text: str) -> None:
    check_harmless(report, text)


@pytest.mark.parametrize("text", PAYLOADS)
def test_payloads_stay_text(report: Report, text: str) -> None:
    check_harmless(report, text)


def check_harmless(report: Report, text: str) -> None:
    usual = {(t, a) for page in page_saying(report, "plain") for t, a in Shown(rendered(page)).tags}
    for page in page_saying(report, text):
        shown = Shown(rendered(page))
        assert shown.tags <= usual
        assert " ".join(plainly(text).split()) in " ".join(plainly(shown.text).split())


@settings(deadline=None)
@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=40)
)  # YAML holds no control characters
@example("- [ ] x")
@example("+")
@example("3) x")
def test_escaped_text_is_one_paragraph_of_text(text: str) -> None:
    assume(md(text))
    contents = {
        f"{md(text)}\n": "",
        f"# {md(text)} {{#a}}\n": "",
        f"<p>{h(text)}</p>\n": "",
        f"before\n\n{md(text)}\n": "before ",
    }
    for content, before in contents.items():
        shown = Shown(markdown.markdown(content, extensions=EXTENSIONS))
        assert shown.tags <= {("p", ""), ("h1", "id")}
        assert plainly(shown.text).split() == plainly(before + text).split()


def test_names_of_registers_never_leave_their_folder(tmp_path: Path) -> None:
    (tmp_path / "handbook.yml").write_text(
        "name: N\nlanguage: en\nroles:\n  '../../../etc/x': {title: X}\nunits:\n  '/etc/..': {title: Y}\n"
    )
    (tmp_path / "procedures").mkdir()
    pages = make_pages(report_for_pages(tmp_path, read_settings(tmp_path), TODAY))
    assert "register/roles/etc-x.md" in {page.path for page in pages}
    assert "register/units/etc.md" in {page.path for page in pages}


def test_blocks_of_html_are_taken_out_and_put_back() -> None:
    text = '# A\n\n<p class="rutine-x">1</p>\n\n<div class="rutine-y">\n<b>3</b>\n</div>\n'
    without, blocks = take_blocks(text)
    first, second = blocks
    assert without == f"# A\n\n{first}\n\n{second}\n"
    assert list(blocks.values()) == ['<p class="rutine-x">1</p>', '<div class="rutine-y">\n<b>3</b>\n</div>']
    assert put_blocks(without, blocks) == text
    assert put_blocks("<!--rutine:7-->", blocks) == "<!--rutine:7-->"
    assert take_blocks(f"{NO_BLOCKS}\n\n{text}") == (f"{NO_BLOCKS}\n\n{text}", {})
