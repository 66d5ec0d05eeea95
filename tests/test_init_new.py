"""`rutine init` and `rutine new`: what they lay out is complete, passes or fails the check as it must, and harms nothing."""

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from rutine.cli import rutine
from rutine.errors import UsageError
from rutine.frontmatter import Loaded
from rutine.i18n import LANGUAGES
from rutine.report import judge
from rutine.scaffold import TEMPLATE, lay_out, slug, template_files
from rutine.settings import read_settings
from rutine.yaml_text import yaml_text

ROOT = Path(__file__).parents[1]
DAY = date(2026, 11, 21)
FIRST = {
    "nb": ("ledelse/styrende-dokumenter.md", "ledelse/lage-og-endre-dokumenter.md"),
    "nn": ("leiing/styrande-dokument.md", "leiing/lage-og-endre-dokument.md"),
    "da": ("ledelse/styrende-dokumenter.md", "ledelse/oprette-og-aendre-dokumenter.md"),
    "sv": ("ledning/styrande-dokument.md", "ledning/skapa-och-andra-dokument.md"),
    "en": ("management/governing-documents.md", "management/making-and-changing-documents.md"),
}
OTHERS = {
    ".gitignore", ".pre-commit-config.yaml", ".github/workflows/check.yml", ".github/workflows/decisions.yml", ".github/workflows/due.yml",
    ".gitlab-ci.yml", ".gitlab/decisions.yml",
    "README.md", "handbook.yml", "mkdocs.yml", "procedures/index.md",
}  # fmt: skip


def call(*arguments: str) -> Result:
    """The command, in this process; what it raises is raised."""
    return CliRunner().invoke(rutine, arguments, catch_exceptions=False, prog_name="rutine")


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def english(tmp_path: Path) -> Path:
    lay_out(tmp_path / "hb", "en", "Trial", DAY)
    return tmp_path / "hb"


# init


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_handbook_is_complete_and_passes_the_check(language: str, tmp_path: Path) -> None:
    folder = tmp_path / "hb"
    done = call("init", str(folder), "--language", language, "--name", "Prøve: «A&B»", "--on", "2026-11-21")
    assert done.exit_code == 0
    assert set(content(folder)) == OTHERS | {f"procedures/{path}" for path in FIRST[language]}
    settings = read_settings(folder)
    assert (settings.name, settings.language) == ("Prøve: «A&B»", language)
    report = judge(folder, settings, DAY)
    assert [(finding.place, finding.message) for finding in report.findings] == []
    kinds = {path.removeprefix("procedures/"): entry.kind for path, entry in report.handbook.entries.items()}
    assert kinds == {"index.md": None, FIRST[language][0]: "guideline", FIRST[language][1]: "procedure"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_handbook_claims_no_decision(language: str, tmp_path: Path) -> None:
    lay_out(tmp_path / "hb", language, "", DAY)
    for entry in judge(tmp_path / "hb", read_settings(tmp_path / "hb"), DAY).handbook.entries.values():
        if entry.kind:
            assert (entry.value("status"), entry.value("decided-on"), entry.value("revision-date")) == (
                "draft",
                None,
                "2026-11-21",
            )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_in_its_place(language: str) -> None:
    files = dict(template_files(language, "A *star*", DAY))
    assert list(files)[-1] == "handbook.yml"
    for path, text in files.items():
        assert not re.search(r"@[a-z-]+@", text), path
        assert text.endswith("\n") and not text.endswith("\n\n") and "\r" not in text and "\t" not in text, path
        if path.endswith((".yml", ".yaml")):
            assert yaml.safe_load(text), path
    assert files["README.md"].startswith("# A \\*star\\*\n")
    assert yaml.safe_load(files["mkdocs.yml"])["site_name"] == "A *star*"


def test_the_languages_say_the_same() -> None:
    """Line by line the same headings, lists, fields and commands."""
    markdown, settings = re.compile(r"[#\s>|-]*(\d+\.|[a-z-]+:|`rutine \w+)?"), re.compile(r"[#\s]*")

    def shape(language: str) -> list[list[str]]:
        names = ["README.md", "handbook.yml", *(f"procedures/{path}" for path in ("index.md", *FIRST[language]))]
        texts = [(TEMPLATE / language / name).read_text("utf-8") for name in names]
        patterns = [settings if name == "handbook.yml" else markdown for name in names]
        return [
            [pattern.match(line)[0] for line in text.splitlines()]
            for text, pattern in zip(texts, patterns, strict=True)
        ]  # type: ignore[index]

    for language in LANGUAGES:
        assert shape(language) == shape("en")


def test_what_comes_next(tmp_path: Path) -> None:
    folder = tmp_path / "hb"
    assert call("init", str(folder), "--language", "en").output == (
        f"13 files written to {folder}.\n"
        "What to do next:\n"
        f"  - enter units, roles and people in {folder / 'handbook.yml'}\n"
        f"  - check the handbook: rutine check -C {folder}\n"
        f"  - build its pages: rutine build -C {folder}\n"
        f"  - put it under version control: git init -b main {folder}\n"
    )


def test_no_git_is_run(tmp_path: Path) -> None:
    (tmp_path / "hb" / ".git").mkdir(parents=True)
    lay_out(tmp_path / "hb", "nb", "X", DAY)
    assert list((tmp_path / "hb" / ".git").iterdir()) == []


def test_nothing_that_is_there_is_touched(tmp_path: Path) -> None:
    for name in ("README.md", "a", "b", "c"):
        (tmp_path / name).write_text("mine")
    before = content(tmp_path)
    with pytest.raises(UsageError) as raised:
        lay_out(tmp_path, "nb", "X", DAY)
    assert (
        str(raised.value)
        == f"The folder {tmp_path} is not empty (README.md, a, b, …). Choose a folder that is new or empty."
    )
    assert content(tmp_path) == before


def test_a_handbook_within_a_handbook(english: Path) -> None:
    for folder in (english, english / "procedures" / "inner"):
        with pytest.raises(UsageError) as raised:
            lay_out(folder, "nb", "X", DAY)
        assert str(raised.value) == f"{folder} already lies in the handbook {english}. Choose a folder outside it."


def test_a_file_in_the_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "hb").write_text("mine")
    with pytest.raises(UsageError) as raised:
        lay_out(tmp_path / "hb", "nb", "X", DAY)
    assert str(raised.value) == f"{tmp_path / 'hb'} is a file. Choose a folder that is new or empty."


