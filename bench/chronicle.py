"""A history that ends in a handbook: documents are added, revised, moved and merged, and some are changed as they must not be.

The same seed gives the same commits, by name: nothing depends on the clock, on who runs it, or on Git's configuration.
"""

import datetime as dt
import os
import random
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from defects import Defect
from documents import TODAY, Outline, add_months, scalar, text
from words import GIVEN_NAMES, SURNAMES

FIRST = dt.datetime(2021, 11, 22, 8, tzinfo=dt.UTC)
LAST = dt.datetime.combine(TODAY, dt.time(), dt.UTC)
EARLIER = dt.timedelta(days=90)  # a date that was moved alone is so much later than it was
MERGE_EVERY = 8  # commits of the main line; a merge brings in two others
WRONG = 130  # commits for one document of each kind that is changed as it must not be
_REVISION = re.compile(r"^  - \{version: .*\n", re.MULTILINE)
_SUMMARY = re.compile(r"(?<=summary: ).*(?=\}\n)")


@dataclass(frozen=True)
class State:
    """What a document's file holds from one commit on."""

    path: str
    content: str
    text_is_other: bool = False  # than that of the state before, so that Git sees no move


@dataclass
class Chronicle:
    """The states of every document, oldest first, and what is to be found of them."""

    states: dict[int, list[State]] = field(default_factory=dict)
    found: list[Defect] = field(default_factory=list)
    due: dict[str, str] = field(default_factory=dict)
    moves: dict[str, list[str]] = field(default_factory=lambda: {"same": [], "revised": [], "rewritten": []})


def entries(content: str, count: int) -> str:
    """The document with its oldest revisions only, decided on the day of the last of them."""
    rows = _REVISION.findall(content)
    day = re.search(r"date: (\S+?)[,}]", rows[count - 1])
    assert day
    for row in rows[count:]:
        content = content.replace(row, "", 1)
    return decided(content, day[1])


def decided(content: str, day: str) -> str:
    """The document with another date of decision."""
    return re.sub(r"^(decision: \{by: \S+ date: )\S+(?=,)", rf"\g<1>{day}", content, count=1, flags=re.MULTILINE)


def worded(content: str, number: int) -> str:
    """The document as it was worded once: with a sentence more after its title."""
    head, title, rest = content.partition("\n# ")
    line, _, body = rest.partition("\n")
    return f"{head}{title}{line}\n\nEldre ordlyd nummer {number}.\n{body}"


def old_path(doc: Outline) -> str:
    """Where a document stood before it was moved."""
    folder, _, name = doc.path.rpartition("/")
    return f"{folder}/gammel-{name}"


