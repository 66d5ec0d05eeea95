"""The catalogues of messages: `extract`, `update`, `compile` and `check`.

    python tools/catalogues.py extract   # rutine.pot from the code
    python tools/catalogues.py update    # and from it each language's rutine.po; translations are kept
    python tools/catalogues.py compile   # and from those the rutine.mo that the program reads
    python tools/catalogues.py check     # exit 1 where a translation is missing or wrong, or rutine.pot is stale

The source language is English. Texts are taken from `say("…", one="…")`, `translate("…")` and `_("…")`, from the manuals
of the rules (each paragraph is a message), from `schema/` and the register of regulations, and from Click's own words.
"""

from __future__ import annotations

import ast
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "tools" / "rutine"
LOCALE = PACKAGE / "locale"
TEMPLATE = LOCALE / "rutine.pot"
LANGUAGES = ("nb", "nn", "da", "sv")
SHOWN = 50  # problems

# Of Click, what help and errors of the command line can say; prompts and shells are left out.
CLICK = ("core", "decorators", "exceptions", "formatting", "parser", "types")
CLICK_ALSO = ("required",)  # passed to gettext by a variable

_CHANGING = re.compile(  # dates, names and guesses of Babel's
    r'^"(?:Project-Id|Report-Msgid|POT-Cre|PO-Rev|Last-Tr|Language-T|Generated).*\n|^#, python-[a-z, -]+\n',
    re.MULTILINE,
)
_PERCENT = re.compile(r"%\(\w+\)[sd]")

Text = str | tuple[str, str]
Found = Iterator[tuple[str, Text]]  # file, and the text; singular and plural where gettext picks the form


def messages() -> list[tuple[str, Text]]:
    """Every text with the file that it stands in, by file and text."""
    found = {*_of_code(), *_of_manuals(), *_of_data(), *_of_click()}
    return sorted(found, key=lambda item: (item[0], item[1] if isinstance(item[1], str) else item[1][0]))


def _of_code() -> Found:
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for node in ast.walk(ast.parse(path.read_bytes(), name)):
            if isinstance(node, ast.Call) and _called(node) in ("say", "_", "translate"):
                one = [keyword.value for keyword in node.keywords if keyword.arg == "one"]
                for argument in [*node.args[:1], *one]:
                    yield from ((name, text) for text in _constants(argument, f"{name}:{node.lineno}"))


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else str(getattr(node.func, "attr", ""))


def _constants(node: ast.expr, place: str) -> Iterator[str]:
    """The texts that an argument can be; none where it comes from elsewhere, and is extracted there."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _constants(body, place)
            yield from _constants(other, place)
        case ast.Subscript(value=ast.Dict(values=values)):
            for value in values:
                yield from _constants(value, place)
        case ast.JoinedStr() | ast.BinOp():
            raise SystemExit(f"{place}: the text must stand whole in the call, with {{names}} for what varies")


def _of_manuals() -> Found:
    for path in sorted((PACKAGE / "checks").glob("[!_]*.py")):
        manual = ast.get_docstring(ast.parse(path.read_bytes()), clean=False) or ""
        for paragraph in manual.strip().split("\n\n"):
            yield path.relative_to(ROOT).as_posix(), " ".join(paragraph.split())


def _of_data() -> Found:
    """What schemas say of their fields, and the register of regulations of its entries."""
    schemas = [path for path in (ROOT / "schema").glob("*.json") if path.name not in ("_common.json", "_kind.json")]
    for path, word in [*((path, "description") for path in schemas), (PACKAGE / "regulations.json", "note")]:
        for text in _under(word, json.loads(path.read_bytes())):
            yield path.relative_to(ROOT).as_posix(), text


def _under(word: str, value: Any) -> Iterator[str]:
    for name, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if name == word and isinstance(item, str):
            yield item
        yield from _under(word, item)


def _of_click() -> Found:
    import click

    for module in CLICK:
        tree = ast.parse(Path(click.__file__).with_name(f"{module}.py").read_bytes())
        programming = {id(call) for node in ast.walk(tree) if _is_for_programmers(node) for call in ast.walk(node)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call) or id(node) in programming:
                continue
            texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if _called(node) == "_" and texts:
                yield "click", str(texts[0])
            elif _called(node) == "ngettext":
                yield "click", (str(texts[0]), str(texts[1]))
    yield from (("click", text) for text in CLICK_ALSO)


def _is_for_programmers(node: ast.AST) -> bool:
    """Mistakes in how a command is declared never reach a user."""
    raised = node.exc if isinstance(node, ast.Raise) else None
    return isinstance(raised, ast.Call) and _called(raised) in ("TypeError", "ValueError", "RuntimeError")


def template() -> Catalog:
    """The messages as a catalogue without translations."""
    catalogue = Catalog(header_comment="# Messages of rutine.", fuzzy=False)
    places: dict[Text, list[tuple[str, int]]] = {}
    for file, text in messages():
        places.setdefault(text, []).append((file, 0))
    for text, files in places.items():
        catalogue.add(text, locations=files)
    return catalogue


def written(catalogue: Catalog) -> str:
    """A catalogue as text, without dates, names and line numbers, so that only a change of words changes it."""
    file = io.BytesIO()
    write_po(file, catalogue, width=120, include_lineno=False, ignore_obsolete=True)
    return _CHANGING.sub("", file.getvalue().decode()).rstrip() + "\n"


def read(path: Path) -> Catalog:
    """A language's catalogue from its file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parents[1].name)


