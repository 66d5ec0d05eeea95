"""SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from rutine import __version__
from rutine.formats._data import dump
from rutine.formats._fingerprint import fingerprints
from rutine.formats._plain import message
from rutine.i18n import translate
from rutine.model import Edit, Finding, Report, RuleText

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
ROOT = "%SRCROOT%"


def findings(report: Report) -> str:
    """One run: the rules with their manuals, and every finding. No times: the same handbook gives the same text."""
    language = report.handbook.settings.language
    index = {rule.name: number for number, rule in enumerate(report.rules)}
    driver = {
        "name": "rutine",
        "version": __version__,
        "language": language,
        "rules": [_rule(rule, language) for rule in report.rules],
    }
    run = {
        "tool": {"driver": driver},
        "language": language,
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The folder of handbook.yml."}}},
        "invocations": [{"executionSuccessful": True}],
        "results": [_result(*pair, index, language) for pair in fingerprints(report.findings)],
        "properties": {"on": report.today.isoformat(), "documents": len(report.paths())},
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: RuleText, language: str) -> dict[str, Any]:
    title, *rest = (translate(paragraph, language) for paragraph in rule.manual)
    return {
        "id": rule.name,
        "shortDescription": {"text": literal(title)},
        "fullDescription": {"text": literal(" ".join([title, *rest[:1]]))},
        "help": {"text": literal("\n\n".join([title, *rest])), "markdown": "\n\n".join([f"**{title}**", *rest])},
        "defaultConfiguration": {"level": rule.severity},
    }


def _result(finding: Finding, fingerprint: str, index: dict[str, int], language: str) -> dict[str, Any]:
    place = finding.place
    location = {
        "artifactLocation": _file(place.path),
        "region": {"startLine": place.line, "startColumn": place.column},
    }
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": finding.severity,
        "message": {"text": literal(message(finding, language))},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"rutine/v1": fingerprint},
    }
    if finding.rule in index:
        result["ruleIndex"] = index[finding.rule]
    if finding.edits:
        result["fixes"] = [_fix(place.path, finding.edits)]
    return result


def _fix(path: str, edits: Sequence[Edit]) -> dict[str, Any]:
    replacements = [
        {
            "deletedRegion": {
                "startLine": edit.line,
                "startColumn": edit.column,
                "endLine": edit.line,
                "endColumn": edit.column + len(edit.old),
            },
            "insertedContent": {"text": edit.new},
        }
        for edit in edits
    ]
    return {"artifactChanges": [{"artifactLocation": _file(path), "replacements": replacements}]}


def _file(path: str) -> dict[str, str]:
    """A file as a relative address; a name that is not UTF-8 keeps its bytes."""
    return {"uri": quote(os.fsencode(path), safe="/"), "uriBaseId": ROOT}


def literal(text: str) -> str:
    """Text in which nothing is taken for a link (`[text](target)`) or for a placeholder (`{0}`)."""
    if "](" in text:
        text = re.sub(r"[\\[\]]", r"\\\g<0>", text)
    return re.sub(r"[{}]", r"\g<0>\g<0>", text) if re.search(r"{\d+}", text) else text
