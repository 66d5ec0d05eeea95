"""From disk: the handbook's `mkdocs.yml`, refused where it would run code of the repository."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rutine.errors import ConfigurationError
from rutine.frontmatter import SIZE_LIMIT
from rutine.model import Message, Place, say
from rutine.stage import THEME, own_folder
from rutine.write import write_file

_OWN_TAGS = (
    "tag:yaml.org,2002:python/name:material.extensions.emoji.",
    "tag:yaml.org,2002:python/name:materialx.emoji.",
)
_RUNNING_PLUGINS = {
    "macros",
    "gen-files",
    "markdown-exec",
    "mkdocs-simple-hooks",
    "simple-hooks",
    "exec",
    "execute",
    "gallery",
    "mkdocs-jupyter",
}


def configuration(root: Path) -> Path:
    """The handbook's `mkdocs.yml`; where it has none, a copy of the one that rutine ships, below `build/`."""
    own, copy = root / "mkdocs.yml", own_folder(root) / "mkdocs.yml"
    if own.is_file():
        return own
    write_file(copy, (THEME / "mkdocs.yml").read_bytes())
    return copy


def refuse_code(root: Path, file: Path) -> None:
    """Raises ConfigurationError where a `mkdocs.yml` would run code of the repository: it may come from a stranger."""
    faults = list(_running(root, file, 0))
    if faults:
        message = say(
            "`rutine build` runs no code of the repository, and does not use a mkdocs.yml like this. Mend these lines."
        )
        raise ConfigurationError(message, faults)


def _running(root: Path, file: Path, depth: int) -> Iterator[tuple[Place, Message]]:
    import yaml

    name = os.path.relpath(file, root)
    content = file.read_bytes()
    if len(content) > SIZE_LIMIT:
        yield Place(name), say("The file is too large for settings.")
        return
    try:
        node = yaml.compose(content, yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Place(name, mark.line + 1, mark.column + 1) if mark else Place(name)
        yield place, say("This is not valid YAML.")
        return
    for child in _nodes(node, set()):
        if child.tag.startswith("tag:yaml.org,2002:python/") and not child.tag.startswith(_OWN_TAGS):
            yield (
                _place(name, child),
                say("The tag {tag} names Python code.", tag=child.tag.replace("tag:yaml.org,2002:", "!!")),
            )
    for key, value in _pairs(node):
        if key.value == "hooks":
            yield _place(name, key), say("Hooks are Python files.")
        elif key.value == "extra_templates":
            yield _place(name, key), say("Templates are code.")
        elif key.value == "INHERIT":
            yield from _inherited(root, file, value, _place(name, key), depth)
        elif key.value == "plugins":
            yield from _plugins(name, value)
        elif key.value == "theme":
            yield from _templates(root, file, name, value)


def _inherited(root: Path, file: Path, value: Any, place: Place, depth: int) -> Iterator[tuple[Place, Message]]:
    other = (file.parent / str(value.value)).resolve()
    if depth >= 5 or not other.is_file():
        yield place, say("The file {path} cannot be read.", path=str(value.value))
    else:
        yield from _running(root, other, depth + 1)


def _plugins(name: str, value: Any) -> Iterator[tuple[Place, Message]]:
    for item in value.value if isinstance(value.value, list) else ():
        key = item[0] if isinstance(item, tuple) else next((pair[0] for pair in _pairs(item)), item)
        if key.value in _RUNNING_PLUGINS:
            yield (
                _place(name, key),
                say("The plugin {plugin} runs code from the pages or files of the repository.", plugin=str(key.value)),
            )


def _templates(root: Path, file: Path, name: str, theme: Any) -> Iterator[tuple[Place, Message]]:
    for key, value in _pairs(theme):
        folder = (file.parent / str(value.value)).resolve()
        if key.value == "custom_dir" and folder.is_relative_to(root.resolve()):
            yield (
                _place(name, key),
                say(
                    "Templates are code. Keep them outside the repository, or give the handbook's colours in a style sheet (extra_css)."
                ),
            )


def _pairs(node: Any) -> list[Any]:
    import yaml

    pairs: list[Any] = []
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        merged = (value.value if isinstance(value, yaml.SequenceNode) else [value]) if key.value == "<<" else []
        pairs += [pair for other in merged for pair in _pairs(other)] or [(key, value)]
    return pairs


def _nodes(node: Any, seen: set[int]) -> Iterator[Any]:
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    yield node
    for child in node.value if isinstance(node.value, list) else ():
        for part in child if isinstance(child, tuple) else (child,):
            yield from _nodes(part, seen)


def _place(name: str, node: Any) -> Place:
    return Place(name, node.start_mark.line + 1, node.start_mark.column + 1)
