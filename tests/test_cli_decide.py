"""`rutine decide`: the record that it writes, and what it refuses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from acting import HIRING, change, small_book
from conftest import Run
from rutine.fingerprint import fingerprint
from rutine.frontmatter import Loaded
from rutine.kinds import Kind
from rutine.read import parse_document
from rutine.record_files import write_record
from rutine.settings import read_settings
from rutine.yaml_text import yaml_fields

DAY = {"SOURCE_DATE_EPOCH": "1795219200"}  # 2026-11-21


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return small_book(tmp_path)


def number_of(root: Path, path: str = HIRING) -> str:
    return fingerprint(parse_document(read_settings(root), path, (root / path).read_bytes()))


def decide(rutine: Run, root: Path, *arguments: str) -> str:
    """The last line that the command prints, and nothing else where it worked."""
    done = rutine("decide", "HR-002", "-C", str(root), *arguments, **DAY)
    assert done.returncode in (0, 2)
    return (done.stderr or done.stdout).decode().splitlines()[-1]


def test_the_record(rutine: Run, book: Path) -> None:
    """Who, in which role, when and where, and exactly which text."""
    done = rutine(
        "decide", "hr-002", "--by", "Director", "--date", "2024-01-10", "--reference", "2026/17", "--comment", "Yes: all of it", "-C", str(book), **DAY,
    )  # fmt: skip
    path = book / "records" / "decisions" / "HR-002" / "2024-01-10.yml"
    assert (done.returncode, done.stderr, done.stdout.decode()) == (0, b"", f"Written: {path}\n")
    assert path.read_text("utf-8") == (
        'document: HR-002\nversion: "1.0"\ndate: 2024-01-10\nby: director\nperson: ada\nreference: "2026/17"\n'
        f'fingerprint: "{number_of(book)}"\ncomment: "Yes: all of it"\n'
    )
    assert rutine("check", str(path), "-C", str(book)).returncode == 0


def test_a_second_one_of_the_day_stands_beside_the_first(rutine: Run, book: Path) -> None:
    where = ("--by", "director", "--date", "2024-01-10", "--reference", "1")
    assert [decide(rutine, book, *where).rpartition("/")[2] for _ in range(3)] == [
        "2024-01-10.yml",
        "2024-01-10-2.yml",
        "2024-01-10-3.yml",
    ]


def test_an_older_version_is_recorded_without_its_text(rutine: Run, book: Path) -> None:
    change(
        book, HIRING, "revisions:\n", 'revisions:\n  - {version: "2.0", date: 2026-01-10, summary: Second version}\n'
    )
    last = decide(rutine, book, "--by", "director", "--date", "2024-01-10", "--reference", "1", "--version", "1.0")
    assert last == "The text of version 1.0 is not at hand, so the record names none."
    written = yaml.safe_load((book / "records" / "decisions" / "HR-002" / "2024-01-10.yml").read_text("utf-8"))
    assert (written["version"], "fingerprint" in written) == ("1.0", False)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--date", "2024-01-10", "--reference", "1"], "Error: Missing option '--by'."),
        (["--by", "director", "--reference", "1"], "Error: Missing option '--date'."),
        (["--by", "director", "--date", "2024-01-10"], "Error: Missing option '--reference'."),
        (
            ["--by", "diretor", "--date", "2024-01-10", "--reference", "1"],
            "Error: Invalid value for '--by': There is no role diretor. Did you mean director?",
        ),
        (
            ["--by", "director", "--date", "2026-11-22", "--reference", "1"],
            "Error: Invalid value for '--date': 2026-11-22 is in the future. Name the day on which it was done.",
        ),
        (
            ["--by", "director", "--date", "2024-01-10", "--reference", "1", "--person", "bo"],
            "Error: Invalid value for '--person': bo did not hold the role director on 2024-01-10. Choose among: ada.",
        ),
        (
            ["--by", "director", "--date", "2024-01-10", "--reference", "1", "--person", "Adda Lund"],
            "Error: Invalid value for '--person': There is no person Adda Lund in handbook.yml. Did you mean ada?",
        ),
        (
            ["--by", "head-of-hr", "--date", "2024-01-10", "--reference", "1"],
            "Error: Invalid value for '--person': Several people held the role head-of-hr on 2024-01-10 (bo, cilla). Say who it was.",
        ),
        (
            ["--by", "director", "--date", "2024-01-10", "--reference", "1", "--version", "3.0"],
            "Error: Invalid value for '--version': The document has no version 3.0. It has: 1.0.",
        ),
    ],
)
def test_wrong_use(arguments: list[str], message: str, rutine: Run, book: Path) -> None:
    done = rutine("decide", "HR-002", "-C", str(book), *arguments, **DAY)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().splitlines()[-1] == message
    assert not (book / "records").exists()


def test_nobody_held_the_role(rutine: Run, book: Path) -> None:
    change(book, "handbook.yml", "holders: [ada]", "holders: [{person: ada, from: 2025-01-01}]")
    last = decide(rutine, book, "--by", "director", "--date", "2024-01-10", "--reference", "1")
    assert last == (
        "Error: Invalid value for '--by': Nobody held the role director on 2024-01-10. Choose another role or day, or correct handbook.yml."
    )


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("HR-009", "There is no document HR-009. Did you mean HR-004, HR-003, HR-002?"),
        ("records/decisions/HR-002/2024-01-10.yml", "records/decisions/HR-002/2024-01-10.yml is no document. Name one by its number, such as HR-012."),
        ("procedures/tech/salt.md", "This document has no number, and records name documents by it. Give it one first."),
    ],
)  # fmt: skip
def test_what_no_record_can_be_about(wanted: str, message: str, rutine: Run, book: Path) -> None:
    where = ("--by", "director", "--date", "2024-01-10", "--reference", "1", "-C", str(book))
    rutine("decide", "HR-002", *where, **DAY)
    done = rutine("decide", wanted, *where, **DAY)
    assert done.returncode == 2
    assert done.stderr.decode().splitlines()[-1] == f"Error: Invalid value for 'ID': {message}"


def test_nothing_is_written_through_a_link(rutine: Run, book: Path, tmp_path: Path) -> None:
    (book / "records").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (book / "records" / "decisions").symlink_to(tmp_path / "elsewhere")
    last = decide(rutine, book, "--by", "director", "--date", "2024-01-10", "--reference", "1")
    assert last == "records/decisions/HR-002 is reached through a symbolic link, which is never followed."
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_number_is_no_path(book: Path) -> None:
    """Whatever a document's number holds, its records stay in their folder."""
    settings = read_settings(book)
    path = write_record(
        book, settings, settings.kinds["decision"], "../../x y", date(2026, 1, 2), {"about": "../../x y"}
    )
    assert path == "records/decisions/-x-y/2026-01-02.yml"
    assert (book / path).read_text("utf-8") == 'document: "../../x y"\n'


