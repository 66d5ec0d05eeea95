"""The handbook's colours, light and dark, made from the one that an organisation gives. Pure.

Every pair that text, lines of controls and graphics are drawn with is made readable, whatever colour is given:
at least 4.5 : 1 for text and 3 : 1 for the rest, by the formula of WCAG 2.2. Lightness is changed for that, hue is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import atan2, cos, hypot, sin
from typing import NamedTuple

TEXT, GRAPHICS = 4.5, 3.0  # what WCAG 2.2 AA asks for
_MARGIN = 1.12  # above it, so that rounding and antialiasing leave enough
_STEPS = 200

Palette = Mapping[str, str]


class _Tone(NamedTuple):
    """A colour in OKLCH: how light it is (0 to 1), how strong, and its hue in radians."""

    light: float
    chroma: float
    hue: float


# What a state is told by, beside its word and its form: hue in radians, and how strong.
_STATES = {"good": (2.65, 0.11), "note": (4.4, 0.12), "care": (1.05, 0.12), "bad": (0.35, 0.17)}


def palettes(colour: str) -> tuple[Palette, Palette]:
    """The colours by name, for the light scheme and for the dark one; `colour` is written #rrggbb."""
    own = _tone(colour)
    return _light(colour, own), _dark(own)


def contrast(one: str, other: str) -> float:
    """How well two colours are told from one another, from 1 to 21 (WCAG 2.2)."""
    first, second = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def _light(colour: str, own: _Tone) -> Palette:
    hue, weak = own.hue, min(own.chroma, 0.04)
    grounds = {
        "ground": "#ffffff",
        "soft": _hex(_Tone(0.972, weak * 0.28, hue)),
        "tint": _hex(_Tone(0.935, weak * 0.6, hue)),
    }
    ink = _hex(_Tone(0.24, weak * 0.5, hue))
    on_brand = max("#ffffff", ink, key=lambda text: contrast(text, colour))
    brand = _readable(own, (on_brand,), TEXT, darker=on_brand == "#ffffff")
    inks = {
        "ink": _readable(_tone(ink), grounds.values(), TEXT, darker=True),
        "quiet": _readable(_Tone(0.44, weak * 0.5, hue), grounds.values(), TEXT, darker=True),
        "link": _readable(_Tone(min(own.light, 0.46), own.chroma, hue), grounds.values(), TEXT, darker=True),
        "edge": _readable(_Tone(0.56, weak * 0.5, hue), grounds.values(), GRAPHICS, darker=True),
    }
    states = {
        name: _readable(_Tone(0.44, chroma, angle), grounds.values(), TEXT, darker=True)
        for name, (angle, chroma) in _STATES.items()
    }
    tints = {f"{name}-tint": _hex(_Tone(0.965, chroma * 0.17, angle)) for name, (angle, chroma) in _STATES.items()}
    states = {name: _darken_on(text, tints[f"{name}-tint"]) for name, text in states.items()}
    line = _hex(_Tone(0.885, weak * 0.35, hue))
    return {**grounds, **inks, **states, **tints, "line": line, "brand": brand, "on-brand": on_brand}


def _dark(own: _Tone) -> Palette:
    hue, weak = own.hue, min(own.chroma, 0.04)
    grounds = {
        "ground": _hex(_Tone(0.195, weak * 0.32, hue)),
        "soft": _hex(_Tone(0.235, weak * 0.4, hue)),
        "tint": _hex(_Tone(0.29, weak * 0.6, hue)),
    }
    inks = {
        "ink": _readable(_Tone(0.93, weak * 0.2, hue), grounds.values(), TEXT, darker=False),
        "quiet": _readable(_Tone(0.77, weak * 0.35, hue), grounds.values(), TEXT, darker=False),
        "link": _readable(_Tone(0.82, min(own.chroma, 0.1), hue), grounds.values(), TEXT, darker=False),
        "edge": _readable(_Tone(0.62, weak * 0.5, hue), grounds.values(), GRAPHICS, darker=False),
    }
    states = {
        name: _readable(_Tone(0.82, min(chroma, 0.1), angle), grounds.values(), TEXT, darker=False)
        for name, (angle, chroma) in _STATES.items()
    }
    tints = {f"{name}-tint": _hex(_Tone(0.27, chroma * 0.35, angle)) for name, (angle, chroma) in _STATES.items()}
    brand = _hex(_Tone(0.34, min(own.chroma, 0.08), hue))
    line = _hex(_Tone(0.36, weak * 0.5, hue))
    on_brand = _readable(_Tone(0.97, weak * 0.2, hue), (brand,), TEXT, darker=False)
    return {**grounds, **inks, **states, **tints, "line": line, "brand": brand, "on-brand": on_brand}


def _darken_on(text: str, ground: str) -> str:
    return _readable(_tone(text), (ground,), TEXT, darker=True)


def _readable(tone: _Tone, grounds: object, least: float, *, darker: bool) -> str:
    """The tone as it is, or as much darker or lighter as it takes to be told from every ground."""
    against = [str(ground) for ground in grounds]  # type: ignore[attr-defined]
    end = 0.0 if darker else 1.0
    for step in range(_STEPS + 1):
        found = _hex(tone._replace(light=tone.light + (end - tone.light) * step / _STEPS))
        if all(contrast(found, ground) >= least * _MARGIN for ground in against):
            return found
    return "#000000" if darker else "#ffffff"


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[index : index + 2], 16) / 255 for index in (1, 3, 5))
    return _linear(red), _linear(green), _linear(blue)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _tone(colour: str) -> _Tone:
    """A colour in OKLCH, by Ottosson's matrices."""
    red, green, blue = _channels(colour)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    light = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return _Tone(light, hypot(a, b), atan2(b, a))


def _hex(tone: _Tone) -> str:
    """The colour as #rrggbb; as strong as a screen can show it."""
    chroma = tone.chroma
    while True:
        shown = _rgb(tone._replace(chroma=chroma))
        if chroma < 0.002 or all(-0.002 <= value <= 1.002 for value in shown):
            return "#" + "".join(f"{round(min(max(_gamma(value), 0), 1) * 255):02x}" for value in shown)
        chroma *= 0.94


def _rgb(tone: _Tone) -> tuple[float, float, float]:
    a, b = tone.chroma * cos(tone.hue), tone.chroma * sin(tone.hue)
    long = (tone.light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (tone.light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (tone.light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _gamma(value: float) -> float:
    return value * 12.92 if value <= 0.0031308 else float(1.055 * value ** (1 / 2.4) - 0.055)
