"""What the handbook tells programs: known by heart for a small one, valid by its schema and by those who read it."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unicodedata import normalize
from uuid import UUID
from xml.etree import ElementTree as Xml

import feedparser
import icalendar
import jsonschema
import pytest

from conftest import GOLDEN, TESTS
from rutine import __version__, formats
from rutine.model import Report
from rutine.pages import pages_of
from rutine.publication import publication
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.site_paths import role_calendar
from rutine.stage import stage

TODAY = date(2026, 11, 21)
SITE = TESTS / "handbooks" / "site"
SMALL = TESTS / "handbooks" / "small"
SCHEMA: dict[str, Any] = json.loads((TESTS.parent / "schema" / "_data.json").read_bytes())
ATOM = "{http://www.w3.org/2005/Atom}"
WHERE = "https://handbook.example/smallby"

Golden = Callable[[str, str], None]
Files = Mapping[str, str]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A handbook of its own, without errors."""
    return shutil.copytree(SITE, tmp_path / "book")


def judged(book: Path, today: date = TODAY) -> Report:
    return report_for_pages(book, read_settings(book), today)


def data(book: Path, today: date = TODAY, site_url: str | None = None, report: Report | None = None) -> Files:
    """The data files of a handbook."""
    report = report or judged(book, today)
    staged = stage(book, report, book / "build" / "pages")
    published = publication(report, staged.pages, staged.files, site_url)
    made = (formats.find(name, "publication")(published) for name in formats.names("publication"))
    return {file: text for files in made for file, text in files.items()}


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def xml(text: str) -> Xml.Element:
    return Xml.fromstring(text)  # noqa: S314  # our own


def forgiven(book: Path, today: date = TODAY) -> Files:
    """The data files of a handbook, whatever is wrong with its documents."""
    return data(book, report=replace(judged(book, today), findings=()))


def documents(files: Files) -> dict[str, dict[str, Any]]:
    return {document["id"]: document for document in json.loads(files["handbook.json"])["documents"]}


def test_the_data_of_a_small_handbook(book: Path, golden: Golden) -> None:
    files = data(book, site_url=WHERE)
    assert set(files) == {
        "decided.atom", "handbook.json", "handbook.schema.json", "register.csv", "reviews.ics", "sitemap.xml",
        "reviews/roles/clerk.ics", "reviews/roles/director.ics", "reviews/roles/head-of-hr.ics",
        "decided/roles/clerk.atom", "decided/roles/director.atom", "decided/roles/head-of-hr.atom",
        "decided/units/desk.atom", "decided/units/hr.atom", "decided/units/service.atom", "decided/units/smallby.atom",
        "reviews/units/desk.ics", "reviews/units/hr.ics", "reviews/units/service.ics", "reviews/units/smallby.ics",
    }  # fmt: skip
    for name in ("decided.atom", "handbook.json", "register.csv"):
        golden(f"site-{name}", files[name])
    golden("site-reviews.ics", files["reviews.ics"].replace(f"rutine {__version__}", "rutine VERSION"))
    assert json.loads(files["handbook.schema.json"]) == SCHEMA


