"""Entries, findings and documents as plain values, which marshal can write."""

from __future__ import annotations

from typing import Any

from rutine.model import (
    Document,
    Edit,
    Entry,
    Fact,
    Facts,
    Finding,
    Link,
    Message,
    Place,
    Pointer,
    RevisionEntry,
    Settings,
)

Plain = tuple[str | None, dict[str, Any], str, int, dict[str, list[tuple[Pointer, str]]]]


def freeze(entry: Entry) -> tuple[Any, ...]:
    """An entry as plain tuples, lists and dictionaries, which marshal can write."""
    path, kind, facts, references, links, anchors, findings, *content = entry
    return (
        path, kind,
        {meaning: [tuple(fact) for fact in values] for meaning, values in facts.items()},
        [tuple(fact) for fact in references],
        [tuple(link) for link in links],
        anchors,
        list(map(freeze_finding, findings)),
        content[0], content[1], [tuple(revision) for revision in content[2]],
    )  # fmt: skip


def freeze_finding(finding: Finding) -> tuple[Any, ...]:
    """A finding as plain values."""
    place, rule, severity, message, edits = finding
    return tuple(place), rule, severity, (message.text, dict(message.values)), tuple(tuple(edit) for edit in edits)


def thaw_finding(frozen: tuple[Any, ...]) -> Finding:
    """The finding again."""
    place, rule, severity, message, edits = frozen
    return Finding(Place(*place), rule, severity, Message(*message), tuple(Edit(*edit) for edit in edits))


def thaw(frozen: tuple[Any, ...]) -> Entry:
    """The entry again."""
    path, kind, facts, references, links, anchors, findings, blob, text, revised = frozen
    return Entry(
        path, kind,
        Facts(facts),
        [Fact._make(value) for value in references],
        [Link._make(value) for value in links],
        anchors,
        list(map(thaw_finding, findings)),
        blob, text, [RevisionEntry._make(revision) for revision in revised],
    )  # fmt: skip


def plain(document: Document) -> Plain:
    """A document as plain values: kind, metadata, body and the line that this begins in, and what the metadata mean."""
    kind = document.kind.name if document.kind else None
    return kind, document.meta, document.body, document.body_line, document.meanings


def document_from(path: str, values: Plain, settings: Settings) -> Document:
    """The document again."""
    kind, meta, body, line, meanings = values
    document = Document(path, settings.kinds[kind] if kind else None, meta, body, line)
    vars(document)["meanings"] = meanings  # as `functools.cached_property` would
    return document
