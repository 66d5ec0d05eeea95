"""JSON for programs. Field names and codes stay the same in every language; `version` changes when they do not."""

from __future__ import annotations

from typing import Any

from rutine.chronicle import Chronicle, Step
from rutine.deadlines import Agenda
from rutine.formats import Shown, _handbook, _memo_data
from rutine.formats._data import dump, dump_rows, review
from rutine.formats._facts import described
from rutine.formats._listing import rows
from rutine.formats._plain import message
from rutine.memo import Memo
from rutine.model import Finding, Handbook, Report, Signature
from rutine.publication import Publication

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
        }
    )


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
            **review(row),
        }
        for row in agenda.deadlines
    ]
    return dump({"version": VERSION, "on": agenda.today.isoformat(), "rows": table})


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


def document(shown: Shown) -> str:
    """Everything that is known of a document."""
    return dump({"version": VERSION, "on": shown.today.isoformat(), **described(shown)})


def memo(memo: Memo) -> str:
    """Everything that a proposed change is about, with both texts of each passage."""
    found = _memo_data.described(memo)
    findings = [_finding(finding, memo.settings.language) for finding in memo.elsewhere]
    return dump({"version": VERSION, "on": memo.today.isoformat(), **found, "elsewhere": findings})


def chronicle(found: Chronicle) -> str:
    """Every state of a document's file: who, when, what changed, and what it said of its version and decision."""
    rows = [_step(step) for step in found.steps]
    return dump({"version": VERSION, "path": found.document.path, "id": found.document.value("id"), "rows": rows})


def _step(step: Step) -> dict[str, Any]:
    version, document, revision = step.version, step.document, step.revision
    commit = version.commit if version else None
    return {
        "version": revision.version if revision else None,
        "summary": revision.summary if revision else None,
        "change": step.change,
        "path": version.path if version else document.path if document else None,
        "moved-from": (version.before or None) if version else None,
        "commit": commit.name if commit else None,
        "subject": commit.subject if commit else None,
        "authors": [_signature(one) for one in version.wrote] if version else [],
        "committer": _signature(commit.committer) if commit else None,
        "backdated": commit.is_backdated if commit else False,
        "proposed": step.is_proposed,
        "decision": {"by": document.value("decided-by"), "on": document.value("decided-on")} if document else None,
    }


def _signature(one: Signature) -> dict[str, Any]:
    return {"name": one.name, "email": one.email, "at": one.moment.isoformat(), "program": one.is_program}


def publication(published: Publication) -> dict[str, str]:
    """The whole handbook, and the schema that tells what its fields mean."""
    book = dump_rows(_handbook.head(published), "documents", _handbook.documents(published))
    return {"handbook.json": book, "handbook.schema.json": dump(published.report.data_schema)}
