"""Time whole commands in turn (A B A B …): medians, paired ratios to the first, peak memory.

    measure.py [-n 5] [--warmup 1] [--cwd DIR] NAME=COMMAND ... [--before NAME=COMMAND ...]

A COMMAND is one plain command for the shell; its output is thrown away. What --before gives is run untimed before each
run of NAME. Cpu and peak memory are the kernel's figures of the finished process and of those it waited for; the peak
is the largest single process, and cannot read below this program's own.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Run:
    """One run of one command."""

    wall: float
    cpu: float
    peak: float
    code: int


@dataclass(frozen=True)
class Series:
    """The counted runs of one command."""

    name: str
    runs: tuple[Run, ...]

    @property
    def wall(self) -> float:
        """Median seconds."""
        return statistics.median(run.wall for run in self.runs)

    @property
    def peak(self) -> float:
        """Median peak memory in MiB."""
        return statistics.median(run.peak for run in self.runs)

    def ratio(self, other: "Series") -> float:
        """The median of the ratios taken pair by pair."""
        return statistics.median(mine.wall / its.wall for mine, its in zip(self.runs, other.runs, strict=True))


def once(command: str, cwd: Path | None) -> Run:
    """Run a command to its end."""
    with Path(os.devnull).open("r+b") as null:
        start = time.perf_counter()
        process = subprocess.Popen(["sh", "-c", f"exec {command}"], cwd=cwd, stdin=null, stdout=null, stderr=null)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    peak = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
    return Run(wall, usage.ru_utime + usage.ru_stime, peak, process.returncode)


def in_turn(
    commands: Mapping[str, str],
    *,
    n: int = 5,
    warmup: int = 1,
    before: Mapping[str, Sequence[str]] | None = None,
    cwd: Path | None = None,
) -> list[Series]:
    """Every command n times, in turn; the first warmup rounds are not counted."""
    runs: dict[str, list[Run]] = {name: [] for name in commands}
    for number in range(warmup + n):
        for name, command in commands.items():
            for preparation in (before or {}).get(name, ()):
                subprocess.run(["sh", "-c", preparation], cwd=cwd, check=True, stdout=subprocess.DEVNULL)
            run = once(command, cwd)
            if number >= warmup:
                runs[name].append(run)
    return [Series(name, tuple(counted)) for name, counted in runs.items()]


def table(series: Sequence[Series]) -> str:
    """A Markdown table, ratios to the first."""
    lines = ["| command | wall s | min–max | cpu s | peak MiB | exit | ratio |", "|---|---:|---:|---:|---:|---:|---:|"]
    for one in series:
        walls = [run.wall for run in one.runs]
        cpu = statistics.median(run.cpu for run in one.runs)
        codes = ", ".join(str(code) for code in sorted({run.code for run in one.runs}))
        lines.append(
            f"| {one.name} | {one.wall:.3f} | {min(walls):.3f}–{max(walls):.3f} | {cpu:.3f} "
            f"| {one.peak:.0f} | {codes} | {one.ratio(series[0]):.2f} |"
        )
    return "\n".join(lines)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    parser.add_argument("-n", type=int, default=5)
    parser.add_argument("--warmup", type=int, default=1)
    parser.add_argument("--before", action="append", default=[], metavar="NAME=COMMAND")
    parser.add_argument("--cwd", type=Path)
    args = parser.parse_intermixed_args()
    before: dict[str, list[str]] = {}
    for given in args.before:
        name, _, command = given.partition("=")
        before.setdefault(name, []).append(command)
    commands = {name: command for name, _, command in (given.partition("=") for given in args.commands)}
    print(table(in_turn(commands, n=args.n, warmup=args.warmup, before=before, cwd=args.cwd)))


if __name__ == "__main__":
    main()
