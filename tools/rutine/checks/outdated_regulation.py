"""An act that the organisation last checked for changes longer ago than it has set itself.

Documents become suspect when an act that they cite changes, but only if somebody has found out and written it down.
After a long time without a look, no news is no good news.

Look the act up, write what has changed under its changes in handbook.yml, and set checked to the day as of which you read it. How
often is for the handbook to say: review.regulations_every.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.dates import parse_date, parse_interval
from rutine.handbook_yml import place_in
from rutine.model import Handbook, Problem, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, today: date) -> Iterator[Problem]:
    """Acts whose state was checked too long ago."""
    settings = handbook.settings
    every = parse_interval(settings.regulations_every)
    for act, checked in settings.regulation_states.items() if every else ():
        day = parse_date(checked)
        end = every.after(day) if every and day else None
        if end and end < today:
            message = say(
                "{act} was last checked for changes on {date}, and should have been again by {due}. Look it up, and set the day here.",
                act=act,
                date=checked,
                due=end.isoformat(),
            )
            yield Problem(place_in(settings, ("regulations", act, "checked")), message)
