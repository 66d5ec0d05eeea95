"""Make a handbook of N invented procedures: the same bytes for the same arguments. Beside OUT: OUT.truth.json.

The truth file says which reviews are overdue on 2026-11-21 and, with --defects or --history, what the check must find
where; with --history also how many versions each document has, and which were moved how.
Standard library only.
"""

import argparse
import datetime as dt
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import chronicle
import defects
from documents import CLASSES, TODAY, Outline, outline, text
from words import GIVEN_NAMES, ROLES, SURNAMES, UNITS

LEAST = 100  # commits of a history
AREA = 5  # an area and the four units below it


def handbook() -> str:
    """The text of handbook.yml."""
    lines = [
        "name: Håndbok for Prøvebu kommune",
        "organisation: Prøvebu kommune",
        "language: nb",
        "",
        "documents:",
        "  folder: procedures",
        "",
        "review:",
        "  every: 24 months",
        f"  classes: {{{', '.join(f'{name}: {months} months' for name, months in CLASSES.items())}}}",
        "  soon: 60 days",
        "",
        "units:",
    ]
    for place, (name, nb, da) in enumerate(UNITS):
        below = place % AREA > 0
        indent = "      " if below else "  "
        lines += [f"{indent}{name}:", f'{indent}  title: {{nb: "{nb}", da: "{da}"}}']
        if not below:
            lines.append(f"{indent}  units:")
    people = {f"{given} {family}": f"{ascii_name(given)}-{ascii_name(family)}" for given, family in full_names()}
    holders = list(people.values())
    lines += ["", "roles:"]
    for place, (name, nb, da) in enumerate(ROLES):
        unit = UNITS[place % len(UNITS)][0]
        lines.append(f'  {name}: {{title: {{nb: "{nb}", da: "{da}"}}, unit: {unit}, holders: [{holders[place]}]}}')
    lines += ["", "people:"]
    lines += [f"  {key}: {{name: {name}, email: {key}@provebu.example}}" for name, key in people.items()]
    return "\n".join(lines) + "\n"


def full_names() -> Iterator[tuple[str, str]]:
    """One person for each role."""
    return ((GIVEN_NAMES[n % len(GIVEN_NAMES)], SURNAMES[n % len(SURNAMES)]) for n in range(len(ROLES)))


def ascii_name(name: str) -> str:
    """A name as it stands in an address."""
    return name.lower().replace("æ", "ae").replace("ø", "o").replace("å", "a")


def index(outlines: Sequence[Outline]) -> str:
    """The front page: a link to the first document of each unit."""
    lines = ["# Håndbok for Prøvebu kommune", "", "Den første prosedyren i hver enhet:", ""]
    first = outlines[: len(UNITS)]
    lines += [f"- {UNITS[doc.number][1]}: [{doc.title}]({doc.path.split('/', 1)[1]})" for doc in first]
    return "\n".join(lines) + "\n"


def write(out: Path, count: int, seed: int, share: float, commits: int = 0) -> dict[str, object]:
    """Write the handbook, with `commits` also its history, and return the truth about it."""
    outlines = [outline(seed, number) for number in range(count)]
    planned = defects.plan(outlines, seed, share)
    found: list[defects.Defect] = []
    for unit, _, _ in UNITS[:count]:
        (out / "procedures" / unit).mkdir(parents=True)
    others = {".gitignore": "/site/\n/build/\n", "handbook.yml": handbook(), "procedures/index.md": index(outlines)}
    written: dict[int, str] = {}
    for doc in outlines:
        content = text(seed, doc, outlines)
        if doc.number in planned:
            content, defect = defects.apply(planned[doc.number], content, doc, outlines)
            found.append(defect)
        written[doc.number] = content
    for path, content in (*others.items(), *((doc.path, written[doc.number]) for doc in outlines)):
        (out / path).write_bytes(content.encode())
    history = chronicle.write(out, seed, commits, outlines, others, written) if commits else {}
    due = {doc.path: str(doc.due) for doc in outlines} | dict(history.get("due", {}))
    return {
        "documents": count,
        "seed": seed,
        "today": str(TODAY),
        "overdue": sorted(path for path, day in due.items() if day < str(TODAY)),
        "due": due,
        "defects": [defect.json() for defect in found] + list(history.get("defects", [])),
        **{name: told for name, told in history.items() if name in ("moves", "versions")},
    }


def commit(out: Path) -> None:
    """Make the handbook a Git repository with one commit, always the same."""
    when = dt.datetime.combine(TODAY, dt.time(), dt.UTC).isoformat()
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", "Bench"), ("EMAIL", "bench@provebu.example"), ("DATE", when))
    }
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for arguments in ("init --quiet --initial-branch=main", "add .", "commit --quiet --message=Handbook"):
        subprocess.run(["git", *arguments.split()], cwd=out, env=environment, check=True)


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--defects", type=float, default=0.0, metavar="SHARE", help="share of documents with a defect")
    parser.add_argument("--history", type=int, default=0, metavar="R", help="make it a Git repository with R commits")
    parser.add_argument("--git", action="store_true", help="make it a Git repository with one commit")
    args = parser.parse_args()
    if args.n < len(UNITS):
        parser.error(f"--n must be at least {len(UNITS)}, one document for each unit")
    if args.history and (args.defects or args.git or args.history < LEAST):
        parser.error(f"--history wants at least {LEAST} commits, and neither --git nor --defects")
    if args.out.exists():
        shutil.rmtree(args.out) if (args.out / "handbook.yml").is_file() else parser.error(f"{args.out} exists")
    truth = write(args.out, args.n, args.seed, args.defects, args.history)
    if args.git:
        commit(args.out)
    Path(f"{args.out}.truth.json").write_bytes(json.dumps(truth, ensure_ascii=False, indent=1).encode() + b"\n")


if __name__ == "__main__":
    main()
