"""Who holds a role on a day, who leads a unit, and what is wrong in what `handbook.yml` says of them."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import TESTS, Run
from rutine.errors import ConfigurationError
from rutine.holders import coming, holders_on, manager_of, roles_of, terms
from rutine.i18n import render
from rutine.model import Holder, Settings
from rutine.pages import pages_of
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings

BOOK = """\
name: Handbook
language: en
units:
  town:
    title: Town
    manager: mayor
    units:
      hr:
        title: HR
        manager: head
        units:
          pay: {title: Pay}
      works: {title: Works, manager: engineer}
  club: {title: Club}
roles:
  mayor: {title: Mayor, unit: town, holders: [ada]}
  head:
    title: Head of HR
    unit: hr
    holders:
      - {person: cilla, from: 2026-12-01, until: 2027-01-31, deputy: true, reference: 2026/12}
      - {person: bo, until: 2026-12-31}
      - {person: dag, from: 2027-02-01}
  payer: {title: Payer, unit: pay, holders: [bo]}
  engineer: {title: Engineer, unit: works, holders: [eva]}
  council: {title: Council, unit: town, body: true}
  orphan: {title: Orphan}
people:
  ada: {name: Ada Lund}
  bo: {name: Bo Ek}
  cilla: {name: Cilla Vik}
  dag: {name: Dag Moe}
  eva: {name: Eva Lie, left: 2026-11-30}
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "handbook.yml").write_text(BOOK)
    return read_settings(tmp_path)


@pytest.mark.parametrize(
    ("day", "people"),
    [
        ("2026-11-30", ["bo"]),
        ("2026-12-01", ["bo", "cilla"]),  # the deputy's first day counts, and deputies stand last
        ("2026-12-31", ["bo", "cilla"]),  # the last day counts
        ("2027-01-01", ["cilla"]),
        ("2027-01-31", ["cilla"]),
        ("2027-02-01", ["dag"]),
    ],
)
def test_first_and_last_day_count(settings: Settings, day: str, people: list[str]) -> None:
    assert [holder.person for holder in holders_on(settings, "head", date.fromisoformat(day))] == people


def test_whoever_has_left_holds_nothing(settings: Settings) -> None:
    assert holders_on(settings, "engineer", date(2026, 11, 30)) == [Holder("eva")]
    assert holders_on(settings, "engineer", date(2026, 12, 1)) == []


def test_a_role_that_there_is_not(settings: Settings) -> None:
    assert holders_on(settings, "nobody", date(2026, 11, 30)) == []
    assert coming(settings, "nobody", date(2026, 11, 30)) == []


def test_who_comes(settings: Settings) -> None:
    deputy = Holder("cilla", "2026-12-01", "2027-01-31", True, "2026/12")
    assert coming(settings, "head", date(2026, 11, 30)) == [deputy, Holder("dag", "2027-02-01")]
    assert coming(settings, "head", date(2026, 12, 1)) == [Holder("dag", "2027-02-01")]


def test_roles_of_a_person(settings: Settings) -> None:
    assert roles_of(settings, "bo", date(2026, 12, 31)) == ["head", "payer"]
    assert roles_of(settings, "bo", date(2027, 1, 1)) == ["payer"]
    assert roles_of(settings, "eva", date(2027, 1, 1)) == []


@pytest.mark.parametrize(
    ("unit", "day", "manager"),
    [
        ("pay", "2026-12-01", "head"),  # the nearest above
        ("hr", "2026-12-01", "head"),
        ("works", "2026-11-30", "engineer"),
        ("works", "2026-12-01", "mayor"),  # nobody holds the nearer one
        ("club", "2026-12-01", None),
        (None, "2026-12-01", None),
        ("nowhere", "2026-12-01", None),
        ("payer", "2026-12-01", "head"),  # a role: whoever leads its unit
        ("head", "2026-12-01", "mayor"),  # nobody leads itself
        ("mayor", "2026-12-01", None),
        ("orphan", "2026-12-01", None),
    ],
)
def test_manager(settings: Settings, unit: str | None, day: str, manager: str | None) -> None:
    assert manager_of(settings, unit, date.fromisoformat(day)) == manager


