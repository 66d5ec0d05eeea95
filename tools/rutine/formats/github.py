"""Workflow commands of GitHub Actions: findings appear as annotations at their lines."""

from __future__ import annotations

from rutine.formats._plain import closing, line, message, printable
from rutine.i18n import render
from rutine.model import Finding, Report, say

SHOWN = 10  # annotations of each severity that GitHub shows for a step; it drops the others without a word


def findings(report: Report) -> str:
    """Errors first, as commands as far as GitHub shows them; the rest as plain lines, and the counts."""
    language = report.handbook.settings.language
    commands: list[str] = []
    rest: list[Finding] = []
    for severity in ("error", "warning"):
        found = [finding for finding in report.findings if finding.severity == severity]
        commands += [_command(finding, language) for finding in found[:SHOWN]]
        rest += found[SHOWN:]
    lines = [*commands, *_beyond(rest, language), *map(plain, closing(report))]
    return "\n".join(lines) + "\n"


def _beyond(rest: list[Finding], language: str) -> list[str]:
    if not rest:
        return []
    more = say("GitHub shows only the first {count} of each severity as annotations. The others:", count=SHOWN)
    return [render(more, language), *(plain(line(finding, language)) for finding in rest)]


def _command(finding: Finding, language: str) -> str:
    path, number, column = finding.place
    place = f"file={escape_property(path)},line={number},col={column},title={escape_property(finding.rule)}"
    return f"::{finding.severity} {place}::{escape_data(message(finding, language))}"


def escape_data(text: str) -> str:
    """Text after the second `::` of a command, as the runner reads it."""
    return printable(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


def escape_property(text: str) -> str:
    """The value of a command's property, as the runner reads it."""
    return escape_data(text).replace(":", "%3A").replace(",", "%2C")


def plain(text: str) -> str:
    """A line that the runner takes for no command: neither `::` at its start nor `##[` anywhere in it."""
    broken = text.replace("##[", "##\\[")
    return f"./{broken}" if broken.lstrip().startswith("::") else broken