def extract() -> int:
    """Write rutine.pot."""
    LOCALE.mkdir(exist_ok=True)
    TEMPLATE.write_text(written(template()), "utf-8", newline="\n")
    return 0


def update() -> int:
    """Write rutine.pot, and merge it into each language; a translation is kept while its text stays word for word."""
    extract()
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "rutine.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue = read(path) if path.exists() else Catalog(locale=language, fuzzy=False)
        catalogue.update(template(), no_fuzzy_matching=True)
        catalogue.header_comment, catalogue.fuzzy = f"# Messages of rutine: {language}.", False
        path.write_text(written(catalogue), "utf-8", newline="\n")
    return 0


def compile_catalogues() -> int:
    """Write rutine.mo beside every rutine.po."""
    for path in LOCALE.glob("*/LC_MESSAGES/rutine.po"):
        temporary = path.with_suffix(f".{os.getpid()}")  # a program that runs meanwhile reads the old one or the new
        with temporary.open("wb") as file:
            write_mo(file, _translated(read(path)))
        temporary.replace(path.with_suffix(".mo"))
    return 0


def _translated(catalogue: Catalog) -> Catalog:
    """Without the messages that lack a form: of a plural, Babel would write an empty text."""
    for message in list(catalogue):
        if not isinstance(message.string, str) and not all(message.string or ("",)):
            catalogue.delete(message.id)
    return catalogue


def check() -> int:
    """Tell what is missing or wrong."""
    problems = (
        []
        if TEMPLATE.exists() and TEMPLATE.read_text("utf-8") == written(template())
        else [_name(TEMPLATE) + ": stale"]
    )
    for language in LANGUAGES:
        path = LOCALE / language / "LC_MESSAGES" / "rutine.po"
        if not path.exists():
            problems.append(f"{_name(path)}: missing")
            continue
        translated = read(path)
        problems += [
            f"{_name(path)}: {problem}"
            for message in template()
            if message.id
            for problem in _problems(message, translated)
        ]
    for problem in problems[:SHOWN]:
        print(problem)
    if problems:
        print(f"{len(problems)} problems. `python tools/catalogues.py update` takes new texts into the catalogues.")
    return 1 if problems else 0


def _problems(message: Message, translated: Catalog) -> Iterator[str]:
    found = translated.get(message.id)
    shown = message.id if isinstance(message.id, str) else message.id[0]
    string = found.string if found and not found.fuzzy else None
    strings = [string] if isinstance(string, str) else list(string or ())
    if not strings or not all(strings):
        yield f"no translation of: {shown}"
        return
    texts = [message.id] if isinstance(message.id, str) else list(message.id)
    for text in strings:
        if all(placeholders(text) != placeholders(source) for source in texts):
            yield f"other placeholders than in: {shown}"


def placeholders(text: str) -> set[str]:
    """The `{names}` and `%(names)s` in a text; a text with braces that are no placeholders has none."""
    try:
        names = {f"{{{name}}}" for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        names = set()
    return names | set(_PERCENT.findall(text))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


COMMANDS = {"extract": extract, "update": update, "compile": compile_catalogues, "check": check}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit(__doc__)
    sys.exit(COMMANDS[sys.argv[1]]())
