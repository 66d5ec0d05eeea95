"""Who does what: the steps of a process as a numbered list, and each role with its duties."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rutine.model import Pointer
from rutine.pages._flow import Step, flow
from rutine.pages._text import block, items, join
from rutine.pages._values import Values

Row = dict[str, Any]


def steps(values: Values, pointer: Pointer, rows: Sequence[Row]) -> str:
    """The steps as a picture, then in order, each with its role, deadline, procedure and whatever else is told of it."""
    entries = (_step(values, (*pointer, index), row) for index, row in enumerate(rows))
    picture = flow(
        values, values.title(pointer), [_drawn(values, (*pointer, index), row) for index, row in enumerate(rows)]
    )
    return join([picture, block("steps", ["<ol>", *(f"<li>{entry}</li>" for entry in entries), "</ol>"])])


def _drawn(values: Values, pointer: Pointer, row: Row) -> Step:
    """A step as the picture shows it, in plain text."""
    step, role = (row.get(_name(values, pointer, row, meaning)) for meaning in ("step", "role"))
    names = values.shelf.settings.roles
    roles = [names.get(str(name)) or str(name) for name in (role if isinstance(role, list) else [role] if role else [])]
    tongue = values.shelf.tongue(values.document)
    told = (name if isinstance(name, str) else name.title.get(tongue) or values.shelf.name(name) for name in roles)
    return Step(str(step or ""), ", ".join(told))


def _step(values: Values, pointer: Pointer, row: Row) -> str:
    name = _name(values, pointer, row, "step")
    title = values.show((*pointer, name), row[name]) if name else ""
    told = "".join(_pair(values, (*pointer, other), row[other]) for other in _names(values, pointer, row, {name}))
    return f'<p class="rutine-step">{title}</p>' + (f"<dl>{told}</dl>" if told else "")


def duties(values: Values, pointer: Pointer, rows: Sequence[Row]) -> str:
    """Each role with its responsibility, and its duties below it."""
    return items((_role(values, (*pointer, index), row) for index, row in enumerate(rows)), "duties")


def _role(values: Values, pointer: Pointer, row: Row) -> str:
    role, kind, duty = (_name(values, pointer, row, meaning) for meaning in ("role", "responsibility", "duty"))
    shown = {name: values.show((*pointer, name), row[name]) for name in (role, kind) if name}
    first = f"<strong>{shown[role]}</strong>" if role else ""
    first += f' <span class="rutine-part">{shown[kind]}</span>' if kind else ""
    told = "".join(
        _pair(values, (*pointer, name), row[name]) for name in _names(values, pointer, row, {role, kind, duty})
    )
    return first + (f"<dl>{told}</dl>" if told else "") + (_list(values, (*pointer, duty), row[duty]) if duty else "")


def _list(values: Values, pointer: Pointer, value: Any) -> str:
    texts = value if isinstance(value, list) else [value]
    shown = (values.show((*pointer, index), text) for index, text in enumerate(texts))
    return f"<ul>{''.join(f'<li>{text}</li>' for text in shown)}</ul>"


def _pair(values: Values, pointer: Pointer, value: Any) -> str:
    return f"<div><dt>{values.label(pointer)}</dt><dd>{values.show(pointer, value)}</dd></div>"


def _names(values: Values, pointer: Pointer, row: Row, told: set[str]) -> Iterator[str]:
    """The other fields that a row has, in the order of the schema."""
    known = list(values.field(pointer).get("properties", {}))
    for name in dict.fromkeys([*known, *row]):
        if name not in told and row.get(name) not in (None, []):
            yield name


def _name(values: Values, pointer: Pointer, row: Row, meaning: str) -> str:
    """The field of a row that means this; empty where it has none."""
    name = values.parts(pointer).get(meaning, "")
    return name if row.get(name) not in (None, []) else ""
