"""A link to a heading that the page does not have.

The reader lands at the top of the page and has to search for what the link promised.

Write the anchor as the heading makes it: lower case, hyphens for spaces, without æ and ø, å as a; or give the heading an
anchor of its own with {#name} after it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rutine.model import Handbook, Message, Place, Problem, say
from rutine.references import find

SEVERITY = "error"


def check_handbook(handbook: Handbook, _today: date) -> Iterator[Problem]:
    """Links whose fragment names nothing in the page that they lead to."""
    if handbook.settings.markdown != "python-markdown":
        return  # other renderers make anchors by rules of their own
    for entry in handbook.entries.values():
        for link in entry.links:
            if "#" not in link.target:
                continue
            path, _, anchor = link.target.partition("#")
            target = find(handbook, path)
            if target and anchor and anchor not in target.anchors.split("\n") and not _is_given(anchor):
                yield Problem(Place(entry.path, link.line, link.column), _message(anchor, target.anchors.split("\n")))


def _is_given(anchor: str) -> bool:
    """Whether every page has it: its top, its footnotes, or a text to be searched for."""
    return anchor.lower() == "top" or anchor.startswith(("fn:", "fnref:", ":~:"))


def _message(anchor: str, known: list[str]) -> Message:
    from difflib import get_close_matches  # only where something is wrong

    near = get_close_matches(anchor, known, n=1, cutoff=0.6)
    if near:
        return say(
            "The page has no heading with the anchor #{anchor}. Did you mean #{suggestion}?",
            anchor=anchor,
            suggestion=near[0],
        )
    return say("The page has no heading with the anchor #{anchor}. Correct the link.", anchor=anchor)
