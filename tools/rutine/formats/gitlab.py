"""GitLab's code quality report: findings appear in the merge request's widget and beside its changed lines."""

from __future__ import annotations

from rutine.formats._data import dump
from rutine.formats._fingerprint import fingerprints
from rutine.formats._plain import message
from rutine.model import Report

_SEVERITIES = {"error": "major", "warning": "minor"}


def findings(report: Report) -> str:
    """Every finding, with a fingerprint by which GitLab knows it again when lines have moved."""
    language = report.handbook.settings.language
    return dump(
        [
            {
                "description": message(finding, language),
                "check_name": finding.rule,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": finding.place.path, "lines": {"begin": finding.place.line}},
            }
            for finding, fingerprint in fingerprints(report.findings)
        ]
    )
