"""What a contributor runs. It needs Python 3.11 or newer, Git and nothing else: the rest goes into the folder .venv.

python3 tools/dev.py start         check and build the example handbook with its history, and serve it
python3 tools/dev.py test [ARGS]   run the tests; ARGS go to pytest
python3 tools/dev.py lint          run ruff, mypy, the import contract and the check of the catalogues
python3 tools/dev.py run COMMAND   run any command of the environment, such as: run rutine check
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

MINIMUM = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
LOCK = ROOT / "requirements.lock"
PARALLEL = ("-n", "auto", "--maxprocesses", "8", "--dist", "worksteal")  # where all tests are run
LINTERS = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("lint-imports",),
    ("python", str(Path("tools", "catalogues.py")), "check"),
)


def program(name: str) -> str:
    """A program of the environment."""
    return str(VENV / "Scripts" / f"{name}.exe" if os.name == "nt" else VENV / "bin" / name)


def call(*command: str) -> int:
    """Run a command in the project's folder; its exit code."""
    sys.stdout.flush()
    return subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}, check=False).returncode


def call_or_stop(*command: str, otherwise: str) -> None:
    """Run a command that the rest depends on; where it fails, say what to do and stop."""
    if call(*command):
        sys.exit(otherwise)


def digest(*paths: Path) -> str:
    """Changes when one of the files does."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


def environment() -> None:
    """Make .venv as the lock file says, or leave it as it is when it was made so already."""
    python = "{}.{}".format(*sys.version_info[:2])
    packages = [python, digest(LOCK)]
    project = digest(
        ROOT / "pyproject.toml",
        *sorted((ROOT / "tools").glob("*.py")),
        *sorted(ROOT.glob("tools/rutine/locale/*/*/*.po")),
    )
    done = json.loads(STAMP.read_text()) if STAMP.exists() and Path(program("python")).exists() else {}
    if done.get("packages") != packages:
        install_packages()
    if done != {"packages": packages, "project": project}:
        install_project()
        STAMP.write_text(json.dumps({"packages": packages, "project": project}))


def install_packages() -> None:
    """A new .venv with exactly the packages of the lock file."""
    print(f"Installing into {VENV} as {LOCK.name} says; this takes a minute …")
    call_or_stop(
        sys.executable, "-m", "venv", "--clear", str(VENV),
        otherwise="No virtual environment could be made. On Debian and Ubuntu: apt install python3-venv",
    )  # fmt: skip
    call_or_stop(
        program("python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes", "-r", str(LOCK),
        otherwise="The packages could not be installed; the reason stands above. Run the command again when it is mended.",
    )  # fmt: skip


def install_project() -> None:
    """This checkout itself, so that changed code is in force at once."""
    call_or_stop(
        program("python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check",
        "--no-deps", "--no-build-isolation", "--editable", str(ROOT),
        otherwise="rutine itself could not be installed; the reason stands above.",
    )  # fmt: skip


def start() -> int:
    """Check, build and serve the example handbook, with a history of its own: what Git holds of this project is none."""
    example = str(Path("build", "example"))
    rutine, book = program("rutine"), ("--handbook", example)
    return (
        call(program("python"), str(Path("tools", "example_history.py")), example)
        or call(rutine, "check", *book)
        or call(rutine, "build", *book)
        or call(rutine, "serve", *book)
    )


def lint() -> int:
    """Every linter, also after one that found something."""
    failed = []
    for name, *arguments in LINTERS:
        print(f"$ {' '.join((name, *arguments))}")
        if call(program(name), *arguments):
            failed.append(name)
    if failed:
        print(f"Found something: {', '.join(failed)}")
    return 1 if failed else 0


def main(arguments: list[str]) -> int:
    """Do what the arguments ask for; the exit code."""
    if sys.version_info < MINIMUM:
        return _complain("rutine needs Python {}.{} or newer; this is {}.{}.".format(*MINIMUM, *sys.version_info[:2]))
    if shutil.which("git") is None:
        return _complain("rutine needs Git, and there is no program git here. Install it, and run this again.")
    command, *rest = arguments or [""]
    if command not in ("start", "test", "lint", "run") or (command == "run" and not rest):
        return _complain(__doc__ or "")
    environment()
    if command == "test":
        whole = all(argument.startswith("-") for argument in rest)
        return call(program("python"), "-m", "pytest", *(PARALLEL if whole else ()), *rest)
    if command == "run":
        return call(program(rest[0]), *rest[1:])
    return start() if command == "start" else lint()


def _complain(text: str) -> int:
    print(text, file=sys.stderr)
    return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
