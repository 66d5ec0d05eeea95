"""How often a document is reviewed: dates worked out by hand, and the laws that every rule keeps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import TESTS
from rutine.dates import Interval, parse_interval
from rutine.deadlines import Deadline, deadlines
from rutine.errors import ConfigurationError
from rutine.formats._words import day
from rutine.handbook_yml import settings_of
from rutine.i18n import render
from rutine.intervals import interval_of
from rutine.model import Entry, Fact, Facts, ReviewRule
from rutine.report import read_handbook
from rutine.review_basis import Ground, Records, Review
from rutine.settings import read_settings
from rutine.why import why

TODAY = date(2026, 11, 21)
RULE = "{every: 12 months, least: 4 months, most: 15 months, shorten: {records: 3, within: 12 months, to: 6 months}, lengthen: {stable: 2, by: 6 months}}"
DEVIATION = """\
{
  "$schema": "http://json-schema.org/draft-07/schema#",
  "title": "Deviation", "x-form": "record", "x-folder": "deviations",
  "x-title": {"en": "Deviation"}, "x-plural": {"en": "Deviations"},
  "type": "object",
  "properties": {
    "about": {"type": "string", "x-means": "about", "x-refers-to": "document"},
    "day": {"type": "string", "x-means": "recorded-on"}
  }
}
"""
DOCUMENT = """\
---
id: HR-1
title: Leave
kind: procedure
status: in-force
decision: {by: director, date: %(decided)s}
review: {class: %(name)s}
---
"""


def book(
    root: Path, rule: str, *, decided: str = "2026-01-31", reviews: Sequence[str] = (), deviations: Sequence[str] = ()
) -> list[Deadline]:
    """The deadlines of a handbook with one document, on 21 November 2026."""
    files = {
        "handbook.yml": f"name: Handbook\nlanguage: en\nreview: {{classes: {{high: {rule}}}}}\n",
        "schema/deviation.json": DEVIATION,
        "procedures/leave.md": DOCUMENT % {"decided": decided, "name": "high"},
        **{f"records/reviews/{number}.yml": f"document: HR-1\ndate: {text.split()[0]}\nby: x\noutcome: {text.split()[1]}\n" for number, text in enumerate(reviews)},
        **{f"records/deviations/{number}.yml": f"about: hr-1\nday: {text}\n" for number, text in enumerate(deviations)},
    }  # fmt: skip
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return list(deadlines(read_handbook(root, read_settings(root)), TODAY))


@pytest.mark.parametrize(
    ("rule", "reviews", "deviations", "due", "told"),
    [
        ("12 months", [], ["2026-02-01", "2026-03-01", "2026-04-01"], "2027-01-31", "12 months: risk class high"),
        (RULE, [], ["2026-03-01", "2026-04-01"], "2027-01-31", "12 months: risk class high"),
        (RULE, [], ["2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01"], "2026-07-31",
         "6 months instead of 12 months: 4 deviations since 1 May 2026"),
        # Those of the time before the decision count if they lie within 12 months with the others; the future does not.
        (RULE, [], ["2025-06-01", "2025-07-01", "2026-06-01"], "2026-07-31", "6 months instead of 12 months: 3 deviations since 1 June 2025"),
        (RULE, [], ["2025-05-31", "2025-07-01", "2026-06-01"], "2027-01-31", "12 months: risk class high"),
        (RULE, [], ["2026-10-01", "2026-11-01", "2026-11-22"], "2027-01-31", "12 months: risk class high"),
        # What was within 12 months before the last review holds until the next.
        (RULE, ["2026-06-30 changed"], ["2025-06-30", "2025-07-01", "2025-08-01"], "2026-12-30", "6 months instead of 12 months: 3 deviations since 30 June 2025"),
        (RULE, ["2026-07-01 changed"], ["2025-06-30", "2025-07-01", "2025-08-01"], "2027-07-01", "12 months: risk class high"),
        # Two reviews without a change add six months, but the class goes to 15 at most.
        (RULE, ["2026-03-31 unchanged", "2026-08-31 unchanged"], [], "2027-11-30",
         "15 months instead of 12 months: 2 reviews in a row found nothing to change"),
        (RULE, ["2026-03-31 changed", "2026-08-31 unchanged"], [], "2027-08-31", "12 months: risk class high"),
        (RULE, ["2026-08-31 unchanged", "2026-08-31 unchanged"], [], "2027-08-31", "12 months: risk class high"),
        (RULE, ["2025-11-30 unchanged", "2026-08-31 unchanged"], [], "2027-08-31", "12 months: risk class high"),
        # Records go before reviews.
        (RULE, ["2026-03-31 unchanged", "2026-08-31 unchanged"], ["2026-04-01", "2026-04-02", "2026-04-03"], "2027-02-28",
         "6 months instead of 12 months: 3 deviations since 1 April 2026"),
        (RULE.replace("least: 4", "least: 8"), [], ["2026-05-01", "2026-06-01", "2026-07-01"], "2026-09-30",
         "8 months instead of 12 months: 3 deviations since 1 May 2026"),
        ("{every: 30 days, lengthen: {stable: 1, by: 2 weeks}}", ["2026-11-01 unchanged"], [], "2026-12-15",
         "44 days instead of 30 days: the last review found nothing to change"),
        ("{every: 12 months, shorten: {records: 1, within: 12 months, to: 1 month, kinds: [review]}}", [], ["2026-05-01"], "2027-01-31",
         "12 months: risk class high"),
    ],
)  # fmt: skip
def test_due(tmp_path: Path, rule: str, reviews: list[str], deviations: list[str], due: str, told: str) -> None:
    (row,) = book(tmp_path, rule, reviews=reviews, deviations=deviations)
    settings = read_settings(tmp_path)
    assert row.due.isoformat() == due
    assert why(row, settings, "en", lambda found: day(found, "en")) == [told]


def test_a_record_without_a_day_is_of_the_day_that_its_file_is_named_by(tmp_path: Path) -> None:
    rule = "{every: 12 months, shorten: {records: 1, within: 12 months, to: 6 months}}"
    book(tmp_path, rule)
    (tmp_path / "records/deviations").mkdir(parents=True)
    (tmp_path / "records/deviations/2026-05-01-a.yml").write_text("about: HR-1\n")
    (tmp_path / "records/deviations/nobody-knows.yml").write_text("about: HR-1\n")
    (row,) = book(tmp_path, rule)
    assert (row.rule.change, row.rule.number, row.rule.since) == ("shorter", 1, date(2026, 5, 1))


# Laws

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))
LENGTHS = st.builds(
    lambda number, unit: f"{number} {unit}s", st.integers(1, 60), st.sampled_from(["day", "week", "month", "year"])
)
MONTHS = st.builds(lambda number: f"{number} months", st.integers(1, 60))


def length(text: str | None, since: date) -> date:
    found = parse_interval(text)
    return (found.after(since) if found else None) or date.max


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, ReviewRule]:
    """A class as its settings may be: the least is no longer than the usual, the most no shorter, whatever the day."""
    least, every, most = sorted(draw(st.tuples(*[st.integers(1, 60)] * 3)))
    rule = ReviewRule(
        f"{least} months", f"{most} months", draw(st.integers(0, 4)), draw(LENGTHS), draw(LENGTHS), (), draw(st.integers(0, 3)), draw(MONTHS),
    )  # fmt: skip
    return f"{every} months", rule


def ground(since: date, reviews: Sequence[tuple[date, bool]], others: Sequence[date]) -> Ground:
    def entry(outcome: str) -> Entry:
        facts = Facts({"outcome": [Fact(outcome, 1, 1)], "review-class": [Fact("high", 1, 1)]})
        return Entry("a.md", "procedure", facts, (), (), "", ())

    told = tuple(Review(when, entry("unchanged" if same else "changed")) for when, same in sorted(reviews))
    records = Records(told, tuple((when, "deviation") for when in sorted(others)))
    return Ground(entry("changed"), since, "record", None, records)


def due(case: tuple[str, ReviewRule], found: Ground) -> tuple[date, str | None]:
    every, rule = case
    settings = settings_of({"name": "x", "language": "en", "review": {"classes": {"high": every}}}, {})
    object.__setattr__(settings, "review_rules", {"high": rule})
    answer = interval_of(found, settings)
    assert answer and found.since
    return answer[0].after(found.since) or date.max, answer[1].change


RECORDS = st.lists(DAYS, max_size=6)
REVIEWS = st.lists(st.tuples(DAYS, st.booleans()), max_size=4)


@given(rules(), DAYS, REVIEWS, RECORDS)
def test_within_bounds_and_after_the_last_review(
    case: tuple[str, ReviewRule], since: date, reviews: list[tuple[date, bool]], others: list[date]
) -> None:
    found, change = due(case, ground(since, reviews, others))
    every, rule = case
    assert since < found
    assert length(rule.least, since) <= found <= length(rule.most, since)
    usual = length(every, since)
    assert found < usual if change == "shorter" else found > usual if change == "longer" else found == usual


@given(rules(), DAYS, REVIEWS, RECORDS, DAYS)
def test_another_record_never_makes_it_later(
    case: tuple[str, ReviewRule], since: date, reviews: list[tuple[date, bool]], others: list[date], more: date
) -> None:
    assert due(case, ground(since, reviews, [*others, more]))[0] <= due(case, ground(since, reviews, others))[0]


@given(rules(), DAYS, REVIEWS, RECORDS)
def test_a_review_that_changed_something_never_makes_it_later(
    case: tuple[str, ReviewRule], since: date, reviews: list[tuple[date, bool]], others: list[date]
) -> None:
    changed = [(when, False) for when, _ in reviews]
    assert due(case, ground(since, changed, others))[0] <= due(case, ground(since, reviews, others))[0]


@given(rules(), DAYS, REVIEWS, RECORDS, st.integers(1, 400))
def test_a_later_start_is_never_due_earlier_by_the_same_interval(
    case: tuple[str, ReviewRule], since: date, reviews: list[tuple[date, bool]], others: list[date], days: int
) -> None:
    plain = case[0], ReviewRule()
    assert (
        due(plain, ground(since, reviews, others))[0] <= due(plain, ground(since + timedelta(days), reviews, others))[0]
    )


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)), st.integers(1, 60), st.integers(1, 60))
def test_longer_by_months_counts_from_the_same_day(since: date, number: int, by: int) -> None:
    """A year and a half after 31 August is the last of February, and not what a year and then half a year make of it."""
    both = Interval(number, "month").plus(Interval(by, "month"))
    assert both is not None
    assert both.after(since) == Interval(number + by, "month").after(since)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("1 year", "6 months", Interval(18, "month")),
        ("2 weeks", "3 days", Interval(17, "day")),
        ("1 month", "3 days", None),
    ],
)
def test_both_one_after_the_other(one: str, other: str, both: Interval | None) -> None:
    first, second = parse_interval(one), parse_interval(other)
    assert first and second
    assert first.plus(second) == both


def test_the_order_of_files_does_not_matter(tmp_path: Path) -> None:
    days = ["2026-05-01", "2026-06-01", "2026-07-01"]
    (one,) = book(tmp_path / "one", RULE, deviations=days, reviews=["2026-03-31 unchanged", "2026-08-31 changed"])
    (other,) = book(
        tmp_path / "other", RULE, deviations=days[::-1], reviews=["2026-08-31 changed", "2026-03-31 unchanged"]
    )
    assert one == other


# What does not go together


def test_settings_that_contradict_one_another(tmp_path: Path) -> None:
    (tmp_path / "procedures").mkdir()
    (tmp_path / "handbook.yml").write_text(
        "name: x\nlanguage: en\nreview:\n  classes:\n"
        "    a: {every: 12 months, least: 13 months, most: 1 year}\n"
        "    b: {every: 12 months, most: 300 days, shorten: {records: 1, within: 1 year, to: 12 months, kinds: [procedure]}}\n"
        "    c: {every: 12 months, lengthen: {stable: 1, by: 30 days}}\n"
        "regulations:\n"
        "  LOV-2005-06-17-62: {changes: [{at: [whatever], from: 2026-01-01}]}\n"
        "  FOR-2001-01-01-1: {checked: 2026-01-01}\n"
    )
    with pytest.raises(ConfigurationError) as error:
        read_settings(tmp_path)
    assert [(place.line, place.column, render(text, "en")) for place, text in error.value.faults] == [
        (5, 34, "The least interval is longer than the usual one. Correct one of the two."),
        (6, 33, "The greatest interval is shorter than the usual one. Correct one of the two."),
        (6, 85, "This does not make the usual interval shorter. Correct one of the two."),
        (6, 104, "There is no kind of record procedure. Choose among: decision, review."),
        (7, 53, "Write this in months, as the usual interval is written."),
        (9, 39, "whatever is not a paragraph, chapter, article or clause. Write it like § 2-1, kapittel 3, artikkel 33 or 7.5.3."),
        (10, 21, "The built-in register does not know FOR-2001-01-01-1. Give its title."),
    ]  # fmt: skip


def test_the_small_handbook_is_as_it_was() -> None:
    """A class that is only an interval works as it always has."""
    settings = read_settings(TESTS / "handbooks" / "small")
    assert settings.review_classes == {"high": "6 months"}
    assert settings.review_rules == {}
