"""JSON for programs. Field names and codes stay the same in every language; `version` changes when they do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rutine.chronicle import Chronicle
from rutine.cited_acts import CitedActs
from rutine.deadlines import Agenda
from rutine.evidence import Standing
from rutine.formats import Shown, _handbook, _memo_data
from rutine.formats._chronicle import step_data
from rutine.formats._data import dump, dump_rows, review
from rutine.formats._facts import described
from rutine.formats._listing import rows
from rutine.formats._plain import message
from rutine.formats._stamps import batch_figures, figures
from rutine.i18n import render
from rutine.memo import Memo
from rutine.model import Entry, Finding, Handbook, Report
from rutine.publication import Publication
from rutine.stamps import Stamps

if TYPE_CHECKING:
    from rutine.forecast import Forecast, Share
    from rutine.levelling import Plan
    from rutine.notices import Digests

VERSION = 1


def findings(report: Report) -> str:
    """Every finding with its place, and the counts."""
    settings = report.handbook.settings
    return dump(
        {
            "version": VERSION,
            "on": report.today.isoformat(),
            "handbook": settings.name,
            "findings": [_finding(finding, settings.language) for finding in report.findings],
            "errors": report.number_of("error"),
            "warnings": report.number_of("warning"),
            "documents": len(report.paths()),
            "history": _history(report),
        }
    )


def _history(report: Report) -> str:
    """Whether the rules about history could tell: `known`, `unknown`, or `unasked` where a few files alone were checked."""
    past = report.handbook.past
    return "unasked" if past is None else "unknown" if past.untold else "known"


def _finding(finding: Finding, language: str) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "message": message(finding, language),
        "fixable": bool(finding.edits),
    }


def deadlines(agenda: Agenda) -> str:
    """Every deadline with the names of role, units and kind as documents write them."""
    table = [
        {
            "path": row.path,
            "id": row.id,
            "title": row.title,
            "kind": row.kind,
            "owner": row.owner,
            "units": list(row.units),
            **review(row, agenda.settings),
        }
        for row in agenda.deadlines
    ]
    return dump({"version": VERSION, "on": agenda.today.isoformat(), "rows": table})


def forecast(forecast: Forecast) -> str:
    """The counts by owner, unit and month, every review, and the moves that are suggested."""
    from rutine.levelling import plan  # other commands do without

    planned = plan(forecast)
    return dump(
        {
            "version": VERSION,
            "on": forecast.today.isoformat(),
            "until": forecast.until.isoformat(),
            "total": _share(forecast.total),
            "owners": [{"owner": share.name, **_share(share)} for share in forecast.owners],
            "units": [{"unit": share.name, **_share(share)} for share in forecast.units],
            "months": [
                {"month": f"{row.month:%Y-%m}", "due": row.due, "planned": row.planned} for row in planned.months
            ],
            "reviews": [
                {"path": review.row.path, "id": review.row.id, "owner": review.row.owner,
                 "due": review.due.isoformat(), "turn": review.turn}
                for review in forecast.reviews
            ],
            "moves": _moves(planned),
        }
    )  # fmt: skip


def _share(share: Share) -> dict[str, Any]:
    from rutine.forecast import HORIZONS

    return {
        "overdue": share.overdue,
        "within": {str(end): count for end, count in zip(HORIZONS, share.counts, strict=True)},
    }


def _moves(planned: Plan) -> list[dict[str, Any]]:
    return [
        {
            "path": move.review.row.path,
            "id": move.review.row.id,
            "owner": move.owner,
            "due": move.review.due.isoformat(),
            "turn": move.review.turn,
            "month": f"{move.month:%Y-%m}",
            "reviews-in-month-left": move.there,
            "reviews-in-month": move.here,
            "most-in-a-month": move.most,
        }
        for move in planned.moves
    ]


def digests(found: Digests) -> str:
    """What each person is told, as text and as data, and what there is nobody to tell of: docs/notices.schema.json."""
    from rutine.formats._digests import described  # other commands do without

    return dump({"version": VERSION, **described(found)})


def documents(handbook: Handbook) -> str:
    """Every document with the names of role, units and kind as documents write them."""
    table = [
        {
            "path": row.path,
            "id": row.entry.value("id"),
            "title": row.entry.value("title"),
            "kind": row.entry.kind,
            "status": row.code or None,
            "owner": row.entry.value("owner"),
            "units": [fact.value for fact in row.entry.facts.get("scope-unit", ())],
        }
        for row in rows(handbook)
    ]
    return dump({"version": VERSION, "rows": table})


def acts(found: CitedActs) -> str:
    """Every act with its state and the documents that wait for a review because of it."""
    table = [
        {
            "ref": act.identifier, "title": act.title, "documents": act.documents, "checked": act.checked,
            "changes": act.changes, "waiting": list(act.waiting),
        }
        for act in found.acts
    ]  # fmt: skip
    return dump({"version": VERSION, "on": found.today.isoformat(), "rows": table})


def document(shown: Shown) -> str:
    """Everything that is known of a document."""
    return dump({"version": VERSION, "on": shown.today.isoformat(), **described(shown), "evidence": _evidence(shown)})


def _evidence(shown: Shown) -> dict[str, Any]:
    """The newest records of a review and of the decision in force; null where there is none."""
    found = shown.standing or Standing()
    return {
        "review": _record(found.review, "reviewed-on", "reviewed-by", found.is_reviewed),
        "decision": _record(found.decision, "decided-on", "decided-by", found.is_decided),
    }


def _record(record: Entry | None, day: str, role: str, is_current: bool | None) -> dict[str, Any] | None:
    if record is None:
        return None
    return {
        "path": record.path,
        "on": record.value(day),
        "by": record.value(role),
        "person": record.value("person"),
        "outcome": record.value("outcome"),
        "version": record.value("about-version"),
        "current-text": is_current,
    }


def reviews(found: Stamps) -> str:
    """The figures by owner and by unit, and the commits to look at; `untold` says why some of it cannot be told."""
    return dump(
        {
            "version": VERSION,
            "since": found.since.isoformat(),
            "on": found.today.isoformat(),
            "untold": render(found.untold, found.settings.language) if found.untold else None,
            **figures(found.total),
            "owners": [{"owner": work.name, **figures(work)} for work in found.owners],
            "units": [{"unit": work.name, **figures(work)} for work in found.units],
            "commits": [batch_figures(found, batch) for batch in found.batches],
        }
    )


def memo(memo: Memo) -> str:
    """Everything that a proposed change is about, with both texts of each passage."""
    found = _memo_data.described(memo)
    findings = [_finding(finding, memo.settings.language) for finding in memo.elsewhere]
    return dump({"version": VERSION, "on": memo.today.isoformat(), **found, "elsewhere": findings})


def chronicle(found: Chronicle) -> str:
    """Every state of a document's file: who, when, what changed, and what it said of its version and decision."""
    rows = list(map(step_data, found.steps))
    return dump({"version": VERSION, "path": found.document.path, "id": found.document.value("id"), "rows": rows})


def publication(published: Publication) -> dict[str, str]:
    """The whole handbook, and the schema that tells what its fields mean."""
    book = dump_rows(_handbook.head(published), "documents", _handbook.documents(published))
    return {"handbook.json": book, "handbook.schema.json": dump(published.report.data_schema)}
