"""HTML in the text that can run something, fetch something or vanish from the page.

Whoever can change a document could otherwise run a program in the browser of everybody who reads it. And what a browser
takes for an unknown tag, such as a name in angle brackets, does not show at all.

Write Markdown. A few harmless tags are allowed: line breaks, sub- and superscript, tables, details and the like, with
title, class and size but without style. Write &lt; for a less-than sign, and put code in backticks or, where it holds
tags, between two lines of three backticks with an empty line before them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rutine.markdown import Markup
from rutine.model import Document, Message, Place, Problem, Settings, say

if TYPE_CHECKING:
    from rutine.rawhtml import Suspect

SEVERITY = "error"


def check(document: Document, settings: Settings) -> Iterator[Problem]:
    """Tags and attribute lists that are not known to be harmless."""
    if "<" not in document.body and "{" not in document.body:
        return
    from rutine.rawhtml import suspects  # most documents hold no HTML

    text = document.markup.published(settings.markdown)
    markup = document.markup if text is document.body else Markup(text, document.body_line)
    for suspect in suspects(text):
        yield Problem(Place(document.path, *markup.place(suspect.offset)), _message(suspect))


def _message(suspect: Suspect) -> Message:
    if suspect.reason == "comment":
        return say("This comment is never closed. End it with -->.")
    if suspect.reason == "list":
        return say(
            "An attribute list may not set {name}. Remove it; it could run a program in the reader's browser.",
            name=suspect.name,
        )
    if suspect.reason == "site-id":
        return say("Names that begin with two underscores belong to the site itself. Choose another name.")
    if suspect.reason == "attribute":
        return say(
            "The tag {text} has an attribute or a form that is not allowed. Keep to class, id, title, href, src, alt and sizes, with values in quotes.",
            text=suspect.text,
        )
    if suspect.reason == "unknown":
        return say(
            "{text} is read as an HTML tag and does not show on the page. Write &lt; instead of <, or put it in backticks.",
            text=suspect.text,
        )
    return say(
        "The HTML {text} is not allowed here; it could harm the reader. Remove it, or show it as a block of code.",
        text=suspect.text,
    )
