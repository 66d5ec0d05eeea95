"""A file that cannot be read as text.

What cannot be read cannot be checked, searched or published, and other programs may show it as gibberish.

Save the document as a text file with the encoding UTF-8. Put pictures, Word files and PDFs beside the document and
link to them.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """What the reader met in the file."""
    return document.fault("unreadable-file")
