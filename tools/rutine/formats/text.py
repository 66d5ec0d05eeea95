"""Plain text for a terminal: one finding a line, at file, line and column."""

from __future__ import annotations

from rutine.i18n import render, translate
from rutine.model import Report, say


def findings(report: Report) -> str:
    """Findings in the order of files, then a line that counts them."""
    language = report.handbook.settings.language
    lines = []
    for finding in report.findings:
        path, line, column = finding.place
        severity = translate({"error": "error", "warning": "warning"}[finding.severity], language)
        lines.append(f"{printable(path)}:{line}:{column}: {severity}: {render(finding.message, language)} [{finding.rule}]")
    errors = sum(finding.severity == "error" for finding in report.findings)
    total = say(
        "Documents checked: {documents}. Errors: {errors}. Warnings: {warnings}.",
        documents=len(report.handbook.entries), errors=errors, warnings=len(report.findings) - errors,
    )  # fmt: skip
    return "\n".join([*lines, render(total, language)]) + "\n"


def printable(path: str) -> str:
    """A path without characters that would act on a terminal or break a line."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape", "surrogatepass").decode() for char in path)
