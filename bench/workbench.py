"""What the parts of the benchmark share: where things are kept, how commands are timed, and a line of the table."""

import datetime as dt
import hashlib
import json
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents import TODAY
from measure import Series, in_turn
from verify import differences

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
MAKERS = (
    "chronicle",
    "corpus",
    "defects",
    "documents",
    "peers",
    "phrases",
    "prose",
    "words",
)  # what the handbooks depend on
RIGHT, FOUND = frozenset({0}), frozenset({0, 1})  # exit codes: done; a check may also have findings


@dataclass(frozen=True)
class Row:
    """One line of the table: our command, the reference it is held against, and how much of it we may take."""

    work: str
    ours: Series
    reference: Series
    goal: float
    faster: bool = False  # the goal is how many times faster we are, not which share of the time we take

    def markdown(self) -> str:
        """The line."""
        ratio = self.reference.ratio(self.ours) if self.faster else self.ours.ratio(self.reference)
        met = ratio >= self.goal if self.faster else ratio <= self.goal
        goal = f"≥ {self.goal:g} × faster" if self.faster else f"≤ {self.goal:g}"
        sides = [f"{one.name} {one.wall:.3f} s ({one.peak:.0f} MiB)" for one in (self.ours, self.reference)]
        return f"| {self.work} | {sides[0]} | {sides[1]} | {ratio:.2f} | {goal} | {'yes' if met else '**no**'} |"


@dataclass(frozen=True)
class Bench:
    """Where things are, and how many times a command is run."""

    work: Path
    n: int
    quick: bool

    def program(self, name: str) -> str:
        """A program of the virtual environment, quoted for the shell."""
        return shlex.quote(str(self.work / "venv" / "bin" / name))

    @property
    def cache(self) -> str:
        """A command that empties rutine's cache."""
        return f"rm -rf {shlex.quote(str(self.work / 'cache'))}"

    def aside(self, path: str) -> str:
        """A command that moves a folder out of the way. To remove it would burden the next run: a disk that has just lost
        thousands of files is slow to make others.
        """
        there = shlex.quote(str(self.work / "aside"))
        return (
            f"[ ! -e {shlex.quote(path)} ] || {{ mkdir -p {there} && mv {shlex.quote(path)} {there}/$(date +%s%N); }}"
        )

    def rounds(self, full: int, quick: int) -> int:
        """How often to measure."""
        return quick if self.quick else full

    def install(self) -> None:
        """The virtual environment with the project and the peers, anew when pyproject.toml has changed."""
        stamp, wanted = self.work / "venv" / "installed", digest([ROOT / "pyproject.toml"])
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        say("installing")
        venv.create(self.work / "venv", with_pip=True, clear=True)
        install = [str(self.work / "venv/bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--editable", f"{ROOT}[site]", "check-jsonschema"], check=True)
        stamp.write_text(wanted)

    def made(self, name: str, make: Callable[[Path], Sequence[str]]) -> Path:
        """A folder that one of our programs makes, once for each state of its sources."""
        sources = [*(HERE / f"{name}.py" for name in MAKERS), *sorted((ROOT / "schema").glob("*.json"))]
        out = self.work / digest(sources) / name
        if not Path(f"{out}.made").exists():
            say(f"making {name}")
            shutil.rmtree(out, ignore_errors=True)
            program, *arguments = make(out)
            subprocess.run([sys.executable, HERE / program, *arguments], check=True)
            Path(f"{out}.made").touch()
        return out

    def corpus(self, n: int, share: float = 0.0) -> Path:
        """A handbook of n documents, a Git repository."""
        return self.made(
            f"handbook-{n}{'-defects' if share else ''}",
            lambda out: ["corpus.py", str(out), "--n", str(n), "--defects", str(share), "--git"],
        )

    def history(self, n: int, commits: int) -> Path:
        """A handbook of n documents at the end of so many commits."""
        return self.made(
            f"history-{n}-{commits}", lambda out: ["corpus.py", str(out), "--n", str(n), "--history", str(commits)]
        )

    def peer(self, form: str, n: int) -> Path:
        """The same documents for another tool."""
        return self.made(f"{form}-{n}", lambda out: ["peers.py", form, str(self.corpus(n)), str(out)])

    def answer(self, corpus: Path, *arguments: str) -> Any:
        """What rutine says as JSON."""
        command = [str(self.work / "venv/bin/rutine"), *arguments, "--format", "json"]
        done = subprocess.run(command, cwd=corpus, capture_output=True, text=True, check=False)
        if done.returncode not in FOUND:
            sys.exit(f"{shlex.join(command)}: exit {done.returncode}\n{done.stderr}")
        return json.loads(done.stdout)

    def verify(self, *corpora: Path) -> None:
        """End here when an answer is wrong: how fast it came is of no interest."""
        for corpus in corpora:
            say(f"verifying {corpus.name}")
            found, due = self.answer(corpus, "check"), self.answer(corpus, "due", "--on", str(TODAY))
            if wrong := differences(corpus, found, due, str(dt.date.today())):
                sys.exit("\n".join([f"{corpus}: {len(wrong)} differences from the truth", *wrong[:20]]))


def digest(paths: Sequence[Path]) -> str:
    """A short name for the content of files."""
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def say(text: str) -> None:
    """Progress, beside the table."""
    print(text, file=sys.stderr, flush=True)


def timed(
    commands: Mapping[str, str],
    codes: Sequence[frozenset[int]],
    *,
    n: int,
    warmup: int = 1,
    cwd: Path,
    before: Mapping[str, Sequence[str]] | None = None,
) -> list[Series]:
    """The commands in turn; a command that failed ends the measuring."""
    say(f"timing {', '.join(commands)} in {cwd.name}")
    series = in_turn(commands, n=n, warmup=warmup, before=before, cwd=cwd)
    for one, right in zip(series, codes, strict=True):
        if failed := [run.code for run in one.runs if run.code not in right]:
            sys.exit(f"{one.name}: exit {failed[0]}: {commands[one.name]}")
    return series


def floor(bench: Bench) -> str:
    """The command that only reads."""
    return f"{bench.program('python')} {shlex.quote(str(HERE / 'floor.py'))} ."
