"""Comma-separated values (RFC 4180, UTF-8) for spreadsheets. Field names and codes are those of the JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from rutine.cited_acts import CitedActs
from rutine.deadlines import Agenda
from rutine.formats._listing import rows
from rutine.formats._plain import printable
from rutine.formats._stamps import batch_figures, figures
from rutine.formats._words import every, owner_title, reasons
from rutine.model import Document, Handbook
from rutine.publication import Publication
from rutine.published import language_of, state_of, title_of
from rutine.revisions import latest
from rutine.stamps import Stamps

if TYPE_CHECKING:
    from rutine.forecast import Forecast

DEADLINE_FIELDS = (
    "due", "state", "days", "id", "title", "kind", "owner", "owner-title", "units", "basis", "since", "interval", "path",
    "rule", "suspect",
)  # fmt: skip
ACT_FIELDS = ("ref", "title", "documents", "checked", "changes", "waiting")
FORECAST_FIELDS = (
    "due", "month", "suggested-month", "state", "turn", "id", "title", "kind", "owner", "owner-title", "interval", "path",
)  # fmt: skip
DOCUMENT_FIELDS = ("id", "title", "kind", "status", "owner", "owner-title", "units", "path")
REVIEW_FIELDS = (
    "of", "name", "reviews", "records", "bare", "together", "most", "seconds", "own", "programs", "day", "who", "documents", "dates", "program",
)  # fmt: skip
REGISTER_FIELDS = (
    "id", "title", "kind", "status", "state", "version", "language", "owner", "owner-title", "units", "decided-by", "decided-on",
    "decision-reference", "effective", "withdrawn", "review-due", "review-state", "page", "address", "path",
)  # fmt: skip


def deadlines(agenda: Agenda) -> str:
    """A line for each deadline below the names of the fields."""
    table = (
        (
            row.due.isoformat(), row.state, row.days, row.id, row.title, row.kind, row.owner,
            owner_title(agenda.settings, row.owner), " ".join(row.units), row.basis, row.since.isoformat(),
            every(row.interval), row.path, "; ".join(reasons(row, agenda.settings, agenda.settings.language)),
            " ".join(one.name for one in row.rule.suspicions),
        )
        for row in agenda.deadlines
    )  # fmt: skip
    return _table(DEADLINE_FIELDS, table)


def forecast(forecast: Forecast) -> str:
    """A line for each review to come, the following ones of a document as well."""
    from rutine.levelling import plan  # other commands do without

    moved = {(move.review.row.path, move.review.turn): move.month for move in plan(forecast).moves}
    table = (
        (
            review.due.isoformat(), f"{review.due:%Y-%m}", f"{moved.get((row.path, review.turn), review.due):%Y-%m}",
            row.state if review.turn == 0 else "later", review.turn, row.id, row.title, row.kind, row.owner,
            owner_title(forecast.settings, row.owner), every(row.interval), row.path,
        )
        for review in forecast.reviews for row in [review.row]
    )  # fmt: skip
    return _table(FORECAST_FIELDS, table)


def documents(handbook: Handbook) -> str:
    """A line for each document below the names of the fields."""
    table = (
        (
            row.id, row.title, row.entry.kind, row.code, row.entry.value("owner"), row.owner,
            " ".join(fact.value for fact in row.entry.facts.get("scope-unit", ())), row.path,
        )
        for row in rows(handbook)
    )  # fmt: skip
    return _table(DOCUMENT_FIELDS, table)


def acts(found: CitedActs) -> str:
    """A line for each act below the names of the fields."""
    table = (
        (act.identifier, act.title, act.documents, act.checked, act.changes, " ".join(act.waiting))
        for act in found.acts
    )
    return _table(ACT_FIELDS, table)


def reviews(found: Stamps) -> str:
    """A line for each owner, unit and commit; `of` says which of these it is."""
    rows = [("owner", work.name, figures(work)) for work in found.owners]
    rows += [("unit", work.name, figures(work)) for work in found.units]
    rows += [("commit", batch.commit.name, batch_figures(found, batch)) for batch in found.batches]
    table = ((of, name, *(_figure(row.get(field)) for field in REVIEW_FIELDS[2:])) for of, name, row in rows)
    return _table(REVIEW_FIELDS, table)


def _figure(value: Any) -> str | int | None:
    return f"{value:g}" if isinstance(value, float) else value


def publication(published: Publication) -> dict[str, str]:
    """The register of the published documents."""
    return {"register.csv": _table(REGISTER_FIELDS, (_registered(published, row) for row in published.documents))}


def _registered(published: Publication, document: Document) -> Iterator[str | None]:
    settings, today = published.report.handbook.settings, published.report.today
    value, kind, deadline = document.value, document.kind, published.deadlines.get(document.path)
    current = latest(document)
    yield from (value("id"), title_of(document), kind.name if kind else None)
    yield from (kind.status(value("status")) if kind else None, state_of(document, today))
    yield from (current.version if current else None, language_of(document, settings))
    yield from (value("owner"), owner_title(settings, value("owner")))
    yield " ".join(unit for _, unit in document.values("scope-unit"))
    yield from (value("decided-by"), value("decided-on"), value("decision-reference"))
    yield from (value("effective-from"), value("withdrawn-on"))
    yield from (deadline.due.isoformat(), deadline.state) if deadline else (None, None)
    yield from (published.page(document), published.lasting(document), document.path)


def _table(fields: Iterable[str], table: Iterable[Iterable[str | int | None]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text)  # RFC 4180: commas, double quotes, CRLF
    writer.writerow(fields)
    writer.writerows([value if isinstance(value, int) else harmless(value or "") for value in row] for row in table)
    return text.getvalue()


def harmless(text: str) -> str:
    """Text that a spreadsheet takes for no formula: an apostrophe goes before what begins like one."""
    shown = printable(text)
    return f"'{shown}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else shown
