"""Twelve months as a wheel: a bar for each that is as long as it has reviews, its name and their number beside it.

It is drawn within the page, with the page's own letters and colours. Whoever does not see it has the table, which says the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from math import cos, radians, sin
from typing import NamedTuple

from rutine.model import say
from rutine.pages._shelf import Shelf
from rutine.pages._text import block, h, items

_WIDTH, _HEIGHT = 440, 424
_X, _Y = _WIDTH / 2, _HEIGHT / 2
_HUB, _INNER, _OUTER, _MARK, _LABEL = 68, 74, 156, 163, 187  # distances from the middle
_GAP = 1.5  # degrees on each side of a bar
_SIZE, _LINE = 17, 19


class Sector(NamedTuple):
    """A month: its first day, how many reviews it holds, how many of them are overdue, and how many changes are known."""

    month: date
    reviews: int
    overdue: int
    changes: int


def wheel(shelf: Shelf, sectors: Sequence[Sector]) -> str:
    """The picture of twelve months, clockwise from the first, which stands on top; and what its signs mean."""
    most = max(1, *(sector.reviews for sector in sectors))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" height="{_HEIGHT}" '
        f'role="img" aria-label="{h(_told(shelf, sectors))}" font-size="{_SIZE}" text-anchor="middle">',
        *(line for index, sector in enumerate(sectors) for line in _sector(shelf, index * 30, sector, most)),
        *_hub(shelf, sectors),
        "</svg>",
    ]
    return block(
        "wheel", [*lines, items(_legend(shelf, sectors), "legend").rstrip()], attributes=" data-pagefind-ignore"
    )


def _told(shelf: Shelf, sectors: Sequence[Sector]) -> str:
    """What the picture shows, for those who do not see it."""
    months = "; ".join(f"{shelf.words.month(sector.month)}: {sector.reviews}" for sector in sectors)
    return shelf.words(
        say("The reviews of twelve months as a wheel. {months}. The table below says the same.", months=months)
    )


def _sector(shelf: Shelf, angle: int, sector: Sector, most: int) -> Iterator[str]:
    """A month's ground, the bar of its reviews, what of it is overdue, the sign of a change, its name and number."""
    yield f'<path class="rutine-wheel-ground" d="{_wedge(angle, _INNER, _OUTER)}"/>'
    length = (_OUTER - _INNER) / most
    overdue = _INNER + length * sector.overdue
    if sector.overdue:
        yield f'<path class="rutine-wheel-overdue" d="{_wedge(angle, _INNER, overdue)}"/>'
        for step in range(1, sector.overdue):
            yield f'<path class="rutine-wheel-line" d="{_arc(angle, _INNER + length * step)}"/>'
    if sector.reviews > sector.overdue:
        yield f'<path class="rutine-wheel-bar" d="{_wedge(angle, overdue, _INNER + length * sector.reviews)}"/>'
    if sector.changes:
        x, y = _point(angle, _MARK - 14)
        yield f'<path class="rutine-wheel-change" d="M{x} {y - 7:g}l7 7l-7 7l-7 -7z"/>'
    x, y = _point(angle, _LABEL)
    now = ' class="rutine-wheel-now"' if angle == 0 else ""
    name = h(shelf.words.short_month(sector.month))
    yield f'<text{now} x="{x}" y="{y - 2:g}">{name}</text>'
    yield f'<text class="rutine-wheel-number" x="{x}" y="{y + _LINE - 2:g}">{sector.reviews}</text>'


def _hub(shelf: Shelf, sectors: Sequence[Sector]) -> Iterator[str]:
    """In the middle: how many reviews there are, and from when to when."""
    total = sum(sector.reviews for sector in sectors)
    word = h(shelf.words(say("reviews", one="review", count=total)))
    first, last = sectors[0].month.year, sectors[-1].month.year
    years = f"{first}" if first == last else f"{first}–{last}"  # between two years
    yield f'<circle class="rutine-wheel-hub" cx="{_X:g}" cy="{_Y:g}" r="{_HUB}"/>'
    yield f'<text class="rutine-wheel-total" x="{_X:g}" y="{_Y - 6:g}">{total}</text>'
    yield f'<text x="{_X:g}" y="{_Y + 16:g}">{word}</text>'
    yield f'<text class="rutine-wheel-years" x="{_X:g}" y="{_Y + 36:g}">{years}</text>'


def _legend(shelf: Shelf, sectors: Sequence[Sector]) -> Iterator[str]:
    """Each sign that stands in the picture, with what it means."""
    signs = (
        ("bar", say("Reviews that fall due"), any(sector.reviews > sector.overdue for sector in sectors)),
        ("overdue", say("Reviews that are overdue"), any(sector.overdue for sector in sectors)),
        ("change", say("A document comes into force or is withdrawn"), any(sector.changes for sector in sectors)),
    )
    for name, text, is_there in signs:
        if is_there:
            shape = '<path d="M9 1l8 8l-8 8l-8 -8z"' if name == "change" else '<path d="M1 3h16v12h-16z"'
            line = '<path class="rutine-wheel-line" d="M1 9h16"/>' if name == "overdue" else ""
            sign = f'{shape} class="rutine-wheel-{name}"/>{line}'
            yield f'<svg viewBox="0 0 18 18" width="18" height="18" aria-hidden="true">{sign}</svg> {h(shelf.words(text))}'


def _wedge(angle: float, inner: float, outer: float) -> str:
    """The part of a ring that a month has, between two distances from the middle."""
    start, end = angle - 15 + _GAP, angle + 15 - _GAP
    (a, b), (c, d) = _point(start, outer), _point(end, outer)
    (e, f), (g, i) = _point(end, inner), _point(start, inner)
    return f"M{a} {b}A{outer:g} {outer:g} 0 0 1 {c} {d}L{e} {f}A{inner:g} {inner:g} 0 0 0 {g} {i}z"


def _arc(angle: float, distance: float) -> str:
    (a, b), (c, d) = _point(angle - 15 + _GAP, distance), _point(angle + 15 - _GAP, distance)
    return f"M{a} {b}A{distance:g} {distance:g} 0 0 1 {c} {d}"


def _point(angle: float, distance: float) -> tuple[float, float]:
    """Where that is, with the angle in degrees clockwise from the top; to a tenth, so that it is the same everywhere."""
    turn = radians(angle)
    return round(_X + distance * sin(turn), 1), round(_Y - distance * cos(turn), 1)
