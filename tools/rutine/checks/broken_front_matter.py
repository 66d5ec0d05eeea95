"""Front matter that is not valid YAML, or that does not stand between two lines with three dashes.

The front matter says who owns the document and what is decided. If it cannot be read, nobody knows, and a site
generator would print it as text.

Begin the file with a line of three dashes, write each field as a name, a colon, a space and a value, and end with
another line of three dashes. Put values with colons, quotation marks or special characters in quotes.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """What the reader met in the file."""
    return document.fault("broken-front-matter")
