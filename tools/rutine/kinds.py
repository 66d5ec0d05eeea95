"""Kinds of documents and records: JSON Schema files, and the annotation words (`x-…`) that tell rutine what fields mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from rutine.i18n import choose
from rutine.model import Pointer

STATUSES = ("draft", "in-force", "withdrawn")

Path = tuple[str, ...]  # names of fields, "*" for every item of a list
Steps = dict[str, Any]  # by name, the steps below it


class Section(NamedTuple):
    """A heading that documents of a kind must have: per language, other spellings, and a hint for the template."""

    heading: Mapping[str, str]
    also: Sequence[str]
    hint: Mapping[str, str]

    def names(self) -> set[str]:
        """Every spelling, in lower case."""
        return {name.casefold() for name in (*self.heading.values(), *self.also)}


class Kind:
    """A kind: its name, and its schema as written and as bundled, so that every `$ref` stays within it."""

    def __init__(
        self, name: str, written: Mapping[str, Any], path: str, bundled: Callable[[], Mapping[str, Any]] | None = None
    ) -> None:
        self.name, self.written, self.path = name, written, path
        self._bundled = bundled

    @cached_property
    def schema(self) -> Mapping[str, Any]:
        """The bundled schema; made when it is first asked for, since most commands need few kinds."""
        return self._bundled() if self._bundled else self.written

    @cached_property
    def _meanings(self) -> dict[str, list[Path]]:
        return self._annotations[0]

    @cached_property
    def references(self) -> list[tuple[Path, str]]:
        """The fields whose values must be found in a register, and which register."""
        return self._annotations[1]

    @cached_property
    def _annotations(self) -> tuple[dict[str, list[Path]], list[tuple[Path, str]]]:
        found: tuple[dict[str, list[Path]], list[tuple[Path, str]]] = ({}, [])
        self._annotate(found, self.schema, ())
        return found

    def _annotate(
        self,
        found: tuple[dict[str, list[Path]], list[tuple[Path, str]]],
        schema: Mapping[str, Any],
        path: Path,
        within: frozenset[str] = frozenset(),
    ) -> None:
        if (reference := schema.get("$ref")) in within:
            return  # a definition that holds itself: its fields have no fixed place
        within = within | {reference} if reference else within
        schema = self.resolve(schema)
        if meaning := schema.get("x-means"):
            found[0].setdefault(meaning, []).append(path)
        if register := schema.get("x-refers-to"):
            found[1].append((path, register))
        for name, field in schema.get("properties", {}).items():
            self._annotate(found, field, (*path, name), within)
        if isinstance(schema.get("items"), Mapping):
            self._annotate(found, schema["items"], (*path, "*"), within)

    def resolve(self, schema: Mapping[str, Any]) -> Mapping[str, Any]:
        """The schema with its `$ref` followed; annotations beside the `$ref` win."""
        while reference := schema.get("$ref"):
            target = self.schema["definitions"][reference.rsplit("/", 1)[1]]
            schema = {**target, **{word: value for word, value in schema.items() if word != "$ref"}}
        return schema

    def field(self, pointer: Pointer) -> Mapping[str, Any]:
        """The schema of the field at a pointer; empty where the kind knows none."""
        schema = self.resolve(self.schema)
        for step in pointer:
            schema = schema.get("items", {}) if isinstance(step, int) else schema.get("properties", {}).get(step, {})
            schema = self.resolve(schema)
        return schema

    def find_all(self, meta: Mapping[str, Any]) -> dict[str, list[tuple[Pointer, Any]]]:
        """Every value in the metadata that means something, with its pointer, by what it means."""
        found: dict[tuple[str, int], list[tuple[Pointer, Any]]] = {}
        _gather(meta, self._steps, (), found)
        by_meaning: dict[str, list[tuple[Pointer, Any]]] = {}
        for meaning, place in sorted(found):
            by_meaning.setdefault(meaning, []).extend(found[meaning, place])
        return by_meaning

    @cached_property
    def _steps(self) -> Steps:
        """The paths of all meanings, as a tree; a leaf holds what it means, and which of the paths of that meaning it ends."""
        tree: Steps = {}
        for meaning, paths in self._meanings.items():
            for place, path in enumerate(paths):
                node = tree
                for step in path:
                    node = node.setdefault(step, {})
                node.setdefault("", []).append((meaning, place))
        return tree

    def means(self, meaning: str) -> bool:
        """Whether documents of this kind can say this at all."""
        return meaning in self._meanings

    def name_of(self, meaning: str) -> str:
        """The field that means this, as people write it: `decision.date`."""
        paths = self._meanings.get(meaning)
        return ".".join(step for step in paths[0] if step != "*") if paths else meaning

    def status(self, value: str | None) -> str:
        """A document's status in rutine's words (`draft`, `in-force`, `withdrawn`); without one it is in force."""
        if value is None:
            return "in-force"
        return self._statuses.get(value, value)

    @cached_property
    def _statuses(self) -> Mapping[str, str]:
        path = next(iter(self._meanings.get("status", ())), ())
        return dict(self.field(path).get("x-values", {}))

    def unknown_statuses(self) -> list[str]:
        """The values of the status field that stand for none of rutine's statuses: what bears them is never in force."""
        path = next(iter(self._meanings.get("status", ())), ())
        values = self.field(path).get("enum", ()) if path else ()
        return [str(value) for value in values if self.status(str(value)) not in STATUSES]

    def title(self, language: str, *, plural: bool = False) -> str:
        """What the kind is called."""
        names = self.schema.get("x-plural" if plural else "x-title") or self.schema.get("x-title") or {"": self.name}
        return choose(names, language)

    def is_called(self, name: str) -> bool:
        """Whether this is the kind's title in one of the languages."""
        titles = (*self.schema.get("x-title", {}).values(), *self.schema.get("x-plural", {}).values())
        return name.casefold() in (title.casefold() for title in titles)

    def label(self, pointer: Pointer, language: str, value: str | None = None) -> str:
        """What a field is called; with a value, what that value of it is called."""
        field = self.field(pointer)
        if value is not None:
            names = field.get("x-labels", {}).get(value)
            return choose(names, language) if names else value
        names = field.get("x-title")
        return choose(names, language) if names else str(pointer[-1])

    @cached_property
    def sections(self) -> list[Section]:
        """The headings that every document of the kind has."""
        return [
            Section(item["heading"], item.get("also", ()), item.get("hint", {}))
            for item in self.schema.get("x-sections", ())
        ]

    @property
    def is_record(self) -> bool:
        """Records are evidence and live under `records/`; documents are kept up to date and live in the handbook."""
        return self.written.get("x-form") == "record"

    @property
    def folder(self) -> str | None:
        """The folder below `records/` (or the documents' folder) whose files are of this kind."""
        return self.written.get("x-folder")

    @property
    def is_published(self) -> bool:
        """Whether documents of this kind appear in the handbook. Records do so only where their kind says so."""
        return bool(self.written.get("x-publish", "never" if self.is_record else "open") != "never")

    @cached_property
    def _accepts(self) -> Any:
        return _judge(self.schema)

    def accepts(self, meta: Mapping[str, Any]) -> bool:
        """Whether the metadata satisfies the schema."""
        return bool(self._accepts(meta))

    @cached_property
    def _matches(self) -> Any:
        if "x-match" not in self.written:
            return None
        return _judge({**self.schema["x-match"], "definitions": self.schema["definitions"]})

    def claims(self, meta: Mapping[str, Any]) -> bool:
        """Whether a document that does not say its kind is of this one, by `x-match`."""
        return self._matches is not None and bool(self._matches(meta))

    def prove(self) -> None:
        """Raises ValueError, with what is wrong, for a schema that no document can be judged by."""
        self.accepts({})
        self.claims({})


