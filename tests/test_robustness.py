"""Whatever bytes a file holds, it is read, judged and told of: nothing is raised, and every finding has a place in the file."""

from __future__ import annotations

import marshal
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from rutine import formats, survey
from rutine.checks import check_handbook
from rutine.formats import names
from rutine.i18n import render
from rutine.model import Report, Settings
from rutine.read import parse_document
from rutine.settings import read_settings

ROOT = Path(__file__).resolve().parents[1]
FLAT = ROOT / "examples" / "flat"
HANDBOOKS = (ROOT, FLAT, ROOT / "examples" / "govuk")
DAY = date(2026, 3, 1)

HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)  # to a terminal
MANY = int(os.environ.get("ROBUSTNESS_EXAMPLES", "0"))  # set it for a long run, with other examples each time

quick = settings(
    max_examples=MANY or 150,
    deadline=None,
    derandomize=not MANY,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)

# What breaks parsers: YAML's signs, Markdown's signs, templates, line ends that are none, characters that cannot be seen.
PIECES = [
    "---\n", "\n---\n", "...\n", "+++\n", ":", ": ", "- ", "? ", "\n  ", "\t", "\n\t", "[", "]", "{", "}", "{{ x }}", "<%= x %>",
    "&a ", "*a", "!!python/object/apply:os.system ", "!x ", "|\n", ">-\n", "'", '"', "\\", '"\\ud800"', '"\\x00"', "#", "# ", "%", "@", "`",
    "```\n", "~~~", "<!--", "-->", "](", "![", "[x]: ", "[^1]", "<a href=", "<http:", "    ", "\r", "\r\n", "\x85", "\u2028", "\ufeff",
    "\u00a0", "\u200b", "\u202e", "\x00", "\x07", "\x1b[2J", "é", "e\u0301", "𝄞", "𝟚", "٣", "yes", "null", "~", "0123", "1.10", "12:30",
    "9" * 30, "-1", "1e9", "2025-02-30", "0000-01-01", "9999-12-31", "12 months", "id", "kind: procedure\n", "kind: []\n", "title: ", "owner: ",
    "review: {every: 9999 years}\n", "review_interval_months: 120\n", "revisions:\n  - x\n", "/../..", "%2e%2e/", "#x", "?", "//x",
    "javascript:x", "x" * 300,
]  # fmt: skip


@cache
def handbook(root: Path) -> Settings:
    """The settings of one of the handbooks at hand."""
    return read_settings(root)


@cache
def valid(root: Path) -> tuple[tuple[str, bytes], ...]:
    """Documents of a handbook: path and content."""
    folder = root / handbook(root).folder
    return tuple((path.relative_to(root).as_posix(), path.read_bytes()) for path in sorted(folder.rglob("*.md*")))


def judge(root: Path, path: str, content: bytes) -> None:
    """Read and judge a file as `rutine check` does; fails where anything is raised or a finding has no place."""
    settings_ = handbook(root)
    entry = survey.examine(parse_document(settings_, path, content), settings_)
    remembered = survey.thaw(marshal.loads(marshal.dumps(survey.freeze(entry))))  # noqa: S302  # as the store does
    assert remembered.findings == entry.findings
    book = survey.assemble(settings_, {path: remembered}, frozenset({path}))
    together = check_handbook(book, DAY)
    lines = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for finding in [*entry.findings, *together]:
        assert render(finding.message, "en")
        assert finding.place.path == path
        assert 1 <= finding.place.line <= lines + 1
        assert finding.place.column >= 1
    report = Report(book, DAY, [*entry.findings, *together])
    for name in names("findings"):
        printed = formats.render(name, "findings", report)
        assert not HARMFUL.search(printed), name


@quick
@given(root=st.sampled_from(HANDBOOKS), content=st.binary(max_size=400), suffix=st.sampled_from(["md", "html.md.erb"]))
def test_any_bytes(root: Path, content: bytes, suffix: str) -> None:
    judge(root, f"{handbook(root).folder}/x.{suffix}", content)


