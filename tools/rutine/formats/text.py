"""Plain text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rutine.formats._plain import closing, line, printable
from rutine.i18n import render
from rutine.model import Handbook, Message, Report, say

if TYPE_CHECKING:
    from rutine.chronicle import Chronicle
    from rutine.cited_acts import CitedAct, CitedActs
    from rutine.deadlines import Agenda
    from rutine.forecast import Forecast
    from rutine.formats import Comparison, Shown
    from rutine.notices import Digests
    from rutine.redline import Piece
    from rutine.stamps import Stamps

# What a command needs alone is imported for it: the check of a file, the most frequent one, does without.

_WIDEST = 60  # characters of a column before the last; longer values are cut


def findings(report: Report) -> str:
    """A line for each finding in the order of files, then one that counts them, then what to do next."""
    language = report.handbook.settings.language
    return "\n".join([*(line(finding, language) for finding in report.findings), *closing(report)]) + "\n"


def deadlines(agenda: Agenda) -> str:
    """A line for each document, its state first, then one that counts them."""
    from rutine.formats._words import basis, owner_title, reasons, state, totals

    language = agenda.settings.language
    table = [
        (
            state(row, language),
            row.due.isoformat(),
            row.id or "–",
            row.title or "–",
            owner_title(agenda.settings, row.owner) or "–",
            basis(row, language),
            _why(reasons(row, agenda.settings, language), language),
            row.path,
        )
        for row in agenda.deadlines
    ]
    return "\n".join([*aligned(table, whole=2), totals(agenda)]) + "\n"


def _why(told: Sequence[str], language: str) -> str:
    """Why it is that day; of several reasons the first, and how many there are beside it."""
    more = len(told) - 1
    return render(say("{reason} (and {count} more)", reason=told[0], count=more), language) if more else told[0]


def forecast(forecast: Forecast) -> str:
    """How much there is to review, by owner, unit and month, and what to take earlier."""
    from rutine.formats._outlook import advice, opening, suggestions, tables
    from rutine.levelling import plan

    language, planned = forecast.settings.language, plan(forecast)
    parts = [[printable(opening(forecast))]]
    parts += (aligned([table.heads, *table.rows]) for table in tables(forecast, planned))
    parts.append([render(advice(planned), language), *map(printable, suggestions(forecast, planned))])
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def digests(found: Digests) -> str:
    """Every message with whom it is for, and what there is nobody to tell of."""
    from rutine.formats._digest import subject, text, unreached

    language, people = found.settings.language, found.settings.people
    parts = []
    for digest in found.digests:
        person = people[digest.person]
        to = f"{person.full_name} <{person.email}>" if person.email else person.full_name
        parts.append(
            "\n".join(map(printable, [f"To: {to}", f"Subject: {subject(found, digest)}"]))
            + "\n\n"
            + text(found, digest)
        )
    since, until = found.since.isoformat(), found.today.isoformat()
    if not parts:
        nothing = say("There is nobody to tell of a review, after {since} until {until}.", since=since, until=until)
        parts.append(render(nothing, language) + "\n")
    parts += [f"{line}\n" for line in unreached(found)]
    return f"\n{'-' * 72}\n\n".join(parts)


def documents(handbook: Handbook) -> str:
    """A line for each document, then one that counts them."""
    from rutine.formats._listing import rows as listed

    table = [(row.id, row.title, row.kind, row.status, row.owner, row.path) for row in listed(handbook)]
    total = say("Documents: {count}.", count=len(table))
    return "\n".join([*aligned(table), render(total, handbook.settings.language)]) + "\n"


def acts(found: CitedActs) -> str:
    """A line for each act: how many documents cite it, as of which day it was read, and how many wait for a review."""
    language = found.settings.language

    def told(act: CitedAct) -> str:
        count = len(act.waiting)
        text = say("{count} documents to be reviewed", one="{count} document to be reviewed", count=count)
        return f"{render(text, language)}: {', '.join(act.waiting)}" if count else "–"

    table = [
        (
            act.identifier,
            act.title or "–",
            render(say("{count} documents", one="{count} document", count=act.documents), language),
            render(say("state checked {date}", date=act.checked), language) if act.checked else "–",
            told(act),
        )
        for act in found.acts
    ]
    return "".join(f"{line}\n" for line in aligned(table)) if table else ""


def document(shown: Shown) -> str:
    """Everything that is known of a document: a label and a value a line."""
    from rutine.formats._facts import facts

    found = [(fact.label, fact.values) for fact in facts(shown)]
    width = max(len(label) for label, _ in found) + 2
    lines = []
    for label, values in found:
        for index, value in enumerate(values):
            lines.append(f"{f'{label}:' if index == 0 else '':{width}}{printable(value)}".rstrip())
    return "\n".join(lines) + "\n"


def chronicle(found: Chronicle) -> str:
    """The states of a document's file, newest first: version, day, what changed and who did it; then why, and who decided."""
    from rutine.formats._chronicle import changed, decided, notes, people
    from rutine.published import title_of

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
    from rutine.formats._comparison import fields, heading, unchanged
    from rutine.redline import redline

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


def reviews(found: Stamps) -> str:
    """How many there were, by owner and unit, which commits to look at, and what the figures can mean."""
    from rutine.formats._stamps import OWNERS, UNITS, batch_heads, batch_rows, heads, owner_rows, unit_rows
    from rutine.stamp_words import CANNOT_TELL, MEANINGS, summary

    language = found.settings.language
    parts = [[render(summary(found), language)]]
    for name, rows in (("owners", owner_rows(found)), ("units", unit_rows(found))):
        first = OWNERS if name == "owners" else UNITS
        parts.append(aligned([heads(first, language), *rows]) if rows else [])
    if found.batches:
        parts.append(aligned([batch_heads(language), *batch_rows(found)]))
    if found.untold:
        reason = render(found.untold, language)
        parts.append([printable(render(Message(CANNOT_TELL.text, {"reason": reason}), language))])
    parts.append([render(meaning, language) for meaning in MEANINGS] if found.total.reviews else [])
    return "\n\n".join("\n".join(part) for part in parts if part) + "\n"


def aligned(table: Sequence[Sequence[str]], whole: int = 1) -> list[str]:
    """The rows with their columns one below the other; so many of the last ones are never cut."""
    rows = [[*map(_cut, cells[:-whole]), *map(printable, cells[-whole:])] for cells in table]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def _cut(cell: str) -> str:
    text = printable(cell) or "–"
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"
