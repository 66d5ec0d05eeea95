"""The interface's words and dates in the handbook's language."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from rutine.dates import Interval, parse_date
from rutine.i18n import render, translate
from rutine.model import Message, say
from rutine.why import length


class Words:
    """Sentences, dates and lengths of time in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, message: Message) -> str:
        """The message in this language. Values are put in as they are: escape what others wrote."""
        return render(message, self.language)

    def text(self, english: str) -> str:
        """A text of a schema or of a rule's manual."""
        return translate(english, self.language)

    def day(self, day: date | str) -> str:
        """A day as people write it: 1 March 2026. What is no date stays as it is."""
        found = day if isinstance(day, date) else parse_date(day)
        return _day(found, self.language) if found else str(day)

    def month(self, day: date) -> str:
        """The day's month: March 2026."""
        return _month(day.replace(day=1), self.language)

    def short_month(self, day: date) -> str:
        """The name of the day's month as a calendar has it above a column: Mar."""
        return _short_month(day.replace(day=1), self.language)

    def every(self, interval: Interval) -> str:
        """How often: every 12 months."""
        forms = {
            "day": say("every {count} days", one="every day", count=interval.number),
            "week": say("every {count} weeks", one="every week", count=interval.number),
            "month": say("every {count} months", one="every month", count=interval.number),
            "year": say("every {count} years", one="every year", count=interval.number),
        }
        return self(forms[interval.unit])

    def length(self, interval: Interval) -> str:
        """How long: 12 months."""
        return self(length(interval))


@cache
def _locale(language: str) -> Any:
    from babel import Locale  # comes with the site's generator; the core does without

    return Locale("en", "GB") if language == "en" else Locale(language)


@cache
def _day(day: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", _locale(language))


@cache
def _month(day: date, language: str) -> str:
    from babel.dates import format_skeleton

    return format_skeleton("yMMMM", day, locale=_locale(language))


@cache
def _short_month(day: date, language: str) -> str:
    from babel.dates import format_date

    return format_date(day, "LLL", _locale(language))
