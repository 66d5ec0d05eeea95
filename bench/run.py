"""Measure rutine from a clean clone: install, make the corpora, verify the findings, then time and print one table.

    python bench/run.py [--n 10000] [--quick] [--only build]

Everything is kept under build/bench and made again when its sources have changed.
"""

import argparse
import os
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from history import history
from workbench import FOUND, RIGHT, ROOT, Bench, Row, floor, timed

ONE = "procedures/adm/adm-00003.md"
DEFECTS = 0.01


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
    """Where to build n documents, and what is out of the way before."""
    before = {
        "rutine build": [bench.cache, bench.aside("site"), bench.aside("build")],
        "mkdocs build": [bench.aside(str(bench.peer("mkdocs", n) / "site"))],
    }
    return {"cwd": bench.corpus(n), "before": before}


PARTS = (cold, warm, one_file, start, build, history)


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
    if not {build, history}.issuperset(parts):
        bench.verify(bench.corpus(bench.n), bench.corpus(bench.n, DEFECTS))
    rows = [row for part in parts for row in part(bench)]
    shutil.rmtree(bench.work / "aside", ignore_errors=True)
    print("| work | ours | reference | ratio | goal | met |\n|---|---|---|---:|---:|---|")
    print("\n".join(row.markdown() for row in rows))


if __name__ == "__main__":
    main()