@pytest.mark.parametrize(
    "name",
    ["A: b", "#1", "2026-01-01", "no", "true", "'x'", '"', "x #y", "A & B", "Håndbok\n  for\tÅs", "- a", "{a}", "1.10"],
)
def test_any_name_survives(name: str, tmp_path: Path) -> None:
    lay_out(tmp_path, "en", name, DAY)
    wanted = " ".join(name.split())
    assert read_settings(tmp_path).name == wanted
    assert yaml.safe_load((tmp_path / "mkdocs.yml").read_text("utf-8"))["site_name"] == wanted


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_new_handbook_builds(language: str, tmp_path: Path) -> None:
    lay_out(tmp_path / "hb", language, "Prøve", DAY)
    env = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
    done = subprocess.run(
        [sys.executable, "-m", "rutine", "build", "--on", "2026-11-21"],
        cwd=tmp_path / "hb",
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Prøve" in (tmp_path / "hb" / "site" / "index.html").read_text("utf-8")


# new

KIND = {
    "$schema": "http://json-schema.org/draft-07/schema#",
    "type": "object",
    "x-title": {"en": "Instruction"},
    "x-sections": [{"heading": {"en": "What to do"}, "hint": {"en": "One step a line."}}, {"heading": {"en": "Help"}}],
    "required": ["number", "kind", "state", "reach", "tools"],
    "properties": {
        "number": {"type": "string", "pattern": "^I[0-9]{4}$", "x-means": "id", "x-title": {"en": "Number"}},
        "name": {"type": "string", "x-means": "title", "x-title": {"en": "Name"}},
        "kind": {"const": "instruction"},
        "state": {"enum": ["new", "valid"], "x-means": "status", "x-values": {"new": "draft", "valid": "in-force"}, "x-labels": {"new": {"en": "Just begun"}}},
        "keeper": {"type": "string", "x-means": "owner", "x-refers-to": "role", "x-title": {"en": "Keeper"}},
        "reach": {
            "type": "object", "x-title": {"en": "Reach"}, "required": ["floor"],
            "properties": {"floor": {"type": "integer"}, "wing": {"type": "string", "examples": ["north"]}},
        },
        "tools": {
            "type": "array", "minItems": 1,
            "items": {"type": "object", "required": ["tool"], "properties": {"tool": {"type": "string"}, "checked": {"type": "string", "format": "date"}}},
        },
        "tags": {"type": "array", "items": {"type": "string"}, "x-title": {"en": "Tags"}},
    },
}  # fmt: skip
WRITTEN = """\
---
number:                       # Number
name: "Ladders: use"          # Name
kind: instruction
state: new                    # new (Just begun), valid
keeper: director              # Keeper
reach:                        # Reach
  floor:
  # wing:                     # for example north
tools:
  - tool:
    # checked:                # a day as YYYY-MM-DD
#
# Fields to add where they apply, without the #:
# tags: []                    # Tags
---

# Ladders: use

## What to do

<!-- One step a line. -->

## Help
"""


def test_a_handbooks_own_kind(english: Path) -> None:
    (english / "schema").mkdir()
    (english / "schema" / "instruction.json").write_text(json.dumps(KIND))
    done = call(
        "new", "Instruction", "--title", "Ladders: use", "--owner", "Director", "--on", "2026-11-21", "-C", str(english)
    )
    assert done.exit_code == 0
    assert (english / "procedures" / "ladders-use.md").read_text("utf-8") == WRITTEN


def test_only_what_is_to_be_filled_in_is_found(english: Path) -> None:
    done = call("new", "procedure", "--title", "Leave", "--folder", "hr", "--on", "2026-11-21", "-C", str(english))
    path = "procedures/hr/leave.md"
    lines = done.output.splitlines()
    assert (done.exit_code, lines[:2]) == (0, [f"Written: {english / path}", "To fill in:"])
    empty, required = "is empty. Fill it in, or delete the line if it does not apply.", "is empty. Fill it in."
    told = [line.removeprefix(path) for line in lines if line.startswith(path)]
    assert told == [
        f":6:1: error: The field owner {required} [missing-field]",
        f":8:3: error: The list scope.units {empty} [schema-mismatch]",
        f":11:5: error: The field roles.role {required} [missing-field]",
        f":12:5: error: The field roles.responsibility {required} [missing-field]",
        f":15:3: error: The field review.every {empty} [missing-field]",
        ":44:1: error: The section Purpose is empty. Write it. [empty-section]",
        ":48:1: error: The section Method is empty. Write it. [empty-section]",
    ]


def test_every_kind_that_is_shipped(english: Path) -> None:
    settings = read_settings(english)
    for kind in settings.kinds:
        done = call("new", kind, "--title", "A thing", "--on", "2026-11-21", "-C", str(english))
        assert done.exit_code == 0
        path = Path(done.output.splitlines()[0].removeprefix("Written: ")).relative_to(english).as_posix()
        report = judge(english, settings, DAY, [path])
        assert report.handbook.entries[path].kind == kind
        others = [
            finding.message.text
            for finding in report.findings
            if not re.search(r" is empty\. (Fill it in|Write it)", finding.message.text)
        ]
        assert others == []
        (english / path).unlink()


def test_a_complete_document_is_clean(english: Path) -> None:
    call("new", "guideline", "--title", "Ethics", "--owner", "director", "--on", "2026-11-21", "-C", str(english))
    path = english / "procedures" / "ethics.md"
    text = path.read_text("utf-8")
    for empty, full in (
        ("units: []", "units: [all]"),
        ("every:  ", "every: 1 year  "),
        (" -->", " -->\n\nWe are honest."),
    ):
        assert empty in text
        text = text.replace(empty, full)
    path.write_text(text, "utf-8")
    assert judge(english, read_settings(english), DAY).findings == []


def number(done: Result) -> str:
    text = Path(done.output.splitlines()[0].removeprefix("Written: ")).read_text("utf-8")
    return re.search(r"^id: *(\S*)", text, re.MULTILINE)[1]  # type: ignore[index]


def test_the_next_number(english: Path) -> None:
    def new(*arguments: str) -> str:
        return number(call("new", "procedure", *arguments, "-C", str(english)))

    assert new("--title", "In a folder without documents", "--folder", "hr") == "HR-001"
    assert new("--title", "In a folder with documents", "--folder", "hr") == "HR-002"
    assert new("--title", "After the two of the template", "--folder", "management") == "MAN-003"
    assert new("--title", "With a prefix of another folder", "--folder", "management", "--prefix", "hr") == "HR-003"
    assert new("--title", "Still the habit of the folder", "--folder", "management") == "MAN-004"
    path = english / "procedures" / "hr" / "in-a-folder-with-documents.md"
    path.write_text(path.read_text("utf-8").replace("HR-002", "HR-0120"), "utf-8")
    assert new("--title", "After a longer number", "--prefix", "HR", "--folder", "it") == "HR-0121"
    assert new("--title", "In the folder of everything") == "PRO-001"
    assert new("--title", "With a new prefix", "--prefix", "ikt") == "IKT-001"


def test_a_prefix_that_the_kind_does_not_allow(english: Path) -> None:
    with pytest.raises(UsageError) as raised:
        call("new", "procedure", "--title", "X", "--prefix", "h r", "-C", str(english))
    assert (
        str(raised.value) == "h r-001 cannot be the number of a document of the kind procedure. Choose another prefix."
    )


def test_nothing_is_overwritten(english: Path) -> None:
    where = ("new", "procedure", "--title", "Ny løype", "-C", str(english))
    call(*where)
    before = content(english)
    with pytest.raises(UsageError) as raised:
        call(*where)
    assert str(raised.value) == "There is already a file procedures/ny-loype.md. Choose another title or folder."
    assert content(english) == before


@pytest.mark.parametrize("folder", ["..", "../other", "/etc", "hr/../../x", ".git", "hr/.x", "C:\\x", "out"])
def test_outside_the_documents_folder(folder: str, english: Path, tmp_path: Path) -> None:
    (english / "procedures" / "out").symlink_to(tmp_path)
    with pytest.raises(UsageError) as raised:
        call("new", "procedure", "--title", "X", "--folder", folder, "-C", str(english))
    shown = folder.replace("\\", "/")
    assert str(raised.value) == f"A new file cannot be put in {shown}. Name a folder within procedures, such as hr."


def test_the_folder_may_be_named_from_the_root(english: Path) -> None:
    call("new", "procedure", "--title", "X y", "--folder", "procedures/hr/", "-C", str(english))
    assert (english / "procedures" / "hr" / "x-y.md").is_file()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["procedur"], "Error: Invalid value for 'KIND': There is no kind procedur. Did you mean procedure?\n"),
        (
            ["procedure", "--owner", "diretor"],
            "Error: Invalid value for '--owner': There is no role diretor. Did you mean director?\n",
        ),
    ],
)
def test_names_that_there_are_not(arguments: list[str], told: str, english: Path) -> None:
    before = content(english)
    done = call("new", *arguments, "-C", str(english))
    assert done.exit_code == 2
    assert done.output.endswith(told)
    assert content(english) == before