def test_fields_have_the_names_of_the_kind(book: Path) -> None:
    """A kind of the handbook's own has other names, fields within fields, and lacks some."""
    schema = {
        "x-form": "record",
        "properties": {
            "kind": {"const": "vedtak"},
            "vedtatt": {
                "properties": {"dato": {"x-means": "decided-on"}, "av": {"x-means": "decided-by"}},
            },
            "gjelder": {"x-means": "about"},
        },
    }
    settings = read_settings(book)
    kind = Kind("vedtak", schema, "schema/vedtak.json")
    fields = {"about": "HR-002", "decided-by": "director", "decided-on": "2026-01-02", "person": "ada"}
    path = write_record(book, settings, kind, "HR-002", date(2026, 1, 2), fields)
    assert path == "records/vedtak/HR-002/2026-01-02.yml"
    assert (book / path).read_text("utf-8") == (
        "kind: vedtak\nvedtatt:\n  av: director\n  dato: 2026-01-02\ngjelder: HR-002\n"
    )


TEXTS = ["Ja", "a: b", "- x", "yes", "012", "1.10", "12", "2026-01-01", "#x", "a\nb", "å, æ (ø)", "x\u0085y\u2028\ufeffz", "\x00\x7f", '"q"', "@", " a "]  # fmt: skip


def test_every_text_is_read_back() -> None:
    """By this reader and by another."""
    fields = {
        "one": TEXTS,
        "two": [{"a": text, "b": [text]} for text in TEXTS],
        "three": {"x": {"y": "no"}},
        "gone": "",
    }
    written = yaml_fields(fields)
    expected = {name: value for name, value in fields.items() if value}
    loaded = Loaded(written, 1)
    assert (loaded.faults, loaded.value) == ([], expected)
    assert yaml.load(written, yaml.BaseLoader) == expected  # noqa: S506  # it makes texts only
