"""YAML as it was written: text stays text, every key and value keeps its place, and what is unclear is a fault.

Only `true`, `false` and plain integers are converted; dates, `NO`, `1.10` and `012` stay what they look like.
Duplicate keys, aliases, tags, keys that are not text and excessive depth are faults. Parsed by libyaml.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from typing import Any

import yaml

from rutine.model import Edit, Fault, Message, Pointer, say
from rutine.yaml_faults import bad_key, explain

SIZE_LIMIT = 200_000  # characters; libyaml's own recursion is safe up to about 100,000 levels
DEPTH_LIMIT = 20
MANY = 400  # brackets, or a fifth of a line's characters: below this no parser gets into trouble
BROKEN = "broken-front-matter"

_LINE_END = re.compile("[\x85\u2028\u2029]")  # YAML counts them as line ends, editors do not
_LEFT_OPEN = re.compile("expected ':'|expected ',' or|unexpected end of stream|document separator")
_LONGEST = 5  # letters of a word that other programs take for something else
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z", re.ASCII)
_TAGS = {
    yaml.ScalarNode: "tag:yaml.org,2002:str",
    yaml.SequenceNode: "tag:yaml.org,2002:seq",
    yaml.MappingNode: "tag:yaml.org,2002:map",
}
_AMBIGUOUS = re.compile(
    r"(?i:yes|no|on|off)\Z|True\Z|TRUE\Z|False\Z|FALSE\Z|Null\Z|NULL\Z"
    r"|[-+]?0[0-9_]+\Z|[-+]?0x[0-9a-fA-F_]+\Z|0b[01_]+\Z|\+[0-9]+\Z|[-+]?[1-9][0-9]*_[0-9_]*\Z"
    r"|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?\Z"
    r"|[-+]?(?:[0-9][0-9_]*)?\.[0-9_]+(?:[eE][-+]?[0-9]+)?\Z|[-+]?[0-9][0-9_]*\.(?:[eE][-+]?[0-9]+)?\Z"
    r"|[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z",
    re.ASCII,
)


class _Loader(yaml.CSafeLoader):
    """Every plain value is text; the resolver's search for types is a third of PyYAML's time."""

    def resolve(self, kind: type[yaml.Node], _value: Any, _implicit: Any) -> str:
        return _TAGS[kind]

    def descend_resolver(self, _current: Any, _index: Any) -> None: ...

    def ascend_resolver(self) -> None: ...


class Loaded:
    """A parsed YAML text: `value` as plain data, `faults`, and the place of everything in it."""

    def __init__(self, text: str, line: int) -> None:
        self.text, self.line = text, line
        self.value: Any = None
        self.faults: list[Fault] = []
        self._root: yaml.Node | None = None
        if self._is_safe():
            self._parse()

    @cached_property
    def _lines(self) -> list[str]:
        return self.text.split("\n")

    def _is_safe(self) -> bool:
        if len(self.text) > SIZE_LIMIT:
            message = say(
                "This is too large to be metadata ({size} characters, at most {limit}).",
                size=len(self.text),
                limit=SIZE_LIMIT,
            )
            self._add(0, 0, message)
        elif found := _LINE_END.search(self.text):
            start = found.start()
            code = f"{ord(found[0]):04X}"
            message = say("A line end that cannot be seen stands here (U+{code}). Delete it.", code=code)
            self._add(self.text.count("\n", 0, start), start - self.text.rfind("\n", 0, start) - 1, message)
        elif self._may_be_deep() and (mark := self._too_deep()):
            self._add(mark.line, mark.column, say("This is nested more than {limit} levels deep.", limit=DEPTH_LIMIT))
        elif "&" in self.text or "*" in self.text:
            self._find_aliases()
        return not self.faults

    def _events(self) -> Any:
        try:
            yield from yaml.parse(self.text, _Loader)
        except yaml.YAMLError:
            return  # told by _parse

    def _may_be_deep(self) -> bool:
        """Many levels need many brackets or a long line; indentation alone reaches few within the size limit."""
        brackets = self.text.count("[") + self.text.count("{")
        return brackets > MANY or (len(self.text) > 5 * MANY and max(map(len, self.text.split("\n"))) > 5 * MANY)

    def _too_deep(self) -> Any:
        depth = 0
        for event in self._events():
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > DEPTH_LIMIT:
                return event.start_mark
        return None

    def _find_aliases(self) -> None:
        for event in self._events():
            if getattr(event, "anchor", None):
                message = say(
                    "Aliases (&{name}, *{name}) are not read here. Write the value out, or put it in quotes.",
                    name=event.anchor,
                )
                self._add(event.start_mark.line, event.start_mark.column, message)
                return

    def _parse(self) -> None:
        try:
            self._root = yaml.compose(self.text, _Loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            if _LEFT_OPEN.search(str(error.problem)):
                mark = error.context_mark or mark  # where it begins, not where the parser gave up
            line, column = (mark.line, mark.column) if mark else (0, 0)
            self._add(*explain(str(error.problem), self._lines, line, column))
        except (yaml.YAMLError, ValueError) as error:  # characters that YAML does not allow
            position = getattr(error, "position", 0)
            before = self.text[:position] if isinstance(position, int) else ""
            self._add(
                before.count("\n"),
                0,
                say("This holds a character that YAML does not allow. Delete it and write it anew."),
            )
        else:
            self.value = self._build(self._root, 0) if self._root is not None else None

    def _add(self, line: int, column: int, message: Message, *edits: Edit, rule: str = BROKEN) -> None:
        self.faults.append(Fault(rule, self.line + line, column + 1, message, edits))

    def _build(self, node: yaml.Node, depth: int) -> Any:
        if depth > DEPTH_LIMIT:
            mark = node.start_mark
            self._add(mark.line, mark.column, say("This is nested more than {limit} levels deep.", limit=DEPTH_LIMIT))
            return None
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node)
        if node.tag not in ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            self._tag(node)
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self._build(child, depth + 1) for child in node.value]
        return self._mapping(node, depth)

    def _tag(self, node: yaml.Node) -> None:
        message = say(
            "Tags such as {tag} are not read here. Remove it, or put the value in quotes.", tag=_short(node.tag)
        )
        self._add(node.start_mark.line, node.start_mark.column, message)

    def _scalar(self, node: yaml.ScalarNode) -> str | int | bool | None:
        text: str = node.value
        if node.tag != "tag:yaml.org,2002:str":
            self._tag(node)
            return None
        if not text.strip():
            return None  # nothing, "" and blanks all say nothing
        if node.style or (len(text) > _LONGEST and text[0].isalpha()):
            return text
        if text in ("true", "false"):
            return text == "true"
        if text in ("~", "null"):
            return None
        if _INTEGER.match(text):
            return int(text) if len(text) < 19 else text
        if _AMBIGUOUS.match(text):
            mark = node.start_mark
            message = say(
                'Put quotes around {value}: "{value}". Without them, other programs read it as something else.',
                value=text,
            )
            edit = Edit(self.line + mark.line, mark.column + 1, text, f'"{text}"')
            self._add(mark.line, mark.column, message, edit, rule="ambiguous-value")
        return text

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or key.tag != "tag:yaml.org,2002:str" or not _is_name(key):
                mark = key.start_mark
                self._add(mark.line, mark.column, bad_key(self._lines[mark.line].strip()))
                continue
            name = key.value
            if name in result:
                mark = key.start_mark
                first = next(k.start_mark for k, _ in node.value if k.value == name and k.tag == key.tag)
                message = say(
                    "The field {field} stands here and on line {line}. Delete one of the two; only one can count.",
                    field=name,
                    line=self.line + first.line,
                )
                self._add(mark.line, mark.column, message, rule="duplicate-key")
                continue
            result[name] = self._build(value, depth + 1)
        return result

    @cached_property
    def _top(self) -> dict[str | int, tuple[yaml.Node, yaml.Node]]:
        if not isinstance(self._root, yaml.MappingNode):
            nodes = self._root.value if isinstance(self._root, yaml.SequenceNode) else ()
            return {index: (node, node) for index, node in enumerate(nodes)}
        return {
            key.value: (key, value) for key, value in reversed(self._root.value) if isinstance(key, yaml.ScalarNode)
        }

    def place(self, pointer: Pointer, *, key: bool = False) -> tuple[int, int]:
        """Line and column of the value (or key) at this pointer; of what is not there, the nearest thing around it."""
        node, name = self._root, None
        for step in pointer:
            found = self._top.get(step) if node is self._root else _child(node, step)
            if found is None:
                key = True
                break
            name, node = found
        if key and name is None:
            return self.line, 1
        target = name if key and name is not None else node
        return (self.line + target.start_mark.line, target.start_mark.column + 1) if target else (self.line, 1)


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """The node that stands for the name of a child (its key, or the item itself) and the child."""
    if isinstance(node, yaml.MappingNode):
        return next((pair for pair in node.value if pair[0].value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


@lru_cache(maxsize=2000)
def _can_name(text: str) -> bool:
    return text not in ("", "~", "null", "true", "false") and not _INTEGER.match(text)


def _is_name(key: yaml.ScalarNode) -> bool:
    return bool(key.style) or _can_name(key.value)


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