def plan(seed: int, outlines: Sequence[Outline], now: Mapping[int, str], commits: int) -> Chronicle:
    """What happens to which document. `commits` are those of the main line that change documents one by one."""
    rng = random.Random(f"{seed}:history")
    chosen = [doc for doc in outlines if doc.number > 2]
    rng.shuffle(chosen)
    few = max(1, commits // WRONG)
    sorts = ["unrecorded"] * few + ["rewritten"] * few + ["moved-date"] * few
    sorts += ["same"] * few * 3 + ["revised"] * few * 3 + ["other"] * few
    made, used = Chronicle(), 0
    for place, doc in enumerate(chosen):
        if used >= commits:
            break
        sort = sorts[place] if place < len(sorts) else "revision"
        states = list(_states(seed, doc, outlines, now[doc.number], sort, rng, commits - used))
        used += len(states) - 1
        made.states[doc.number] = states
        _tell(made, doc, sort)
    if used < commits:
        raise ValueError(f"{len(outlines)} documents are too few for so many commits")
    return made


def _states(
    seed: int, doc: Outline, outlines: Sequence[Outline], now: str, sort: str, rng: random.Random, room: int
) -> Iterator[State]:
    """The states of one document, of which the last is what it holds now."""
    last = len(_REVISION.findall(now))
    before = worded(entries(now, last - 1), last - 1)
    if sort == "unrecorded":
        yield State(doc.path, worded(now, last))
    elif sort == "rewritten":
        yield State(doc.path, _SUMMARY.sub(scalar("Første utgave, slik den ble vedtatt"), now, count=1))
    elif sort == "moved-date":
        yield State(doc.path, decided(now, str(doc.decided - EARLIER)))
    elif sort == "same":
        yield State(old_path(doc), now)
    elif sort == "revised":
        yield State(old_path(doc), before)
    elif sort == "other":
        body = text(seed + 1, doc, outlines).partition("\n# ")[2]
        yield State(old_path(doc), f"{entries(now, last - 1).partition(chr(10) + '# ')[0]}\n# {body * 3}")
    else:
        steps = rng.randint(1, min(last - 1, room))
        for count in range(last - steps, last):
            yield State(doc.path, worded(entries(now, count), count))
    yield State(doc.path, now, text_is_other=sort == "other")


def _tell(made: Chronicle, doc: Outline, sort: str) -> None:
    rules = {"unrecorded": "unrecorded-change", "rewritten": "rewritten-revision", "moved-date": "moved-date"}
    if rule := rules.get(sort):
        made.found.append(Defect(sort, rule, doc.path, [], None))
    if sort == "moved-date":
        made.due[doc.path] = str(add_months(doc.decided - EARLIER, doc.months))
    kinds = {"same": "same", "revised": "revised", "other": "rewritten"}
    if kind := kinds.get(sort):
        made.moves[kind].append(doc.path)


class _Stream:
    """Writes for `git fast-import`."""

    def __init__(self, out: Path, rng: random.Random, count: int) -> None:
        command = ["git", "fast-import", "--quiet", "--date-format=raw", "--done"]
        self._process = subprocess.Popen(command, cwd=out, stdin=subprocess.PIPE, env=environment())
        assert self._process.stdin
        self._pipe, self._rng = self._process.stdin, rng
        self._step, self._made, self.main = (LAST - FIRST) / max(1, count), 0, 0

    def commit(
        self, subject: str, changes: Sequence[str | tuple[str, str]], *, parent: int, merged: int = 0, ref: str = "main"
    ) -> int:
        """Make a commit; its mark. A change is a path to delete, or a path and what it holds."""
        self._made += 1
        when = int((FIRST + self._step * self._made).timestamp())
        place = self._rng.randrange(len(GIVEN_NAMES))
        name = f"{GIVEN_NAMES[place]} {SURNAMES[self._rng.randrange(len(SURNAMES))]}"
        who = f"{name} <{place}@provebu.example> {when} +0100"
        lines = [f"commit refs/heads/{ref}", f"mark :{self._made}", f"author {who}", f"committer {who}", _data(subject)]
        lines += [f"from :{parent}"] if parent else []
        lines += [f"merge :{merged}"] if merged else []
        self._pipe.write("\n".join(lines).encode() + b"\n")
        for change in changes:
            path, content = (change, None) if isinstance(change, str) else change
            told = f"D {path}\n" if content is None else f"M 100644 inline {path}\n{_data(content)}\n"
            self._pipe.write(told.encode())
        return self._made

    def close(self) -> None:
        """To the end. Raises CalledProcessError where Git did not like it."""
        self._pipe.write(b"done\n")
        self._pipe.close()
        if code := self._process.wait():
            raise subprocess.CalledProcessError(code, "git fast-import")


def _data(content: str) -> str:
    return f"data {len(content.encode())}\n{content}"


def environment() -> dict[str, str]:
    """An environment in which Git heeds nobody's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def write(
    out: Path, seed: int, commits: int, outlines: Sequence[Outline], others: Mapping[str, str], now: Mapping[int, str]
) -> dict[str, object]:
    """Make `out`, which holds the handbook, the Git repository that ends in it. What is to be found, for the truth file.

    `commits` counts all of them, merges and what they bring in included.
    """
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main"], cwd=out, env=environment(), check=True)
    batches = max(1, commits // 20)
    merges = (commits - batches) // (MERGE_EVERY + 2)
    rng = random.Random(f"{seed}:commits")
    made = plan(seed, outlines, now, commits - batches - 2 * merges)
    stream = _Stream(out, rng, commits)
    first = [
        made.states[doc.number][0] if doc.number in made.states else State(doc.path, now[doc.number])
        for doc in outlines
    ]
    size = -(-len(first) // batches)
    for batch in range(batches):
        files = [(state.path, state.content) for state in first[batch * size : (batch + 1) * size]]
        files += others.items() if batch == 0 else []
        stream.main = stream.commit(f"Prosedyrer, del {batch + 1}", files, parent=stream.main)
    _change(stream, made, rng, merges)
    stream.close()
    for arguments in ("update-ref -d refs/heads/forslag", "reset --quiet --hard main"):
        subprocess.run(["git", *arguments.split()], cwd=out, env=environment(), check=True)
    return _truth(made, outlines)


def _change(stream: _Stream, made: Chronicle, rng: random.Random, merges: int) -> None:
    """Every further state, a commit each; every so often by a merge of two commits, the second of which holds it."""
    waiting = {number: list(states) for number, states in made.states.items()}
    order = [number for number, states in waiting.items() for _ in states[1:]]
    rng.shuffle(order)
    for place, number in enumerate(order):
        was, state = waiting[number].pop(0), waiting[number][0]
        changes: list[str | tuple[str, str]] = [(state.path, state.content)]
        changes += [was.path] if was.path != state.path else []
        subject = f"{Path(state.path).stem}: endret"
        if place % MERGE_EVERY == MERGE_EVERY - 1 and merges:
            merges -= 1
            draft = stream.commit(
                f"{subject}, utkast",
                [(state.path, worded(state.content, 0)), *changes[1:]],
                parent=stream.main,
                ref="forslag",
            )
            final = stream.commit(subject, [(state.path, state.content)], parent=draft, ref="forslag")
            stream.main = stream.commit(f"Fletter {Path(state.path).stem}", changes, parent=stream.main, merged=final)
        else:
            stream.main = stream.commit(subject, changes, parent=stream.main)


def _truth(made: Chronicle, outlines: Sequence[Outline]) -> dict[str, object]:
    versions = {doc.path: len(made.states.get(doc.number, [0])) for doc in outlines}
    return {
        "defects": [defect.json() for defect in made.found],
        "due": made.due,
        "moves": made.moves,
        "versions": versions,
    }
