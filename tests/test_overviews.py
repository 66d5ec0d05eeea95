"""The overviews of the handbook: what they gather, what they leave out, and in which order."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from conftest import TESTS
from rutine.i18n import LANGUAGES, translate
from rutine.model import Report
from rutine.pages import pages_of
from rutine.pages._decisions import decisions, last_revision
from rutine.pages._shelf import shelf_of
from rutine.pages._writing import new_file, record_of, record_text
from rutine.pages.responsibilities import Share, letters_of
from rutine.read import parse_document
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings

TODAY = date(2026, 11, 21)
SITE = TESTS / "handbooks" / "site"
DECIDED = [  # from 1 November 2024 on
    ("2026-11-01", "HR-010", False),
    ("2026-10-10", None, False),
    ("2026-09-01", "ALL-001", False),
    ("2026-02-15", "SRV-001", False),
    ("2025-05-20", "HR-009", False),
]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return report_for_pages(SITE, read_settings(SITE), TODAY)


@pytest.mark.parametrize(
    ("language", "letters"), [("en", "RACI"), ("nb", "UARI"), ("nn", "UARI"), ("da", "UAHI"), ("sv", "UARI")]
)
def test_each_responsibility_has_a_letter_of_its_own(report: Report, language: str, letters: str) -> None:
    kind = report.handbook.settings.kinds["procedure"]
    field = kind.field(("roles", 0, "responsibility"))
    shares = [Share(value, field["x-labels"][value][language]) for value in field["enum"]]
    assert "".join(letters_of(shares).values()) == letters


def test_letters_of_responsibilities_never_collide() -> None:
    names = ["Do", "Decide", "Do it", "D", "D d", ""]
    assert list(letters_of([Share(name, name) for name in names]).values()) == ["O", "E", "I", "D", "D D", ""]


def test_who_answers_for_what(report: Report) -> None:
    """Leave: HR answers and clerks do the work. Hiring and recruiting: HR answers."""
    text = next(page.text for page in pages_of(report, ["responsibilities"]) if page.path.endswith("/hr.md"))
    shown = re.sub(r'<span class="rutine-raci[^>]*>\w</span>', "", text)
    rows = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", shown)]
    assert [[re.sub(r"<br>.*|<[^>]+>", "", cell) for cell in row] for row in rows] == [
        ["Document", "Head of HR", "Clerk *of* [all] `work`"],
        ["Leave of absence", "Accountable", "Responsible"],
        ["Recruiting", "Accountable", ""],
        ["Hiring", "Accountable", ""],
    ]


def test_a_document_that_nobody_answers_for_is_marked(report: Report) -> None:
    def marks(responsibility: str) -> int:
        content = (SITE / "procedures/hr/leave.md").read_bytes().replace(b"accountable", responsibility.encode())
        document = parse_document(report.handbook.settings, "procedures/hr/leave.md", content)
        (_, page) = pages_of(replace(report, documents=[document]), ["responsibilities"])
        return page.text.count("Nobody answers for it")

    assert (marks("accountable"), marks("informed")) == (0, 1)


def test_what_was_decided_lately(report: Report) -> None:
    def found(since: date, today: date) -> list[tuple[str, str | None, bool]]:
        rows = decisions(shelf_of(replace(report, today=today)), since)
        return [(row.day.isoformat(), row.document.value("id"), row.is_withdrawal) for row in rows]

    assert found(date(2024, 11, 1), TODAY) == DECIDED
    assert found(date(2024, 11, 1), date(2026, 10, 31)) == DECIDED[1:]
    assert found(date(2026, 11, 1), TODAY) == DECIDED[:1]
    assert found(date(2020, 1, 1), TODAY)[len(DECIDED) :] == [
        ("2024-02-29", "HR-001", False),
        ("2020-01-01", "HR-004", True),
    ]


def test_the_last_revision_is_the_newest_by_its_date(report: Report) -> None:
    revisions = (
        b"revisions:\n  - {version: '2.0', date: 2026-03-01, change: minor, summary: Second}\n"
        b"  - {version: '3.0', date: 2026-03-01, summary: Third}\n  - {version: '1.0', date: 2025-03-01, summary: First}\n---\n"
    )
    content = (SITE / "procedures/hr/hiring.md").read_bytes()
    start, end = content.index(b"revisions:"), content.index(b"\n# ")
    document = parse_document(
        report.handbook.settings, "procedures/hr/x.md", content[:start] + revisions + content[end:]
    )
    assert last_revision(document) == ("3.0", "Third", None)


def act_page_of(report: Report, identifier: str, place: str) -> str:
    """The page of an act that one document rests on."""
    content = (SITE / "procedures/hr/leave.md").read_text("utf-8")
    start, end = content.index("regulations:"), content.index("\nroles:") + 1
    written = f"regulations:\n  - {{ref: '{identifier}', at: ['{place}']}}\n"
    document = parse_document(
        report.handbook.settings, "procedures/hr/leave.md", (content[:start] + written + content[end:]).encode()
    )
    (_, page) = pages_of(replace(report, documents=[document], findings=()), ["regulations"])
    return re.sub(r"\s+", " ", page.text)


@pytest.mark.parametrize(
    ("identifier", "place", "told"),
    [
        ("ISO 9001:2015", "7.5", "<dt>Link</dt><dd>There is no free text to link to</dd>"),
        ("CIR nr 9000 af 01/01/2020", "§ 1", "<dt>Link</dt><dd>Guidance and circulars have no fixed address to link to</dd>"),
        ("arbeidsmiljøloven", "§ 1", "<dt>Link</dt><dd>Unknown: this is not written as the number of an act</dd>"),
        ("LOV-1999-01-01-99", "§ 1", "<dt>Note</dt><dd>The handbook does not know what this act is called."),
        ("LOV-2005-06-17-62", "§ 2 A-1", '<dt>§ 2 A-1</dt>'),
        ("LOV-2005-06-17-62", "§ 2 A-1", "What has no link here has no address of its own at the official site."),
        ("LOV-2005-06-17-62", "§ 9-1", '§ 9-1</span></a></dt>'),
    ],
)  # fmt: skip
def test_why_an_act_or_a_paragraph_has_no_link(report: Report, identifier: str, place: str, told: str) -> None:
    assert told in act_page_of(report, identifier, place)


def test_many_documents_have_a_page_for_each_letter(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    (whole,) = pages_of(report, ["alphabet"])
    monkeypatch.setattr("rutine.pages.alphabet.MANY", 3)
    index, *letters = pages_of(report, ["alphabet"])
    assert [page.path for page in letters] == [f"register/a-z/{found}.md" for found in "fghlortv"]
    entries = re.findall(r"<li>.*?</li>", whole.text.split("</nav>")[1])
    apart = [entry for page in letters for entry in re.findall(r"<li>.*?</li>", page.text.split("</nav>")[1])]
    assert [re.sub(r'href="[./]*', 'href="', entry) for entry in apart] == [
        re.sub(r'href="[./]*', 'href="', entry) for entry in entries
    ]
    assert '<a href="../../register/a-z/l/">L</a>' in index.text
    assert "<strong>L</strong>" in letters[3].text
    assert '<a href="../../../register/a-z/o/">O</a>' in letters[3].text


def test_of_many_reviews_a_year_is_listed(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those later than soon, HR-010 and HR-009 are due in May 2027, and one in October 2028."""
    monkeypatch.setattr("rutine.pages.reviews.MANY", 2)
    (page,) = pages_of(report, ["reviews"])
    months = re.findall(r"^## (\w+ \d{4})", page.text, re.MULTILINE)
    assert months == ["May 2027"]
    assert "1 more is due after 21 November 2027." in page.text


