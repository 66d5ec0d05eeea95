"""The work to come: how many reviews there are for whom, and a suggestion that evens them out and never makes it worse."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import TESTS, Run
from rutine import formats
from rutine.dates import Interval
from rutine.deadlines import Deadline, agenda
from rutine.forecast import Forecast, forecast, reviews_until
from rutine.levelling import EASY, Month, Plan, month_of, months_between, plan
from rutine.model import Role, Settings
from rutine.settings import read_settings
from rutine.survey import survey

TODAY = date(2026, 11, 21)
SMALL = TESTS / "handbooks" / "small"
SETTINGS = read_settings(SMALL)
BIENNIAL = Interval(2, "year")


def row(
    due: date, every: Interval, owner: str | None = "director", path: str = "a.md", today: date = TODAY
) -> Deadline:
    state = "overdue" if due < today else "later"
    return Deadline(
        path, None, None, "procedure", owner, (), due, state, (due - today).days, "decision", due, every, 1, 1
    )


def days(due: date, every: Interval, months: int = 24, today: date = TODAY) -> list[date]:
    found = forecast(SETTINGS, today, [row(due, every, today=today)], months)
    return [review.due for review in found.reviews]


@pytest.mark.parametrize("due", [TODAY + timedelta(days=days) for days in (1, 60, 181)])
def test_every_six_months_is_four_times_in_two_years(due: date) -> None:
    (share,) = forecast(SETTINGS, TODAY, [row(due, Interval(6, "month"))], 3).owners
    assert share.name == "director"
    assert share.counts[3] == 4


def test_reviews_follow_from_the_deadline_and_do_not_drift() -> None:
    assert days(date(2027, 1, 31), Interval(3, "month"), 12) == [
        date(2027, 1, 31), date(2027, 4, 30), date(2027, 7, 31), date(2027, 10, 31),
    ]  # fmt: skip
    assert days(date(2026, 12, 1), Interval(2, "week"), 3) == [
        date(2026, 12, 1) + timedelta(weeks=2 * number) for number in range(6)
    ]


def test_the_last_day_belongs_to_the_months_ahead() -> None:
    assert days(date(2027, 2, 21), Interval(2, "year"), 3) == [date(2027, 2, 21)]
    assert days(date(2027, 2, 22), Interval(2, "year"), 3) == []


def test_what_is_overdue_is_to_be_done_now_and_the_next_follows_from_that() -> None:
    overdue = date(2020, 1, 1)
    assert days(overdue, Interval(1, "year")) == [TODAY, date(2027, 11, 21), date(2028, 11, 21)]
    (share,) = forecast(SETTINGS, TODAY, [row(overdue, Interval(1, "year"))], 12).owners
    assert (share.overdue, share.counts) == (1, (1, 1, 2, 3))


def test_counts_of_owners_and_units() -> None:
    """Worked out by hand from tests/golden/deadlines-csv.csv, for 3, 6, 12 and 24 months from 2026-11-21 on."""
    book = survey(SMALL, SETTINGS)
    found = forecast(SETTINGS, TODAY, agenda(book, TODAY).deadlines, 12)
    assert [tuple(share) for share in found.owners] == [
        ("head-of-hr", 1, (2, 2, 4, 7)),  # HR-002: now, 2027, 2028. HR-001: the same. HR-003: 2028-06-15
        (
            "engineer",
            1,
            (2, 3, 5, 10),
        ),  # TEC-011: now, 2028. TEC-010: each 30th (28 February) of every third month, 8 times
        (None, 0, (1, 1, 2, 4)),  # Mixing salt: each 22nd of November and May
    ]
    assert [tuple(share) for share in found.units] == [
        ("smallby", 2, (4, 5, 9, 17)),
        ("hr", 1, (2, 2, 4, 7)),
        ("tech", 1, (2, 3, 5, 10)),
        ("roads", 1, (2, 3, 5, 10)),
        (None, 0, (1, 1, 2, 4)),
    ]
    assert tuple(found.total) == (None, 2, (5, 6, 11, 21))


def moves(rows: list[Deadline], months: int = 12, today: date = TODAY) -> list[tuple[str, str, int, int, int]]:
    found = plan(forecast(SETTINGS, today, rows, months))
    return [(move.review.row.path, f"{move.month:%Y-%m}", move.there, move.here, move.most) for move in found.moves]


def rows(*dues: str, every: Interval = BIENNIAL, owner: str = "director") -> list[Deadline]:
    return [row(date.fromisoformat(due), every, owner, f"{index}.md") for index, due in enumerate(dues, 1)]


def test_a_full_month_gives_to_those_before_it() -> None:
    """Five in June: two stay, two go to May, one to April. Those that fall due first move, and move furthest."""
    june = rows("2027-06-02", "2027-06-09", "2027-06-16", "2027-06-23", "2027-06-30")
    assert moves(june) == [
        ("1.md", "2027-04", 5, 0, 2),
        ("2.md", "2027-05", 5, 0, 2),
        ("3.md", "2027-05", 5, 0, 2),
    ]
    assert plan(forecast(SETTINGS, TODAY, june, 12)).months == tuple(
        Month(
            date(2026 + (month > 12), (month - 1) % 12 + 1, 1), 5 * (month == 18), {16: 1, 17: 2, 18: 2}.get(month, 0)
        )
        for month in range(11, 24)
    )


def test_two_in_a_month_are_no_load() -> None:
    assert moves(rows("2027-06-02", "2027-06-09")) == []
    assert EASY == 2


def test_each_owner_is_evened_out_alone() -> None:
    assert moves(rows("2027-06-02", "2027-06-09", owner="director") + rows("2027-06-03", owner="engineer")) == []


def test_nothing_moves_into_a_month_that_has_begun() -> None:
    """All are due in December, and November is nearly over; on its first day it would do."""
    december = rows("2026-12-02", "2026-12-09", "2026-12-16")
    assert moves(december) == []
    assert moves(december, today=date(2026, 11, 1)) == [("1.md", "2026-11", 3, 0, 2)]


def test_a_review_gives_away_no_more_than_half_of_its_interval() -> None:
    """Due on 2 November each year, none may be done before 3 May: the first whole month is June, the sixth one back."""
    found = moves(rows(*["2027-11-02"] * 20, every=Interval(1, "year")))
    assert min(month for _, month, *_ in found) == "2027-07"
    assert {most for *_, most in found} == {4}
    crowded = moves(rows(*["2027-11-02"] * 60, every=Interval(1, "year")))
    assert min(month for _, month, *_ in crowded) == "2027-06"
    assert {most for *_, most in crowded} == {10}


def test_no_suggestion_makes_more_work() -> None:
    """Due on 2 June and every 6 months: done before 22 May, they would be due in the forecast's last November again.

    Due in November and every 3 months: done in August, they would be due in November again.
    """
    assert moves(rows("2027-06-02", "2027-06-09", "2027-06-16", every=Interval(6, "month"))) == []
    rows_ = rows("2027-11-10", "2027-11-11", "2027-11-12", every=Interval(3, "month"))
    assert {month for _, month, *_ in moves(rows_)} <= {"2027-09", "2027-10"}


# Whatever the dates

intervals = st.builds(Interval, st.integers(1, 40), st.sampled_from(["week", "month", "year"]))
owners = st.sampled_from(["director", "head-of-hr", "nobody", None])


@st.composite
def forecasts(draw: st.DrawFn) -> Forecast:
    today = draw(st.dates(date(2020, 1, 1), date(2032, 12, 31)))
    dues = draw(st.lists(st.tuples(st.integers(-400, 900), intervals, owners), max_size=25))
    found = [
        row(today + timedelta(days=ahead), every, owner, f"{number}.md", today)
        for number, (ahead, every, owner) in enumerate(dues)
    ]
    return forecast(SETTINGS, today, found, draw(st.sampled_from([3, 6, 12, 24])))


def loads(found: Forecast, planned: Plan) -> tuple[dict[str | None, Counter[date]], dict[str | None, Counter[date]]]:
    """By owner: the reviews of each month as they fall due, and as suggested."""
    moved = {(move.review.row.path, move.review.turn): move.month for move in planned.moves}
    before: dict[str | None, Counter[date]] = {}
    after: dict[str | None, Counter[date]] = {}
    for review in found.reviews:
        owner = review.row.owner if review.row.owner in SETTINGS.roles else None
        month = month_of(review.due)
        before.setdefault(owner, Counter())[month] += 1
        after.setdefault(owner, Counter())[moved.get((review.row.path, review.turn), month)] += 1
    return before, after


@settings(deadline=None)
@given(forecasts())
def test_whatever_the_dates_nothing_is_late_and_nothing_gets_worse(found: Forecast) -> None:
    planned = plan(found)
    assert planned == plan(found)
    for move in planned.moves:
        assert found.today <= move.month  # the whole month is still to come
        assert move.month < month_of(move.review.due)
    before, after = loads(found, planned)
    for owner in before:
        assert before[owner].total() == after[owner].total()
        assert max(after[owner].values()) <= max(before[owner].values())
    assert [sum(owner[month.month] for owner in before.values()) for month in planned.months] == [
        month.due for month in planned.months
    ]
    assert [sum(owner[month.month] for owner in after.values()) for month in planned.months] == [
        month.planned for month in planned.months
    ]
    for move in planned.moves:
        assert move.most == max(after[move.owner].values())
        assert (move.there, move.here) == (
            before[move.owner][month_of(move.review.due)],
            before[move.owner][move.month],
        )


@settings(deadline=None)
@given(forecasts())
def test_whatever_the_dates_a_suggestion_makes_no_more_work(found: Forecast) -> None:
    """Whoever does a moved review on any day of its month has no further review of that document in the forecast."""
    for move in plan(found).moves:
        again = move.review.row.interval.after(move.month)
        assert again is None or again > found.until
        earlier = [review.due for review in found.reviews if review.row.path == move.review.row.path]
        assert move.review.due == max(earlier)
        assert [due for due in earlier if due >= move.month] == [move.review.due]


@settings(deadline=None)
@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 200), intervals)
def test_whatever_the_interval_reviews_follow_one_another(today: date, ahead: int, every: Interval) -> None:
    found = reviews_until([row(today + timedelta(days=ahead), every, today=today)], today, today + timedelta(days=1500))
    dues = [review.due for review in found]
    assert dues == sorted(set(dues))
    assert [review.turn for review in found] == list(range(len(found)))
    assert all(due == Interval(every.number * turn, every.unit).after(dues[0]) for turn, due in enumerate(dues[1:], 1))


def test_thousands_of_documents_of_one_day() -> None:
    """As after an import: all are decided on the same day. Every month gets its share."""
    imported = [row(date(2028, 6, 15), Interval(2, "year"), path=f"{number}.md") for number in range(3000)]
    found = plan(forecast(SETTINGS, TODAY, imported, 24))
    assert max(month.planned for month in found.months) == 3000 // 12  # from 2027-07 on: half of two years before


def test_months_end_with_the_calendar() -> None:
    assert months_between(date(9999, 11, 30), date.max) == [date(9999, 11, 1), date(9999, 12, 1)]
    assert days(date.max, Interval(1, "year"), today=date(9999, 6, 1)) == [date.max]


# The command


def test_the_command(rutine: Run) -> None:
    done = rutine("forecast", "-C", str(SMALL), "--on", "2026-11-21")
    assert (done.returncode, done.stderr) == (0, b"")
    lines = done.stdout.decode().splitlines()
    assert lines[0] == (
        "Reviews from 2026-11-21 to 2027-11-21: 11. A document that is reviewed often is counted each time."
    )
    assert [line.split() for line in lines[2:7]] == [
        "Owner Overdue 3 months 6 months 12 months 24 months".split(),
        "Head of HR 1 2 2 4 7".split(),
        "Road engineer 1 2 3 5 10".split(),
        "No owner that the handbook knows 0 1 1 2 4".split(),
        "All 2 5 6 11 21".split(),
    ]


@pytest.mark.parametrize(
    ("arguments", "total", "units"),
    [
        (["--owner", "engineer"], 5, ["smallby", "tech", "roads"]),
        (["--unit", "hr"], 4, ["hr"]),
        (["--unit", "tech", "--months", "24"], 10, ["tech", "roads"]),
        (["--owner", "director"], 0, []),
    ],
)
def test_only_an_owner_or_a_unit(rutine: Run, arguments: list[str], total: int, units: list[str]) -> None:
    done = rutine("forecast", "-C", str(SMALL), "--on", "2026-11-21", "--format", "json", *arguments)
    found = json.loads(done.stdout)
    assert (len(found["reviews"]), [share["unit"] for share in found["units"]]) == (total, units)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--months", "7"], "'--months': '7' is not one of '3', '6', '12', '24'."),
        (["--owner", "engineerr"], "'--owner': There is no role engineerr. Did you mean engineer?"),
        (["--format", "ics"], "'--format': There is no format ics here. Choose among: text, csv, json, markdown."),
    ],
)
def test_wrong_use(rutine: Run, arguments: list[str], message: str) -> None:
    done = rutine("forecast", "-C", str(SMALL), *arguments)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == f"Error: Invalid value for {message}"


def crowded() -> Forecast:
    """Three reviews of the director in June; a title that means to be something else."""
    role: Settings = replace(
        SETTINGS, roles={"director": Role("director", {"": "=Director | *of* all"}, "smallby", ())}
    )
    found = rows("2027-06-02", "2027-06-09", "2027-06-16")
    hostile = [one._replace(id=f"D-{number}", title="<b>x</b>\r\n|::error::") for number, one in enumerate(found, 1)]
    return forecast(role, TODAY, hostile, 12)


def test_each_suggestion_says_which_to_which_month_and_why() -> None:
    lines = formats.render("text", "forecast", crowded()).splitlines()
    assert lines[-2:] == [
        "To even out the work, take one review earlier than it falls due:",
        "Review D-1 <b>x</b>\\r\\n|::error:: in 2027-05 rather than on 2027-06-02."
        " Reviews of =Director | *of* all: 3 in 2027-06, 0 in 2027-05.",
    ]
    lines = formats.render("markdown", "forecast", crowded()).splitlines()
    assert lines[-1] == (
        r"- Review D-1 \<b\>x\</b\>\\r\\n\|::<!-- -->error:: in 2027-05 rather than on 2027-06-02."
        r" Reviews of =Director \| \*of\* all: 3 in 2027-06, 0 in 2027-05."
    )
    assert "| All | 0 | 0 | 0 | 3 | 3 |" in lines
    moved = json.loads(formats.render("json", "forecast", crowded()))["moves"]
    assert moved == [
        {
            "path": "1.md", "id": "D-1", "owner": "director", "due": "2027-06-02", "turn": 0, "month": "2027-05",
            "reviews-in-month-left": 3, "reviews-in-month": 0, "most-in-a-month": 2,
        }
    ]  # fmt: skip
    table = list(csv.DictReader(io.StringIO(formats.render("csv", "forecast", crowded()), newline="")))
    assert [(line["due"], line["month"], line["suggested-month"]) for line in table] == [
        ("2027-06-02", "2027-06", "2027-05"), ("2027-06-09", "2027-06", "2027-06"), ("2027-06-16", "2027-06", "2027-06"),
    ]  # fmt: skip
    assert table[0]["owner-title"] == "'=Director | *of* all"