def _judge(schema: Mapping[str, Any]) -> Any:
    """Whether values satisfy a schema. Patterns run in linear time and nothing is fetched, whatever was written."""
    import jsonschema_rs  # 30 ms, and not needed to list or show

    options = jsonschema_rs.RegexOptions()
    return jsonschema_rs.validator_for(
        dict(schema), validate_formats=True, pattern_options=options, offline=True
    ).is_valid


def field_name(pointer: Pointer) -> str:
    """The field as people write it: `decision.date`, `roles.role`."""
    return ".".join(step for step in pointer if isinstance(step, str)) or "?"


def _gather(
    value: Any, steps: Steps, pointer: Pointer, found: dict[tuple[str, int], list[tuple[Pointer, Any]]]
) -> None:
    """All values at once that stand at the end of one of the paths."""
    for leaf in steps.get("", ()):
        found.setdefault(leaf, []).append((pointer, value))
    if isinstance(value, dict):
        for name, below in steps.items():
            if name in value and name not in ("", "*"):
                _gather(value[name], below, (*pointer, name), found)
    elif isinstance(value, list) and (below := steps.get("*")):
        for index, item in enumerate(value):
            _gather(item, below, (*pointer, index), found)


def walk(value: Any, path: Path, pointer: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """The values at a path, with their pointers; what has another shape is passed over."""
    for position, step in enumerate(path):
        if step == "*":
            if isinstance(value, list):
                for index, item in enumerate(value):
                    yield from walk(item, path[position + 1 :], (*pointer, index))
            return
        if not isinstance(value, dict) or step not in value:
            return
        value, pointer = value[step], (*pointer, step)
    yield pointer, value
