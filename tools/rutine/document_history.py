"""From Git: the states of one document's file, and two of its versions to compare."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from rutine.chronicle import Chronicle, chronicle
from rutine.contents import Contents
from rutine.errors import UsageError
from rutine.history import read_history
from rutine.model import Document, Edition, Handbook, Settings, Version, say
from rutine.read import file_at, parse_document, read_document


def read_chronicle(root: Path, handbook: Handbook, path: str) -> Chronicle:
    """The history of the document at a path. Raises UsageError where Git tells nothing of it."""
    settings = handbook.settings
    with read_history(root, settings, handbook.entries) as found:
        if found.contents is None:
            raise UsageError(found.untold or say("Git tells nothing of this document."))
        versions = found.history.versions.get(path, ())
        proposed = {commit.name for commit in found.history.line[: found.history.undecided]}
        contents = dict(found.contents.read(dict.fromkeys(version.blob for version in versions if version.blob)))
    at_hand = _at_hand(root, settings, path)
    states: list[tuple[Version | None, Document | None, bool]] = []
    for version in versions:
        content = contents.get(version.blob)
        then = _parsed(settings, version.path, version.blob, content) if content is not None else None
        if then and _is_other(then, at_hand):
            break
        states.append((version, then, version.commit.name in proposed))
    if not versions or versions[0].blob != at_hand.blob:
        states.insert(0, (None, at_hand, True))
    return chronicle(at_hand, settings, states)


def _is_other(then: Document, now: Document) -> bool:
    """Whether the file held another document, by its number."""
    numbers = {number.lower() for number in (then.value("id"), now.value("id")) if number}
    return len(numbers) > 1


class Pair(NamedTuple):
    """Two versions of a document, the earlier first, each with its text."""

    settings: Settings
    before: Edition
    after: Edition
    texts: tuple[Document, Document]


def read_pair(root: Path, handbook: Handbook, path: str, before: Edition, after: Edition) -> Pair:
    """Two versions of the document at a path with their texts."""
    with Contents(root) as contents:
        found = dict(contents.read(dict.fromkeys(one.blob for one in (before, after) if one.blob)))
    texts = [
        _parsed(handbook.settings, one.path, one.blob, found.get(one.blob) or b"")
        if one.blob
        else _at_hand(root, handbook.settings, path)
        for one in (before, after)
    ]
    return Pair(handbook.settings, before, after, (texts[0], texts[1]))


def _parsed(settings: Settings, path: str, blob: str, content: bytes) -> Document:
    return replace(parse_document(settings, path, content), blob=blob)


def _at_hand(root: Path, settings: Settings, path: str) -> Document:
    file = file_at(root, settings, path)
    return read_document(root, settings, file) if file else Document(path, None, {})
