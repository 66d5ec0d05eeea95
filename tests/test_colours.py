"""The site's colours can be read whatever colour an organisation gives, by a formula written from WCAG 2.2 itself."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from rutine.colours import contrast, palettes

TEXTS = ("ink", "quiet", "link")
STATES = ("good", "note", "care", "bad")


def wcag(one: str, other: str) -> float:
    """Contrast ratio as WCAG 2.2 defines it, from relative luminances."""

    def luminance(colour: str) -> float:
        number = int(colour.removeprefix("#"), 16)
        shares = [channel / 255 for channel in (number >> 16, number >> 8 & 255, number & 255)]
        linear = [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]
        return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
    assert round(contrast("#ffffff", "#0b5c53"), 2) == round(wcag("#0b5c53", "#ffffff"), 2) == 7.87


@given(st.integers(0, 0xFFFFFF))
@example(0x000000)
@example(0xFFFFFF)
@example(0x808080)
@example(0xFFFF00)
@example(0x0000FF)
@example(0x00FF00)
def test_everything_can_be_read_in_any_colour(number: int) -> None:
    for palette in palettes(f"#{number:06x}"):
        grounds = [palette[name] for name in ("ground", "soft", "tint")]
        for ground in grounds:
            assert min(wcag(palette[name], ground) for name in (*TEXTS, *STATES)) >= 4.5
            assert wcag(palette["edge"], ground) >= 3
        assert min(wcag(palette[name], palette[f"{name}-tint"]) for name in STATES) >= 4.5
        assert min(wcag(palette["ink"], palette[f"{name}-tint"]) for name in STATES) >= 4.5
        assert wcag(palette["brand"], palette["on-brand"]) >= 4.5


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    light, dark = palettes("#0b5c53")
    assert (light["brand"], light["on-brand"], light["link"]) == ("#0b5c53", "#ffffff", "#0b5c53")
    assert wcag(dark["ground"], "#000000") < 1.5
