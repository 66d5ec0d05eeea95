"""Words for deadlines: their state, what they rest on, and who owns the document."""

from __future__ import annotations

from datetime import date

from rutine.dates import Interval
from rutine.deadlines import Agenda, Deadline
from rutine.i18n import choose, render
from rutine.model import Entry, Message, Settings, say
from rutine.why import why


def state(row: Deadline, language: str) -> str:
    """How far away the review is. On the day itself it is due and not overdue."""
    return render(_state(row), language)


def _state(row: Deadline) -> Message:
    if row.rule.suspicions and row.days == 0:
        return say("due now")
    if row.state == "overdue":
        return say("OVERDUE by {count} days", one="OVERDUE by 1 day", count=-row.days)
    if row.days == 0:
        return say("due today")
    return say("due in {count} days", one="due tomorrow", count=row.days)


def basis(row: Deadline, language: str, written: str = "") -> str:
    """What the date rests on: a record of a review, the decision, or nothing but a date that somebody wrote."""
    since = written or row.since.isoformat()
    found = {
        "record": say("review recorded {date}", date=since),
        "decision": say("decided {date}", date=since),
        "claim": say("only a review date in the document: {date}", date=since),
    }
    return render(found[row.basis], language)


def reasons(row: Deadline, settings: Settings, language: str) -> list[str]:
    """Why the review is due on its day: the rule that gives the interval, and what the document rests on that has changed."""
    return why(row, settings, language, lambda found: day(found, language))


def day(day: date, language: str) -> str:
    """A day in running text, as people write it: 1 March 2026."""
    return render(Message(_MONTHS[day.month - 1].text, {"day": str(day.day), "year": str(day.year)}), language)


_MONTHS = (
    say("{day} January {year}"),
    say("{day} February {year}"),
    say("{day} March {year}"),
    say("{day} April {year}"),
    say("{day} May {year}"),
    say("{day} June {year}"),
    say("{day} July {year}"),
    say("{day} August {year}"),
    say("{day} September {year}"),
    say("{day} October {year}"),
    say("{day} November {year}"),
    say("{day} December {year}"),
)


def owner_title(settings: Settings, owner: str | None) -> str:
    """What the role that owns a document is called; a role that the handbook does not know by its name alone."""
    role = settings.roles.get(owner or "")
    return choose(role.title, settings.language) if role else owner or ""


def unit_title(settings: Settings, name: str) -> str:
    """What a unit is called; one that the handbook does not know by its name alone."""
    unit = settings.units.get(name)
    return choose(unit.title, settings.language) if unit else name


def outcome(settings: Settings, record: Entry) -> str:
    """What came of a review, as the kind of the record calls it."""
    kind, value = settings.kinds.get(record.kind or ""), record.value("outcome")
    return kind.label(tuple(kind.name_of("outcome").split(".")), settings.language, value) if kind and value else ""


def text_of_record(record: Entry, is_current: bool | None) -> Message | None:
    """Whether a record is about the text that the document has now."""
    if is_current is not None:
        return say("of the text as it is now") if is_current else say("the text has changed since")
    return None if record.value("fingerprint") else say("of which text is not recorded")


def totals(agenda: Agenda) -> str:
    """How many documents are overdue, how many soon due; or that there are none."""
    language = agenda.settings.language
    if not agenda.deadlines and agenda.until:
        return render(say("No review is due until {date}.", date=agenda.until.isoformat()), language)
    total = say(
        "Overdue: {overdue}. Due soon: {due}. Later: {later}.",
        overdue=agenda.number_of("overdue"),
        due=agenda.number_of("due"),
        later=agenda.number_of("later"),
    )
    return render(total, language)


def every(interval: Interval) -> str:
    """An interval as it is written in documents: `12 months`."""
    return f"{interval.number} {interval.unit}{'' if interval.number == 1 else 's'}"


def rhythm(interval: Interval, language: str) -> str:
    """An interval in the reader's words."""
    count = interval.number
    words = {
        "day": say("every {count} days", one="every day", count=count),
        "week": say("every {count} weeks", one="every week", count=count),
        "month": say("every {count} months", one="every month", count=count),
        "year": say("every {count} years", one="every year", count=count),
    }
    return render(words[interval.unit], language)
