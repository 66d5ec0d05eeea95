"""The history of one document as a person reads it: each state of its file, with who made it and what changed. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from rutine.fingerprint import decided_fields, text_digest
from rutine.model import Document, Settings, Version
from rutine.revisions import Revision, latest

Change = Literal["added", "returned", "removed", "text", "facts", "form", "moved", "same"]


class Step(NamedTuple):
    """A state of a document's file on the main line, with the document as it was then; None where it was removed.

    `version` is None for the file at hand where it differs from what is committed. `change` says what is different from
    the state before: the text, only facts of the front matter, or only how it is written (`form`).
    """

    version: Version | None
    document: Document | None
    change: Change
    is_proposed: bool = False

    @property
    def revision(self) -> Revision | None:
        """The newest entry of the revision history in that state."""
        return latest(self.document) if self.document else None


class Chronicle(NamedTuple):
    """A document with the states of its file, newest first."""

    document: Document
    settings: Settings
    steps: Sequence[Step]


def chronicle(
    document: Document, settings: Settings, states: Sequence[tuple[Version | None, Document | None, bool]]
) -> Chronicle:
    """The history of a document from the states of its file, newest first, each with whether it is only proposed."""
    steps = [
        Step(version, then, _change(version, then, older), proposed)
        for (version, then, proposed), (_, older, _) in pairwise([*states, (None, None, False)])
    ]
    if steps:
        steps[-1] = steps[-1]._replace(change="added")
    return Chronicle(document, settings, [step for step in steps if step.change != "same"])


def _change(version: Version | None, then: Document | None, before: Document | None) -> Change:
    if then is None:
        return "removed"
    if before is None:
        return "returned"
    if text_digest(then.body) != text_digest(before.body):
        return "text"
    if decided_fields(then) != decided_fields(before) or _told(then) != _told(before):
        return "facts"
    if version and version.before:
        return "moved"
    return "form" if then.blob != before.blob else "same"


def _told(document: Document) -> list[object]:
    kind = document.kind
    return sorted(kind.find_all(document.meta).items(), key=str) if kind else [document.meta]
