"""What was in force on a day, what differs between versions, and the pages of both, in real Git repositories."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from browsing import built
from conftest import Run
from repositories import V1, V2, V3, Book, document
from rutine.as_of import read_editions
from rutine.editions import State, coming, editions, in_force
from rutine.model import Edition, Snapshot
from rutine.redline import compare, redline
from rutine.settings import read_settings
from rutine.survey import survey

MKDOCS = "site_name: x\ntheme: {name: material}\nplugins: [rutine]\n"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Two versions, the second renamed; a third decided that comes into force in 2027; a document that was removed."""
    book = Book(tmp_path / "book")
    (book.root / "mkdocs.yml").write_text(MKDOCS)
    (book.root / ".gitignore").write_text("build/\nsite/\n")
    book.write("index.md", "# Handbook\n\nWelcome.\n")
    book.write("old.md", document("Old ways.", V1, identifier="HR-009", title="Old ways"))
    book.write("leave.md", document("Ask a week before. See [the old ways](old.md).", V1))
    book.commit("2024-03-01")
    book.git("mv", "procedures/leave.md", "procedures/absence.md")
    book.write("absence.md", document("Ask two weeks before. See [the old ways](old.md).", V1, V2))
    book.commit("2025-03-10")
    (book.root / "procedures/old.md").unlink()
    book.write("absence.md", document("Ask two weeks before.", V1, V2, ("2.1", "2025-06-02", "The old ways are gone")))
    book.commit("2025-06-02")
    text = document(
        "Ask three weeks before.", V1, V2, ("2.1", "2025-06-02", "The old ways are gone"), V3, effective="2027-01-01"
    )
    book.write("absence.md", text)
    book.commit("2026-10-06")
    return book


def found(book: Book) -> list[tuple[str, str, str, str]]:
    """The versions of HR-001, newest first: number, from, until, path."""
    known = read_editions(book.root, survey(book.root, read_settings(book.root)))
    return [(one.name, one.start, one.end, one.path) for one in known.present["procedures/absence.md"]]


def test_versions_are_in_force_by_their_own_days(book: Book) -> None:
    """Version 2.0 was decided on 3 March and merged a week later; 3.0 is decided and in force from 2027."""
    assert found(book) == [
        ("3.0", "2027-01-01", "", "procedures/absence.md"),
        ("2.1", "2025-06-02", "2027-01-01", "procedures/absence.md"),
        ("2.0", "2025-03-03", "2025-06-02", "procedures/absence.md"),
        ("1.0", "2024-03-01", "2025-03-03", "procedures/leave.md"),
    ]


@pytest.mark.parametrize(
    ("day", "version"),
    [
        ("2024-03-01", "1.0"),
        ("2025-03-02", "1.0"),
        ("2025-03-03", "2.0"),
        ("2025-06-02", "2.1"),
        ("2026-12-31", "2.1"),
        ("2027-01-01", "3.0"),
    ],
)
def test_show_tells_what_was_in_force(book: Book, rutine: Run, day: str, version: str) -> None:
    shown = rutine("show", "HR-001", "--on", day, "-C", str(book.root)).stdout.decode()
    assert re.findall(r"(?:revisions|Revisions): +.*|^ {8,}(\d\.\d)  ", shown, re.MULTILINE)[-1:] == (
        [version] if version != "1.0" else [""]
    )


def test_list_tells_what_there_was(book: Book, rutine: Run) -> None:
    def ids(*arguments: str) -> list[str]:
        done = rutine("list", "--format", "csv", *arguments, "-C", str(book.root))
        return re.findall(r"HR-\d+", done.stdout.decode())

    assert ids() == ["HR-001"]
    assert sorted(ids("--on", "2025-05-01")) == ["HR-001", "HR-009"]
    assert ids("--on", "2025-06-02") == ["HR-001"]
    assert ids("--on", "2024-02-29") == []


def test_check_judges_what_was_in_force(book: Book, rutine: Run) -> None:
    """The old text links to a document that was there then, under the name that the file has now."""
    done = rutine("check", "--on", "2025-05-01", "-C", str(book.root))
    assert (done.returncode, "broken-link" in done.stdout.decode()) == (0, False)


def test_diff_for_a_terminal(book: Book, rutine: Run) -> None:
    done = rutine("diff", "HR-001", "1.0", "2.0", "-C", str(book.root))
    assert done.stdout.decode().splitlines() == [
        "HR-001: from version 1.0 (2024-03-01) to version 2.0 (2025-03-03)",
        "… 4 paragraphs are the same …",
        "Ask [-a week-]{+two weeks+} before. See the old ways.",
    ]
    assert rutine("diff", "HR-001", "2024-12-24", "2025-03-03", "-C", str(book.root)).stdout == done.stdout
    newest = rutine("diff", "HR-001", "-C", str(book.root)).stdout.decode().splitlines()
    assert newest[0] == "HR-001: from version 2.1 (2025-06-02) to version 3.0 (2027-01-01)"
    assert newest[1] == "{+In force from: 2027-01-01+}"
    assert newest[-1] == "Ask [-two-]{+three+} weeks before."


def test_diff_as_a_page(book: Book, rutine: Run) -> None:
    page = rutine("diff", "HR-001", "1.0", "2.0", "--format", "html", "-C", str(book.root)).stdout.decode()
    assert (
        '<del><span class="told">removed: </span>a week</del><ins><span class="told">added: </span>two weeks</ins>'
        in page
    )
    assert "<script" not in page


def test_diff_of_what_there_is_not(book: Book, rutine: Run) -> None:
    done = rutine("diff", "HR-001", "7.0", "-C", str(book.root))
    assert done.returncode == 2
    assert "There is no version 7.0. Choose among: 1.0, 2.0, 2.1, 3.0." in done.stderr.decode().replace("\n", " ")


