"""An entry of the revision history that says something else than it said before.

The history is evidence of what applied when, and who reads it must be able to trust it. An entry that is changed
afterwards proves nothing.

Write the entry as it was, and add a revision of its own for what must be corrected. Entries of drafts may change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Message, Place, Problem, Rewrite, say

SEVERITY = "warning"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Entries that differ from what the main line held."""
    traces = handbook.past.traces if handbook.past else {}
    for path, trace in traces.items():
        entries = {entry.version or entry.date: entry for entry in handbook.entries[path].revisions}
        for rewrite in trace.rewritten:
            entry = entries.get(rewrite.version) or next(iter(entries.values()), None)
            place = Place(path, entry.line, entry.column) if entry else Place(path)
            yield Problem(place, _message(rewrite))


def _message(rewrite: Rewrite) -> Message:
    version, was = rewrite.version, rewrite.was
    if not rewrite.field:
        return say("The revision {version} ({was}) is gone. Write it again as it was.", version=version, was=was)
    if rewrite.field == "date":
        return say(
            "Version {version} was dated {was} before. Write the old date again.", version=version, was=was or "–"
        )
    if rewrite.field == "change":
        return say("Version {version} was called {was} before. Write that again.", version=version, was=was or "–")
    return say(
        "The revision {version} said “{was}” before. Write that again, and record what is new as a revision of its own.",
        version=version, was=was or "–",
    )  # fmt: skip
