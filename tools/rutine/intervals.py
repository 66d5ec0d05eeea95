"""How often a document is reviewed, and by which rule.

A document says it itself, or names a risk class, or says nothing, and then the handbook's interval holds. The interval of a
class may depend on what has happened:

- Records about the document, such as deviations, make it shorter as soon as so many of them lie within the time that the
  class gives, in the time that ends with the last review or after it. It stays so until the next review.
- Reviews in a row that found nothing to change make it longer. Reviews of an earlier version do not count.

Both stay within the bounds of the class. Records go before reviews: what has caused deviations is not reviewed less often.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

from rutine.dates import Interval, parse_interval
from rutine.model import ReviewRule, Settings
from rutine.review_basis import Ground, Review
from rutine.suspects import Suspicion

Source = Literal["document", "class", "handbook"]


class Rule(NamedTuple):
    """Why a review is due on its day.

    `source` says who gives the interval, `usual` is the one without records and reviews. `change` is what these have
    done to it: `number` records since the day `since`, of one kind if `kind` is not None; or `number` reviews in a row
    that found nothing to change. With `suspicions` the review is due at once.
    """

    source: Source = "handbook"
    usual: Interval | None = None
    risk_class: str | None = None
    change: Literal["shorter", "longer"] | None = None
    number: int = 0
    since: date | None = None
    kind: str | None = None
    suspicions: tuple[Suspicion, ...] = ()


def interval_of(ground: Ground, settings: Settings) -> tuple[Interval, Rule] | None:
    """How often a document is reviewed, counted from when somebody last stood by it; None where nobody says."""
    own, risk_class = ground.entry.value("review-interval"), ground.entry.value("review-class")
    if own is not None:
        return _plain(own, "document")
    if risk_class is None:
        return _plain(settings.review_every, "handbook")
    found, rule = (
        _plain(settings.review_classes.get(risk_class), "class", risk_class),
        settings.review_rules.get(risk_class),
    )
    return _adjusted(*found, rule, ground) if found and rule and ground.since else found


@lru_cache(maxsize=1024)
def _plain(text: str | None, source: Source, risk_class: str | None = None) -> tuple[Interval, Rule] | None:
    interval = parse_interval(text)
    return (interval, Rule(source, interval, risk_class)) if interval else None


def _adjusted(usual: Interval, found: Rule, rule: ReviewRule, ground: Ground) -> tuple[Interval, Rule]:
    """The interval of a class as records and reviews have it."""
    since = ground.since or date.min
    if records := _cluster(_counted(rule, ground), rule, since):
        interval = _within(min(usual, parse_interval(rule.to) or usual, key=lambda one: _ends(one, since)), rule, since)
        kinds = {kind for _, kind in records}
        told = found._replace(number=len(records), since=records[0][0], kind=kinds.pop() if len(kinds) == 1 else None)
        return (
            (interval, told._replace(change="shorter"))
            if _ends(interval, since) < _ends(usual, since)
            else (usual, found)
        )
    if rule.stable and _is_stable(ground.records.reviews, ground.decided, rule.stable):
        by = parse_interval(rule.by)
        interval = _within(by and usual.plus(by) or usual, rule, since)
        told = found._replace(change="longer", number=rule.stable)
        return (interval, told) if _ends(interval, since) > _ends(usual, since) else (usual, found)
    return usual, found


def _counted(rule: ReviewRule, ground: Ground) -> list[tuple[date, str]]:
    """The records that shorten the interval, by day."""
    return [record for record in ground.records.others if not rule.kinds or record[1] in rule.kinds]


def _cluster(records: Sequence[tuple[date, str]], rule: ReviewRule, since: date) -> Sequence[tuple[date, str]]:
    """The records from the first on that lies within the given time with so many others; empty where none does."""
    time = parse_interval(rule.within)
    for first in range(len(records) - rule.records + 1) if rule.records and time else ():
        end = time.after(records[first][0]) if time else None
        if (end or date.max) >= max(records[first + rule.records - 1][0], since):
            return records[first:]
    return ()


def _is_stable(reviews: Sequence[Review], decided: date | None, count: int) -> bool:
    """Whether the last reviews of the version in force found nothing to change; those of one day are one."""
    days: dict[date, bool] = {}
    for review in reviews:
        if decided is None or review.day >= decided:
            days[review.day] = days.get(review.day, True) and review.entry.value("outcome") == "unchanged"
    last = list(days.values())[-count:]
    return len(last) == count and all(last)


def _within(interval: Interval, rule: ReviewRule, since: date) -> Interval:
    """The interval, or the bound of its class that it goes beyond."""
    least, most = parse_interval(rule.least), parse_interval(rule.most)
    if least and _ends(interval, since) < _ends(least, since):
        return least
    return most if most and _ends(interval, since) > _ends(most, since) else interval


def _ends(interval: Interval, since: date) -> date:
    return interval.after(since) or date.max