@pytest.fixture
def site(book: Book, tmp_path: Path) -> Path:
    (tmp_path / "installed").mkdir()
    return built(book.root, tmp_path / "installed", "--on", "2026-11-21")


def text_of(page: Path) -> str:
    article = page.read_text("utf-8").partition("<article")[2].partition("</article>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", article).split())


def test_the_site_shows_what_is_in_force_and_announces_what_comes(site: Path) -> None:
    page = text_of(site / "absence/index.html")
    assert "Ask two weeks before." in page
    assert "It will change. From 1 January 2027 version 3.0 applies." in page
    assert "three weeks" not in page


def test_every_version_has_a_page_with_its_text_and_what_it_changed(site: Path) -> None:
    first, second, third = (text_of(site / f"HR-001/{version}/index.html") for version in ("1.0", "2.0", "3.0"))
    assert "Version 1.0 no longer applies. What applies now: Leave ." in first
    assert "from 1 March 2024 until 2 March 2025" in first
    assert "Ask a week before. See the old ways." in first
    assert "What changed since version 1.0" in second
    assert "Ask removed: a week added: two weeks before." in second
    assert "Version 3.0 is not in force yet. It is decided and applies from 1 January 2027." in third
    assert "HR-001/2.0" in (site / "absence/index.html").read_text("utf-8")


def test_a_version_that_is_the_only_one_has_an_address_too(book: Book, tmp_path: Path) -> None:
    book.write("new.md", document("New.", V3, identifier="HR-020", title="New"))
    book.commit("2026-10-06")
    (tmp_path / "installed").mkdir()
    site = built(book.root, tmp_path / "installed", "--on", "2026-11-21")
    assert 'content="0; url=../../new/"' in (site / "HR-020/3.0/index.html").read_text("utf-8")


def test_two_days_differ_by_what_was_decided_between_them(book: Book, tmp_path: Path) -> None:
    (tmp_path / "installed").mkdir()
    pages = {}
    for day in ("2025-04-01", "2025-06-02"):
        site = built(book.root, tmp_path / "installed", "--on", day)
        pages[day] = {
            path.relative_to(site).as_posix(): text_of(path)
            for path in site.rglob("*.html")
            if "<article" in path.read_text("utf-8")
        }
    before, after = pages.values()
    assert "Ask two weeks before. See the old ways ." in before["absence/index.html"]
    assert "Ask two weeks before." in after["absence/index.html"]
    assert {path for path in before.keys() - after.keys() if path.split("/")[0] in ("old", "absence")} == {
        "old/index.html"
    }
    assert "HR-001/2.1/index.html" in after.keys() - before.keys()


def test_a_clone_without_history_says_that_it_cannot_tell(book: Book, tmp_path: Path, rutine: Run) -> None:
    book.git("clone", "-q", "--depth=1", f"file://{book.top}", str(tmp_path / "shallow"))
    done = rutine("show", "HR-001", "--on", "2025-04-01", "-C", str(tmp_path / "shallow"))
    assert done.stderr.decode() == (
        "What was in force on 2025-04-01 cannot be told; everything is as it stands now. "
        "Git's history is not whole here. In CI, fetch all of it (fetch-depth: 0, GIT_DEPTH: 0).\n"
    )


# Laws


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31)).map(date.isoformat)


@st.composite
def lives(draw: st.DrawFn) -> list[State]:
    """The states of a file, newest first, with versions that follow one another."""
    count = draw(st.integers(1, 6))
    days = sorted(draw(st.lists(DAYS, min_size=count, max_size=count, unique=True)), reverse=True)
    versions = sorted(draw(st.lists(st.integers(1, 4), min_size=count, max_size=count)), reverse=True)
    first = {
        version: min(day for day, one in zip(days, versions, strict=True) if one == version) for version in versions
    }
    texts = draw(st.lists(st.sampled_from("ab"), min_size=count, max_size=count))
    return [
        State(
            "p",
            f"{index}",
            f"c{index}",
            day,
            Snapshot("A-1", "in-force", str(version), first[version], "", "", "", "", "", "", "", text),
        )
        for index, (day, version, text) in enumerate(zip(days, versions, texts, strict=True))
    ]


@given(lives(), DAYS)
def test_on_each_day_one_version_is_in_force_or_none_yet(states: list[State], day: str) -> None:
    versions = editions(states)
    assert len({one.name for one in versions}) == len(versions)
    now = in_force(versions, date.fromisoformat(day))
    if now is None:
        assert day < min(one.start for one in versions)
    else:
        assert now.start <= day and (not now.end or day < now.end)
    assert all(one.start > day for one in coming(versions, date.fromisoformat(day)))


@given(lives())
def test_versions_follow_one_another_without_a_gap(states: list[State]) -> None:
    versions = editions(states)
    newer: Edition | None = None
    for one in versions:
        assert one.end == (newer.start if newer else "")
        newer = one


TEXTS = st.lists(st.text("abc .\n", max_size=12), max_size=8).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_a_redline_holds_both_texts(before: str, after: str) -> None:
    passages = redline(before, after)
    old = " ".join("".join(p.text for p in one.pieces if p.kind != "new") for one in passages).split()
    new = " ".join("".join(p.text for p in one.pieces if p.kind != "gone") for one in passages).split()
    assert (old, new) == (before.split(), after.split())


@given(TEXTS)
def test_nothing_differs_from_itself(text: str) -> None:
    assert all(one.kind == "same" for one in redline(text, text))


def test_a_very_long_text_is_told_as_a_whole() -> None:
    passages = compare([f"old {n}" for n in range(5000)], ["new"])
    assert len(passages) == 5001
