"""A document without front matter.

A text without owner, decision and review date is not under control. Only the front page of a folder (index.md) does
without.

Add front matter at the top of the file. The command rutine new shows what it looks like. If the file is no document
of the handbook, move it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """What the reader met in the file."""
    return document.fault("missing-front-matter")
