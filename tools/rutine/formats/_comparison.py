"""What two versions of a document say in their fields, and words for what lies between two changes."""

from __future__ import annotations

from rutine.field_lines import changed_fields
from rutine.formats import Comparison
from rutine.i18n import render
from rutine.model import Edition, Message, Settings, say
from rutine.redline import Passage


def heading(found: Comparison) -> str:
    """Which versions of which document are compared."""
    before, after = found.versions
    message = say(
        "{document}: from {before} to {after}", document=found.texts[1].value("id") or found.texts[1].path,
        before=_named(before, found.settings), after=_named(after, found.settings),
    )  # fmt: skip
    return render(message, found.settings.language)


def _named(edition: Edition, settings: Settings) -> str:
    told = say("version {version} ({date})", version=edition.name, date=edition.start or edition.first or "–")
    return render(told, settings.language)


def unchanged(count: int, language: str) -> str:
    """How much is the same between two changes."""
    message = say("… {count} paragraphs are the same …", one="… one paragraph is the same …", count=count)
    return render(message, language)


def fields(found: Comparison) -> list[Passage]:
    """What was decided beside the text and differs: a line for each value."""
    return changed_fields(*found.texts, found.settings.language)


def message_of(kind: str) -> Message:
    """What is told to those who do not see how a piece is marked."""
    return say("removed:") if kind == "gone" else say("added:")
