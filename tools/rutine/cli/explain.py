"""`rutine explain`."""

from __future__ import annotations

import textwrap
from difflib import get_close_matches
from typing import TYPE_CHECKING

import click

from rutine.cli import _
from rutine.cli._selection import wrong

if TYPE_CHECKING:
    from rutine.checks import Rule

WIDTH = 88  # characters a line: long ones are hard to read


@click.command(
    name="explain", help=_("Tell what a rule finds, why that matters, and what to do.\n\nWithout RULE: list the rules.")
)
@click.argument("rule", required=False)
def command(rule: str | None) -> None:
    """Print the manual of the rule, or the list of all."""
    from rutine.checks import rules

    known = {found.name: found for found in rules()}
    if rule is None:
        click.echo(_table(list(known.values())))
        return
    name = rule.strip().strip("[]").lower().replace("_", "-")
    if name not in known:
        near = get_close_matches(name, known, n=3, cutoff=0.5)
        raise wrong("RULE", _("There is no rule {value}.").format(value=rule), near, known)
    click.echo(_manual(known[name]))


def _severity(rule: Rule) -> str:
    return {"error": _("error"), "warning": _("warning")}[rule.severity]


def _manual(rule: Rule) -> str:
    paragraphs = [textwrap.fill(_(paragraph), WIDTH) for paragraph in rule.paragraphs]
    return "\n\n".join([f"{rule.name} ({_severity(rule)})", *paragraphs])


def _table(rules: list[Rule]) -> str:
    wide, narrow = max(len(rule.name) for rule in rules), max(len(_severity(rule)) for rule in rules)
    return "\n".join(f"{rule.name:{wide}}  {_severity(rule):{narrow}}  {_(rule.paragraphs[0])}" for rule in rules)
