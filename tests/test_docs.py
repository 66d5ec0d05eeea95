"""Nothing is there without being told of: rules, kinds, commands, options, settings; and the house keeps its shape."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from rutine.checks import Rule, rules
from rutine.cli import rutine
from rutine.cli._manual import command_texts
from rutine.i18n import LANGUAGES

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tools" / "rutine"
COMMANDS = sorted(path.stem for path in (PACKAGE / "cli").glob("[!_]*.py"))
KINDS = sorted(path.stem for path in (ROOT / "schema").glob("[!_]*.json"))
DOERS = [path for folder in ("checks", "formats", "pages") for path in sorted((PACKAGE / folder).glob("[!_]*.py"))]
MODULES = sorted(
    path for path in [*PACKAGE.rglob("*.py"), *(ROOT / "tools").glob("*.py")] if "template" not in path.parts
)


def command(name: str) -> click.Command:
    """The command of a file of cli/."""
    found: click.Command = import_module(f"rutine.cli.{name}").command
    return found


def schema(name: str) -> dict[str, Any]:
    """A shipped schema as it is written."""
    value: dict[str, Any] = json.loads((ROOT / "schema" / f"{name}.json").read_text("utf-8"))
    return value


# What there is


@pytest.mark.parametrize("rule", rules(), ids=lambda rule: rule.name)
def test_a_rule_has_a_manual(rule: Rule) -> None:
    what, *rest = rule.paragraphs
    assert re.fullmatch(r"[A-Z].*\.", what)
    assert len(rest) >= 2, "what, why, and what to do instead: each a paragraph"
    assert all(re.search(r"[.:!]$", paragraph) for paragraph in rest)
    assert rule.severity in ("error", "warning")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_is_told_of(name: str) -> None:
    found = command(name)
    assert found.name == name
    assert re.fullmatch(r"(?s)[A-Z].*[.:]", (found.help or "").strip())
    for parameter in found.params:
        if isinstance(parameter, click.Option):
            assert re.fullmatch(r"(?s)[A-Z].*\.", parameter.help or ""), f"{name} {parameter.opts[0]}"


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_names_every_command(name: str) -> None:
    assert f"rutine {name}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_a_kind_is_told_of_in_every_language(name: str) -> None:
    found = schema(name)
    assert found["description"].endswith(".")
    assert set(found["x-title"]) == set(found["x-plural"]) == set(LANGUAGES)
    for section in found.get("x-sections", ()):
        assert set(section["heading"]) == set(section["hint"]) == set(LANGUAGES)


def fields(value: dict[str, Any], pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a schema, references followed, with what it is called on the way there."""
    value = (
        {**schema("_common")["definitions"][value["$ref"].rsplit("/", 1)[1]], **value}
        if "_common" in value.get("$ref", "")
        else value
    )
    for name, field in value.get("properties", {}).items():
        yield f"{pointer}{name}", field
        yield from fields(field, f"{pointer}{name}.")
    if isinstance(value.get("items"), dict):
        yield from fields(value["items"], pointer)


@pytest.mark.parametrize("name", KINDS)
def test_a_field_is_called_something_in_every_language(name: str) -> None:
    for pointer, written in fields(schema(name)):
        field = {**schema("_common")["definitions"].get(written.get("$ref", "/").rsplit("/", 1)[1], {}), **written}
        if "const" not in field:
            assert set(field.get("x-title", ())) == set(LANGUAGES), pointer
            assert all(set(labels) == set(LANGUAGES) for labels in field.get("x-labels", {}).values()), pointer


