"""What is installed: the wheel, the lock file, the hooks, and what prepares a contributor's machine."""

import os
import re
import shutil
import site
import subprocess
import sys
import tomllib
import venv
import zipfile
from collections.abc import Iterator
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import dev

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "tools" / "rutine"
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
VERSION = PROJECT["project"]["version"]


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-qq",
        "--no-deps",
        "--no-index",
        "--no-build-isolation",
        "-w",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment outside the checkout with the wheel in it, and what it depends on lent from this one."""
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False)
    packages = next(folder.glob("[Ll]ib/**/site-packages"))
    (packages / "lent.pth").write_text("\n".join(site.getsitepackages()))
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    command = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(python),
        "install",
        "-qq",
        "--no-deps",
        "--no-index",
        str(wheel),
    ]
    subprocess.run(command, check=True, capture_output=True)
    return python.parent


def run(*command: str | Path, cwd: Path, **environment: str) -> tuple[int, str, str]:
    """Exit code, output and errors of a command that knows nothing of this checkout."""
    known = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    env = {**known, "HOME": str(cwd), "XDG_CACHE_HOME": str(cwd / ".cache"), **environment}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    return done.returncode, done.stdout, done.stderr


def test_the_wheel_holds_everything_that_the_package_reads(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    left_out = {".po", ".pot", ".pyc"}
    own = {
        f"rutine/{path.relative_to(PACKAGE).as_posix()}"
        for path in PACKAGE.rglob("*")
        if path.is_file() and path.suffix not in left_out
    }
    schemas = {f"rutine/schema/{path.name}" for path in (ROOT / "schema").glob("*.json")}
    assert {name for name in held if name.startswith("rutine/")} == own | schemas
    assert {
        "rutine/py.typed",
        "rutine/regulations.json",
        "rutine/schema/_common.json",
        "rutine/template/common/dot-gitignore",
    } <= held


def test_the_wheel_holds_a_compiled_catalogue_for_each_written_one(wheel: Path) -> None:
    written = {path.parts[-3] for path in PACKAGE.glob("locale/*/LC_MESSAGES/rutine.po")}
    assert {name.split("/")[2] for name in zipfile.ZipFile(wheel).namelist() if name.endswith(".mo")} == written


def test_the_metadata(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        metadata = Parser().parsestr(archive.read(f"rutine-{VERSION}.dist-info/METADATA").decode())
        entry_points = archive.read(f"rutine-{VERSION}.dist-info/entry_points.txt").decode()
    assert (metadata["Name"], metadata["Version"], metadata["License-Expression"]) == ("rutine", VERSION, "MIT")
    assert metadata["Requires-Python"] == ">=3.11"
    assert set(metadata.get_all("Provides-Extra", [])) == {"site", "zensical", "diagrams", "notify"}
    assert entry_points.split() == [
        "[console_scripts]", "rutine", "=", "rutine.cli:main", "[mkdocs.plugins]", "rutine", "=", "rutine.mkdocs_plugin:RutinePlugin",
    ]  # fmt: skip


def test_the_wheel_works_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    rutine, python = shutil.which("rutine", path=str(installed)), installed / "python"
    assert rutine
    assert run(rutine, "--version", cwd=tmp_path) == (0, f"rutine {VERSION}\n", "")
    assert run(python, "-m", "rutine", "--version", cwd=tmp_path) == (0, f"rutine {VERSION}\n", "")
    where = "import rutine, rutine.settings as s; print(rutine.__file__, s.SHIPPED, sep='\\n')"
    package = next(installed.parent.glob("[Ll]ib/**/site-packages/rutine"))
    assert run(python, "-c", where, cwd=tmp_path) == (0, f"{package / '__init__.py'}\n{package / 'schema'}\n", "")
    assert run(rutine, "init", "hb", "--language", "en", "--name", "Trial", cwd=tmp_path)[::2] == (0, "")
    told = "This handbook is in no Git repository, so nothing is known of its history. Run: git init\n"
    assert run(rutine, "check", "-C", "hb", cwd=tmp_path) == (
        0,
        "Documents checked: 3. Errors: 0. Warnings: 0.\n",
        told,
    )


def requirements() -> Iterator[str]:
    """Everything that the project asks for, in any of its extras and groups."""
    yield from PROJECT["build-system"]["requires"]
    yield from PROJECT["project"]["dependencies"]
    for more in (PROJECT["project"]["optional-dependencies"], PROJECT["dependency-groups"]):
        for group in more.values():
            yield from group


def test_the_lock_fits_the_project() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([\w.-]+)==([\w.!+-]+)", text, re.MULTILINE):
        locked.setdefault(canonicalize_name(name), []).append(version)
    for line in requirements():
        wanted = Requirement(line)
        versions = locked.get(canonicalize_name(wanted.name), [])
        assert versions, f"{wanted.name} is not in requirements.lock"
        assert all(wanted.specifier.contains(version) for version in versions), f"{line}: locked at {versions}"


def test_the_lock_pins_by_hash_and_names_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text("utf-8")
    entries = [entry for entry in re.split(r"\n(?=[\w.-]+==)", text) if not entry.startswith("#")]
    assert len(entries) > 50
    assert [entry.split()[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}(\s|\Z)", entry)] == []
    assert "://" not in text
    assert "--index" not in text.split("\n", 2)[2]


def test_the_build_group_is_what_a_build_requires() -> None:
    assert PROJECT["dependency-groups"]["build"] == PROJECT["build-system"]["requires"]


def test_the_hooks_for_pre_commit() -> None:
    hooks = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    assert set(hooks) == {"rutine-check", "rutine-check-all"}
    assert all(
        hook["language"] == "python" and hook["entry"] == "rutine check" and hook["require_serial"]
        for hook in hooks.values()
    )
    assert hooks["rutine-check"]["pass_filenames"] and set(hooks["rutine-check"]["types_or"]) == {"markdown", "yaml"}
    assert (hooks["rutine-check-all"]["pass_filenames"], hooks["rutine-check-all"]["always_run"]) == (False, True)


@pytest.mark.parametrize(
    "name",
    [
        ".pre-commit-config.yaml",
        ".gitlab-ci.yml",
        *(f".github/workflows/{path.name}" for path in (ROOT / ".github" / "workflows").glob("*")),
    ],
)
def test_settings_of_other_programs_are_yaml(name: str) -> None:
    assert isinstance(yaml.safe_load((ROOT / name).read_text("utf-8")), dict)


DEV = [sys.executable, str(ROOT / "tools" / "dev.py")]


def test_a_contributor_without_git_is_told(tmp_path: Path) -> None:
    told = "rutine needs Git, and there is no program git here. Install it, and run this again.\n"
    assert run(*DEV, "test", cwd=tmp_path, PATH=str(tmp_path)) == (2, "", told)


def test_a_contributor_with_an_old_python_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(dev, "MINIMUM", (99, 0))
    assert dev.main(["test"]) == 2
    assert capsys.readouterr().err == "rutine needs Python 99.0 or newer; this is {}.{}.\n".format(
        *sys.version_info[:2]
    )


@pytest.mark.parametrize("arguments", [[], ["tset"], ["run"]])
def test_a_contributor_who_asks_for_nothing_is_told_what_there_is(arguments: list[str], tmp_path: Path) -> None:
    code, out, err = run(*DEV, *arguments, cwd=tmp_path)
    assert (code, out) == (2, "")
    assert [line.split()[2] for line in err.splitlines() if "dev.py" in line] == ["start", "test", "lint", "run"]
