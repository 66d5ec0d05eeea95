"""The documents as the pages see them: what is published, in which state, where, and what leads to what."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from posixpath import dirname
from typing import Literal

from rutine.dates import parse_date
from rutine.deadlines import Deadline, deadlines
from rutine.i18n import choose
from rutine.model import Document, Message, Report, say
from rutine.pages._text import file_name, link, md
from rutine.pages._words import Words
from rutine.read_rules import page_path, published

State = Literal["draft", "upcoming", "in-force", "withdrawn"]
STATES: dict[State, Message] = {
    "draft": say("Draft"),
    "upcoming": say("Decided, not yet in force"),
    "in-force": say("In force"),
    "withdrawn": say("Withdrawn"),
}


def shelf_of(report: Report) -> Shelf:
    """The shelf of a report; made once and kept with it, as `functools.cached_property` would."""
    found = vars(report).get("_shelf") or Shelf(report)
    vars(report)["_shelf"] = found
    return found