@pytest.mark.parametrize(
    ("holder", "text"),
    [
        (Holder("bo"), ""),
        (Holder("bo", until="2027-01-31"), "until 2027-01-31"),
        (Holder("bo", since="2027-01-31"), "from 2027-01-31"),
        (Holder("bo", "2026-12-01", "2027-01-31", True), "deputy from 2026-12-01 until 2027-01-31"),
    ],
)
def test_terms(holder: Holder, text: str) -> None:
    assert " ".join(render(term, "en") for term in terms(holder, str)) == text


def faults(root: Path, text: str) -> list[str]:
    (root / "handbook.yml").write_text(text)
    with pytest.raises(ConfigurationError) as caught:
        read_settings(root)
    found = sorted(caught.value.faults, key=lambda fault: fault[0])
    return [f"{place.path}:{place.line}:{place.column}: {render(text, 'en')}" for place, text in found]


def test_names_and_times_that_do_not_go_together(tmp_path: Path) -> None:
    text = """\
name: X
language: en
units: {town: {title: Town, manager: bos}}
owners: {handbook: nobody}
roles:
  boss:
    title: Boss
    holders:
      - {person: ada, from: 2026-02-03, until: 2026-02-02}
      - ad
      - {person: ada, from: 2026-02-03, until: 2026-02-03}
      - {until: 2026-02-03, person: ad}
people:
  ada: {name: Ada Lund}
"""
    assert faults(tmp_path, text) == [
        "handbook.yml:3:38: There is no role bos among the roles of this file.",
        "handbook.yml:4:20: There is no role nobody among the roles of this file.",
        "handbook.yml:9:48: This time ends on 2026-02-02, before it begins on 2026-02-03. Correct one of the two.",
        "handbook.yml:10:9: There is no person ad among the people of this file.",
        "handbook.yml:12:37: There is no person ad among the people of this file.",
    ]


