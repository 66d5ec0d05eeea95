"""One document of the invented handbook: its outline, its front matter, its body. The same seed gives the same text."""

import calendar
import datetime as dt
import json
import random
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from posixpath import relpath

from phrases import CHANGES, DAYS, DUTIES, NOTE, PURPOSES, REGULATIONS, SECTIONS, SEE, STEPS, TABLE, TITLES
from prose import Prose
from words import ROLES, UNITS

TODAY = dt.date(2026, 11, 21)
CLASSES = {"high": 12, "normal": 24, "low": 36}
PLAIN = re.compile(r"[^\W\d_][\w §./-]*\Z")
EVERY_REFERRED = 7  # documents whose number is a multiple of this are what others rest on; they never get a defect


@dataclass(frozen=True)
class Outline:
    """What other documents need to know to link to this one, and the truth file to list it."""

    number: int
    id: str
    path: str
    language: str
    title: str
    steps: tuple[str, ...]
    decided: dt.date
    months: int

    @property
    def due(self) -> dt.date:
        """The day the next review is due: whole months after the decision, held to the end of a shorter month."""
        return add_months(self.decided, self.months)

    @property
    def anchors(self) -> list[str]:
        """The headings that other documents link to."""
        return [slug(heading) for heading in (SECTIONS[self.language][2], *self.steps)]


