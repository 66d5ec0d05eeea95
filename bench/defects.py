"""Defects of known kinds: what is done to a document, and what the check must say of it."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass

from documents import EVERY_REFERRED, TODAY, Outline
from phrases import SECTIONS

Edit = Callable[[str, Outline, Sequence[Outline]], str]


@dataclass(frozen=True)
class Defect:
    """One defect of the truth file. A finding at a path of also is as right; line is null where several would be."""

    kind: str
    rule: str
    path: str
    also: list[str]
    line: int | None

    def json(self) -> dict[str, object]:
        """As it stands in the truth file."""
        return asdict(self)


def replace(pattern: str, new: str) -> Edit:
    """An edit of the first match."""
    return lambda text, _doc, _all: re.sub(pattern, new, text, count=1, flags=re.MULTILINE)


def duplicate(text: str, doc: Outline, outlines: Sequence[Outline]) -> str:
    """Gives a document the id of an earlier one."""
    return text.replace(f"id: {doc.id}\n", f"id: {original(doc, outlines).id}\n", 1)


def original(doc: Outline, outlines: Sequence[Outline]) -> Outline:
    """The document whose id a duplicate takes."""
    return outlines[doc.number - doc.number % EVERY_REFERRED]


def bad_date(text: str, doc: Outline, _all: Sequence[Outline]) -> str:
    """A day that does not exist, in two forms, in the oldest revision."""
    form = r"\g<1>\g<2>-02-30" if doc.number % 2 else r"\g<1>30.02.\g<2>"
    return re.sub(r'(version: "1\.0", date: )(\d{4})-\d\d-\d\d', form, text, count=1)


def broken_anchor(text: str, doc: Outline, outlines: Sequence[Outline]) -> str:
    """A link to a heading that is not there."""
    other = original(doc, outlines).path.split("/", 1)[1]
    return f"{text}\nSe [avsnittet](../{other}#finnes-ikke).\n"


def no_method(text: str, doc: Outline, _all: Sequence[Outline]) -> str:
    """A document without the section that says what to do."""
    return text.replace(f"\n## {SECTIONS[doc.language][3]}\n", "\n## Diverse\n", 1)


rests_on_nothing = replace(r"^(rests-on: .*\n)?regulations:", "rests-on: [ADM-99999]\nregulations:")

# kind: the rule that must find it, the edit, whether the finding has one right line
KINDS: dict[str, tuple[str, Edit, bool]] = {
    "missing-owner": ("missing-field", replace(r"^owner: .*\n", ""), False),
    "bad-date": ("schema-mismatch", bad_date, True),
    "bad-responsibility": ("schema-mismatch", replace("responsibility: accountable", "responsibility: approver"), True),
    "duplicate-id": ("duplicate-id", duplicate, False),
    "broken-link": ("broken-link", lambda text, _doc, _all: f"{text}\nSe [veilederen](finnes-ikke.md).\n", True),
    "broken-anchor": ("broken-anchor", broken_anchor, True),
    "unknown-field": ("unknown-field", replace("^status:", "ansvarlig: leder\nstatus:"), True),
    "unknown-role": ("unknown-reference", replace("^owner: .*", "owner: rolle-uten-navn"), True),
    "unknown-document": ("unknown-document", rests_on_nothing, True),
    "missing-section": ("missing-section", no_method, False),
    "malformed-regulation": ("malformed-regulation", replace(r"ref: [^,]+", "ref: LOV-2005-6-17-62"), True),
}


def plan(outlines: Sequence[Outline], seed: int, share: float) -> dict[int, str]:
    """Which documents get which kind of defect: each kind at least once, never one that is overdue or referred to."""
    if not share:
        return {}
    able = [doc.number for doc in outlines if doc.number % EVERY_REFERRED and doc.due >= TODAY]
    count = max(len(KINDS), round(share * len(outlines)))
    if count > len(able):
        raise SystemExit(f"{len(able)} documents can get a defect, {count} should")
    chosen = random.Random(f"{seed}:defects").sample(able, count)
    kinds = list(KINDS)
    return {number: kinds[place % len(kinds)] for place, number in enumerate(chosen)}


def apply(kind: str, text: str, doc: Outline, outlines: Sequence[Outline]) -> tuple[str, Defect]:
    """The text with the defect, and the defect."""
    rule, edit, one_line = KINDS[kind]
    broken = edit(text, doc, outlines)
    if broken == text:
        raise SystemExit(f"{doc.path}: no place for {kind}")
    line = next(changed_lines(text, broken)) if one_line else None
    also = [original(doc, outlines).path] if kind == "duplicate-id" else []
    return broken, Defect(kind, rule, doc.path, also, line)


def changed_lines(before: str, after: str) -> Iterator[int]:
    """The lines of the new text that hold something new, counted from 1."""
    old = before.splitlines()
    for number, line in enumerate(after.splitlines(), 1):
        if line and (number > len(old) or line != old[number - 1]):
            yield number
