"""What was decided in the last two years, newest first: each document with what changed. Of very much, the last months."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from rutine.model import Page, Report, say
from rutine.pages._areas import line
from rutine.pages._decisions import Decision, decisions, last_revision
from rutine.pages._shelf import MANY, Shelf, shelf_of
from rutine.pages._text import capital, h, items, join, md, paragraph, section
from rutine.pages._values import Values
from rutine.pages._ways import CHANGES as HERE
from rutine.pages._ways import FEED, is_there, title

ORDER = 25
_YEARS = 2


def pages(report: Report) -> Iterator[Page]:
    """One page, if documents say when they were decided."""
    shelf = shelf_of(report)
    if not is_there(shelf, HERE):
        return
    words, today = shelf.words, shelf.today
    since = date(max(today.year - _YEARS, 1), today.month, 1)
    found = decisions(shelf, since)
    if len(found) > MANY:
        since = found[MANY - 1].day.replace(day=1)
        found = [decision for decision in found if decision.day >= since]
    name = title(shelf, HERE)
    told = (
        say("What has been decided and withdrawn since {month}, newest first.", month=words.month(since))
        if found
        else say("Nothing has been decided since {month}.", month=words.month(since))
    )
    feed = shelf.lead(h(words(say("as a feed"))), HERE, FEED)
    follow = paragraph(
        words(say("You can also follow what is decided {feed}, in a feed reader or by e-mail.", feed=feed))
    )
    parts = [f"# {md(name)}\n", paragraph(h(words(told))), follow]
    for month, group in groupby(found, lambda decision: decision.day.replace(day=1)):
        parts.append(
            section(capital(words.month(month)), month.strftime("%Y-%m"), items(_line(shelf, one) for one in group))
        )
    yield Page(HERE, name, join(parts), menu=words(say("Overviews")), search=None)


def _line(shelf: Shelf, decision: Decision) -> str:
    """A document with the day, who decided, and what changed."""
    document, day = decision.document, h(shelf.words.day(decision.day))
    if decision.is_withdrawal:
        return line(shelf, document, HERE, note=day)
    values, revision = Values(shelf, document, HERE), last_revision(document)
    by = ", ".join(values.show(*row) for row in document.values("decided-by"))
    version = h(shelf.words(say("version {version}", version=revision.version))) if revision.version else ""
    change = f"{values.label(revision.change[0])}: {values.show(*revision.change)}" if revision.change else ""
    note = " · ".join(part for part in (day, by, version, change) if part)
    told = f'<p class="rutine-change">{shelf.spoken(document, revision.summary)}</p>' if revision.summary else ""
    return line(shelf, document, HERE, note=note) + told