# handbook.json


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every part of a schema that describes fields."""
    if isinstance(schema, dict):
        if "properties" in schema and isinstance(schema.get("type"), str | list):
            yield schema
        for part in schema.values():
            yield from objects(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from objects(part)


def complete() -> dict[str, Any]:
    """The schema, with nothing allowed that it does not tell of."""
    schema = deepcopy(SCHEMA)
    for part in objects(schema):
        part["additionalProperties"] = False
    return schema


@pytest.mark.parametrize("handbook", [SITE, SMALL], ids=lambda path: path.name)
def test_the_data_are_as_their_schema_says(handbook: Path, tmp_path: Path) -> None:
    book = shutil.copytree(handbook, tmp_path / "book")
    report = replace(judged(book), findings=())
    validator = jsonschema.validators.validator_for(SCHEMA)(complete())
    assert list(validator.iter_errors(json.loads(data(book, report=report)["handbook.json"]))) == []


@pytest.mark.browser
def test_the_data_of_the_example_lead_to_its_pages(site: Path) -> None:
    book = json.loads((site / "handbook.json").read_text("utf-8"))
    jsonschema.validators.validator_for(SCHEMA)(complete()).validate(book)
    assert len(book["documents"]) > 20
    for document in book["documents"]:
        assert (site / document["page"] / "index.html").is_file()
        assert (site / document["address"] / "index.html").is_file()
        assert all((site / name).is_file() for name in document["attachments"])


def test_the_schema_tells_of_every_field_and_demands_it() -> None:
    jsonschema.validators.validator_for(SCHEMA).check_schema(SCHEMA)
    for part in objects(SCHEMA):
        assert list(part["properties"]) == part["required"]
        assert all(field.get("description", "").endswith(".") for field in part["properties"].values())


def fields(schema: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for name, written in schema.get("properties", {}).items():
        reference = written.get("$ref", "").rpartition("/")[2]
        field = SCHEMA["definitions"][reference] if reference else written
        yield f"{prefix}{name}"
        items = field.get("items", field)
        reference = items.get("$ref", "").rpartition("/")[2]
        yield from fields(SCHEMA["definitions"][reference] if reference else items, f"{prefix}{name}.")


def test_no_field_disappears_from_this_version() -> None:
    """Whoever takes a field away raises the version, and writes this file anew. A new field is added to it."""
    version, *promised = (GOLDEN / "handbook-fields.txt").read_text().split()
    assert version == f"version-{SCHEMA['properties']['version']['const']}"
    assert promised == list(fields(SCHEMA))


def test_no_e_mail_address_is_published(book: Path) -> None:
    change(book / "handbook.yml", "name: Bo Ek}", "name: Bo Ek, email: bo.ek@smallby.example}")
    files = data(book)
    assert [name for name, text in files.items() if "@smallby" in text] == []
    assert "Bo Ek" in files["handbook.json"]


def test_only_what_is_published_is_told(book: Path) -> None:
    change(book / "procedures/gifts.md", "status: in-force", "status: in-farce")
    assert "ALL-001" not in documents(data(book))
    assert "2025-11-20" not in documents(data(book))
    assert "records/" not in data(book)["register.csv"]


def test_states_are_those_of_the_day(book: Path) -> None:
    before, after = (documents(forgiven(book, day))["HR-010"] for day in (date(2026, 12, 31), date(2027, 1, 1)))
    assert (before["status"], before["state"]) == ("in-force", "upcoming")
    assert (after["status"], after["state"]) == ("in-force", "in-force")


def test_pages_with_addresses_of_files(book: Path) -> None:
    change(book / "handbook.yml", "{plain: true}", "{plain: true, address: html}")
    leave = documents(data(book))["HR-001"]
    assert (leave["page"], leave["address"]) == ("hr/leave.html", "HR-001.html")
    assert leave["attachments"] == ["hr/plan.png", "hr/form.pdf", "hr/drawing.svg"]


def test_a_number_that_cannot_be_an_address(book: Path) -> None:
    change(book / "procedures/hr/recruiting.md", "id: HR-009", "id: hr")
    recruiting = documents(forgiven(book))["hr"]
    assert (recruiting["page"], recruiting["address"]) == ("hr/recruiting/", None)


# What others wrote


PAYLOAD = "</title></script><script>alert(1)</script>]]>&quot;'\"=1+1{{x}}"


def test_what_others_wrote_stays_text(book: Path) -> None:
    leave = book / "procedures/hr/leave.md"
    for old in (
        "Leave of absence\nkind",
        "Shorter, and *clearer*",
        "2024/17",
        "How you ask for leave, and who decides.",
    ):
        change(
            leave,
            f'"{old}"' if old.startswith("Shorter") else old,
            json.dumps(PAYLOAD) + ("\nkind" if "\n" in old else ""),
        )
    change(book / "handbook.yml", "Handbook of Smallby & Sons", json.dumps(PAYLOAD))
    change(book / "handbook.yml", "organisation: Smallby", f"organisation: {json.dumps(PAYLOAD)}")
    files = data(book, site_url=WHERE, report=replace(judged(book), findings=()))
    assert "<" not in files["handbook.json"]
    assert documents(files)["HR-001"]["title"] == PAYLOAD
    feed = feedparser.parse(files["decided.atom"])
    assert (feed.bozo, feed.version) == (False, "atom10")
    tree = xml(files["decided.atom"])
    assert tree.findtext(f"{ATOM}title") == tree.findtext(f"{ATOM}author/{ATOM}name") == PAYLOAD
    assert f"Decided: HR-001 {PAYLOAD}" in [entry.findtext(f"{ATOM}title") for entry in tree.iter(f"{ATOM}entry")]
    assert {element.tag for element in tree.iter()} == {
        f"{ATOM}{name}" for name in "feed id title updated author name link entry published category summary".split()
    }
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(files["register.csv"], newline=""))}
    assert (rows["HR-001"]["title"], rows["HR-001"]["decision-reference"]) == (PAYLOAD, PAYLOAD)
    calendar = icalendar.Calendar.from_ical(files["reviews.ics"])
    assert str(calendar["x-wr-calname"]).replace("\\;", ";") == PAYLOAD  # icalendar knows no names that begin with X-
    assert f"Review: HR-001 {PAYLOAD}" in [str(event["summary"]) for event in calendar.walk("VEVENT")]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_formula_reaches_a_spreadsheet(book: Path, start: str) -> None:
    change(book / "procedures/hr/leave.md", "reference: 2024/17", f"reference: '{start}HYPERLINK(1)'")
    rows = csv.DictReader(io.StringIO(data(book)["register.csv"], newline=""))
    assert [row["decision-reference"] for row in rows if row["id"] == "HR-001"] == [f"'{start}HYPERLINK(1)"]


def test_characters_that_act_are_told_and_not_sent(book: Path) -> None:
    change(book / "procedures/hr/leave.md", "reference: 2024/17", 'reference: "a\\u202eb\\u0007c"')
    change(book / "procedures/hr/leave.md", "Leave of absence\nkind", '"Leave \\u202e\\uFFFE of absence"\nkind')
    for name, text in forgiven(book).items():
        assert not re.search(r"[\u202e\x07\uFFFE]", text), name


# decided.atom


def entries(files: Files) -> list[Any]:
    feed = feedparser.parse(files["decided.atom"])
    assert (feed.bozo, feed.version) == (False, "atom10")
    return list(feed.entries)


def test_the_feed_holds_what_the_standard_demands(book: Path) -> None:
    for site_url in (None, WHERE):
        tree = xml(data(book, site_url=site_url)["decided.atom"])
        holders = [tree, *tree.iter(f"{ATOM}entry")]
        ids = [holder.findtext(f"{ATOM}id") or "" for holder in holders]
        assert len(set(ids)) == len(ids) > 5
        assert all(UUID(identifier.removeprefix("urn:uuid:")).version == 5 for identifier in ids)
        for holder in holders:
            assert len(holder.findall(f"{ATOM}title")) == len(holder.findall(f"{ATOM}updated")) == 1
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", holder.findtext(f"{ATOM}updated") or "")
        dates = [entry.findtext(f"{ATOM}updated") or "" for entry in tree.iter(f"{ATOM}entry")]
        assert dates == sorted(dates, reverse=True)
        assert tree.findtext(f"{ATOM}updated") == dates[0]


def test_the_feed_does_not_depend_on_the_day_of_the_build(book: Path) -> None:
    first, later = (data(book, day)["decided.atom"] for day in (TODAY, date(2026, 12, 31)))
    assert first == later
    assert [entry.title for entry in entries(forgiven(book, date(2027, 1, 1)))][:1] == ["In force: HR-010 Hiring"]


def test_an_entry_stays_the_same_when_its_file_moves_and_when_its_date_is_corrected(book: Path) -> None:
    def of_recruiting() -> list[tuple[str, str]]:
        return [(entry.id, entry.updated[:10]) for entry in entries(data(book)) if "HR-009" in entry.title]

    before = of_recruiting()
    shutil.move(book / "procedures/hr/recruiting.md", book / "procedures/service/recruiting.md")
    assert of_recruiting() == before
    day = before[0][1]
    change(book / "procedures/service/recruiting.md", f"date: {day}}}", "date: 2026-10-05}")
    assert of_recruiting() == [(before[0][0], "2026-10-05")]


def test_each_version_is_an_entry_and_stays_when_another_follows(book: Path) -> None:
    """HR-001 has the versions 1.0 (2020-01-10) and 2.0 (2024-02-29, decided that day), in force since 2024-04-01."""

    def of_leave() -> dict[str, tuple[str, str, str]]:
        found = (entry for entry in entries(forgiven(book)) if "HR-001" in entry.title)
        return {entry.id: (entry.title.split(":")[0], entry.updated[:10], entry.summary) for entry in found}

    before = of_leave()
    assert list(before.values()) == [
        ("In force", "2024-04-01", "Procedure, version 2.0: Shorter, and *clearer*"),
        ("Decided", "2024-02-29", "Procedure, version 2.0: Shorter, and *clearer*"),
        ("Decided", "2020-01-10", "Procedure, version 1.0: First version"),
    ]
    leave = book / "procedures/hr/leave.md"
    change(leave, "decision: {by: director, date: 2024-02-29", "decision: {by: director, date: 2026-05-05")
    change(leave, 'clearer*"}', 'clearer*"}\n  - {version: "3.0", date: 2026-05-01, change: minor, summary: Third}')
    after = of_leave()
    assert {name for name, told in before.items() if told[0] == "Decided"} < after.keys()
    assert [told for name, told in after.items() if name not in before and told[0] == "Decided"] == [
        ("Decided", "2026-05-05", "Procedure, version 3.0: Third")  # no version is older than its decision
    ]
    change(leave, '"3.0"', '"0.9"')  # a draft's number
    assert {name for name, told in of_leave().items() if told[0] == "Decided"} < before.keys()


def test_each_role_and_unit_has_a_feed_of_what_it_owns(book: Path) -> None:
    files = data(book)
    found = {name: feedparser.parse(text) for name, text in files.items() if name.endswith(".atom")}
    assert all((feed.bozo, feed.version) == (False, "atom10") for feed in found.values())
    assert len({feed.feed.id for feed in found.values()}) == len(found) == 8
    titles = {name: [entry.title for entry in feed.entries] for name, feed in found.items()}
    assert titles["decided/roles/director.atom"] == [
        "Decided: ALL-001 Gifts & hospitality", "Decided: SRV-001 From question to answer",
    ]  # fmt: skip
    assert found["decided/units/hr.atom"].feed.title == "Handbook of Smallby & Sons: Human resources"
    entries_of = {entry.id for entry in found["decided/units/hr.atom"].entries}
    assert entries_of < {entry.id for entry in found["decided.atom"].entries}


def test_names_that_differ_in_little_have_files_of_their_own() -> None:
    names = ["HR", "hr", "h r", "h/r", "h-r", "con", "å", "a\u030a", "..", "-", "x" * 300, "x" * 301]
    files = [role_calendar(name) for name in names]
    assert len({normalize("NFC", file).casefold() for file in files}) == len(names)
    for file in files:
        folder, _, name = file.rpartition("/")
        assert folder == "reviews/roles"
        assert re.fullmatch(r"[\w-]{1,80}\.ics", name)
        assert not name.startswith("con.")
    assert role_calendar("head-of-hr") == "reviews/roles/head-of-hr.ics"


def test_drafts_and_the_future_are_no_news(book: Path) -> None:
    assert "Decided: ALL-001 Gifts & hospitality" in [entry.title for entry in entries(data(book))]
    change(book / "procedures/gifts.md", "status: in-force", "status: draft")
    assert "ALL-001" not in forgiven(book)["decided.atom"]
    assert [entry.title for entry in entries(forgiven(book, date(1999, 3, 1)))] == ["Decided: HR-004 Typing pool"]
    empty = forgiven(book, date(1990, 1, 1))
    assert entries(empty) == []
    assert "<updated>1970-01-01T00:00:00Z</updated>" in empty["decided.atom"]


# reviews.ics


def reviews(files: Files, name: str) -> list[str]:
    calendar = icalendar.Calendar.from_ical(files[name])
    assert calendar.errors == []
    events = calendar.walk("VEVENT")
    alarms = [[alarm.decoded("trigger") for alarm in event.walk("VALARM")] for event in events]
    assert all(found == [timedelta(days=-30), timedelta(days=-7)] for found in alarms)
    assert len({str(event["uid"]) for event in events}) == len(events)
    return [str(event["summary"]).split()[1] for event in events]


def test_each_role_and_unit_has_its_reviews(book: Path) -> None:
    files = data(book)
    found = {name: reviews(files, name) for name in files if name.endswith(".ics")}
    everything = found.pop("reviews.ics")
    assert found["reviews/units/smallby.ics"] == everything
    assert found["reviews/roles/director.ics"] == ["SRV-001", "ALL-001"]
    assert sorted(
        name for part in ("roles/director", "roles/clerk", "roles/head-of-hr") for name in found[f"reviews/{part}.ics"]
    ) == sorted(everything)
    assert str(icalendar.Calendar.from_ical(files["reviews/units/hr.ics"])["x-wr-calname"]) == (
        "Handbook of Smallby & Sons: Human resources"
    )


def test_a_calendar_tells_of_reviews_as_long_before_as_the_handbook_says(book: Path) -> None:
    """A month before 2027-05-20 is 30 days before, and before 2026-08-15 it is 31; a week is 7 days."""
    change(book / "handbook.yml", "\nroles:", "\nnotices: {before: [1 month, 1 week, 7 days]}\nroles:")
    calendar = icalendar.Calendar.from_ical(forgiven(book)["reviews.ics"])
    alarms = {
        str(event["summary"]).split()[1]: [alarm.decoded("trigger").days for alarm in event.walk("VALARM")]
        for event in calendar.walk("VEVENT")
    }
    assert (alarms["HR-009"], alarms["SRV-001"]) == ([-30, -7], [-31, -7])
    change(book / "handbook.yml", "[1 month, 1 week, 7 days]", "[]")
    assert "VALARM" not in forgiven(book)["reviews.ics"]


def test_an_event_leads_to_its_document_where_the_address_of_the_site_is_known(book: Path) -> None:
    calendar = icalendar.Calendar.from_ical(data(book, site_url=WHERE)["reviews.ics"])
    found = {str(event["summary"]).split()[1]: str(event["url"]) for event in calendar.walk("VEVENT")}
    assert found["ALL-001"] == f"{WHERE}/ALL-001/"
    assert "URL" not in data(book)["reviews.ics"]


def test_no_line_of_a_calendar_is_too_long(book: Path) -> None:
    change(book / "procedures/hr/leave.md", "Leave of absence\nkind", f"{'Føroyskt 𝔘 ' * 12}\nkind")
    text = forgiven(book)["reviews.ics"]
    assert max(len(line.encode()) for line in text.split("\r\n")) == 75
    assert any(
        ("Føroyskt 𝔘 " * 12).strip() in str(event["summary"])
        for event in icalendar.Calendar.from_ical(text).walk("VEVENT")
    )


# The page that lists them


def test_every_calendar_and_feed_stands_on_the_page_and_leads_there(book: Path) -> None:
    def addresses() -> list[str]:
        (page,) = pages_of(judged(book), ["subscribing"])
        return re.findall(r'<a href="../../([^"#]+)">', page.text)

    files = sorted(name for name in data(book) if name.endswith((".ics", ".atom")))
    assert sorted(addresses()) == files
    change(
        book / "handbook.yml", "\nroles:", "\nnotices: {site: 'https://handbook.example/smallby', before: []}\nroles:"
    )
    (page,) = pages_of(judged(book), ["subscribing"])
    assert f'<a href="../../reviews.ics">{WHERE}/reviews.ics</a>' in page.text
    assert "reminds" not in page.text


# sitemap.xml


def test_the_sitemap_holds_every_page_and_no_other_address(book: Path) -> None:
    assert "sitemap.xml" not in data(book)
    pages = stage(book, judged(book), book / "build" / "pages").pages
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    for where in (WHERE, f"{WHERE}/"):
        tree = xml(data(book, site_url=where)["sitemap.xml"])
        found = [url.findtext(f"{name}loc") or "" for url in tree]
        assert len(found) == len(pages)
        assert {f"{WHERE}/", f"{WHERE}/hr/leave/", f"{WHERE}/register/roles/clerk/"} <= set(found)
        assert not any("HR-0" in address or "//" in address.removeprefix("https://") for address in found)
    last = {url.findtext(f"{name}loc"): url.findtext(f"{name}lastmod") for url in tree}
    assert last[f"{WHERE}/hr/leave/"] == "2024-02-29"
    assert last[f"{WHERE}/hr/typing-pool/"] == "2020-01-01"
    assert last[f"{WHERE}/hr/"] is None
