"""Text that is safe to print: words for findings on one line, without characters that act on a terminal or a log."""

from __future__ import annotations

import re
from unicodedata import category

from rutine.i18n import render
from rutine.model import Finding, Message, Report, say

_SEVERITIES = {"error": say("error"), "warning": say("warning")}
_MARKUP = re.compile(
    r"[\\`*_{}\[\]<>&|~$]|(?<=[#@!%])(?=\w)|(?<=:)(?=//|[\w+-]+:)|(?<=\bwww)(?=\.)|(?<=\bGH)(?=-\d)", re.IGNORECASE
)
_UNUSUAL = re.compile(r"[^\x20-\x7e]")


def printable(text: str) -> str:
    """The text with what would act on a terminal, break a line or turn its direction written as an escape."""
    return text if text.isprintable() else _UNUSUAL.sub(_shown, text)


def _shown(found: re.Match[str]) -> str:
    char = found[0]
    if char.isprintable() or category(char) == "Zs":
        return char
    return char.encode("unicode_escape", "surrogatepass").decode()


def message(finding: Finding, language: str) -> str:
    """What is wrong and what to do, on one line."""
    return printable(render(finding.message, language))


def line(finding: Finding, language: str) -> str:
    """A finding as editors and terminals make it clickable: path, line, column, severity, message, rule."""
    path, number, column = finding.place
    path = f"./{path}" if path.startswith(("::", "##[")) else path  # at the start of a line a CI server would obey
    severity = render(_SEVERITIES[finding.severity], language)
    return f"{printable(path)}:{number}:{column}: {severity}: {message(finding, language)} [{finding.rule}]"


def closing(report: Report) -> list[str]:
    """How much was found in how many documents; where there are errors, also what to do next."""
    language = report.handbook.settings.language
    total = say(
        "Documents checked: {documents}. Errors: {errors}. Warnings: {warnings}.",
        documents=len(report.paths()),
        errors=report.number_of("error"),
        warnings=report.number_of("warning"),
    )
    lines = [render(total, language)]
    if advice := _advice(report):
        lines.append(" ".join(render(part, language) for part in advice))
    return lines


def _advice(report: Report) -> list[Message]:
    first = next((finding for finding in report.findings if finding.severity == "error"), None)
    advice = [say("Read more about a rule with: rutine explain {rule}.", rule=first.rule)] if first else []
    if any(finding.edits for finding in report.findings):
        advice.append(say("Mend what can be mended mechanically with: rutine check --fix."))
    return advice


def escaped(text: str) -> str:
    """Text that stays as it is: no markup, no line of its own, and nobody and nothing that is mentioned by it."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}" if found[0] else "<!-- -->", printable(text).strip())
