"""Why a review is due on its day, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rutine.dates import Interval
from rutine.deadlines import Deadline
from rutine.i18n import render
from rutine.model import Message, Settings, say
from rutine.suspects import Suspicion

Written = Callable[[date], str]  # a day as people write it


def why(row: Deadline, settings: Settings, language: str, written: Written) -> list[str]:
    """The rule that led to the day, and every reason for which the document is suspect.

    Where these alone make the review due, the rule is left out.
    """
    reasons = [render(at_once(one, named(one), written), language) for one in row.rule.suspicions]
    return reasons if reasons and row.days == 0 else [rule_of(row, settings, language, written), *reasons]


def rule_of(row: Deadline, settings: Settings, language: str, written: Written) -> str:
    """The rule that gives the interval, as `12 months: risk class high`."""
    rule, interval = row.rule, render(length(row.interval), language)
    usual = render(length(rule.usual or row.interval), language)
    if rule.change == "shorter" and rule.since:
        records = _records(row, settings, language)
        told = say("{interval} instead of {usual}: {records} since {date}", interval=interval, usual=usual, records=records, date=written(rule.since))  # fmt: skip
    elif rule.change == "longer":
        told = say(
            "{interval} instead of {usual}: {count} reviews in a row found nothing to change",
            one="{interval} instead of {usual}: the last review found nothing to change",
            interval=interval, usual=usual, count=rule.number,
        )  # fmt: skip
    elif rule.source == "class":
        told = say("{interval}: risk class {name}", interval=interval, name=rule.risk_class or "")
    elif rule.source == "document":
        told = say("{interval}: as the document says", interval=interval)
    else:
        told = say("{interval}: as for all documents that say nothing else", interval=interval)
    return render(told, language)


def _records(row: Deadline, settings: Settings, language: str) -> str:
    """How many records of which kind, as `4 deviations`."""
    count, kind = row.rule.number, settings.kinds.get(row.rule.kind or "")
    if kind is None:
        return render(say("{count} records", one="{count} record", count=count), language)
    return f"{count} {kind.title(language, plural=count > 1).lower()}"


def at_once(one: Suspicion, name: str, written: Written) -> Message:
    """That a review is due at once, and the reason; `name` is what has changed."""
    if one.what == "act" and one.day:
        date = written(one.day)
        return (
            say("due now: {act} changed {date}, reviewed before that", act=name, date=date)
            if one.since
            else say("due now: {act} changed {date}, no review is known", act=name, date=date)
        )
    if one.day:
        return say(
            "due now: {document} has a version of {date}, reviewed before that", document=name, date=written(one.day)
        )
    return say("due now: {document} reads otherwise than at the last review", document=name)


def named(one: Suspicion) -> str:
    """What has changed, as documents name it: `LOV-2005-06-17-62 § 2 A-1`, `HR-012`."""
    return f"{one.name} {', '.join(one.places)}".strip()


def length(interval: Interval) -> Message:
    """How long: 12 months."""
    count = interval.number
    forms = {
        "day": say("{count} days", one="{count} day", count=count),
        "week": say("{count} weeks", one="{count} week", count=count),
        "month": say("{count} months", one="{count} month", count=count),
        "year": say("{count} years", one="{count} year", count=count),
    }
    return forms[interval.unit]
