"""Plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rutine.chronicle import Chronicle
from rutine.deadlines import Agenda
from rutine.formats import Comparison, Shown
from rutine.formats._chronicle import changed, decided, notes, people
from rutine.formats._comparison import fields, heading, unchanged
from rutine.formats._listing import rows as listed
from rutine.formats._plain import closing, line, printable
from rutine.formats._words import basis, owner_title, state, totals
from rutine.i18n import render
from rutine.model import Handbook, Report, say
from rutine.published import title_of
from rutine.redline import Piece, redline

_WIDEST = 60  # characters of a column before the last; longer values are cut


def findings(report: Report) -> str:
    """A line for each finding in the order of files, then one that counts them, then what to do next."""
    language = report.handbook.settings.language
    return "\n".join([*(line(finding, language) for finding in report.findings), *closing(report)]) + "\n"


def deadlines(agenda: Agenda) -> str:
    """A line for each document, its state first, then one that counts them."""
    language = agenda.settings.language
    table = [
        (
            state(row, language),
            row.due.isoformat(),
            row.id or "–",
            row.title or "–",
            owner_title(agenda.settings, row.owner) or "–",
            basis(row, language),
            row.path,
        )
        for row in agenda.deadlines
    ]
    return "\n".join([*aligned(table), totals(agenda)]) + "\n"


def documents(handbook: Handbook) -> str:
    """A line for each document, then one that counts them."""
    table = [(row.id, row.title, row.kind, row.status, row.owner, row.path) for row in listed(handbook)]
    total = say("Documents: {count}.", count=len(table))
    return "\n".join([*aligned(table), render(total, handbook.settings.language)]) + "\n"


def document(shown: Shown) -> str:
    """Everything that is known of a document: a label and a value a line."""
    from rutine.formats._facts import facts  # a check, the most frequent command, does without

    found = [(fact.label, fact.values) for fact in facts(shown)]
    width = max(len(label) for label, _ in found) + 2
    lines = []
    for label, values in found:
        for index, value in enumerate(values):
            lines.append(f"{f'{label}:' if index == 0 else '':{width}}{printable(value)}".rstrip())
    return "\n".join(lines) + "\n"


def chronicle(found: Chronicle) -> str:
    """The states of a document's file, newest first: version, day, what changed and who did it; then why, and who decided."""
    settings, language = found.settings, found.settings.language
    lines = [printable(" ".join(filter(None, (found.document.value("id"), title_of(found.document)))))]
    for step in found.steps:
        version, revision = step.version, step.revision
        day = version.commit.committer.day.isoformat() if version else "–"
        head = (
            revision.version if revision and revision.version else "–",
            day,
            changed(step, language),
            people(step, language),
        )
        lines += ["", "  ".join(printable(part) for part in head)]
        told = [
            revision.summary if revision and revision.summary else "",
            decided(step, settings),
            *notes(step, language),
        ]
        lines += [f"    {printable(line)}" for line in told if line]
        if version:
            lines.append(printable(f"    {version.commit.name[:10]}  {version.commit.subject}  {version.path}"))
    return "\n".join(lines) + "\n"


def comparison(found: Comparison) -> str:
    """What is gone and what is new, in brackets, and in colour on a terminal."""
    language = found.settings.language
    lines = [printable(heading(found))]
    shown = [*fields(found), *redline(*(text.body for text in found.texts))]
    skipped = 0
    for passage in shown:
        if passage.kind == "same":
            skipped += 1
            continue
        if skipped:
            lines.append(unchanged(skipped, language))
        skipped = 0
        lines.append("".join(_marked(piece, in_colour=found.in_colour) for piece in passage.pieces))
    if skipped:
        lines.append(unchanged(skipped, language))
    return "\n".join(lines) + "\n"


def _marked(piece: Piece, *, in_colour: bool) -> str:
    text = printable(piece.text)
    if piece.kind == "same":
        return text
    marked = f"[-{text}-]" if piece.kind == "gone" else f"{{+{text}+}}"
    return f"\x1b[{'31;9' if piece.kind == 'gone' else '32;4'}m{marked}\x1b[0m" if in_colour else marked


def aligned(table: Sequence[Sequence[str]]) -> list[str]:
    """The rows with their columns one below the other; the last column is never cut."""
    rows = [[*map(_cut, cells[:-1]), printable(cells[-1])] for cells in table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cut(cell: str) -> str:
    text = printable(cell) or "–"
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
