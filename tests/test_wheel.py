"""The annual wheel and the review work ahead, as pages: the picture and the tables say the same."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from math import atan2, degrees, hypot
from xml.etree import ElementTree

import pytest

from conftest import TESTS
from rutine.i18n import LANGUAGES
from rutine.model import Report
from rutine.pages import pages_of
from rutine.pages._shelf import shelf_of
from rutine.pages._wheel import Sector, wheel
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.vector import is_clean_drawing

TODAY = date(2026, 11, 21)
SMALL, SITE = TESTS / "handbooks" / "small", TESTS / "handbooks" / "site"
SVG = "{http://www.w3.org/2000/svg}"


def report_on(today: date) -> Report:
    """The small handbook, with the errors in it forgiven."""
    return replace(report_for_pages(SMALL, read_settings(SMALL), today), findings=())


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        return report_on(TODAY)


def text_of(report: Report, name: str) -> str:
    (page,) = pages_of(report, [name])
    return page.text


def plain(text: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def rows_of(text: str) -> list[list[str]]:
    rows = (
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row) for row in re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.DOTALL)
    )
    return [[plain(cell) for cell in row] for row in rows]


def drawing(text: str) -> ElementTree.Element:
    found = re.search(r"<svg .*?</svg>", text, re.DOTALL)
    assert found
    assert is_clean_drawing(found[0].encode())
    return ElementTree.fromstring(found[0])  # noqa: S314  # our own


def of_class(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [one for one in root.iter() if one.get("class") == f"rutine-wheel-{name}"]


def test_the_picture_and_the_table_say_the_same(report: Report) -> None:
    """By tests/golden/deadlines-csv.csv: snow is cleared for review each quarter, salt each half-year."""
    text = text_of(report, "wheel")
    picture, (head, *rows) = drawing(text), rows_of(text)
    assert head == ["Month", "What is due"]
    numbers = [int(one.text or "") for one in of_class(picture, "number")]
    assert numbers == [5, 0, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0]
    assert [int(re.findall(r"(\d+) reviews?", row[0])[0]) for row in rows] == numbers
    assert [one.text for one in of_class(picture, "total")] == [str(sum(numbers))]
    assert [row[0].split(" ")[0] for row in rows] == [
        "November", "December", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    ]  # fmt: skip
    label = picture.get("aria-label") or ""
    assert picture.get("role") == "img"
    assert [int(number) for number in re.findall(r"\d{4}: (\d+)", label)] == numbers


def test_every_review_of_a_year_stands_in_its_month(report: Report) -> None:
    found = {row[0].split(" ")[0]: row[1] for row in rows_of(text_of(report, "wheel"))[1:]}
    assert found["November"] == (
        "Inspection of bridges Overdue TEC-011 · due 28 February 2026 · Road engineer"
        " Hiring Overdue HR-002 · due 20 November 2026 · Head of HR"
        " Leave of absence HR-001 · due 21 November 2026 · Head of HR"
        " Mixing salt due 22 November 2026"
        " Clearing of snow TEC-010 · due 30 November 2026 · Road engineer"
    )
    assert found["February"] == "Clearing of snow TEC-010 · due 28 February 2027 · Road engineer"
    assert found["May"] == ("Mixing salt due 22 May 2027 Clearing of snow TEC-010 · due 30 May 2027 · Road engineer")
    assert found["August"] == "Clearing of snow TEC-010 · due 30 August 2027 · Road engineer"
    assert {month for month in found if found[month] == "–"} == {
        "December", "January", "March", "April", "June", "July", "September", "October",
    }  # fmt: skip


def test_the_year_begins_with_the_month_of_today(report: Report) -> None:
    december = text_of(report_on(date(2026, 12, 31)), "wheel")
    assert rows_of(december)[1][0].startswith("December 2026")
    assert rows_of(december)[12][0].startswith("November 2027")
    near_the_end = replace(report, today=date(9999, 6, 1))
    assert "<svg" not in text_of(near_the_end, "wheel")  # there are no twelve months left


def test_what_comes_into_force_or_is_withdrawn_has_a_sign_and_a_line() -> None:
    report = report_for_pages(SITE, read_settings(SITE), TODAY)
    upcoming = [one for one in shelf_of(report).documents if shelf_of(report).state(one) == "upcoming"]
    assert len(upcoming) == 1
    text = text_of(report, "wheel")
    assert len(of_class(drawing(text), "change")) == 1
    assert len(re.findall(r"in force from", text)) == 1


def test_bars_are_as_long_as_there_are_reviews_and_stay_within_the_picture(report: Report) -> None:
    counts = [3, 0, 1, 6, 0, 0, 2, 0, 0, 0, 0, 5]
    sectors = [Sector(date(2026, 1 + index, 1), count, min(count, index % 2), 0) for index, count in enumerate(counts)]
    picture = drawing(wheel(shelf_of(report), sectors))
    bars = dict.fromkeys(range(12), 0.0)
    for one in (*of_class(picture, "bar"), *of_class(picture, "overdue")):
        numbers = [float(number) for number in re.findall(r"-?\d+(?:\.\d+)?", one.get("d") or "")]
        assert all(0 <= number <= 440 for number in numbers)
        x, y = numbers[0] - 220, numbers[1] - 212
        middle = (numbers[0] + numbers[7]) / 2 - 220, (numbers[1] + numbers[8]) / 2 - 212
        index = round(_clockwise(*middle) / 30) % 12
        bars[index] = max(bars[index], hypot(x, y) - 74)
    assert [round(bars[index] * 6 / 82, 1) for index in range(12)] == counts
    assert len(of_class(picture, "overdue")) == 2  # April and December have one each


def _clockwise(x: float, y: float) -> float:
    return degrees(atan2(x, -y)) % 360


def test_no_reviews_no_wheel(report: Report) -> None:
    bare = replace(report, documents=[])
    assert pages_of(bare, ["wheel"]) == pages_of(bare, ["forecast"]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(report: Report, language: str) -> None:
    settings = replace(report.handbook.settings, language=language)
    told = replace(report, handbook=replace(report.handbook, settings=settings))
    for name in ("wheel", "forecast"):
        text = text_of(told, name)
        assert "{" not in text.replace("{#rutine-", "")
        assert ("Overdue" in text) == (language == "en")


def test_the_work_ahead_by_owner_and_unit(report: Report) -> None:
    """The numbers are those of tests/test_forecast.py."""
    rows = rows_of(text_of(report, "forecast"))
    assert rows[:6] == [
        ["Owner", "Overdue", "Within so many months"],
        ["3", "6", "12", "24"],
        ["Head of HR", "1", "2", "2", "4", "7"],
        ["Road engineer", "1", "2", "3", "5", "10"],
        ["No owner that the handbook knows", "0", "1", "1", "2", "4"],
        ["All", "2", "5", "6", "11", "21"],
    ]
    assert ["Smallby", "2", "4", "5", "9", "17"] in rows
    assert ["November 2026", "5", "5"] in rows
    assert "There is nothing to suggest." in text_of(report, "forecast")


def test_a_suggestion_stands_with_its_reason(report: Report) -> None:
    """HR-001, HR-002 and HR-003 of one owner on three days of one month, reviewed every other year."""
    shelf = shelf_of(replace(report))
    for day, name in enumerate(("leave", "hiring", "pay"), 1):
        path = f"procedures/hr/{name}.md"
        interval = shelf.deadlines[path].interval._replace(number=2, unit="year")
        shelf.deadlines[path] = shelf.deadlines[path]._replace(due=date(2027, 6, day), state="later", interval=interval)
    text = plain(text_of(shelf.report, "forecast"))
    assert (
        "Leave of absence HR-001 · in May 2027 rather than on 1 June 2027"
        " · reviews of Head of HR: 3 in June 2027, 0 in May 2027"
    ) in text
