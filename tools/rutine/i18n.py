"""Messages in the reader's language, from gettext catalogues compiled by Babel. The source language is English."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from rutine.model import Message

LANGUAGES = ("nb", "nn", "da", "sv", "en")
FOLDER = Path(__file__).parent / "locale"


@cache
def _catalogue(language: str) -> Mapping[str, str]:
    import gettext  # not needed for English

    path = FOLDER / language / "LC_MESSAGES" / "rutine.mo"
    if language == "en" or not path.is_file():
        return {}
    with path.open("rb") as file:
        catalogue = gettext.GNUTranslations(file)
    return catalogue._catalog  # type: ignore[attr-defined, no-any-return]  # one look-up instead of a chain of fallbacks


def translate(text: str, language: str) -> str:
    """The text in that language, or the text itself where the catalogue has none."""
    return (_catalogue(language).get(text) or text) if text else ""


def render(message: Message, language: str) -> str:
    """The message in that language with its values filled in."""
    return translate(message.text, language).format_map(message.values)


def environment_language() -> str:
    """The language of the user's environment, by the variables that gettext reads; English where they say none."""
    for variable in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        for code in os.environ.get(variable, "").split(":"):
            language = {"no": "nb"}.get(code[:2], code[:2])
            if language in LANGUAGES:
                return language
    return "en"


def choose(names: Mapping[str, str], language: str) -> str:
    """The name in that language; else in its nearest relative, else in any."""
    for candidate in (language, *_NEAR.get(language, ()), "", "en"):
        if candidate in names:
            return names[candidate]
    return next(iter(names.values()))


_NEAR = {"nb": ("nn", "da"), "nn": ("nb", "da"), "da": ("nb", "nn"), "sv": ("nb",)}
