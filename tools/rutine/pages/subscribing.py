"""The addresses of the calendars of reviews and the feeds of decisions, and how to subscribe to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rutine.belonging import owner_of, units_of
from rutine.dates import parse_interval
from rutine.model import Page, Report, say
from rutine.pages._alphabet import key
from rutine.pages._guide import points, sentence
from rutine.pages._shelf import Shelf, shelf_of
from rutine.pages._text import h, items, join, md, paragraph, section
from rutine.pages._ways import CALENDAR, FEED, title
from rutine.pages._ways import SUBSCRIBING as HERE
from rutine.site_paths import role_calendar, role_feed, unit_calendar, unit_feed

ORDER = 73
_HOW = (
    say("Copy the address below: press and hold it, or click it with the right button, and choose to copy the link."),
    say("Outlook: open the calendar, choose “Add calendar” and “Subscribe from web”, and paste the address."),
    say("Google Calendar: press the plus sign beside “Other calendars”, choose “From URL”, and paste the address."),
    say("Apple: choose “New Calendar Subscription” in the calendar's File menu, and paste the address."),
    say("A feed is read by news readers, and by Outlook under “RSS Feeds”. Many chat programs can show one in a channel."),
)  # fmt: skip
_LOCKED = say(
    "Must people sign in to read the handbook? Then these programs may not reach it. Ask whoever runs the handbook."
)
_MOVES = say("A review that gets another date moves in your calendar by itself. Do not import the file: a copy stays as it was.")  # fmt: skip
_ALARM = say("The calendar reminds you before the day: {times}.")


def pages(report: Report) -> Iterator[Page]:
    """One page, if there are documents."""
    shelf = shelf_of(report)
    if not shelf.documents:
        return
    name, words = title(shelf, HERE), shelf.words
    intro = words(
        say(
            "A calendar holds the reviews that are to come, a feed what was decided, came into force or was withdrawn. Subscribe to one, and your program keeps it up to date."
        )
    )
    everything = [_line(shelf, words(say("The whole handbook")), [CALENDAR] if shelf.deadlines else [], [FEED])]
    parts = [
        f"# {md(name)}\n",
        paragraph(h(intro)),
        section(words(say("How to subscribe")), "how", points(_advice(shelf))),
        section(words(say("Everything")), "everything", items(everything)),
        *_registers(shelf),
    ]
    yield Page(HERE, name, join(parts), menu=words(say("About the handbook")))


def _advice(shelf: Shelf) -> Iterator[str]:
    yield from (sentence(shelf, text) for text in (*_HOW, _MOVES))
    intervals = (parse_interval(written) for written in shelf.settings.notices.before)
    if times := [shelf.words.length(interval) for interval in intervals if interval]:
        yield sentence(shelf, _ALARM, times=h(", ".join(times)))
    yield sentence(shelf, _LOCKED)


def _registers(shelf: Shelf) -> Iterator[str]:
    """The roles and the units that documents belong to, each with its calendar and its feed."""
    settings, words = shelf.settings, shelf.words
    owners = [document.value("owner") for document in shelf.documents]
    reviewing = [shelf.by_path[path].value("owner") for path in shelf.deadlines if path in shelf.by_path]
    roles = {role: shelf.name(settings.roles[role]) for owner in owners if (role := owner_of(settings, owner))}
    due = {owner_of(settings, owner) for owner in reviewing}
    units = {unit: shelf.name(settings.units[unit]) for owner in owners for unit in units_of(settings, owner)}
    due_units = {unit for owner in reviewing for unit in units_of(settings, owner)}
    groups = (
        (words(say("For a role")), "roles", roles, due, role_calendar, role_feed),
        (words(say("For a unit and those below it")), "units", units, due_units, unit_calendar, unit_feed),
    )
    for head, anchor, names, calendars, calendar, feed in groups:
        ordered = sorted(names, key=lambda name, names=names: key(names[name], shelf.language))  # type: ignore[misc]
        if ordered:
            rows = (_one(shelf, name, names[name], name in calendars, calendar, feed) for name in ordered)
            yield section(head, anchor, items(rows))


def _one(
    shelf: Shelf, name: str, told: str, has_reviews: bool, calendar: Callable[[str], str], feed: Callable[[str], str]
) -> str:
    return _line(shelf, told, [calendar(name)] if has_reviews else [], [feed(name)])


def _line(shelf: Shelf, name: str, calendars: Iterable[str], feeds: Iterable[str]) -> str:
    """A name with the addresses that belong to it, each in full where it is known where the handbook is read."""
    words, site = shelf.words, shelf.settings.notices.site or ""
    told = [(words(say("Calendar")), file) for file in calendars] + [(words(say("Feed")), file) for file in feeds]
    lines = (f"{h(word)}: {shelf.lead(h(site + file), HERE, file)}" for word, file in told)
    return f'<b>{h(name)}</b><br><small class="rutine-addresses">{"<br>".join(lines)}</small>'
