"""A value without quotes that other programs read as something else than it says.

In YAML, NO is read as false, 1.10 as 1.1, 012 as ten and 12:30 as 750. Rutine reads what is written, but editors,
search engines and site generators do not.

Put quotes around the value. The option --fix does it for you.
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.model import Document, Problem, Settings

SEVERITY = "error"


def check(document: Document, _settings: Settings) -> Iterator[Problem]:
    """What the reader met in the file."""
    return document.fault("ambiguous-value")
