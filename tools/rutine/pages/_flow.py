"""The steps of a process as a picture: a lane for each role, a box for each step, and arrows where the work goes.

It is drawn within the page, with the page's own letters and colours. Whoever does not see it has the list of the steps.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from rutine.model import say
from rutine.pages._text import block, h
from rutine.pages._values import Values

_LANES, _STEPS = range(2, 9), range(2, 41)  # as many as a picture can show, and no fewer than need one
_LANE, _BOX, _SIDE, _LINE, _GAP = 190, 164, 12, 20, 36  # pixels: of a lane, of its boxes, within these, between them
_ROUND, _NUMBER, _TIP = 8, 12, 7
_SIZE = 15
_NARROW, _WIDE = frozenset(" .,:;!|'()[]/-fijlrtI"), frozenset("mwMWQ@%ÆŒæœ—…")


class Step(NamedTuple):
    """A step: what is done, and by whom."""

    text: str
    role: str


class _Box(NamedTuple):
    lane: int
    top: int
    lines: list[str]

    @property
    def middle(self) -> int:
        return self.lane * _LANE + _LANE // 2

    @property
    def bottom(self) -> int:
        return self.top + len(self.lines) * _LINE + 2 * _SIDE


def flow(values: Values, title: str, steps: Sequence[Step]) -> str:
    """The picture of some steps; empty where there is nothing to see: one role, or more than a picture can show."""
    lanes = list(dict.fromkeys(step.role for step in steps))
    if len(lanes) not in _LANES or len(steps) not in _STEPS or not all(lanes):
        return ""
    words = values.shelf.words
    heads = [_wrapped(lane) for lane in lanes]
    head = max(map(len, heads)) * _LINE + 2 * _SIDE
    boxes = list(_boxes(steps, lanes, head + _GAP))
    width, height = len(lanes) * _LANE, boxes[-1].bottom + _GAP // 2
    told = words(say("The steps and who does them, as a picture. The list below says the same."))
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-label="{h(told)}" font-size="{_SIZE}" text-anchor="middle">',
        *(_lane(index, lines, head, height) for index, lines in enumerate(heads)),
        *(_way(one, other) for one, other in pairwise(boxes)),
        *(_box(number, box) for number, box in enumerate(boxes, 1)),
        "</svg>",
    ]
    name = h(words(say("{title}, as a picture", title=title)))
    region = f' role="region" aria-label="{name}" tabindex="0" data-pagefind-ignore'
    return block("flow", lines, attributes=region)


def _boxes(steps: Sequence[Step], lanes: Sequence[str], top: int) -> Iterator[_Box]:
    for step in steps:
        box = _Box(lanes.index(step.role), top, _wrapped(step.text))
        yield box
        top = box.bottom + _GAP


def _lane(index: int, lines: Sequence[str], head: int, height: int) -> str:
    left = index * _LANE
    text = _text(lines, left + _LANE // 2, (head - len(lines) * _LINE) // 2)
    return (
        f'<rect class="rutine-flow-lane" x="{left}" y="0" width="{_LANE}" height="{height}"/>'
        f'<rect class="rutine-flow-head" x="{left}" y="0" width="{_LANE}" height="{head}"/>'
        f'<g class="rutine-flow-role">{text}</g>'
    )


def _box(number: int, box: _Box) -> str:
    left = box.middle - _BOX // 2
    return (
        f'<rect class="rutine-flow-box" x="{left}" y="{box.top}" width="{_BOX}" height="{box.bottom - box.top}" rx="6"/>'
        f"<g>{_text(box.lines, box.middle, box.top + _SIDE)}</g>"
        f'<circle class="rutine-flow-dot" cx="{left}" cy="{box.top}" r="{_NUMBER}"/>'
        f'<text class="rutine-flow-number" x="{left}" y="{box.top + 5}">{number}</text>'
    )


def _way(one: _Box, other: _Box) -> str:
    """The arrow from a box down to the next."""
    end, turn = other.top - _TIP, one.bottom + _GAP // 2 - 4
    if one.lane == other.lane:
        path = f"M{one.middle} {one.bottom}V{end}"
    else:
        side = _ROUND if other.lane > one.lane else -_ROUND
        path = (
            f"M{one.middle} {one.bottom}V{turn - _ROUND}Q{one.middle} {turn} {one.middle + side} {turn}"
            f"H{other.middle - side}Q{other.middle} {turn} {other.middle} {turn + _ROUND}V{end}"
        )
    tip = f"M{other.middle - 5} {end}h10l-5 {_TIP}z"
    return f'<path class="rutine-flow-way" d="{path}"/><path class="rutine-flow-tip" d="{tip}"/>'


def _text(lines: Sequence[str], middle: int, top: int) -> str:
    base = top + _LINE - 5
    return "".join(f'<text x="{middle}" y="{base + row * _LINE}">{h(line)}</text>' for row, line in enumerate(lines))


def _wrapped(text: str) -> list[str]:
    """The text in lines that a box surely holds, whatever the letters; a word that is too long is cut."""
    lines, room = [""], _BOX - 2 * _SIDE
    for word in text.split():
        for part in _parts(word, room):
            longer = f"{lines[-1]} {part}".strip()
            if _width(longer) <= room or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(part)
    return lines


def _parts(word: str, room: int) -> Iterator[str]:
    while _width(word) > room:
        cut = next(size for size in range(len(word) - 1, 0, -1) if _width(word[:size] + "-") <= room or size == 1)
        yield f"{word[:cut]}-"
        word = word[cut:]
    yield word


def _width(text: str) -> float:
    """How wide a text may be, in pixels; rather too much than too little."""
    narrow, wide = (sum(char in these for char in text) for these in (_NARROW, _WIDE))
    large = sum(char.isupper() or char.isdigit() or ord(char) > 0x2000 for char in text)
    return _SIZE * (0.59 * (len(text) - narrow - wide) + 0.36 * narrow + 0.95 * wide + 0.1 * large)
