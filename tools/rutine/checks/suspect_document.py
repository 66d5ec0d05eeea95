"""A document in force that rests on something that has changed since somebody last stood by it.

It cites an act at a place whose change handbook.yml tells of, or it names under rests-on or in a step a document of which
there is a later version. What it says was right for what it rested on then; whether it still is, nobody has looked.

Read it against what has changed, and record that with `rutine review`, also where nothing had to be changed. A new version
that is decided clears it too. Until then its review is due now.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Message, Place, Problem, say
from rutine.suspects import Suspicion, suspects
from rutine.why import named

SEVERITY = "warning"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Every reason for which a document is suspect, where the document names what has changed."""
    for path, reasons in suspects(handbook, today).items():
        for one in reasons:
            yield Problem(Place(path, one.line, one.column), _message(one))


def _message(one: Suspicion) -> Message:
    since = one.since.isoformat() if one.since else ""
    if one.what == "act" and one.day:
        return _of_act(one, one.day.isoformat(), since)
    if one.day:
        return say(
            "{id} has a version of {date}, and this document was last reviewed or decided on {since}. Review it against that version, and record it with `rutine review`.",
            id=one.name, date=one.day.isoformat(), since=since,
        )  # fmt: skip
    return say(
        "{id} does not read as it did when this document was reviewed on {since}. Review it against what {id} says now, and record it with `rutine review`.",
        id=one.name, since=since,
    )  # fmt: skip


def _of_act(one: Suspicion, day: str, since: str) -> Message:
    if not since:
        return say(
            "{act} changed on {date}, and no review of this document is known. Review it against the change, and record it with `rutine review`.",
            act=named(one), date=day,
        )  # fmt: skip
    if one.note:
        return say(
            "{act} changed on {date} ({note}), and this document was last reviewed or decided on {since}. Review it against the change, and record it with `rutine review`.",
            act=named(one), date=day, note=one.note, since=since,
        )  # fmt: skip
    return say(
        "{act} changed on {date}, and this document was last reviewed or decided on {since}. Review it against the change, and record it with `rutine review`.",
        act=named(one), date=day, since=since,
    )  # fmt: skip
