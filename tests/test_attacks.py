"""What a pull request from a stranger may hold, and `rutine check` must survive: nothing runs, leaks, hangs or fools a log."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rutine.markdown import Markup
from rutine.read import _matcher
from test_change import commit, git
from test_cli import english, rutine  # noqa: F401
from test_survey import root, write  # noqa: F401


def faults(handbook: Path) -> list[str]:
    """What is wrong with the settings: exit 2 and a line each."""
    done = rutine("check", cwd=handbook)
    assert (done.returncode, done.stdout) == (2, "")
    return done.stderr.splitlines()[:-1]


def test_a_repository_within_the_repository_runs_nothing(english: Path, tmp_path: Path) -> None:  # noqa: F811
    canary = tmp_path / "canary"
    git(tmp_path, "init", "-q", "-b", "main")
    (english / "HEAD").write_text("ref: refs/heads/main\n")
    (english / "objects").mkdir()
    (english / "refs").mkdir()
    (english / ".gitattributes").write_text("* filter=x\n")
    (english / "config").write_text(
        f'[core]\n\tbare = false\n\tworktree = .\n[filter "x"]\n\tclean = "touch {canary}; cat"\n'
    )
    rutine("check", "--since", "HEAD", cwd=english)
    assert not canary.exists()


def test_since_looks_into_folders_of_schemas(english: Path) -> None:  # noqa: F811
    git(english, "init", "-q", "-b", "main")
    commit(english)
    (english / "schema" / "sub").mkdir(parents=True)
    (english / "schema" / "sub" / "x.json").write_text("{}")
    assert rutine("check", "--since", "HEAD", cwd=english).returncode == 0


@pytest.mark.parametrize("folder", ["procedures", "records"])
def test_a_linked_folder_is_not_followed(english: Path, tmp_path: Path, folder: str) -> None:  # noqa: F811
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.md").write_text("secret")
    if folder == "procedures":
        (english / folder).rename(tmp_path / "away")
    (english / folder).symlink_to(outside)
    assert any("is reached through a symbolic link, which is never followed." in fault for fault in faults(english))


def test_a_file_behind_a_link_is_neither_read_nor_mended(english: Path, tmp_path: Path) -> None:  # noqa: F811
    outside = tmp_path / "outside"
    outside.mkdir()
    path = outside / "x.md"
    path.write_text("---\nid: 0123\n---\n")
    (english / "procedures" / "link").symlink_to(outside)
    for _ in range(2):  # at first with nothing remembered
        rutine("check", "--fix", "procedures/link/x.md", cwd=english)
    done = rutine("check", "--fix", cwd=english)
    assert (
        "procedures/link:1:1: error: This is a symbolic link, which is never followed. Put the file itself here."
        in done.stdout
    )
    assert path.read_text() == "---\nid: 0123\n---\n"


def test_linked_settings_are_not_read(english: Path, tmp_path: Path) -> None:  # noqa: F811
    outside = tmp_path / "outside.yml"
    (english / "handbook.yml").rename(outside)
    (english / "handbook.yml").symlink_to(outside)
    assert faults(english) == [
        "handbook.yml:1:1: This must be an ordinary file in the handbook's own folder, and no link to another."
    ]


@pytest.mark.parametrize("target", ["/dev/zero", "/etc/hostname", "missing"])
def test_linked_schemas_are_not_read(english: Path, target: str) -> None:  # noqa: F811
    (english / "schema").mkdir()
    (english / "schema" / "x.json").symlink_to(target)
    assert len(faults(english)) == 1


@pytest.mark.parametrize("folder", [".git", "..", "/etc", "a/../../b", "a/.hidden"])
def test_folders_within_and_in_the_open_only(english: Path, folder: str) -> None:  # noqa: F811
    settings = (english / "handbook.yml").read_text()
    (english / "handbook.yml").write_text(f"{settings}documents: {{folder: {folder}}}\n")
    message = "This folder must lie within the handbook's own folder, and not be a hidden one."
    assert [fault.partition(": ")[2] for fault in faults(english)] == [message]


def bomb(fields: Callable[[int], dict[str, object]], count: int) -> dict[str, object]:
    definitions = {f"d{number}": fields(number) for number in range(count)} | {f"d{count}": {"type": "string"}}
    return {
        "type": "object",
        "x-title": {"en": "X"},
        "properties": {"a": {"$ref": "#/definitions/d0"}},
        "definitions": definitions,
    }


@pytest.mark.parametrize(
    "schema",
    [
        bomb(
            lambda n: {"type": "object", "properties": {name: {"$ref": f"#/definitions/d{n + 1}"} for name in "ab"}}, 26
        ),
        bomb(lambda n: {"allOf": [{"$ref": f"#/definitions/d{n + 1}"}] * 2}, 32),
        json.loads(
            '{"type": "object", "x-title": {"en": "X"}, "properties": {"a": '
            + '{"items": ' * 300
            + "{}"
            + "}" * 301
            + "}"
        ),
    ],
)
def test_a_schema_that_grows_without_end(english: Path, schema: dict[str, object]) -> None:  # noqa: F811
    (english / "schema").mkdir()
    (english / "schema" / "x.json").write_text(json.dumps(schema))
    began = time.monotonic()
    assert [fault.split(":")[0] for fault in faults(english)] == ["schema/x.json"]
    assert time.monotonic() - began < 10  # far from the minutes that it took to follow every reference


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("**/*.md", "a.md", True),
        ("**/*.md", "a/b/c.md", True),
        ("**/*.md", "a/b.txt", False),
        ("*.md", "a/b.md", False),
        ("a/**", "a/b/c", True),
        ("a/**/b.md", "a/b.md", True),
        ("a/**/b.md", "a/x/y/b.md", True),
        ("a/**/b.md", "ab.md", False),
        ("*a*b", "xaybab", True),
        ("*a*b", "xayba", False),
        ("**/a*c", "a/ac", True),
        ("?.md", "ab.md", False),
        ("**/*.html.md.erb", "source/x.html.md.erb", True),
        ("a.c", "abc", False),
    ],
)
def test_patterns(pattern: str, path: str, matches: bool) -> None:
    assert bool(_matcher((pattern,), ()).match(path)) is matches


def test_patterns_that_would_never_end() -> None:
    assert not _matcher(("**/" * 14 + "x",), ()).match("/".join("a" * 40))
    assert not _matcher(("*a" * 14 + "b",), ()).match("a" * 200)


@pytest.mark.parametrize(
    "text",
    ["".join("`" * n + " " for n in range(1, 1500)), "`" * 200_000, "` \n" * 100_000, "[" * 20_000 + "](x)" * 20_000],
)
def test_text_that_would_never_end(text: str) -> None:
    markup = Markup(text)
    assert len(markup.plain) == len(text)
    assert isinstance(markup.references, list)


def test_nothing_printed_acts_on_a_terminal_or_a_log(english: Path) -> None:  # noqa: F811
    settings = (english / "handbook.yml").read_text()
    (english / "handbook.yml").write_text(settings + '"\\e]0;x\\a\\n::error file=x::FALSE": 1\n')
    done = rutine("check", cwd=english)
    assert "\x1b" not in done.stderr
    assert not any(line.startswith("::") for line in done.stderr.splitlines())
    (english / "handbook.yml").write_text(settings)
    (english / "procedures" / "a\n::error file=x::b.md").write_text("---\nid: 0123\n---\n")
    for arguments in (["check"], ["check", "--fix"]):
        done = rutine(*arguments, cwd=english)
        assert not any(line.startswith("::") for line in (done.stdout + done.stderr).splitlines())


def test_a_name_at_the_start_of_a_line_is_no_command(english: Path) -> None:  # noqa: F811
    settings = (english / "handbook.yml").read_text()
    (english / "handbook.yml").write_text(settings + "documents: {folder: .}\n")
    (english / "::error title=x::y.md").write_text("")
    done = rutine("check", cwd=english)
    assert any(line.startswith("./::error") for line in done.stdout.splitlines())


def test_no_network_is_asked(english: Path) -> None:  # noqa: F811
    if os.geteuid() != 0 or subprocess.run(["unshare", "-n", "true"], capture_output=True, check=False).returncode:
        pytest.skip("a network namespace needs root and unshare")
    (english / "schema").mkdir()
    (english / "schema" / "x.json").write_text(
        '{"$ref": "http://127.0.0.1:9/x", "type": "object", "x-title": {"en": "X"}, "properties": {}}'
    )
    assert [fault.split(":")[0] for fault in faults(english)] == ["schema/x.json"]
