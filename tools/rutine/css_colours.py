"""Colours as style sheets write them. Pure."""

from __future__ import annotations

import re
from colorsys import hls_to_rgb
from functools import lru_cache

_NAMED = {
    "white": "#ffffff", "black": "#000000", "red": "#ff0000", "green": "#008000", "blue": "#0000ff", "yellow": "#ffff00",
    "orange": "#ffa500", "purple": "#800080", "pink": "#ffc0cb", "gray": "#808080", "grey": "#808080", "brown": "#a52a2a",
    "cyan": "#00ffff", "aqua": "#00ffff", "teal": "#008080", "navy": "#000080", "lime": "#00ff00", "silver": "#c0c0c0",
    "gold": "#ffd700", "lightblue": "#add8e6", "lightgreen": "#90ee90", "lightyellow": "#ffffe0", "lightgray": "#d3d3d3",
    "lightgrey": "#d3d3d3", "darkgreen": "#006400", "darkblue": "#00008b", "darkred": "#8b0000", "salmon": "#fa8072",
}  # fmt: skip
NUMBER = r"(\d{1,6}(?:\.\d{1,9})?|\.\d{1,9})"  # larger and finer ones nobody sees
_NUMBERS = re.compile(
    rf"(rgb|hsl)a?\(\s*{NUMBER}(?:deg)?[\s,]+{NUMBER}%?[\s,]+{NUMBER}%?(?:[\s,/]+{NUMBER}%?)?\s*\)", re.ASCII
)


@lru_cache(maxsize=1024)
def as_hex(text: str) -> str | None:
    """A colour as #rrggbb, its transparency left out; None where it is none that is known."""
    text = text.strip().lower()
    if re.fullmatch(r"#[0-9a-f]{6}(?:[0-9a-f]{2})?", text):
        return text[:7]
    if re.fullmatch(r"#[0-9a-f]{3,4}", text):
        return "#" + "".join(2 * digit for digit in text[1:4])
    if found := _NUMBERS.fullmatch(text):
        first, second, third = (float(found[index]) for index in (2, 3, 4))
        if found[1] == "rgb":
            parts: tuple[float, ...] = (first, second, third)
        else:
            share = hls_to_rgb(first / 360 % 1, min(third, 100) / 100, min(second, 100) / 100)
            parts = tuple(255 * part for part in share)
        return "#" + "".join(f"{min(255, round(part)):02x}" for part in parts)
    return _NAMED.get(text)
