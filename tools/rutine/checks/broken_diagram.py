"""A diagram in Mermaid that cannot be drawn.

Readers would find its source in the place of the picture: signs that tell them nothing.

Mend it where the message says. A label with brackets, commas or quotes in it stands between straight quotes:
A["Apply (in writing)"]. A diagram with more than some fifty boxes is hard to read for everybody: split it. Pictures are
drawn, and this rule applies, where rutine is installed with diagrams: pip install "rutine[diagrams]".
"""

from __future__ import annotations

from collections.abc import Iterator

from rutine.mermaid import diagrams_of
from rutine.model import Document, Place, Problem, Settings

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Diagrams that the engine refuses. It is asked about nothing else, reads nothing, and need not be installed."""
    diagrams = list(diagrams_of(document.markup)) if settings.markdown == "python-markdown" else []
    if not diagrams:
        return
    from rutine.mermaid_engine import engine_version, fault_of  # late: few documents have diagrams

    for diagram in diagrams if engine_version() else ():
        if fault := fault_of(diagram.source):
            line, _ = document.markup.place(diagram.start)
            yield Problem(Place(document.path, line + fault.line, len(diagram.indent) + fault.column), fault.message)
