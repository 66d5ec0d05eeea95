"""Who is told of which review on which day: each notice once, to those who hold the role, in their language."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from conftest import TESTS
from rutine import formats
from rutine.dates import Interval
from rutine.deadlines import Deadline
from rutine.errors import UsageError
from rutine.formats._digest import subject, text
from rutine.formats._mail import mail, message_id
from rutine.i18n import LANGUAGES
from rutine.intervals import Rule
from rutine.model import Holder, Notices, Person, Role, Settings, Unit
from rutine.notices import Digests, Notice, digests, notices
from rutine.settings import read_settings
from rutine.suspects import Suspicion

SMALL = TESTS / "handbooks" / "small"
SCHEMA = json.loads((TESTS.parent / "docs" / "notices.schema.json").read_bytes())
DUE = date(2027, 3, 31)
READ = read_settings(SMALL)
HOSTILE = "::error::x\r\nBcc: all@example.org\r\n\r\n<b>\x1b[31m\u202e\udcff"


def settings(**more: Any) -> Settings:
    """A town: ada leads it, bo leads roads, cilla owns what is done there until she leaves, dan stands in for her."""
    units = {
        "town": Unit("town", {"": "Town"}, None, "director"),
        "tech": Unit("tech", {"": "Technical services"}, "town", None),
        "roads": Unit("roads", {"": "Roads"}, "tech", "head"),
    }
    roles = {
        "director": Role("director", {"": "Director"}, "town", (Holder("ada"),)),
        "head": Role("head", {"": "Head of roads"}, "roads", (Holder("bo"),)),
        "engineer": Role(
            "engineer", {"": "Engineer"}, "roads",
            (Holder("cilla"), Holder("dan", "2027-03-01", "2027-04-30", deputy=True)),
        ),
        "writer": Role("writer", {"": "Writer"}, "tech", ()),
        "council": Role("council", {"": "Council"}, "town", (), body=True),
        "stray": Role("stray", {"": "Stray"}, None, ()),
    }  # fmt: skip
    people = {
        "ada": Person("ada", "Ada Lund", "ada@town.example"),
        "bo": Person("bo", "Bo Ek", "bo@town.example", language="sv"),
        "cilla": Person("cilla", "Cilla Vik", "cilla@town.example", left="2027-04-01"),
        "dan": Person("dan", "Dan Å", None, language="nb"),
    }
    rules = Notices(sender="quality@town.example", site="https://handbook.example/")
    found = replace(READ, units=units, roles=roles, people=people, notices=rules)
    return replace(found, **more)


def row(
    owner: str | None, due: date = DUE, path: str = "procedures/a.md", units: tuple[str, ...] = (), today: date = DUE
) -> Deadline:
    days = (due - today).days
    state = "overdue" if days < 0 else "due"
    return Deadline(
        path, "A-1", "Snow", "procedure", owner, units, due, state, days, "decision", due, Interval(1, "year"), 1, 1
    )


def told(found: Digests) -> dict[str, list[tuple[str, str]]]:
    return {digest.person: [(one.notice.kind, one.reason) for one in digest.notices] for digest in found.digests}


def on(day: str, owner: str | None = "engineer", **more: Any) -> dict[str, list[tuple[str, str]]]:
    """What is told on a day, a run a day."""
    today = date.fromisoformat(day)
    units = more.pop("units", ())
    return told(digests(settings(**more), [row(owner, units=units, today=today)], today - timedelta(days=1), today))


def test_the_days_on_which_notices_fall_due() -> None:
    """Due on 2027-03-31: 30 days before is 1 March, 7 days before 24 March, 14 days after 14 April."""
    found = [
        (notice.kind, notice.day.isoformat())
        for notice in notices(settings(), [row("engineer")], date(2027, 1, 1), date(2027, 12, 31))
    ]
    assert found == [("before", "2027-03-01"), ("before", "2027-03-24"), ("at", "2027-03-31"), ("after", "2027-04-14")]


def test_everybody_who_holds_the_role_on_the_day_is_told() -> None:
    owners = {"cilla": [("before", "owner")], "dan": [("before", "owner")]}
    assert on("2027-02-28") == {}
    assert on("2027-03-01") == owners
    assert on("2027-03-24") == owners
    assert on("2027-03-31") == {"cilla": [("at", "owner")], "dan": [("at", "owner")]}


def test_the_manager_is_told_when_nothing_was_done() -> None:
    assert on("2027-04-13") == {}
    assert on("2027-04-14") == {"bo": [("after", "manager")]}
    assert on("2027-04-15") == {}


def test_a_manager_is_never_the_manager_of_an_own_document() -> None:
    """What the head of roads has not done is told to the director; what she has not done, to herself once more."""
    assert on("2027-04-14", "head") == {"ada": [("after", "manager")]}
    assert on("2027-04-14", "director") == {"ada": [("after", "alone")]}


@pytest.mark.parametrize("day", ["2027-03-01", "2027-03-31", "2027-04-14"])
def test_what_nobody_owns_goes_to_whoever_leads_the_unit(day: str) -> None:
    kind = {"2027-03-01": "before", "2027-03-31": "at", "2027-04-14": "after"}[day]
    assert on(day, "writer") == {"ada": [(kind, "vacant")]}  # nobody leads tech; the town above it is led
    assert on(day, "unheard of", units=("nowhere", "roads")) == {"bo": [(kind, "vacant")]}
    assert on(day, None, units=("roads",)) == {"bo": [(kind, "vacant")]}


def test_what_a_body_owns_goes_to_whoever_leads_the_unit() -> None:
    assert on("2027-03-31", "council") == {"ada": [("at", "body")]}
    found = digests(settings(), [row("council")], date(2027, 3, 30), DUE)
    assert "  Council decides together. You lead its unit: see to it that the review is done.\n" in texts(found)["ada"]


def test_what_there_is_nobody_to_tell_of_is_said() -> None:
    found = digests(settings(), [row("stray"), row(None, path="procedures/b.md")], date(2027, 3, 30), DUE)
    assert (found.digests, [notice.row.path for notice in found.unreached]) == (
        (),
        ["procedures/a.md", "procedures/b.md"],
    )
    assert formats.render("text", "digests", found).splitlines()[-1] == (
        "procedures/b.md: nobody is told of the review of A-1 Snow: no one holds the role –, and no one leads its unit."
        " Name somebody in handbook.yml."
    )


def test_rules_of_the_handbook() -> None:
    quiet = Notices(before=(), at=False, manager_after=None)
    assert not list(notices(settings(notices=quiet), [row("engineer")], date(2026, 1, 1), date(2028, 1, 1)))
    same = Notices(before=("1 week", "7 days"), at=False, manager_after=None)
    assert [n.day for n in notices(settings(notices=same), [row("engineer")], date(2026, 1, 1), date(2028, 1, 1))] == [
        date(2027, 3, 24)
    ]
    month = Notices(before=("1 month",), at=False, manager_after="1 month")
    assert [n.day for n in notices(settings(notices=month), [row("engineer")], date(2026, 1, 1), date(2028, 1, 1))] == [
        date(2027, 2, 28), date(2027, 4, 30),
    ]  # fmt: skip


intervals = st.builds(
    lambda number, unit: f"{number} {unit}s", st.integers(1, 90), st.sampled_from(["day", "week", "month"])
)
start = date(2027, 1, 1)


@hypothesis(deadline=None)
@given(
    st.lists(st.integers(-900, 900), max_size=12),
    st.lists(st.integers(0, 40), min_size=1, max_size=30),
    st.lists(intervals, max_size=4),
    st.booleans(),
    st.none() | intervals,
)
def test_whatever_the_dates_each_notice_is_told_once(
    dues: list[int], gaps: list[int], before: list[str], at: bool, after: str | None
) -> None:
    """Runs on any days, some twice a day, some after weeks: each tells since the day of the one before it."""
    rules = Notices(before=tuple(before), at=at, manager_after=after)
    rows = [row("engineer", start + timedelta(days=due), f"{index}.md") for index, due in enumerate(dues)]
    found: Counter[Notice] = Counter()
    last = start
    for gap in gaps:
        today = last + timedelta(days=gap)
        found.update(notices(settings(notices=rules), rows, last, today))
        last = today
    every_day: Counter[Notice] = Counter()
    for number in range((last - start).days):
        day = start + timedelta(days=number)
        every_day.update(notices(settings(notices=rules), rows, day, day + timedelta(days=1)))
    assert found == every_day == Counter(set(notices(settings(notices=rules), rows, start, last)))
    assert all(start < notice.day <= last for notice in found)
    assert set(found.values()) <= {1}


@hypothesis(deadline=None)
@given(
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(["engineer", "head", "writer", "stray", None]),
)
def test_nothing_is_lost_between_people(today: date, days: int, owner: str | None) -> None:
    """Every notice reaches somebody, or is said to reach nobody."""
    found = digests(settings(), [row(owner, today=today)], today - timedelta(days=days), today)
    due = set(notices(settings(), [row(owner, today=today)], today - timedelta(days=days), today))
    reached = {one.notice for digest in found.digests for one in digest.notices}
    assert reached | set(found.unreached) == due
    assert reached.isdisjoint(found.unreached)


# The words


def texts(found: Digests) -> dict[str, str]:
    return {digest.person: text(found, digest) for digest in found.digests}


def test_what_an_owner_reads() -> None:
    today = date(2027, 3, 24)
    rows = [row("engineer", today=today), row("engineer", today, "procedures/tech/b.md", today=today)]
    found = digests(settings(), rows, date(2027, 2, 1), today)
    cilla = next(digest for digest in found.digests if digest.person == "cilla")
    assert subject(found, cilla) == "Handbook of Smallby: 2 reviews to see to"
    assert text(found, cilla) == (
        "Hello, Cilla Vik\n\nDUE\n\nA-1 Snow\n  24 March 2027: due today. Owner: Engineer.\n"
        "  https://handbook.example/tech/b/\n\n"
        "COMING UP\n\nA-1 Snow\n  24 March 2027: due today. Owner: Engineer.\n  https://handbook.example/tech/b/\n\n"
        "A-1 Snow\n  31 March 2027: due in 7 days. Owner: Engineer.\n  https://handbook.example/a/\n\n"
        "Go through each document. If it is right as it is, record the review; if not, suggest the change.\n"
        "How that is done: https://handbook.example/about/writing/\n\nSent by rutine for Handbook of Smallby.\n"
    )


def test_what_a_manager_reads_in_another_language() -> None:
    today = date(2027, 4, 14)
    found = digests(settings(), [row("engineer", today=today)], date(2027, 4, 13), today)
    assert subject(found, found.digests[0]) == "Handbook of Smallby: en översyn att göra"
    assert texts(found) == {
        "bo": "Hej, Bo Ek\n\nINTE GJORT I TID\n\nA-1 Snow\n  31 mars 2027: FÖRSENAD sedan 14 dagar. Ägare: Engineer.\n"
        "  Du får veta det för att du leder ägarens enhet. Fråga Engineer vad som är i vägen.\n"
        "  https://handbook.example/a/\n\nSkickat av rutine för Handbook of Smallby.\n"
    }


def test_whoever_gets_what_nobody_owns_is_told_so() -> None:
    found = digests(settings(), [row("writer")], date(2027, 3, 30), DUE)
    assert "  Nobody holds the role Writer. You lead its unit: see to it that somebody does.\n" in texts(found)["ada"]
    late = digests(settings(), [row("director", today=date(2027, 4, 14))], date(2027, 4, 13), date(2027, 4, 14))
    assert "  You are told once more because nobody leads the owner's unit.\n" in texts(late)["ada"]


def test_without_a_site_there_are_no_addresses() -> None:
    bare = settings(notices=Notices())
    found = digests(bare, [row("engineer")], date(2027, 3, 30), DUE)
    assert "http" not in texts(found)["cilla"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_every_language(language: str) -> None:
    people = {"cilla": Person("cilla", "Cilla Vik", "cilla@town.example", language=language)}
    found = digests(settings(people=people), [row("engineer")], date(2027, 2, 1), DUE)
    told_ = texts(found)["cilla"]
    assert "{" not in told_
    assert ("Hello" in told_) == (language == "en")


# Harmless, and the same every time


def hostile() -> Digests:
    people = {"cilla": Person("cilla", HOSTILE, "cilla@town.example")}
    found = settings(people=people, name=HOSTILE)
    rows: Iterable[Deadline] = [row("engineer")._replace(title=HOSTILE, id=HOSTILE)]
    return digests(found, rows, date(2027, 3, 30), DUE)


def test_nobody_adds_a_header_or_a_line() -> None:
    found = hostile()
    content = mail(found, found.digests[0], datetime(2027, 3, 31, 6, tzinfo=UTC)).as_bytes()
    read = message_from_bytes(content, policy=default)
    assert sorted(read.keys()) == [
        "Auto-Submitted", "Content-Language", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version",
        "Message-ID", "Subject", "To",
    ]  # fmt: skip
    assert read["To"].addresses[0].addr_spec == "cilla@town.example"
    assert [address.addr_spec for address in read["From"].addresses] == ["quality@town.example"]
    assert read["Bcc"] is None
    assert not set(text(found, found.digests[0])) & set("\r\x1b\u202e\udcff")
    for name in formats.names("digests"):
        assert not set(formats.render(name, "digests", found)) & set("\r\x1b\u202e\udcff")


def test_a_message_is_plain_text_in_utf_8_with_an_identity() -> None:
    today = date(2027, 4, 14)
    found = digests(settings(), [row("engineer", today=today)], date(2027, 4, 13), today)
    read = message_from_bytes(
        mail(found, found.digests[0], datetime(2027, 4, 14, 6, tzinfo=UTC)).as_bytes(), policy=default
    )
    assert str(read["Subject"]) == "Handbook of Smallby: en översyn att göra"
    assert (str(read["To"]), str(read["From"])) == (
        "Bo Ek <bo@town.example>", "Handbook of Smallby <quality@town.example>",
    )  # fmt: skip
    assert read.get_content_type() == "text/plain"
    assert read.get_content().replace("\r\n", "\n") == texts(found)["bo"]
    assert (str(read["Date"]), read["Content-Language"]) == ("Wed, 14 Apr 2027 06:00:00 +0000", "sv")
    again = digests(settings(), [row("engineer", today=today)], date(2027, 1, 1), today)
    assert read["Message-ID"] == message_id(found, found.digests[0]) == message_id(again, again.digests[0])
    tomorrow = found._replace(today=today + timedelta(days=1))
    assert message_id(tomorrow, found.digests[0]) != message_id(found, found.digests[0])


@pytest.mark.parametrize(
    "address",
    ["", "bo", "bo@", "@town.example", "a@b@c", "bo@town.example, x@y.example", "bo <x@y.example>", "a\nb@c.example"],
)
def test_what_is_no_address_is_refused(address: str) -> None:
    people = {"cilla": Person("cilla", "Cilla Vik", address)}
    found = digests(settings(people=people), [row("engineer")], date(2027, 3, 30), DUE)
    with pytest.raises(UsageError, match="Cilla Vik was not told"):
        mail(found, found.digests[0], datetime(2027, 3, 31, tzinfo=UTC))


def test_the_data_is_as_its_schema_says() -> None:
    validate = jsonschema.Draft7Validator(SCHEMA, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER).validate
    found = digests(
        settings(), [row("engineer"), row("stray", path="procedures/b.md")], date(2027, 2, 1), date(2027, 5, 1)
    )
    for one in (found, hostile()):
        told_ = json.loads(formats.render("json", "digests", one))
        validate(told_)
    told_ = json.loads(formats.render("json", "digests", found))
    assert [digest["person"] for digest in told_["digests"]] == ["bo"]  # cilla has left, and dan's time is over
    (digest,) = told_["digests"]
    assert [(one["kind"], one["on"], one["reason"]) for one in digest["notices"]] == [
        ("after", "2027-04-14", "vacant"), ("at", "2027-03-31", "vacant"),
        ("before", "2027-03-01", "vacant"), ("before", "2027-03-24", "vacant"),
    ]  # fmt: skip
    assert len(told_["unreached"]) == 4


def test_what_is_due_for_a_change_is_told_once() -> None:
    """A document that is due for what has changed is so on every day, until it is reviewed."""
    suspicion = Suspicion("act", "LOV-2005-06-17-62", (), date(2027, 1, 1), date(2026, 5, 1), "", 1, 1)
    days = [date(2026, 12, 31) + timedelta(days=number) for number in range(1, 60)]
    told = []
    for today in days:
        suspect = row("engineer")._replace(due=today, rule=Rule(suspicions=(suspicion,)))
        told += notices(settings(), [suspect], today - timedelta(days=1), today)
    assert [(one.kind, one.day) for one in told] == [("at", date(2027, 1, 1)), ("after", date(2027, 1, 15))]
    unknown = row("engineer")._replace(rule=Rule(suspicions=(suspicion._replace(day=None),)))
    assert list(notices(settings(), [unknown], date(2020, 1, 1), DUE)) == []
