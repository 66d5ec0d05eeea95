"""What a style sheet says of each element of an SVG drawing, written on the element itself. Pure.

Names, weights and the order of rules count as a browser counts them; what is not understood is left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element

LOOKS = frozenset(
    "fill fill-opacity stroke stroke-width stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity "
    "opacity font-family font-size font-style font-weight text-anchor dominant-baseline alignment-baseline visibility "
    "display marker-start marker-mid marker-end text-decoration".split()
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_PART = re.compile(
    r"(\*|[a-zA-Z][\w-]*)|#([\w-]+)|\.([\w-]+)|\[([\w-]+)(?:=[\"']?([^\"'\]]*)[\"']?)?\]|:not\(([^()]*)\)|(.)"
)
_STEPS = re.compile(r"\s*(>)\s*|\s+")
_IMPORTANT = re.compile(r"\s*!\s*important\s*\Z", re.IGNORECASE)


class _Step(NamedTuple):
    """What a selector asks of one element: its name, its marks, and what it must not be."""

    name: str
    marks: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]
    unlike: tuple[_Step, ...]
    direct: bool  # a child of what the step before it asks for, and not only somewhere below


class Rule(NamedTuple):
    """A rule of a style sheet for one selector, with how much it weighs."""

    steps: tuple[_Step, ...]
    weight: tuple[int, int, int]
    looks: Mapping[str, str]
    important: Mapping[str, str]

    def may_be(self, name: str, marks: str) -> bool:
        """Whether it may be of elements of a name, with these marks (classes)."""
        last = self.steps[-1]
        return last.name in ("*", name) and last.marks <= _marks(marks)


def rules_of(sheets: str) -> list[Rule]:
    """The rules of style sheets, in the order in which they win. What is not understood is left out."""
    found: list[Rule] = []
    for match in _RULE.finditer(_COMMENT.sub("", sheets)):
        looks, important = declarations(match[2])
        for selector in match[1].split(",") if looks or important else ():
            steps = _steps(selector.strip())
            if steps:
                found.append(Rule(steps, _weight(steps), looks, important))
    return sorted(found, key=lambda rule: rule.weight)


def declarations(text: str) -> tuple[dict[str, str], dict[str, str]]:
    """How an element looks, as `name: value; …` says it; by itself what is said to be important."""
    looks: dict[str, str] = {}
    important: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition(":")
        name = name.strip().lower()
        if name in LOOKS and value.strip():
            plain = _IMPORTANT.sub("", value).strip()
            (important if plain != value.strip() else looks)[name] = plain
    return looks, important


def looks_of(element: Element, above: Sequence[Element], rules: Sequence[Rule]) -> dict[str, str]:
    """How an element looks by itself: its attributes, what the rules say, and its own style, the last winning."""
    looks = {name: value for name, value in element.attrib.items() if name in LOOKS}
    matching = [rule for rule in rules if _fits(rule.steps, element, above)]
    own, own_important = declarations(element.get("style", ""))
    for said in (*(rule.looks for rule in matching), own, *(rule.important for rule in matching), own_important):
        looks.update(said)
    return looks


def _steps(selector: str) -> tuple[_Step, ...]:
    parts = [part for part in _STEPS.split(selector) if part]
    steps, direct = [], False
    for part in parts:
        if part == ">":
            direct = True
            continue
        step = _step(part, direct)
        if step is None:
            return ()
        steps.append(step)
        direct = False
    return tuple(steps)


@lru_cache(maxsize=4096)
def _step(text: str, direct: bool = False) -> _Step | None:
    name, marks, attributes, unlike = "*", set[str](), [], []
    for tag, identifier, mark, attribute, value, other, strange in _PART.findall(text):
        if strange:
            return None
        if tag:
            name = tag
        elif identifier:
            attributes.append(("id", identifier))
        elif mark:
            marks.add(mark)
        elif attribute:
            attributes.append((attribute, value or None))
        elif (step := _step(other.strip())) is not None:
            unlike.append(step)
    return _Step(name, frozenset(marks), tuple(attributes), tuple(unlike), direct)


def _weight(steps: Sequence[_Step]) -> tuple[int, int, int]:
    every = [step for one in steps for step in (one, *one.unlike)]
    ids = sum(name == "id" for step in every for name, _ in step.attributes)
    marks = sum(len(step.marks) + len(step.attributes) for step in every) - ids
    return ids, marks, sum(step.name != "*" for step in every)


def _fits(steps: Sequence[_Step], element: Element, above: Sequence[Element]) -> bool:
    """Whether an element is what the last step asks for, and those above it what the steps before ask for."""
    if not _is(steps[-1], element):
        return False
    if len(steps) == 1:
        return True
    before = steps[:-1]
    if steps[-1].direct:
        return bool(above) and _fits(before, above[-1], above[:-1])
    return any(_fits(before, above[index], above[:index]) for index in reversed(range(len(above))))


def _is(step: _Step, element: Element) -> bool:
    if step.name not in ("*", element.tag.rpartition("}")[2]):
        return False
    if step.marks and not step.marks <= _marks(element.get("class", "")):
        return False
    for name, value in step.attributes:
        if (element.get(name) is None) if value is None else (element.get(name) != value):
            return False
    return not any(_is(other, element) for other in step.unlike)


@lru_cache(maxsize=4096)
def _marks(text: str) -> frozenset[str]:
    return frozenset(text.split())