def test_what_is_written_otherwise_than_it_must_be(tmp_path: Path) -> None:
    text = """\
name: X
language: en
owners: {most: 0}
roles:
  boss:
    title: Boss
    team: org/hr
    holders:
      - {person: ada, from: 2026-02-30}
      - {from: 2026-02-03}
      - {person: ada, til: 2026-02-03, deputy: "yes"}
people:
  ada: {name: Ada Lund, left: 31.12.2026, accounts: {github: "@ada"}}
"""
    assert faults(tmp_path, text) == [
        "handbook.yml:3:16: owners.most must be at least 1, not 0.",
        "handbook.yml:7:11: org/hr is not written as roles.boss.team must be. Write it like this: @example/hr.",
        "handbook.yml:9:29: 2026-02-30 is not a date in the calendar. Correct roles.boss.holders.from.",
        "handbook.yml:10:9: The field roles.boss.holders.person is missing. Add it.",
        "handbook.yml:11:23: There is no field til. Did you mean until?",
        "handbook.yml:11:48: roles.boss.holders.deputy must be true or false.",
        "handbook.yml:13:31: people.ada.left must be a date as YYYY-MM-DD. Write 2026-12-31.",
        "handbook.yml:13:62: @ada is not written as people.ada.accounts.github must be. Write it like this: ada-lund.",
    ]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The handbook for pages, with a deputy, somebody to come, a body, and a vacancy."""
    root = tmp_path / "site"
    shutil.copytree(TESTS / "handbooks" / "site", root)
    file = root / "handbook.yml"
    text = file.read_text()
    for old, new in (
        ("language: en", "language: nb"),
        (
            "holders: [bo, cilla]",
            'holders: [{person: cilla, from: 2026-11-01, until: 2027-01-31, deputy: true, reference: "<2026/12>"}, bo, {person: ada, from: 2027-02-01}]',
        ),
        ("holders: [ada]", "holders: [{person: ada, until: 2026-11-20}]"),
        ("unit: desk, holders: []", "unit: desk, body: true"),
        ("hr: {title: Human resources}", "hr: {title: Human resources, manager: head-of-hr}"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text)
    return root


def test_pages_tell_who_holds_a_role_and_until_when(site: Path) -> None:
    report = report_for_pages(site, read_settings(site), date(2026, 11, 21))
    pages = {page.path: page.text for page in pages_of(report, ["documents", "owners", "roles", "units"])}
    deputy = "Cilla &#60;Vik&#62; (stedfortreder til 31. januar 2027)"
    assert f"<small>Bo Ek, {deputy} · " in pages["register/owners.md"]
    assert "<small>et organ som beslutter i fellesskap · " in pages["register/owners.md"]
    head = pages["register/roles/head-of-hr.md"]
    assert (
        "Bo Ek<br>Cilla &#60;Vik&#62;<br><small>stedfortreder fra 1. november 2026 til 31. januar 2027 (&#60;2026/12&#62;)</small>"
    ) in head
    assert (
        'Ada Lund (<a href="mailto:ada@smallby.example">ada@smallby.example</a>)<br><small>fra 1. februar 2027</small>'
        in head
    )
    assert "et organ som beslutter i fellesskap" in pages["register/roles/clerk.md"]
    assert 'rutine-chip--warning">ingen' in pages["register/owners.md"]  # in words and by a shape
    assert "Ada Lund" not in pages["register/roles/director.md"]
    assert "Ledes av" in pages["register/units/hr.md"]
    assert "(Bo Ek, Cilla &#60;Vik&#62; – stedfortreder til 31. januar 2027)" in "".join(
        text for path, text in pages.items() if path.startswith("hr/")
    )


def test_show_names_who_holds_the_role(site: Path, rutine: Run) -> None:
    shown = rutine("show", "HR-001", "--on", "2026-11-21", "-C", str(site)).stdout.decode()
    assert "(Bo Ek, Cilla <Vik> – stedfortreder til 2027-01-31)\n" in shown
    found = json.loads(rutine("show", "HR-001", "--format", "json", "--on", "2027-02-01", "-C", str(site)).stdout)
    assert found["owner"]["holders"] == ["Bo Ek", "Ada Lund"]


def test_findings_in_handbook_yml_are_shown_in_every_format(site: Path, rutine: Run) -> None:
    """At the holder, though no document stands there; and they let a change pass."""
    line = next(
        number
        for number, text in enumerate((site / "handbook.yml").read_text().split("\n"), 1)
        if "cilla, from" in text
    )
    column = (site / "handbook.yml").read_text().split("\n")[line - 1].index("{person: cilla") + 1
    day = ("--on", "2027-02-01", "-C", str(site))
    text = rutine("check", *day, LANGUAGE="en").stdout.decode()
    assert f"handbook.yml:{line}:{column}: advarsel: " in text  # in the language of the handbook
    sarif = json.loads(rutine("check", "--format", "sarif", *day).stdout)
    (found,) = (result for result in sarif["runs"][0]["results"] if result["ruleId"] == "expired-deputy")
    place = found["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], found["level"]) == ("handbook.yml", "warning")
    assert place["region"] == {"startLine": line, "startColumn": column}
    for name, needle in (
        ("github", f"::warning file=handbook.yml,line={line},col={column},title=expired-deputy::"),
        ("gitlab", '"check_name": "expired-deputy"'),
        ("json", '"rule": "expired-deputy"'),
        ("junit", "expired-deputy"),
    ):
        assert needle in rutine("check", "--format", name, *day).stdout.decode()
    alone = rutine("check", str(site / "handbook.yml"), *day).stdout.decode()
    assert "[expired-deputy]" in alone
    other = rutine("check", str(site / "procedures" / "gifts.md"), *day).stdout.decode()
    assert "[expired-deputy]" not in other