def test_of_many_documents_in_force_the_areas_are_listed(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rutine.pages.status.MANY", 4)
    (page,) = pages_of(report, ["status"])
    listed = page.text.split("{#rutine-in-force}")[1].split("## ")[0]
    assert re.sub(r"<[^>]+>", " ", listed).split() == [
        *("The", "whole", "organisation", "1", "Human", "resources", "2", "Service", "to", "citizens", "2")
    ]


def test_what_a_role_must_do_is_sorted_by_area(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rutine.pages.roles.FEW", 1)
    pages = {page.path: page for page in pages_of(report, ["roles"])}
    headings = re.findall(r"^#+ .*?(?= \{|$)", pages["register/roles/director.md"].text, re.MULTILINE)
    assert headings == [
        "# Director",
        "## What the role must do",
        "## Documents that the role owns",
        "### The whole organisation",
        "### Service to citizens",
        "## Documents that the role decides",
        "### The whole organisation",
        "### Human resources",
        "### Service to citizens",
    ]


def test_the_front_page_and_the_overview_count_the_same_for_a_role(report: Report) -> None:
    """The director decides or owns five documents, the head of HR has to do with three; a draft of their own counts too."""
    (front,) = (page.text for page in pages_of(report, ["front"]))
    pages = {page.path: page.text for page in pages_of(report, ["roles"])}
    entries = re.findall(r"roles/([\w-]+)/\">[^<]*</a> <small>(\d+)<", front)
    assert entries == [("director", "5"), ("clerk", "4"), ("head-of-hr", "3"), ("trainee", "1")]
    for role, count in entries:
        assert re.search(rf'roles/{role}/">.*\b{count} documents?<', pages["register/roles/index.md"])
        assert len(set(re.findall(r"<li><a href=\"([^\"]+)", pages[f"register/roles/{role}.md"]))) == int(count)


def test_a_role_s_page_tells_of_many_documents_that_there_are_more(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The director owns two documents and decides five."""
    monkeypatch.setattr("rutine.pages.roles.MANY", 2)
    pages = {page.path: page.text for page in pages_of(report, ["roles"])}
    owned, decided = pages["register/roles/director.md"].split("{#rutine-owns}")[1].split("{#rutine-decides}")
    assert (owned.count("<li>"), decided.count("<li>")) == (2, 2)
    assert " more: " not in owned
    assert '<p class="rutine-text">3 more: <a href="../../../search/">Search</a></p>' in decided


def test_roles_are_called_what_they_are_in_the_document_s_language(report: Report) -> None:
    path = "procedures/hr/leave.md"
    content = (SITE / path).read_bytes().replace(b"---\n", b"---\nlanguage: nb\n", 1)
    document = parse_document(report.handbook.settings, path, content)
    (page,) = pages_of(replace(report, documents=[document]), ["documents"])
    assert '<a href="../../register/roles/head-of-hr/"><span lang="nb">HR-leder</span></a>' in page.text
    assert '<a href="../../register/roles/trainee/">Trainee</a>' in page.text
    (index,) = (page for page in pages_of(report, ["roles"]) if page.path == "register/roles/index.md")
    assert "HR-leder" not in index.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_guides_are_whole_in_every_language(report: Report, language: str) -> None:
    settings = replace(report.handbook.settings, language=language, edit="https://forge.example/edit/main/")
    handbook = replace(report.handbook, settings=settings)
    pages = pages_of(replace(report, handbook=handbook), ["reading", "writing", "evidence"])
    assert [page.path for page in pages] == ["about/reading.md", "about/writing.md", "about/evidence.md"]
    for page in pages:
        assert "\ue000" not in page.text
        assert "\ue001" not in page.text
        assert "&#123;" not in re.sub(r"<code>.*?</code>", "", page.text)
        assert language == "en" or "{" not in re.sub(r"\{#rutine-[\w-]+\}", "", page.text)
    button = translate("Suggest a change", language)
    assert pages[0].text.count(button) == pages[1].text.count(button) == 1


@pytest.mark.parametrize(
    ("edit", "address"),
    [
        ("https://forge.example/o/r/edit/main/", "https://forge.example/o/r/new/main/records/reviews/HR-001"),
        ("https://forge.example/o/r/-/edit/main", "https://forge.example/o/r/-/new/main/records/reviews/HR-001"),
        ("https://forge.example/o/r/_edit/main/", "https://forge.example/o/r/_new/main/records/reviews/HR-001"),
        ("https://forge.example/o/r/change?file=", ""),
        (None, ""),
    ],
)
def test_where_the_record_of_a_review_is_made(report: Report, edit: str | None, address: str) -> None:
    settings = replace(report.handbook.settings, edit=edit)
    shelf = shelf_of(replace(report, handbook=replace(report.handbook, settings=settings)))
    assert new_file(shelf, "records/reviews/HR-001/2026-03-01.yml") == address


def test_the_record_of_a_review_is_there_to_copy() -> None:
    root = TESTS.parent
    shelf = shelf_of(report_for_pages(root, read_settings(root), TODAY))
    found = record_of(shelf)
    assert found is not None
    kind, path = found
    assert path == "records/reviews/ARK-001/2026-03-01.yml"
    written, offered = record_text(shelf, kind).split("#\n")
    assert [line.split("#")[0].strip() for line in written.splitlines()] == [
        *("document: ARK-001", "date: 2026-03-01", "by: arkivleder", "outcome:")
    ]
    assert "# looked-at: []" in offered


def test_of_many_decisions_the_last_months_are_listed(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rutine.pages.changes.MANY", 2)
    (page,) = pages_of(report, ["changes"])
    assert re.findall(r"^## (\w+ \d{4})", page.text, re.MULTILINE) == ["November 2026", "October 2026"]
    assert "What has been decided and withdrawn since October 2026, newest first." in page.text
