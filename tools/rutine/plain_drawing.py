"""An engine's SVG drawn anew: shapes and text with their looks, and nothing else. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rutine.colours import TEXT, contrast
from rutine.css_colours import NUMBER, as_hex
from rutine.svg_styles import Rule, looks_of, rules_of

_SHAPES = frozenset("path rect circle ellipse line polyline polygon".split())
_KEPT = _SHAPES | frozenset("g text tspan marker defs".split())
_GROUPS = {"svg": "g", "switch": "g", "a": "g", "symbol": "g"}
_PLACES = frozenset(
    "x y dx dy x1 y1 x2 y2 cx cy r rx ry width height d points transform viewBox refX refY markerWidth markerHeight "
    "markerUnits orient".split()
)
_LONG = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?")
_MARKER = re.compile(r"url\(\s*[\"']?#([\w:.-]+)[\"']?\s*\)")
_PIXELS = re.compile(rf"{NUMBER}(?:px)?", re.ASCII)
_PLAIN = re.compile(r"(?!inherit|revert|initial|unset)[\w.,%#()+ '\"-]*\Z")
_MOVE = re.compile(r"translate\(\s*(-?[\d.]+)\s*(?:[\s,]\s*(-?[\d.]+)\s*)?\)")
_BOX = re.compile(r"<svg[^<>]*\sviewBox=\"-?[\d.]+ -?[\d.]+ ([\d.]+) ([\d.]+)\"")
_INKS = ("#000000", "#ffffff")
MARGIN = 12.0
MEASURED, DRAWN = 17, 16  # the size of letters: a font that is a little wider does not leave its box either
_SMALLEST = 12.0
_LARGEST = 20_000


class Palette(NamedTuple):
    """The colours of a picture: its ground, text, lines, boxes, groups, notes, and what tells the parts of a series apart."""

    paper: str
    ink: str
    line: str
    fill: str
    edge: str
    group: str
    group_edge: str
    note: str
    note_edge: str
    series: tuple[str, ...]


class Picture(NamedTuple):
    """An SVG drawing with its size in pixels."""

    svg: str
    width: int
    height: int


def is_of_a_size(svg: str) -> bool:
    """Whether a drawing says how large it is, and is neither empty nor larger than a wall."""
    found = _BOX.search(svg)
    return found is not None and all(0 < float(side) < _LARGEST for side in found.groups())


def redrawn(svg: str, palette: Palette, lines: Iterable[str] = ()) -> Picture:
    """The drawing with its style sheets written on its elements, on paper with a margin. `lines` say what it shows."""
    if "<!DOCTYPE" in svg or "<!ENTITY" in svg:
        raise ValueError(svg[:60])
    root = ElementTree.fromstring(svg)  # noqa: S314  # without document type: nothing in it expands
    left, top, width, height = (float(part) for part in root.get("viewBox", "").split())
    content = _Redrawing(palette, root).element(root, ())
    left, top, width, height = left - MARGIN, top - MARGIN, width + 2 * MARGIN, height + 2 * MARGIN
    picture = Picture("", round(width), round(height))
    new = Element("svg", xmlns="http://www.w3.org/2000/svg", width=str(picture.width), height=str(picture.height))
    new.set("viewBox", f"{left:g} {top:g} {width:g} {height:g}")
    description = Element("desc")
    description.text = "\n".join(" ".join(line.split()) for line in lines)
    place = {"x": f"{left:g}", "y": f"{top:g}", "width": f"{width:g}", "height": f"{height:g}"}
    new.extend([description, Element("rect", {**place, "rx": "6", "fill": palette.paper})])
    if content is not None:
        _drop_markers(content)
        new.append(content)
    return picture._replace(svg=ElementTree.tostring(new, encoding="unicode") + "\n")


class _Redrawing:
    def __init__(self, palette: Palette, root: Element) -> None:
        self.palette = palette
        self.rules = rules_of(" ".join(element.text or "" for element in root.iter() if _name(element) == "style"))
        self.named = {element.get("id", ""): element for element in root.iter()}
        self.candidates: dict[tuple[str, str], list[Rule]] = {}

    def element(self, old: Element, above: tuple[Element, ...]) -> Element | None:
        """An element with all in it; None where it draws nothing."""
        tag = _name(old)
        name = _GROUPS.get(tag, tag)
        if tag == "use":
            return self._used(old, above)
        looks = looks_of(old, above, self._rules(tag, old)) if name in _KEPT else {"display": "none"}
        if looks.pop("display", "") == "none" or looks.get("visibility") == "hidden" or looks.get("opacity") == "0":
            return None
        new = Element(name, {place: _short(old.attrib[place]) for place in old.attrib if place in _PLACES})
        if tag == "svg":
            new.attrib.clear()
        new.attrib.update(self._looks(looks))
        if name == "marker":
            new.set("id", old.get("id", ""))
        if name in ("text", "tspan"):
            new.text = old.text
        for child in old:
            unused = tag == "defs" and _name(child) != "marker"  # it is drawn where it is used
            kept = None if unused else self.element(child, (*above, old))
            if kept is not None:
                kept.tail = child.tail if name in ("text", "tspan") else None
                new.append(kept)
        if name in ("g", "defs") and not len(new):
            return None
        _mend(old, new, self.palette)
        return new

    def _rules(self, tag: str, element: Element) -> Sequence[Rule]:
        """The rules whose last step may ask for such an element."""
        key = tag, element.get("class", "")
        if key not in self.candidates:
            self.candidates[key] = [rule for rule in self.rules if rule.may_be(*key)]
        return self.candidates[key]

    def _used(self, old: Element, above: tuple[Element, ...]) -> Element | None:
        """What an element elsewhere draws, drawn here."""
        address = old.get("href") or old.get("{http://www.w3.org/1999/xlink}href") or ""
        other = self.named.get(address.removeprefix("#"))
        if other is None or any(_name(element) == "use" for element in other.iter()):
            return None
        new = self.element(other, (*above, old))
        if new is not None:
            new.set("transform", f"translate({_short(old.get('x', '0'))},{_short(old.get('y', '0'))})")
        return new

    def _looks(self, looks: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        for name, value in sorted(looks.items()):
            if name in ("fill", "stroke"):
                yield name, self._colour(name, value)
            elif name.startswith("marker-"):
                if found := _MARKER.fullmatch(value):
                    yield name, f"url(#{found[1]})"
            elif name == "font-size" and (size := _PIXELS.fullmatch(value)):
                yield name, f"{max(float(size[1]) * DRAWN / MEASURED, _SMALLEST):.4g}"
            elif _PLAIN.match(value):
                yield name, value.removesuffix("px")

    def _colour(self, name: str, value: str) -> str:
        if value in ("none", "transparent"):
            return "none"
        if value.startswith("url("):
            return self.palette.edge if name == "stroke" else self.palette.fill
        return as_hex(value) or self.palette.ink


def _mend(old: Element, new: Element, palette: Palette) -> None:
    """What the engine gets wrong where labels are text: where they stand, and whether they can be read."""
    marks = old.get("class", "").split()
    if "background" in marks:
        new.attrib.pop("opacity", None)  # no line goes through words
        new.set("fill", palette.paper)
    elif "statediagram-state" in marks:
        for label in (child for child in new if child.tag == "g" and not child.findall(".//rect")):
            if moved := _MOVE.fullmatch(label.get("transform", "")):
                label.attrib.update({"transform": f"translate(0,{moved[2] or 0})", "text-anchor": "middle"})
    elif (
        len(new) == 2
        and old[0].get("class") == "background"
        and (moved := _MOVE.fullmatch(new[1].get("transform", "")))
    ):
        new[1].set("transform", f"translate({moved[1]},2)")
    if "node" in marks or "cluster" in marks:
        _make_readable(new, palette)


def _make_readable(box: Element, palette: Palette) -> None:
    """On a colour that its author chose, text is dark or light."""
    fills = (shape.get("fill", "") for shape in box.iter() if shape.tag in _SHAPES)
    ground = next((fill for fill in fills if fill[:1] == "#"), "")
    for text in box.iter("text") if ground else ():
        ink = text.get("fill", palette.ink)
        if ink[:1] != "#" or contrast(ground, ink) < TEXT:
            best = max(_INKS, key=lambda colour: contrast(ground, colour))
            for part in text.iter():
                part.set("fill", best)


def _drop_markers(root: Element) -> None:
    """Take out the arrowheads that nothing wears."""
    worn = {value for element in root.iter() for name, value in element.attrib.items() if name.startswith("marker-")}
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "marker" and f"url(#{child.get('id')})" not in worn:
                parent.remove(child)


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _short(value: str) -> str:
    return _LONG.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