def settings(
    value: dict[str, Any], pointer: str = "", within: tuple[str, ...] = ()
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every key of handbook.yml; `*` for the short names that a handbook chooses. A tree is told of once."""
    if name := value.get("$ref", "").rpartition("/")[2]:
        value = {} if name in within else schema("_handbook")["definitions"][name]
        within = (*within, name)
    for key, field in value.get("properties", {}).items():
        yield f"{pointer}{key}", field
        yield from settings(field, f"{pointer}{key}.", within)
    if isinstance(value.get("additionalProperties"), dict):
        yield from settings(value["additionalProperties"], f"{pointer}*.", within)


def test_every_key_of_the_settings_is_told_of() -> None:
    told = {pointer: field.get("description", "") for pointer, field in settings(schema("_handbook"))}
    assert {"name", "review.every", "roles.*.holders", "units.*.title"} <= set(told)
    assert [pointer for pointer, text in told.items() if not text.endswith(".")] == []


def calls(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of rutine that a text shows, each with its options."""
    for found in re.finditer(r"(?<![\w/.-])rutine ([a-z]+)((?: +(?!\||&|>|<)[^\s`|&>;)]+)*)", text):
        yield found[1], re.findall(r"(?<!\S)(--?[a-zA-Z][\w-]*)", found[2])


SHOWN = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", ".pre-commit-hooks.yaml", ".pre-commit-config.yaml", ".ci/run")),
    *(path for path in sorted((PACKAGE / "template").rglob("*")) if path.is_file()),
]  # fmt: skip


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(ROOT)))
def test_commands_that_are_shown_are_there(path: Path) -> None:
    lines = re.findall(r"`[^`\n]+`|^(?: {4,}|\s*- |.*entry: |.*run: |\$ ).*", path.read_text("utf-8"), re.MULTILINE)
    for name, options in calls("\n".join(lines)):
        assert name in COMMANDS, f"rutine {name}"
        there = {option for parameter in command(name).params for option in parameter.opts} | {"--help", "-h"}
        assert set(options) <= there, f"rutine {name}"


def test_help_names_every_command() -> None:
    context = click.Context(rutine)
    assert rutine.list_commands(context) == COMMANDS
    assert all(found and found.name == name for name in COMMANDS for found in [rutine.get_command(context, name)])


# The shape of the house


def test_the_floors() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    env = {**os.environ, "PYTHONPATH": str(ROOT / "tools")}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def imported(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
        elif isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)


@pytest.mark.parametrize("path", DOERS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_doer_knows_no_other(path: Path) -> None:
    folder = f"rutine.{path.parent.name}."
    others = [
        name
        for _, name in imported(ast.parse(path.read_bytes()))
        if name.startswith(folder) and not name.removeprefix(folder).startswith("_")
    ]
    assert others == []


@pytest.mark.parametrize("path", sorted((PACKAGE / "model").glob("[!_]*.py")), ids=lambda path: path.name)
def test_the_nouns_reach_up_only_for_types_and_late(path: Path) -> None:
    """In model/: under TYPE_CHECKING, or within a cached property beside a comment that says why."""
    source = path.read_text("utf-8")
    tree, lines = ast.parse(source), source.splitlines()
    for_types = {
        id(node)
        for block in tree.body
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for node in ast.walk(block)
    }
    cached = [
        function
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef) and "cached_property" in map(ast.unparse, function.decorator_list)
    ]
    late = {id(node): function for function in cached for node in ast.walk(function)}
    for node, name in imported(tree):
        if name.startswith("rutine") and not name.startswith("rutine.model") and id(node) not in for_types:
            assert id(node) in late, name
            assert "  # " in lines[node.lineno - 1], name  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "tools").as_posix())
def test_small_enough_to_read(path: Path) -> None:
    source = path.read_bytes()
    length = source.count(b"\n")
    assert length <= 250
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    lengths = {node.name: (node.end_lineno or 0) - node.lineno + 1 for node in functions}
    assert {name: length for name, length in lengths.items() if length > 40} == {}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT / "tools").as_posix())
def test_what_is_public_says_what_it_is_for(path: Path) -> None:
    tree = ast.parse(path.read_bytes())
    assert ast.get_docstring(tree)
    public = [
        node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef) and not node.name.startswith("_")
    ]
    methods = [
        method
        for node in public
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.FunctionDef)
    ]
    silent = [
        node.name for node in [*public, *methods] if not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert silent == []


def test_the_reference_tells_of_the_commands_of_a_group() -> None:
    texts = {text.usage: text for text in command_texts("en")}
    assert "rutine decision import FILE..." in texts and "rutine decision" not in texts
    assert [name for name, _ in texts["rutine decision import FILE..."].options] == [
        "--document ID",
        "-C, --handbook DIRECTORY",
    ]
    assert {usage.split()[1] for usage in texts} == set(COMMANDS)
