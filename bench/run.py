"""Measure rutine from a clean clone: install, make the corpora, verify the findings, then time and print one table.

    python bench/run.py [--n 10000] [--quick] [--only build]

Everything is kept under build/bench and made again when its sources have changed.
"""

import argparse
import datetime as dt
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from documents import TODAY
from measure import Series, in_turn
from verify import differences

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
ONE = "procedures/adm/adm-00003.md"
DEFECTS = 0.01
MAKERS = ("corpus", "defects", "documents", "peers", "phrases", "prose", "words")  # what the handbooks depend on
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

    def verify(self) -> None:
        """End here when an answer is wrong: how fast it came is of no interest."""
        for corpus in (self.corpus(self.n), self.corpus(self.n, DEFECTS)):
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


def cold(bench: Bench) -> Iterator[Row]:
    """All documents, nothing remembered."""
    corpus, check = bench.corpus(bench.n), f"{bench.program('rutine')} check"
    peer = bench.peer("yaml", bench.n)
    files = f"--schemafile {shlex.quote(str(peer))}/procedure.schema.json {shlex.quote(str(peer))}/files/*/*.yaml"
    empty = {"rutine check": [bench.cache]}
    least, ours = timed(
        {"floor.py": floor(bench), "rutine check": check},
        [RIGHT, FOUND],
        n=bench.rounds(5, 3),
        cwd=corpus,
        before=empty,
    )
    yield Row(f"cold check of {bench.n:,}", ours, least, 2)
    commands = {"check-jsonschema": f"{bench.program('check-jsonschema')} {files}", "rutine check": check}
    peers, ours = timed(commands, [RIGHT, FOUND], n=bench.rounds(3, 1), warmup=0, cwd=corpus, before=empty)
    yield Row(f"cold check of {bench.n:,}", ours, peers, 7, faster=True)


def warm(bench: Bench) -> Iterator[Row]:
    """All documents, one of them edited since the last check."""
    corpus = bench.corpus(bench.n)
    edited = corpus / ONE
    content = edited.read_bytes()
    edit = {"rutine check": [f"echo 'En ny setning.' >> {ONE}"]}
    commands = {"floor.py": floor(bench), "rutine check": f"{bench.program('rutine')} check"}
    try:
        least, ours = timed(commands, [RIGHT, FOUND], n=bench.rounds(7, 3), warmup=2, cwd=corpus, before=edit)
    finally:
        edited.write_bytes(content)
    yield Row(f"warm check, one of {bench.n:,} edited", ours, least, 0.2)


def one_file(bench: Bench) -> Iterator[Row]:
    """One document, as the hook before a commit checks it."""
    for n in (bench.n, 100):
        name = f"rutine check {Path(ONE).name}"
        commands = {
            "check-jsonschema --version": f"{bench.program('check-jsonschema')} --version",
            name: f"{bench.program('rutine')} check {ONE}",
        }
        start, ours = timed(commands, [RIGHT, FOUND], n=bench.rounds(15, 5), warmup=2, cwd=bench.corpus(n))
        yield Row(f"check of one file of {n:,}", ours, start, 0.6)


def start(bench: Bench) -> Iterator[Row]:
    """The program's start."""
    commands = {
        "import click": f"{bench.program('python')} -c 'import click'",
        **{f"rutine {option}": f"{bench.program('rutine')} {option}" for option in ("--help", "--version")},
    }
    click, *ours = timed(commands, [RIGHT] * 3, n=bench.rounds(15, 5), warmup=2, cwd=bench.work)
    yield from (Row("start", one, click, 1.8) for one in ours)


def build(bench: Bench) -> Iterator[Row]:
    """The whole handbook with nothing remembered, and after one document was edited; search is part of it."""
    for n, goal in ((1000, 1.0), (10000, 0.5)):
        if n <= bench.n:
            plain, ours = timed(
                *sites(bench, n), n=bench.rounds(3, 1) if n == 1000 else 1, warmup=0, **emptied(bench, n)
            )
            yield Row(f"full build of {n:,}", ours, plain, goal)
    edited = bench.corpus(1000) / ONE
    content = edited.read_bytes()
    edit = {
        "rutine build": [f"echo 'En ny setning.' >> {ONE}"],
        "mkdocs build": emptied(bench, 1000)["before"]["mkdocs build"],
    }
    try:
        plain, ours = timed(*sites(bench, 1000), n=bench.rounds(5, 3), warmup=1, cwd=bench.corpus(1000), before=edit)
    finally:
        edited.write_bytes(content)
    yield Row("rebuild after one edit, of 1,000", ours, plain, 0.16)


def sites(bench: Bench, n: int) -> tuple[dict[str, str], list[frozenset[int]]]:
    """The commands that build the same documents: MkDocs with Material, pruned navigation and its search; and ours."""
    settings = shlex.quote(str(bench.peer("mkdocs", n) / "mkdocs.yml"))
    return {
        "mkdocs build": f"{bench.program('mkdocs')} build -q -f {settings}",
        "rutine build": f"{bench.program('rutine')} build",
    }, [RIGHT, RIGHT]


def emptied(bench: Bench, n: int) -> dict[str, Any]:
    """Where to build n documents, and what to remove before."""
    before = {
        "rutine build": [bench.cache, "rm -rf site/* build"],
        "mkdocs build": [f"rm -rf {shlex.quote(str(bench.peer('mkdocs', n) / 'site'))}"],
    }
    return {"cwd": bench.corpus(n), "before": before}


PARTS = (cold, warm, one_file, start, build)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--n", type=int, help="documents of the large handbook (default 10000, with --quick 1000)")
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument(
        "--only", choices=[part.__name__ for part in PARTS], action="append", help="a part; may be repeated"
    )
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench", help="where everything is kept")
    args = parser.parse_args()
    bench = Bench(args.work.resolve(), args.n or (1000 if args.quick else 10000), args.quick)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed by pip is compiled once, and so are we
    os.environ.update(XDG_CACHE_HOME=str(bench.work / "cache"), NO_MKDOCS_2_WARNING="1")
    bench.work.mkdir(parents=True, exist_ok=True)
    bench.install()
    parts = [part for part in PARTS if part.__name__ in (args.only or [part.__name__])]
    if parts != [build]:
        bench.verify()
    rows = [row for part in parts for row in part(bench)]
    print("| work | ours | reference | ratio | goal | met |\n|---|---|---|---:|---:|---|")
    print("\n".join(row.markdown() for row in rows))


if __name__ == "__main__":
    main()
