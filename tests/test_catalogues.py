"""The catalogues: every text that a user reads is in them, translations survive an update, and what is wrong is told."""

import gettext
from pathlib import Path

import pytest

import catalogues

CODE = """
from rutine.cli import _
from rutine.model import say

A = say("There are {count} {things}.", one="There is one {things}.", count=2, things="x")
B = say("Long texts "
        "are one text.")
C = _("Help") if A else _("No help")
D = translate({"error": "An error"}["error"], language)
E = translate("Yes" if A else "No", language)
F = translate(message.text, language)
G = other.say("By attribute")
H = unsaid("not for people")
"""
MANUAL = '"""What it\nfinds.\n\nWhy it  is so.\n"""\nSEVERITY = "error"\n'


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small package with texts of every sort, and one language."""
    package = tmp_path / "tools" / "rutine"
    (package / "checks").mkdir(parents=True)
    (tmp_path / "schema").mkdir()
    (package / "code.py").write_text(CODE, "utf-8")
    (package / "checks" / "some_rule.py").write_text(MANUAL, "utf-8")
    (package / "checks" / "_shared.py").write_text('"""No manual."""', "utf-8")
    (tmp_path / "schema" / "_handbook.json").write_text(
        '{"properties": {"name": {"description": "The name."}}}', "utf-8"
    )
    (package / "regulations.json").write_text('{"LOV-1": {"title": "An act", "note": "Replaced."}}', "utf-8")
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    monkeypatch.setattr(catalogues, "PACKAGE", package)
    monkeypatch.setattr(catalogues, "LOCALE", package / "locale")
    monkeypatch.setattr(catalogues, "TEMPLATE", package / "locale" / "rutine.pot")
    monkeypatch.setattr(catalogues, "LANGUAGES", ("nb",))
    monkeypatch.setattr(catalogues, "SHOWN", 1000)
    return package


def po(package: Path) -> Path:
    return package / "locale" / "nb" / "LC_MESSAGES" / "rutine.po"


def translate(package: Path, text: str, translation: str) -> None:
    """As a translator does."""
    content = po(package).read_text("utf-8")
    assert content.count(f'msgid "{text}"\nmsgstr ""') == 1
    po(package).write_text(
        content.replace(f'msgid "{text}"\nmsgstr ""', f'msgid "{text}"\nmsgstr "{translation}"'), "utf-8"
    )


def test_what_is_extracted(package: Path) -> None:
    own = [(file, text) for file, text in catalogues.messages() if file != "click"]
    code, rule = "tools/rutine/code.py", "tools/rutine/checks/some_rule.py"
    assert own == [
        ("schema/_handbook.json", "The name."),
        (rule, "What it finds."),
        (rule, "Why it is so."),
        (code, "An error"),
        (code, "By attribute"),
        (code, "Help"),
        (code, "Long texts are one text."),
        (code, "No"),
        (code, "No help"),
        (code, "There are {count} {things}."),
        (code, "There is one {things}."),
        (code, "Yes"),
        ("tools/rutine/regulations.json", "Replaced."),
    ]


@pytest.mark.parametrize("call", ['say(f"There are {count}.")', 'say("a" + name)', '_("%s" % name)'])
def test_a_text_in_pieces_is_refused(call: str, package: Path) -> None:
    (package / "code.py").write_text(f"\nx = {call}\n", "utf-8")
    with pytest.raises(SystemExit) as raised:
        catalogues.messages()
    assert (
        str(raised.value)
        == "tools/rutine/code.py:2: the text must stand whole in the call, with {names} for what varies"
    )


def test_what_is_extracted_of_click() -> None:
    """Help and every sort of wrong use, in words that are in the catalogue."""
    texts = [text for file, text in catalogues.messages() if file == "click"]
    single = {text for text in texts if isinstance(text, str)}
    assert {
        "Usage:", "Options", "Commands", "Show this message and exit.", "Error: {message}", "Missing argument", "Missing command.",
        "No such option {name!r}.", "No such command {name!r}.", "Try '{command} {option}' for help.", "Invalid value for {param_hint}: {message}",
        "default: {default}", "required", "directory", "{name} {filename!r} does not exist.", "Aborted!",
    } <= single  # fmt: skip
    assert {text[0] for text in texts if isinstance(text, tuple)} >= {
        "Got unexpected extra argument ({args})", "Option {name!r} requires an argument.", "{value!r} is not {choice}.",
    }  # fmt: skip
    assert not any("twice" in text for text in single), "mistakes of programmers are left out"


def test_the_same_words_give_the_same_file(package: Path) -> None:
    catalogues.update()
    first = (catalogues.TEMPLATE.read_bytes(), po(package).read_bytes())
    (package / "code.py").write_text("\n\n\n" + CODE, "utf-8")
    catalogues.update()
    assert (catalogues.TEMPLATE.read_bytes(), po(package).read_bytes()) == first
    assert b"Date" not in first[0] + first[1]


def test_an_update_keeps_translations_and_guesses_none(package: Path) -> None:
    catalogues.update()
    translate(package, "Help", "Hjelp")
    translate(package, "No help", "Ingen hjelp")
    (package / "code.py").write_text(CODE.replace('"No help"', '"No helper"').replace('"Yes"', '"Yes, do"'), "utf-8")
    catalogues.update()
    content = po(package).read_text("utf-8")
    assert 'msgid "Help"\nmsgstr "Hjelp"' in content
    assert 'msgid "No helper"\nmsgstr ""' in content
    assert "Ingen hjelp" not in content
    assert "fuzzy" not in content


def test_what_is_wrong_is_told(package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert catalogues.check() == 1
    assert capsys.readouterr().out.splitlines()[:2] == [
        "tools/rutine/locale/rutine.pot: stale",
        "tools/rutine/locale/nb/LC_MESSAGES/rutine.po: missing",
    ]
    catalogues.update()
    translate(package, "There are {count} {things}.", "Det er {count} {ting}.")
    assert catalogues.check() == 1
    out = capsys.readouterr().out
    where = "tools/rutine/locale/nb/LC_MESSAGES/rutine.po: "
    assert f"{where}other placeholders than in: There are {{count}} {{things}}.\n" in out
    assert f"{where}no translation of: Help\n" in out
    assert "stale" not in out


def test_a_complete_catalogue_is_in_order(
    package: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(catalogues, "CLICK", ())
    monkeypatch.setattr(catalogues, "CLICK_ALSO", ())
    catalogues.update()
    for _, text in catalogues.messages():
        assert isinstance(text, str)
        translate(package, text, text.upper().replace("{COUNT}", "{count}").replace("{THINGS}", "{things}"))
    assert (catalogues.check(), capsys.readouterr().out) == (0, "")


def test_what_is_compiled_is_what_gettext_reads(package: Path) -> None:
    catalogues.update()
    translate(package, "Help", "Hjelp")
    content = po(package).read_text("utf-8")
    plural = 'msgid "Option {name!r} requires an argument."\nmsgid_plural "Option {name!r} requires {nargs} arguments."\nmsgstr[0] ""\nmsgstr[1] ""'
    assert plural in content
    po(package).write_text(
        content.replace(plural, plural.replace('[0] ""', '[0] "Én"').replace('[1] ""', '[1] "Flere"')), "utf-8"
    )
    catalogues.compile_catalogues()
    with po(package).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert compiled.gettext("Help") == "Hjelp"
    assert [compiled.ngettext("Option {name!r} requires an argument.", "…", count) for count in (1, 2)] == [
        "Én",
        "Flere",
    ]
    assert compiled.gettext("Yes") == "Yes"
    assert (
        compiled.ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 2)
        == "Got unexpected extra arguments ({args})"
    )


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{a} and {b!r}", {"{a}", "{b}"}),
        ("%(prog)s, {v}", {"%(prog)s", "{v}"}),
        ("plain", set()),
        ("a { lone brace", set()),
        ("{{x}}", set()),
    ],
)
def test_placeholders(text: str, names: set[str]) -> None:
    assert catalogues.placeholders(text) == names
