"""The reference of the rules: what each finds, why, and what to do instead."""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Page, Report, RuleText, say
from rutine.pages._shelf import Shelf, chip, shelf_of
from rutine.pages._text import code, h, items, join, md, paragraph, prose, section
from rutine.pages._ways import RULES as HERE
from rutine.pages._ways import title

ORDER = 80
_SEVERITIES = {"error": say("error"), "warning": say("warning")}


def pages(report: Report) -> Iterator[Page]:
    """One page for all rules."""
    shelf = shelf_of(report)
    if not report.rules:
        return
    name = title(shelf, HERE)
    intro = say("What `rutine check` finds. A document with an error is never published; a warning stops nothing.")
    found = items((_line(shelf, rule) for rule in report.rules), "points")
    told = [_rule(shelf, rule) for rule in report.rules]
    parts = [f"# {md(name)}\n", paragraph(prose(shelf.words(intro))), found, *told]
    yield Page(HERE, name, join(parts), menu=shelf.words(say("Reference")))


def _line(shelf: Shelf, rule: RuleText) -> str:
    """What a rule finds, with a link to the rest of its manual."""
    return f'<a href="#rutine-{rule.name}">{code(rule.name)}</a> {prose(shelf.words.text(rule.manual[0]))}'


def _rule(shelf: Shelf, rule: RuleText) -> str:
    mark = paragraph(chip(rule.severity, h(shelf.words(_SEVERITIES[rule.severity]))))
    told = (paragraph(prose(shelf.words.text(part))) for part in rule.manual)
    return section(rule.name, rule.name, join([mark, *told]))
