"""Days and intervals: ISO 8601 dates as text, whole-month arithmetic."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_INTERVAL = re.compile(r"(\d{1,4})(?: ?(day|week|month|year)s?)?\Z", re.ASCII)


class Interval(NamedTuple):
    """A length of time: so many of a unit (`day`, `week`, `month` or `year`)."""

    number: int
    unit: str

    @property
    def is_months(self) -> bool:
        """Whether it is counted in whole months, and not in days."""
        return self.unit in ("month", "year")

    def plus(self, other: Interval) -> Interval | None:
        """Both, one after the other; None for months and days together, whose sum has no one length."""
        if self.is_months != other.is_months:
            return None
        times = {"year": 12, "month": 1, "week": 7, "day": 1}
        number = self.number * times[self.unit] + other.number * times[other.unit]
        return Interval(number, "month" if self.is_months else "day")

    def after(self, start: date) -> date | None:
        """The day this long after `start`, or None beyond the calendar's end.

        Months are whole calendar months from the original date; a day that the month lacks becomes its last.
        """
        try:
            if self.unit in ("day", "week"):
                return start + timedelta(days=self.number * (7 if self.unit == "week" else 1))
            months = start.month - 1 + self.number * (12 if self.unit == "year" else 1)
            year, month = start.year + months // 12, months % 12 + 1
            return date(year, month, start.day if start.day <= 28 else min(start.day, monthrange(year, month)[1]))
        except (ValueError, OverflowError):
            return None

    def before(self, end: date) -> date | None:
        """The day this long before `end`, or None before the calendar's beginning; months as in `after`."""
        return Interval(-self.number, self.unit).after(end)


def days_before(end: date, interval: Interval) -> int | None:
    """How many days before `end` the day lies that is so long before it; None before the calendar's beginning."""
    start = interval.before(end)
    return (end - start).days if start else None


@lru_cache(maxsize=4096)
def parse_date(text: str | None) -> date | None:
    """The day that `YYYY-MM-DD` names (ISO 8601), or None for anything else."""
    if not text or not _DATE.match(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@lru_cache(maxsize=1024)
def parse_interval(text: str | None) -> Interval | None:
    """`12 months`, `6 month`, `1 year`, `30 days`; a bare number counts months. None for anything else, and for none."""
    found = _INTERVAL.match(text.strip()) if text else None
    if not found or int(found[1]) == 0:
        return None
    return Interval(int(found[1]), found[2] or "month")
