"""A memo for programs: codes and names as documents write them."""

from __future__ import annotations

from typing import Any

from rutine.formats._plain import message
from rutine.holders import holders_on
from rutine.i18n import render
from rutine.memo import DocumentChange, Memo
from rutine.model import Document
from rutine.published import title_of
from rutine.revisions import latest


def described(memo: Memo) -> dict[str, Any]:
    """The documents and the other files."""
    return {
        "handbook": memo.settings.name,
        "documents": [_document(memo, change) for change in memo.documents],
        "others": [
            {
                "path": other.path,
                "change": other.what,
                "kind": other.kind or None,
                "about": list(other.about),
                "parts": list(other.parts),
            }
            for other in memo.others
        ],
    }


def _document(memo: Memo, change: DocumentChange) -> dict[str, Any]:
    settings, document = memo.settings, change.document
    role = document.value("decided-by")
    held = holders_on(settings, role or "", memo.today)
    return {
        "id": document.value("id"),
        "title": title_of(document),
        "kind": document.kind.name if document.kind else None,
        "change": change.what,
        "path": {
            "before": change.before.path if change.before else None,
            "after": change.after.path if change.after else None,
        },
        "version": {"before": _version(change.before), "after": _version(change.after)},
        "decided-by": {"role": role, "holders": [settings.people[holder.person].full_name for holder in held]}
        if role
        else None,
        "minor": change.is_minor,
        "missing": [{"code": lack.code, "message": render(lack.message, settings.language)} for lack in change.lacks],
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "line": finding.place.line,
                "message": message(finding, settings.language),
            }
            for finding in change.findings
        ],
        "revisions": [
            {"version": one.version, "date": one.date, "change": one.change, "summary": one.summary}
            for one in change.revisions
        ],
        **_contents(change),
    }


def _contents(change: DocumentChange) -> dict[str, Any]:
    return {
        "typography-only": change.text.is_typographic,
        "layout-only": change.text.is_layout,
        "sections": [
            {
                "heading": section.heading,
                "was": section.was or None,
                "change": section.what,
                "passages": [{"before": passage.before, "after": passage.after} for passage in section.passages],
            }
            for section in change.text.sections
        ],
        "fields": [
            {
                "field": ".".join(fact.field),
                "means": fact.meaning or None,
                "before": list(fact.before),
                "after": list(fact.after),
            }
            for fact in change.facts
        ],
        "roles": [
            {
                "role": role.role,
                "change": role.what,
                "responsibility": {"before": role.responsibility[0] or None, "after": role.responsibility[1] or None},
                "added": list(role.added),
                "removed": list(role.removed),
            }
            for role in change.roles
        ],
        "regulations": [
            {"ref": rule.ref, "change": rule.what, "added": list(rule.added), "removed": list(rule.removed)}
            for rule in change.regulations
        ],
        "dependants": [entry.value("id") or entry.path for entry in change.dependants],
    }


def _version(document: Document | None) -> str | None:
    found = latest(document) if document else None
    return found.version if found else None
