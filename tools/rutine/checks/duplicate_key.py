"""A field that stands twice in the front matter.

Most programs keep the last one silently, so that what a reader sees first is not what counts.

Delete one of the two lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """What the reader met in the file."""
    return document.fault("duplicate-key")