@quick
@given(root=st.sampled_from(HANDBOOKS), front=st.lists(st.sampled_from(PIECES)), body=st.lists(st.sampled_from(PIECES)))
def test_any_front_matter_and_body(root: Path, front: list[str], body: list[str]) -> None:
    text = f"---\n{''.join(front)}\n---\n{''.join(body)}"
    judge(root, f"{handbook(root).folder}/x.md", text.encode())


@quick
@given(content=st.lists(st.sampled_from(PIECES)).map("".join))
@example(content="\x85? ")
@example(content="\u2028\u2028:")
def test_any_record(content: str) -> None:
    judge(ROOT, "records/reviews/HR-012/2026-03-01.yml", content.encode())


@st.composite
def mutated(draw: st.DrawFn) -> tuple[Path, str, bytes]:
    """A valid document with a few pieces put in, left out, doubled or moved."""
    root = draw(st.sampled_from(HANDBOOKS))
    path, content = draw(st.sampled_from(valid(root)))
    for _ in range(draw(st.integers(1, 4))):
        near = max(content.find(b"\n---", 4), 1) if draw(st.booleans()) else len(content)  # mostly in the front matter
        start, length = draw(st.integers(0, near)), draw(st.integers(0, 40))
        piece = draw(st.sampled_from(PIECES).map(str.encode) | st.binary(max_size=3))
        taken = content[start : start + length]
        middle = draw(st.sampled_from([piece + taken, piece, b"", taken * 2, taken[::-1]]))
        content = content[:start] + middle + content[start + length :]
    return root, path, content


@quick
@given(mutated())
def test_a_valid_document_mutated(case: tuple[Path, str, bytes]) -> None:
    judge(*case)


LONG = 20_000
HARD = {
    "a bracket never closed": "[" + "[b](c)" * (LONG // 6),
    "escaped brackets": "\\[" * (LONG // 2) + "[x](a.md)" * (LONG // 9),
    "links never closed": "[a](<" * (LONG // 5),
    "tags never closed": "<a " * (LONG // 3),
    "comments never closed": "<!--" * (LONG // 4),
    "fences never closed": "\n".join("`" * length for length in range(200, 3, -1)),
    "one long fence": "~" * LONG,
    "attributes never closed": "{" * LONG,
    "the same heading": "a\n---\n" * (LONG // 6),
    "headings without text": "---\n" * (LONG // 4),
    "a heading full of signs": "# a" + " #" * (LONG // 2) + "x",
    "a heading full of blanks": "# a" + " " * LONG + "x {a}",
    "headings with a number too long to count": f"# a_{'9' * 5000}\n\n" * 2,
    "blocks of code": "x\n\n    a\n\n" * (LONG // 11),
}


@pytest.mark.parametrize("body", HARD.values(), ids=HARD.keys())
def test_no_text_takes_long(body: str) -> None:
    """Someone else's page must not be able to stop the check of all others."""
    front = dict(valid(FLAT))["docs/fire.md"].split(b"\n---\n")[0] + b"\n---\n\n"
    with at_most(seconds=5):
        judge(FLAT, "docs/x.md", front + body.encode())


@pytest.mark.parametrize(
    "front",
    [
        "\n".join(f"x{number}: no" for number in range(5000)),
        "\n".join(f"{number}: a" for number in range(5000)),
        "roles:\n" + "- x: 1\n" * 5000,
        "title: [" + "{a: b}," * 5000 + "]",
    ],
    ids=["unknown fields", "numbers for names", "a list of wrong things", "groups in a line"],
)
def test_no_front_matter_takes_long(front: str) -> None:
    with at_most(seconds=5):
        judge(FLAT, "docs/x.md", f"---\n{front}\n---\n\n# X\n".encode())


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    """Fails when what is within takes longer."""

    def fail(*_: object) -> None:
        pytest.fail(f"not done after {seconds} seconds")

    before = signal.signal(signal.SIGALRM, fail)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