def add_months(day: dt.date, months: int) -> dt.date:
    """The same day of the month, or the month's last."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def slug(heading: str) -> str:
    """A heading's anchor, as Python-Markdown's toc extension makes it."""
    text = unicodedata.normalize("NFKD", heading).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", text).strip().lower())


def outline(seed: int, number: int) -> Outline:
    """The outline of document number 0, 1, 2 …"""
    rng = random.Random(f"{seed}:outline:{number}")
    language = "nb" if rng.random() < 0.6 else "da"
    unit = UNITS[number % len(UNITS)][0]
    identifier = f"{unit.upper()}-{number // len(UNITS) + 1:05d}"
    months = rng.choice(list(CLASSES.values()))
    age = int(rng.random() * months * 30.4 * 1.25)  # about one in five is overdue
    if number in (1, 2):  # due today, due yesterday
        age = (TODAY - add_months(TODAY, -months)).days + number - 1
    return Outline(
        number=number,
        id=identifier,
        path=f"procedures/{unit}/{identifier.lower()}.md",
        language=language,
        title=Prose(language, rng).fill(rng.choice(TITLES[language])),
        steps=tuple(rng.sample(STEPS[language], rng.choice((3, 4, 4, 5)))),
        decided=TODAY - dt.timedelta(days=age),
        months=months,
    )


def scalar(text: str) -> str:
    """Text as a YAML value, in quotes where a plain one would mean something else."""
    return text if PLAIN.match(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)


def flow(items: Sequence[str]) -> str:
    """A list on one line."""
    return f"[{', '.join(map(scalar, items))}]"


def front_matter(doc: Outline, prose: Prose, outlines: Sequence[Outline]) -> str:
    """The document's fields as YAML, without the fences."""
    rng = prose.rng
    roles = [name for name, _, _ in ROLES]
    unit = doc.path.split("/")[1]
    units = [unit, *rng.sample([name for name, _, _ in UNITS if name != unit], rng.randint(0, 2))]
    lines = [
        f"id: {doc.id}",
        f"title: {scalar(doc.title)}",
        f"summary: {scalar(prose.sentence())}",
        "kind: procedure",
        f"language: {doc.language}",
        "status: in-force",
        f"owner: {rng.choice(roles)}",
        f"decision: {{by: {rng.choice(roles)}, date: {doc.decided}, reference: "
        f'"{doc.decided.year}/{rng.randint(100, 9999)}"}}',
        f"scope: {{units: {flow(units)}, roles: {flow(rng.sample(roles, rng.randint(1, 3)))}}}",
    ]
    if rng.random() < 0.2 and doc.number > EVERY_REFERRED:
        earlier = outlines[rng.randrange((doc.number - 1) // EVERY_REFERRED + 1) * EVERY_REFERRED]
        lines.append(f"rests-on: [{earlier.id}]")
    lines.append("regulations:")
    for ref, sections in rng.sample(REGULATIONS, rng.choice((1, 2, 2, 3))):
        lines.append(f"  - {{ref: {ref}, at: {flow(rng.sample(sections, rng.randint(1, 2)))}}}")
    lines.append("roles:")
    for place, role in enumerate(rng.sample(roles, rng.choice((3, 4, 4)))):
        part = ("accountable", "responsible")[place] if place < 2 else rng.choice(("consulted", "informed"))
        duties = [prose.fill(rng.choice(DUTIES[doc.language])) for _ in range(rng.randint(1, 2))]
        lines.append(f"  - {{role: {role}, responsibility: {part}, duties: {flow(duties)}}}")
    name = next(name for name, months in CLASSES.items() if months == doc.months)
    every = f"class: {name}" if rng.random() < 0.25 else f"every: {doc.months} months"
    lines += [f"review: {{{every}}}", f"keywords: {flow(sorted({prose.noun(0) for _ in range(5)}))}", "revisions:"]
    return "\n".join([*lines, *revisions(doc, prose)]) + "\n"


def revisions(doc: Outline, prose: Prose) -> Iterator[str]:
    """The revision entries, oldest first; the last is dated as the decision."""
    count = prose.rng.randint(2, 5)
    days = [doc.decided]
    for _ in range(count - 1):
        days.insert(0, days[0] - dt.timedelta(days=prose.rng.randint(120, 500)))
    for place, day in enumerate(days):
        summary = prose.fill(CHANGES[doc.language][0] if not place else prose.pick(CHANGES[doc.language][1:]))
        change = "significant" if not place else prose.rng.choice(("significant", "minor"))
        yield f'  - {{version: "{place + 1}.0", date: {day}, change: {change}, summary: {scalar(summary)}}}'


def links(doc: Outline, rng: random.Random, outlines: Sequence[Outline]) -> list[str]:
    """Three to six links to other documents, two in five to one of their headings."""
    found = []
    for _ in range(rng.randint(3, 6)):
        other = outlines[(doc.number + rng.randrange(1, len(outlines))) % len(outlines)]
        anchor = f"#{rng.choice(other.anchors)}" if rng.random() < 0.4 else ""
        address = relpath(other.path, doc.path.rsplit("/", 1)[0])
        found.append(f"[{other.id} {other.title}]({address}{anchor})")
    return found


def table(prose: Prose) -> str:
    """A table with a heading row."""
    rows = [TABLE[prose.language], ["---"] * 4]
    for _ in range(prose.rng.randint(3, 5)):
        days = f"{prose.rng.choice((2, 5, 10, 30))} {DAYS[prose.language]}"
        rows.append([prose.fill("{n}"), prose.fill("{r}"), days, prose.fill("{d}")])
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def method(doc: Outline, prose: Prose, see: list[str]) -> Iterator[str]:
    """The blocks of the section that says what to do; takes links from the list as it goes."""
    rng = prose.rng
    for step in doc.steps:
        yield f"### {step}"
        mention = f" {rng.choice(SEE[doc.language]).format(link=see.pop())}" if see else ""
        yield prose.sentences(2, 4) + mention
        yield "\n".join(f"{n}. {prose.sentences(1, 2)}" for n in range(1, rng.choice((3, 4, 4, 5)) + 1))
        if rng.random() < 0.35:
            yield f'!!! note "{NOTE[doc.language]}"\n\n    {prose.sentence()}'
    if rng.random() < 0.6:
        yield table(prose)


def body(doc: Outline, prose: Prose, outlines: Sequence[Outline]) -> str:
    """The document's Markdown."""
    purpose, scope, duties, how, references = SECTIONS[doc.language]
    see = links(doc, prose.rng, outlines)
    involved = prose.roles[: prose.rng.randint(3, 5)]
    blocks = [
        f"# {doc.title}",
        f"## {purpose}",
        f"{prose.fill(PURPOSES[doc.language])} {prose.sentences(2, 4)}",
        f"## {scope}",
        prose.sentences(3, 5),
        f"## {duties}",
        prose.sentences(2, 2),
        "\n".join(f"- **{role.capitalize()}:** {prose.sentences(1, 2)}" for role in involved),
        f"## {how}",
        *method(doc, prose, see),
        f"## {references}",
        prose.sentence(),
        "\n".join(f"- {link}" for link in see),
    ]
    return "\n\n".join(block for block in blocks if block) + "\n"


def text(seed: int, doc: Outline, outlines: Sequence[Outline]) -> str:
    """The whole file."""
    prose = Prose(doc.language, random.Random(f"{seed}:document:{doc.number}"))
    return f"---\n{front_matter(doc, prose, outlines)}---\n\n{body(doc, prose, outlines)}"
