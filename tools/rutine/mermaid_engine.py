"""Mermaid diagrams drawn by merman, which needs neither a browser nor scripts. Pure, where it is installed.

The engine reads no file, no clock and no other host. What it may spend on a diagram is limited, and what it gives is
drawn anew with nothing but shapes and text. Where it is not installed, there is no picture.
"""

from __future__ import annotations

import atexit
import json
import re
from functools import cache, lru_cache
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from rutine.diagram_text import lines_of
from rutine.mermaid_theme import configuration, palettes_of
from rutine.model import Message, say
from rutine.plain_drawing import Palette, Picture, is_of_a_size, redrawn

LONGEST = 20_000  # characters of a diagram; what is longer is no picture that anybody could read
_PATIENCE = 5_000  # milliseconds
_LIMITS = {
    "max_source_bytes": 4 * LONGEST, "max_model_items": 2_000, "max_model_nesting_depth": 32,
    "max_svg_bytes": 4_000_000, "max_svg_elements": 20_000,
}  # fmt: skip


_MISSING = re.compile(r"missing `+(.+?)`+\)")


_NO_TEXT = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], " "
)  # in XML
_ANY = "#000000"  # a colour for what nobody looks at


class Drawn(NamedTuple):
    """What came of a diagram: a picture for each scheme, and what it says in lines of text."""

    light: Picture
    dark: Picture
    lines: tuple[str, ...] = ()


class Fault(NamedTuple):
    """Why a diagram cannot be drawn, with line and column in its source."""

    message: Message
    line: int = 1
    column: int = 1


@cache
def _engine() -> Any:
    """The engine; None where it is not installed, or made for another system."""
    try:
        import merman  # type: ignore[import-untyped]  # late: few documents have diagrams
    except (ImportError, OSError):
        return None
    atexit.register(_set_up.cache_clear)  # before Python takes apart what it is made of
    return merman


@cache
def engine_version() -> str:
    """The version of the engine; empty where there is none."""
    engine = _engine()
    return str(engine.Merman().package_version()) if engine else ""


def fault_of(source: str) -> Fault | None:
    """What keeps a diagram from being drawn. Only where there is an engine."""
    drawn = draw(source, *palettes_of(_ANY))
    return drawn if isinstance(drawn, Fault) else None


def draw(source: str, light: Palette, dark: Palette) -> Drawn | Fault:
    """The pictures of a diagram. Only where there is an engine."""
    if len(source) > LONGEST:
        return _too_large()
    engine = _engine()
    try:
        first, second = _run("svg", source, light), _run("svg", source, dark)
        if not (is_of_a_size(first) and is_of_a_size(second)):
            return _too_large()
        lines = lines_of(json.loads(_run("semantic-json", source, light)))
        return Drawn(redrawn(first, light, lines), redrawn(second, dark, lines), tuple(lines))
    except engine.MermanError as error:
        return _fault(error, source)
    except (engine.merman_uniffi.InternalError, ParseError, ValueError, ArithmeticError, RecursionError):
        return Fault(say("This diagram cannot be drawn."))


def _run(operation: str, source: str, palette: Palette) -> str:
    engine = _engine()
    control = engine.MermanOperationControl(_PATIENCE)
    request = engine.MermanOperationRequestV4(
        operation_id=operation, source=source.translate(_NO_TEXT), uri=None, options_json=None, control=control
    )
    return str(_set_up(palette).execute(request).data.decode())


@lru_cache(maxsize=4)
def _set_up(palette: Palette) -> Any:
    """The engine with a look. It takes longer to make than a drawing."""
    options = {
        "version": 2,
        "site_config": configuration(palette),
        "resources": {"profile": "constrained", "limits": _LIMITS},
        "svg": {"pipeline": "resvg-safe", "diagram_id": "d"},
    }
    return _engine().MermanEngine(options_json=json.dumps(options), services=None)


def _too_large() -> Fault:
    return Fault(say("This diagram is too large to be drawn, and to be read. Split it."))


def _fault(error: Any, source: str) -> Fault:
    if getattr(error, "resource", None) is not None or getattr(error, "cancellation", None) is not None:
        return _too_large()
    diagnostic = getattr(error, "diagnostic", None)
    span = getattr(diagnostic, "span", None)
    before = source.encode()[: span.start].decode("utf-8", "ignore") if span else ""
    told = str(getattr(error, "message", ""))
    reason = told.partition("): ")[2] or told
    return Fault(_in_words(reason), before.count("\n") + 1, len(before) - before.rfind("\n"))


def _in_words(reason: str) -> Message:
    """What the engine says, for an author."""
    if "detected" in reason:
        return say("This diagram cannot be drawn. Its first line must say what it is, such as flowchart TD.")
    if found := _MISSING.search(reason):
        return say("This diagram cannot be drawn: a label is not closed, {sign} is missing.", sign=found[1])
    return say("This diagram cannot be drawn: {reason}.", reason=reason.rstrip("."))
