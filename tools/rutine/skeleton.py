"""The text of a new document or record of any kind, made from its schema alone.

Every field that it must have stands there, filled in where the answer is known and else empty for `check` to name;
the other fields stand below as comments. Each says what it is called and which values it takes.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from rutine.i18n import choose, render
from rutine.kinds import Kind
from rutine.model import Message, say
from rutine.yaml_text import yaml_text

COLUMN = 30  # where the comments begin

Schema = Mapping[str, Any]
Line = tuple[str, str]  # YAML, and what the comment beside it says
_REGISTERS = {
    "role": say("a role of handbook.yml"),
    "unit": say("a unit of handbook.yml"),
    "person": say("a person of handbook.yml"),
    "review-class": say("a review class of handbook.yml"),
    "document": say("a document's number"),
}


def skeleton(kind: Kind, language: str, known: Mapping[str, str], *, always: Collection[str]) -> str:
    """A new file of this kind. `known` holds values by meaning; those in `always` are written where the kind can say them."""
    return _Skeleton(kind, language, known, frozenset(always)).text()


class _Skeleton:
    def __init__(self, kind: Kind, language: str, known: Mapping[str, str], always: frozenset[str]) -> None:
        self.kind, self.language, self.known, self.always = kind, language, known, always

    def text(self) -> str:
        fields, others = self._fields(self.kind.resolve(self.kind.schema))
        lines = [_aligned(line) for line in fields]
        if others:
            lines += ["#", f"# {self._say(say('Fields to add where they apply, without the #:'))}"]
            lines += [_aligned((f"# {yaml}", comment)) for yaml, comment in others]
        front = "\n".join(lines) + "\n"
        return front if self.kind.is_record else f"---\n{front}---\n\n{self._body()}"

    def _body(self) -> str:
        parts = [f"# {self.known.get('title') or self.kind.title(self.language)}\n"]
        for section in self.kind.sections:
            hint = choose(section.hint, self.language).replace("--", "–") if section.hint else ""
            parts.append(f"## {choose(section.heading, self.language)}\n" + (f"\n<!-- {hint} -->\n" if hint else ""))
        return "\n".join(parts)

    def _fields(self, schema: Schema) -> tuple[list[Line], list[Line]]:
        """The fields to write, and those to offer."""
        written: list[Line] = []
        offered: list[Line] = []
        chosen = self._chosen(schema)
        for name, field in _properties(schema).items():
            lines = list(self._field(name, self.kind.resolve(field)))
            (written if name in chosen else offered).extend(lines)
        return written, offered

    def _chosen(self, schema: Schema) -> set[str]:
        """The names of the fields to write: required ones, those that say what must be said, and one where none is required."""
        properties = _properties(schema)
        chosen = {*schema.get("required", ()), *(name for name, field in properties.items() if self._says(field))}
        return chosen or set(list(properties)[: max(schema.get("minProperties", 1), 1)])

    def _says(self, field: Schema) -> bool:
        field = self.kind.resolve(field)
        inner = [
            *field.get("properties", {}).values(),
            *([field["items"]] if isinstance(field.get("items"), dict) else []),
        ]
        return field.get("x-means") in self.always or any(self._says(part) for part in inner)

    def _field(self, name: str, field: Schema) -> Iterator[Line]:
        if _properties(field):
            yield f"{name}:", self._comment(field)
            yield from _indented(self._nested(field), "  ")
            return
        item = self.kind.resolve(field["items"]) if isinstance(field.get("items"), dict) else {}
        if _properties(item):
            yield f"{name}:", self._comment(field)
            (first, comment), *rest = self._nested(item)
            yield f"  - {first}", comment
            yield from _indented(rest, "    ")
        elif field.get("type") == "array" or item:
            yield f"{name}: [{self._value(item)}]", self._comment({**item, **field})
        else:
            value = self._value(field)
            yield f"{name}: {value}".rstrip(), self._comment(field, filled=bool(value))

    def _nested(self, field: Schema) -> list[Line]:
        written, offered = self._fields(field)
        return [*written, *((f"# {yaml}", comment) for yaml, comment in offered)]

    def _value(self, field: Schema) -> str:
        """What is known; of what was not asked for, only what the kind accepts."""
        meaning = field.get("x-means", "")
        value = field.get("const", self.known.get(meaning))
        if isinstance(value, bool) or not isinstance(value, str | int):
            return json.dumps(value) if isinstance(value, bool) else ""
        if meaning not in self.always and not fits(self.kind, field, value):
            return ""
        quoted = isinstance(value, str) and field.get("format") != "date"
        return yaml_text(str(value)) if quoted else str(value)

    def _comment(self, field: Schema, *, filled: bool = False) -> str:
        """The field's label and what may stand there."""
        if "const" in field:
            return ""
        label = choose(field["x-title"], self.language) if "x-title" in field else ""
        if values := field.get("enum"):
            names = field.get("x-labels", {})
            rest = ", ".join(
                f"{value} ({choose(names[value], self.language)})" if value in names else str(value) for value in values
            )
        elif filled:
            rest = ""
        elif register := _REGISTERS.get(field.get("x-refers-to", "")):
            rest = self._say(register)
        elif field.get("format") == "date":
            rest = self._say(say("a day as YYYY-MM-DD"))
        elif field.get("examples"):
            rest = self._say(say("for example {example}", example=str(field["examples"][0])))
        else:
            rest = ""
        return ": ".join(part for part in (label, rest) if part)

    def _say(self, message: Message) -> str:
        return render(message, self.language)


def fits(kind: Kind, field: Schema, value: Any) -> bool:
    """Whether the kind's schema accepts this value of a field."""
    import jsonschema_rs  # 30 ms, and only a new document needs it here

    schema = {**field, "definitions": kind.schema.get("definitions", {})}
    return bool(
        jsonschema_rs.validator_for(
            schema, validate_formats=True, pattern_options=jsonschema_rs.RegexOptions()
        ).is_valid(value)
    )


def _properties(schema: Schema) -> Mapping[str, Schema]:
    properties: Mapping[str, Schema] = schema.get("properties", {})
    return properties


def _indented(lines: list[Line], indent: str) -> Iterator[Line]:
    return ((indent + yaml, comment) for yaml, comment in lines)


def _aligned(line: Line) -> str:
    yaml, comment = line
    return f"{yaml.ljust(COLUMN - 1)} # {' '.join(comment.split())}" if comment else yaml
