"""The command line as its users meet it: what it says, and the exit code."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from rutine import __version__
from rutine.cli._failure import tell
from test_survey import HANDBOOK, root  # noqa: F401

REPOSITORY = Path(__file__).parents[1]


def rutine(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a clean environment."""
    env = {
        "PATH": os.environ["PATH"], "HOME": str(cwd), "LANG": "C.UTF-8", "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME", str(cwd / ".cache")), **environment,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", "rutine", *arguments], cwd=cwd, env=env, capture_output=True, text=True, check=False
    )


@pytest.fixture
def english(root: Path) -> Path:  # noqa: F811
    (root / "handbook.yml").write_text(HANDBOOK.replace("language: nb", "language: en"))
    for name in ("p1", "p2", "p3", "p4", "p5"):
        path = root / "procedures" / f"{name}.md"
        path.write_text(path.read_text().replace("kind: procedure", "kind: procedure\nlanguage: nb"))
    return root


UNVERSIONED = "This handbook is in no Git repository, so nothing is known of its history. Run: git init\n"


def test_clean(english: Path) -> None:
    done = rutine("check", "--on", "2026-11-21", cwd=english)
    told = "Documents checked: 5. Errors: 0. Warnings: 0.\n"
    assert (done.returncode, done.stdout, done.stderr) == (0, told, UNVERSIONED)


def test_a_finding(english: Path) -> None:
    path = english / "procedures" / "p1.md"
    path.write_text(path.read_text().replace("owner: leder\n", "ovner: leder\n"))
    done = rutine("check", "--on", "2026-11-21", cwd=english / "procedures")
    assert done.returncode == 1
    assert done.stdout.splitlines()[:2] == [
        "procedures/p1.md:2:1: error: The field owner is missing. Add it. [missing-field]",
        "procedures/p1.md:7:1: error: There is no field ovner. Did you mean owner? [unknown-field]",
    ]


def test_warnings_do_not_fail(english: Path) -> None:
    done = rutine("check", "--on", "2030-01-01", cwd=english)
    assert done.returncode == 0
    assert "Warnings: 5." in done.stdout


def test_no_handbook(tmp_path: Path) -> None:
    done = rutine("check", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert (
        done.stderr == f"There is no handbook.yml in {tmp_path} or above it. Run `rutine init` to begin a handbook.\n"
    )


def test_settings_tell_every_fault_at_once(english: Path) -> None:
    (english / "handbook.yml").write_text(
        "name: X\nlanguage: en\nunits: {alle: {title: Alle}}\nroles:\n  leder: {title: Leder, unit: ale, holders: [kari]}\n  sjef: {title: Sjef, unit: helse}\n"
    )
    done = rutine("check", cwd=english)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "handbook.yml:5:31: There is no unit ale among the units of this file.\n"
        "handbook.yml:5:46: There is no person kari among the people of this file.\n"
        "handbook.yml:6:29: There is no unit helse among the units of this file.\n"
        "The settings of the handbook are wrong. Nothing was checked.\n"
    )


def test_a_broken_schema_is_not_the_documents_fault(english: Path) -> None:
    (english / "schema").mkdir()
    (english / "schema" / "broken.json").write_text('{"type": "strng", "x-title": {"nb": "X"}, "properties": {}}')
    (english / "schema" / "cut.json").write_text('{"type": ')
    done = rutine("check", cwd=english)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.split(": ")[0] for line in done.stderr.splitlines()[:2]] == [
        "schema/cut.json:1:10",
        "schema/broken.json:1:1",
    ]


def test_outside_the_handbook(english: Path) -> None:
    done = rutine("check", "/etc/hostname", cwd=english)
    assert (done.returncode, done.stderr) == (2, f"/etc/hostname is not in the handbook {english}.\n")


def test_unknown_format(english: Path) -> None:
    done = rutine("check", "--format", "xml", cwd=english)
    assert done.returncode == 2
    assert "Choose among: text, " in done.stderr


def test_fix_changes_only_what_it_mends(english: Path) -> None:
    path = english / "procedures" / "p2.md"
    before = (
        path.read_text()
        .replace('version: "1.0"', "version: 1.10")
        .replace("owner: leder", "owner:   leder  # kommentar")
        .replace("date: 2026-01-10}\nscope", "date: 10.01.2026}\nscope")
    )
    path.write_bytes(before.replace("\n", "\r\n").encode())
    done = rutine("check", "--fix", "--on", "2026-11-21", cwd=english)
    assert (done.returncode, done.stderr) == (0, f"procedures/p2.md: mended in 2 places.\n{UNVERSIONED}")
    after = before.replace("1.10", '"1.10"').replace("10.01.2026", "2026-01-10").replace("\n", "\r\n").encode()
    assert path.read_bytes() == after


def test_reading_changes_nothing(english: Path) -> None:
    def state() -> dict[str, tuple[bytes, int]]:
        return {
            str(path): (path.read_bytes(), path.stat().st_mtime_ns)
            for path in english.rglob("*")
            if path.is_file() and ".cache" not in str(path)
        }

    before = state()
    for command in (["check"], ["due"], ["list"], ["show", "HR-001"], ["explain"], ["check", "--format", "sarif"]):
        rutine(*command, cwd=english, XDG_CACHE_HOME=str(english / ".cache"))
    assert state() == before


def test_help_reads_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['rutine', '--help']\n"
        "from rutine.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'yaml', 'jsonschema', 'jsonschema_rs', 'git', 'mkdocs', 'icalendar', 'babel'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_a_closed_pipe_is_no_traceback(english: Path) -> None:
    command = f"{sys.executable} -m rutine list | head -c 1"
    done = subprocess.run(["bash", "-c", command], cwd=english, capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_an_ascii_terminal(english: Path) -> None:
    path = english / "procedures" / "p1.md"
    path.write_text(path.read_text().replace("owner: leder", "owner: rådmann"))
    done = rutine("check", cwd=english, LANG="C", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "There is no role r" in done.stdout
    assert "UnicodeEncodeError" not in done.stderr


def test_own_failure_is_told_as_such(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "en")
    assert tell(ValueError("x")) == 3
    assert capsys.readouterr().err == (
        f"rutine {__version__} failed, and no document is to blame: ValueError: x. Please report it with what you did. RUTINE_DEBUG=1 shows more.\n"
    )


def test_forges_get_paths_from_the_repositorys_root(english: Path) -> None:
    subprocess.run(["git", "init", "-q", english.parent], check=True)
    (english / "procedures" / "p1.md").write_text("")
    done = rutine("check", "--format", "github", cwd=english)
    message = "The file is empty. Fill it in, or delete it."
    assert (
        done.stdout.splitlines()[0]
        == f"::error file=handbook/procedures/p1.md,line=1,col=1,title=unreadable-file::{message}"
    )
    done = rutine("check", cwd=english)
    assert done.stdout.splitlines()[0] == f"procedures/p1.md:1:1: error: {message} [unreadable-file]"
