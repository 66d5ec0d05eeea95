"""How the site looks: what `handbook.yml` may say of it, and what the templates and the style sheet get from that."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from conftest import TESTS
from rutine.errors import ConfigurationError
from rutine.i18n import render
from rutine.look import around, assets, style_sheet
from rutine.report_for_pages import report_for_pages
from rutine.settings import read_settings
from rutine.stage import PublishingError, refuse_dangling, stage

TODAY = date(2026, 11, 21)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h4v4z"/></svg>'
RUNS = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def handbook(folder: Path, look: str, **files: str) -> Path:
    (folder / "procedures").mkdir()
    for name, content in files.items():
        (folder / "procedures" / name.replace("_", ".")).write_text(content)
    (folder / "handbook.yml").write_text(f"name: Handbook\norganisation: Øy & Sons\nlanguage: nb\nlook: {look}\n")
    return folder


def shown_around(folder: Path) -> dict[str, str]:
    return around(report_for_pages(folder, read_settings(folder), TODAY))


def test_colour_and_logo(tmp_path: Path) -> None:
    handbook(tmp_path, '{colour: "#C8102E", logo: our mark.svg}', **{"our mark_svg": SVG})
    settings, shown = read_settings(tmp_path), shown_around(tmp_path)
    assert shown["logo"] == "our%20mark.svg"
    assert shown["organisation"] == shown["owner"] == "Øy &amp; Sons"
    assert shown["published"] == "Publisert av rutine 21. november 2026"
    assert "--rutine-brand: #c8102e;" in style_sheet(settings)
    assert b'fill="#c8102e"' in dict(assets(settings))["favicon.svg"]


def test_the_organisation_is_not_named_twice(tmp_path: Path) -> None:
    (tmp_path / "handbook.yml").write_text("name: Handbook of Øy\norganisation: øy\nlanguage: en\n")
    assert shown_around(tmp_path)["organisation"] == ""


def test_the_accessibility_statement_is_a_document(tmp_path: Path) -> None:
    book = shutil.copytree(TESTS / "handbooks" / "site", tmp_path, dirs_exist_ok=True)
    assert shown_around(book)["accessibility"] == ""
    settings = (book / "handbook.yml").read_text()
    (book / "handbook.yml").write_text(f"{settings}accessibility_statement: srv-001\n")
    assert shown_around(book)["accessibility"] == "service/enquiry/"
    (book / "handbook.yml").write_text(f"{settings}accessibility_statement: SRV-099\n")
    report = report_for_pages(book, read_settings(book), TODAY)
    with pytest.raises(PublishingError) as caught:
        refuse_dangling(stage(book, report, book / "build" / "pages"))
    told = "There is no published document SRV-099, which accessibility_statement names."
    assert [(place.path, render(message, "en")) for place, message in caught.value.faults] == [("handbook.yml", told)]


@pytest.mark.parametrize(
    ("look", "message"),
    [
        ("{logo: no.svg}", "There is no file no.svg in the documents' folder. Correct the name, or put it there."),
        ("{logo: ../handbook.yml}", "There is no file ../handbook.yml in the documents' folder. Correct the name, or put it there."),
        ("{logo: logo.pdf}", "A logo is a file that ends in .svg, .png, .webp, .jpg, .jpeg."),
        ("{logo: runs.svg}", "The drawing runs.svg does more than draw: it runs, or asks for other files."),
    ],
)  # fmt: skip
def test_what_cannot_be_a_logo(tmp_path: Path, look: str, message: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_settings(handbook(tmp_path, look, logo_pdf="%PDF", runs_svg=RUNS))
    (place, told), *others = caught.value.faults
    assert (place.path, place.line, place.column, others) == ("handbook.yml", 4, 14, [])
    assert render(told, "en") == message


@pytest.mark.parametrize("colour", ["red", '"#fff"', '"#12345g"', '"#0b5c53;} body {}"'])
def test_what_is_no_colour(tmp_path: Path, colour: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read_settings(handbook(tmp_path, f"{{colour: {colour}}}"))
    assert [place.line for place, _ in caught.value.faults] == [4]
