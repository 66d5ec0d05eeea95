"""Schemas made whole: what they refer to in other files of their folder is taken in, and nothing else can be referred to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LARGEST = 20_000  # parts of a schema with its references written out; the largest of rutine's own has some 500
DEEPEST = 150  # levels


def bundle(schema: Mapping[str, Any], files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The schema with the definitions of the files that it refers to, so that nothing outside is ever asked for.

    Raises ValueError with the reference for one that leads elsewhere than `#/definitions/…` here or in a shared file,
    or back to itself, and RecursionError for a schema that becomes too large or too deep when its references are followed.
    """
    used: set[str] = set()
    result = _local(dict(schema), files, used)
    definitions = dict(result.get("definitions", {}))
    for name in sorted(used):
        definitions = {**_shared(name, files), **definitions}
    result["definitions"] = definitions
    for target in _targets(result):
        if target not in definitions:
            raise ValueError(f"#/definitions/{target}")
    for name in definitions:
        if _leads_back(name, definitions):
            raise ValueError(f"#/definitions/{name}")
    if _size(result, definitions, {}, 0) > LARGEST:
        raise RecursionError
    return result  # type: ignore[no-any-return]


_taken_in: dict[int, tuple[Mapping[str, Any], dict[str, Any]]] = {}


def _shared(name: str, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """The definitions of a shared file; many kinds take in the same."""
    file = files[name]
    known = _taken_in.get(id(file))
    if known is None or known[0] is not file:
        known = _taken_in[id(file)] = (file, _local(file.get("definitions", {}), files, set()))
    return known[1]


def _size(value: Any, definitions: Mapping[str, Any], known: dict[str, int], depth: int) -> int:
    """How many parts a schema has with each reference written out; a definition within itself counts once."""
    if depth > DEEPEST:
        raise RecursionError
    if isinstance(value, list):
        return 1 + sum(_size(item, definitions, known, depth + 1) for item in value)
    if not isinstance(value, dict):
        return 1
    total = 1 + sum(_size(item, definitions, known, depth + 1) for word, item in value.items() if word != "definitions")
    if isinstance(value.get("$ref"), str):
        name = value["$ref"].rsplit("/", 1)[1]
        if name not in known:
            known[name] = 1
            known[name] = _size(definitions[name], definitions, known, depth + 1)
        total += known[name]
    return min(total, LARGEST + 1)


def _local(value: Any, files: Mapping[str, Any], used: set[str]) -> Any:
    if isinstance(value, list):
        return [_local(item, files, used) for item in value]
    if not isinstance(value, dict):
        return value
    result = {name: _local(item, files, used) for name, item in value.items()}
    for word in ("$id", "$dynamicRef", "$recursiveRef"):  # with these, references would lead out of the schema
        if isinstance(result.get(word), str):
            del result[word]
    reference = result.get("$ref")
    if isinstance(reference, str):
        file, _, target = reference.partition("#/definitions/")
        if not target or (file and file not in files):
            raise ValueError(reference)
        used.update({file} - {""})
        result["$ref"] = f"#/definitions/{target}"
    return result


def _leads_back(name: str, definitions: Mapping[str, Any]) -> bool:
    """Whether a definition is nothing but a reference that leads back to it."""
    seen: set[str] = set()
    while name not in seen:
        seen.add(name)
        definition = definitions[name]
        reference = definition.get("$ref") if isinstance(definition, dict) else None
        if not isinstance(reference, str):
            return False
        name = reference.rsplit("/", 1)[1]
    return True


def _targets(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _targets(item)
    elif isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"].rsplit("/", 1)[1]
        for item in value.values():
            yield from _targets(item)