def test_another_language(english: Path) -> None:
    call("new", "procedure", "--title", "Ferie", "--language", "nb", "-C", str(english))
    text = (english / "procedures" / "ferie.md").read_text("utf-8")
    assert "\nlanguage: nb                  # Språk: nb, nn, da, sv, en\n" in text
    assert re.findall(r"^## .*", text, re.MULTILINE) == ["## Formål", "## Fremgangsmåte"]


def test_without_a_title(english: Path) -> None:
    call("new", "procedure", "-C", str(english))
    text = (english / "procedures" / "pro-001.md").read_text("utf-8")
    assert "\ntitle:                        # Title\n" in text
    assert "\n# Procedure\n" in text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Søknad om permisjon", "soknad-om-permisjon"),
        ("Læring, årshjul & øvelse", "laering-arshjul-ovelse"),
        ("Översyn av ärenden", "oversyn-av-arenden"),
        ("  --- ", ""),
        ("x" * 70, "x" * 60),
        (" ".join(["ord"] * 20), "-".join(["ord"] * 15)),
        ("İstanbul ﬁnans ½", "istanbul-finans-12"),
    ],
)
def test_file_names(title: str, name: str) -> None:
    assert slug(title) == name


def test_a_name_that_windows_keeps_for_itself(english: Path) -> None:
    call("new", "procedure", "--title", "Con", "-C", str(english))
    assert (english / "procedures" / "con-procedure.md").is_file()


@pytest.mark.parametrize(
    "text",
    [
        "Plain text",
        "Søknad (ny)",
        "a: b",
        "yes",
        "2026-01-01",
        "012",
        "x #y",
        "",
        "[a]",
        '"q"',
        "…",
        "@x",
        "null",
        "Null",
        "a\\b",
    ],
)
def test_yaml_text_is_read_back(text: str) -> None:
    written = yaml_text(text)
    assert Loaded(f"x: {written}", 1).faults == []
    assert yaml.safe_load(f"x: {written}") == {"x": text}


def test_yaml_text_quotes_only_where_it_must() -> None:
    assert [yaml_text(text) for text in ("Søknad (ny)", "A, b – c/d", "a: b", "no")] == [
        "Søknad (ny)",
        "A, b – c/d",
        '"a: b"',
        '"no"',
    ]
