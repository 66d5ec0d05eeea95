"""What `handbook.yml` says of review rules and acts that does not go together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from rutine import regulations
from rutine.dates import Interval, parse_interval
from rutine.model import Message, Pointer, ReviewRule, Settings, say

Misfit = tuple[Pointer, Message]


def rule_faults(settings: Settings, meta: Mapping[str, Any]) -> Iterator[Misfit]:
    """Intervals that contradict one another, kinds that there are not, and acts without a name: each at its pointer."""
    for name, rule in settings.review_rules.items():
        usual = parse_interval(settings.review_classes[name])
        if usual:
            yield from _of_class(rule, usual, settings, ("review", "classes", name))
    for name in meta.get("regulations") or {}:
        if name not in settings.regulations and not regulations.known(name):
            yield ("regulations", name), say("The built-in register does not know {value}. Give its title.", value=name)
        for index, change in enumerate(settings.regulation_changes.get(name, ())):
            for place, text in enumerate(change.at):
                if regulations.parse_at(text, "") is None:
                    told = say("{value} is not a paragraph, chapter, article or clause. Write it like § 2-1, kapittel 3, artikkel 33 or 7.5.3.", value=text)  # fmt: skip
                    yield ("regulations", name, "changes", index, "at", place), told


def _of_class(rule: ReviewRule, usual: Interval, settings: Settings, here: Pointer) -> Iterator[Misfit]:
    least, most, to, by = map(parse_interval, (rule.least, rule.most, rule.to, rule.by))
    if least and _is_longer(least, usual):
        yield (*here, "least"), say("The least interval is longer than the usual one. Correct one of the two.")
    if most and _is_longer(usual, most):
        yield (*here, "most"), say("The greatest interval is shorter than the usual one. Correct one of the two.")
    if to and not _is_longer(usual, to):
        yield (*here, "shorten", "to"), say("This does not make the usual interval shorter. Correct one of the two.")
    if by and usual.is_months != by.is_months:
        text = say("Write this in {unit}, as the usual interval is written.", unit=f"{usual.unit}s")
        yield (*here, "lengthen", "by"), text
    for index, kind in enumerate(rule.kinds):
        if kind not in settings.kinds or not settings.kinds[kind].is_record:
            known = ", ".join(sorted(kind.name for kind in settings.kinds.values() if kind.is_record))
            text = say("There is no kind of record {value}. Choose among: {known}.", value=kind, known=known)
            yield (*here, "shorten", "kinds", index), text


def _is_longer(one: Interval, other: Interval) -> bool:
    """Whether one interval is longer than another, counted from the same day."""
    start = date(2001, 1, 1)
    return (one.after(start) or date.max) > (other.after(start) or date.max)
