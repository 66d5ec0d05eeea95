"""Whole-month arithmetic: due dates worked out by hand, and the laws that every interval keeps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rutine.dates import Interval, parse_date, parse_interval


@pytest.mark.parametrize(
    ("start", "interval", "due"),
    [
        ("2025-01-31", "1 month", "2025-02-28"),
        ("2024-01-31", "1 month", "2024-02-29"),
        ("2024-02-29", "12 months", "2025-02-28"),
        ("2024-02-29", "48 months", "2028-02-29"),
        ("2025-08-31", "6 months", "2026-02-28"),
        ("2025-08-31", "180 days", "2026-02-27"),
        ("2025-12-15", "1 year", "2026-12-15"),
        ("2025-12-31", "2 weeks", "2026-01-14"),
        ("2026-03-14", "12", "2027-03-14"),
    ],
)
def test_due(start: str, interval: str, due: str) -> None:
    found = parse_interval(interval)
    assert found is not None
    assert found.after(date.fromisoformat(start)) == date.fromisoformat(due)


@pytest.mark.parametrize(
    "text", ["", "0", "0 months", "-1", "1.5", "årlig", "12 måneder", "{period}", "yyyy-mm-dd", "12 months\n\nx"]
)
def test_no_interval(text: str) -> None:
    assert parse_interval(text) is None


@pytest.mark.parametrize(
    "text", ["2025-02-30", "2025-2-3", "20250203", "2025-02-03T10:00", "14.03.2025", "2025-02-03\n", "٢٠٢٥-٠١-٠١", ""]
)
def test_no_date(text: str) -> None:
    assert parse_date(text) is None


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(1, 240))
def test_months_count_from_the_original_date(start: date, months: int) -> None:
    due = Interval(months, "month").after(start)
    assert due is not None
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == months
    assert due.day <= start.day
    next_day = date.fromordinal(due.toordinal() + 1)
    assert due.day == start.day or next_day.day == 1  # shortened only to a month's last day


@given(st.dates(), st.integers(1, 9999), st.sampled_from(["day", "week", "month", "year"]))
def test_never_raises(start: date, number: int, unit: str) -> None:
    due = Interval(number, unit).after(start)
    assert due is None or due > start
