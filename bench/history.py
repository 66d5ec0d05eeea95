"""What history costs: all versions of all documents, and a check that holds the texts against them.

How many Git processes that takes is counted: it must not grow with the handbook.
"""

import json
import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from chronicle import environment
from workbench import FOUND, HERE, RIGHT, Bench, Row, floor, say, timed

COMMITS = 5200  # for 10,000 documents
PROCESSES = 4  # at most, whatever the size
SMALL = 200  # documents
STREAM = "git log --raw -z --no-abbrev --topo-order --find-renames --diff-merges=first-parent"


def history(bench: Bench) -> Iterator[Row]:
    """Timelines against the raw stream of the same repository, and checks against reading alone."""
    commits = max(100, COMMITS * bench.n // 10_000)
    corpus = bench.history(bench.n, commits)
    bench.verify(corpus)
    _verify_versions(bench, corpus)
    _count(bench, [bench.history(SMALL, 104), corpus])
    yield from _timelines(bench, corpus, commits)
    yield from _checks(bench, corpus, commits)


def _program(bench: Bench) -> str:
    return f"{bench.program('python')} {shlex.quote(str(HERE / 'timelines.py'))}"


def _verify_versions(bench: Bench, corpus: Path) -> None:
    """End here when a document has another number of versions than the truth says."""
    truth = json.loads(Path(f"{corpus}.truth.json").read_text("utf-8"))["versions"]
    done = subprocess.run(shlex.split(_program(bench)), cwd=corpus, check=True, capture_output=True)
    found = json.loads(done.stdout)
    if wrong := [
        f"{path}: {found.get(path)} versions, not {count}" for path, count in truth.items() if found.get(path) != count
    ]:
        sys.exit("\n".join([f"{corpus}: {len(wrong)} differences from the truth", *wrong[:20]]))


def _count(bench: Bench, corpora: Sequence[Path]) -> None:
    """End here when reading history takes more Git processes than it may, or reads again what it has read."""
    for corpus in corpora:
        say(f"counting Git processes in {corpus.name}")
        subprocess.run(["sh", "-c", bench.cache], check=True)
        for work in (_program(bench), f"{bench.program('rutine')} check"):
            calls = _calls(bench, corpus, work)
            if len(calls) > PROCESSES:
                sys.exit("\n".join([f"{work} in {corpus.name}: {len(calls)} Git processes", *calls]))
        if calls := _calls(bench, corpus, _program(bench)):
            sys.exit("\n".join([f"nothing is new in {corpus.name}, and Git is asked all the same:", *calls]))
        with _Later(corpus) as before:
            calls = _calls(bench, corpus, _program(bench))
            logs = [call for call in calls if " log " in call]
            if len(logs) != 1 or f"^{before}" not in logs[0] or len(calls) > PROCESSES:
                sys.exit("\n".join([f"one commit is new in {corpus.name}, and Git is asked for more:", *calls]))


def _calls(bench: Bench, corpus: Path, work: str) -> list[str]:
    """The Git commands that a program runs; not that GitPython asks for Git's version whenever it is imported."""
    folder = bench.work / "counting"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    wrapper, told = folder / "git", folder / "calls"
    wrapper.write_text(f'#!/bin/sh\nprintf "%s\\n" "$*" >> {shlex.quote(str(told))}\nexec {shutil.which("git")} "$@"\n')
    wrapper.chmod(0o755)
    seen = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}", "GIT_PYTHON_GIT_EXECUTABLE": str(wrapper)}
    done = subprocess.run(shlex.split(work), cwd=corpus, env=seen, capture_output=True, check=False)
    if done.returncode not in FOUND:
        sys.exit(f"{work}: exit {done.returncode}\n{done.stderr.decode()}")
    return [call for call in told.read_text().splitlines() if call != "version"] if told.exists() else []


class _Later:
    """The corpus with one commit more, as long as the block lasts; gives the commit before."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus

    def __enter__(self) -> str:
        before = self._git("rev-parse", "HEAD")
        self._before = before
        later = self._git("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "Senere")
        self._git("update-ref", "refs/heads/main", later)
        return before

    def __exit__(self, *_error: object) -> None:
        self._git("update-ref", "refs/heads/main", self._before)

    def _git(self, *arguments: str) -> str:
        who = {
            f"GIT_{role}_{part}": "bench@provebu.example"
            for role in ("AUTHOR", "COMMITTER")
            for part in ("NAME", "EMAIL")
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self._corpus,
            env={**environment(), **who},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()


def _timelines(bench: Bench, corpus: Path, commits: int) -> Iterator[Row]:
    """All versions of all documents with nothing remembered, and with one commit that is new."""
    commands = {"git log --raw": STREAM, "timelines.py": _program(bench)}
    raw, ours = timed(
        commands, [RIGHT, RIGHT], n=bench.rounds(5, 3), cwd=corpus, before={"timelines.py": [bench.cache]}
    )
    yield Row(f"timelines of {bench.n:,}, {commits:,} commits", ours, raw, 2.5)
    kept = f"{shlex.quote(str(bench.work / 'cache'))}-kept"
    subprocess.run(["sh", "-c", f"rm -rf {kept}; cp -r {shlex.quote(str(bench.work / 'cache'))} {kept}"], check=True)
    again = f"{bench.cache}; cp -r {kept} {shlex.quote(str(bench.work / 'cache'))}"
    with _Later(corpus):
        both = {"all of it": _program(bench), "what is new": _program(bench)}
        before = {"all of it": [bench.cache], "what is new": [again]}
        first, later = timed(both, [RIGHT, RIGHT], n=bench.rounds(5, 3), cwd=corpus, before=before)
    yield Row("timelines, one commit is new", later, first, 0.5)


def _checks(bench: Bench, corpus: Path, commits: int) -> Iterator[Row]:
    """All documents held against their history: with nothing remembered, and with one of them edited."""
    one = sorted((corpus / "procedures").glob("*/*.md"))[2]
    commands = {"floor.py": floor(bench), "rutine check": f"{bench.program('rutine')} check"}
    least, ours = timed(
        commands, [RIGHT, FOUND], n=bench.rounds(5, 3), cwd=corpus, before={"rutine check": [bench.cache]}
    )
    yield Row(f"cold check of {bench.n:,}, {commits:,} commits", ours, least, 2.5)
    content = one.read_bytes()
    edit = {"rutine check": [f"echo 'En ny setning.' >> {shlex.quote(str(one))}"]}
    try:
        least, ours = timed(commands, [RIGHT, FOUND], n=bench.rounds(7, 3), warmup=2, cwd=corpus, before=edit)
    finally:
        one.write_bytes(content)
    yield Row(f"warm check of {bench.n:,}, {commits:,} commits, one edited", ours, least, 0.2)
