"""How diagrams in Mermaid look: the handbook's colours and letters under Mermaid's own names. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rutine.colours import palettes
from rutine.plain_drawing import MEASURED, Palette

FONTS = "Arial, Helvetica, 'Liberation Sans', Roboto, sans-serif"  # a picture can use none but the reader's own
_NAMES = {
    "paper": "background edgeLabelBackground pieStrokeColor pieOuterStrokeColor innerEndBackground altSectionBkgColor "
    "rowEven attributeBackgroundColorEven",
    "ink": "primaryTextColor secondaryTextColor tertiaryTextColor textColor titleColor nodeTextColor classText labelColor "
    "stateLabelColor actorTextColor signalTextColor labelTextColor loopTextColor noteTextColor taskTextColor "
    "taskTextOutsideColor taskTextLightColor taskTextDarkColor pieTitleTextColor pieSectionTextColor "
    "pieLegendTextColor transitionLabelColor errorTextColor sequenceNumberColor commitLabelColor tagLabelColor "
    "scaleLabelColor",
    "line": "lineColor signalColor arrowheadColor transitionColor defaultLinkColor specialStateColor "
    "relationColor personBorder",
    "fill": "primaryColor mainBkg nodeBkg actorBkg stateBkg labelBoxBkgColor taskBkgColor activeTaskBkgColor",
    "edge": "primaryBorderColor nodeBorder actorBorder stateBorder labelBoxBorderColor taskBorderColor "
    "activeTaskBorderColor",
    "group": "clusterBkg tertiaryColor altBackground compositeBackground compositeTitleBackground sectionBkgColor "
    "sectionBkgColor2 rowOdd attributeBackgroundColorOdd commitLabelBackground doneTaskBkgColor",
    "group_edge": "clusterBorder actorLineColor tertiaryBorderColor compositeBorder gridColor doneTaskBorderColor",
    "note": "noteBkgColor secondaryColor critBkgColor activationBkgColor tagLabelBackground",
    "note_edge": "noteBorderColor secondaryBorderColor critBorderColor activationBorderColor todayLineColor tagLabelBorder",
}
_OURS = (  # no author changes these within a diagram
    "secure securityLevel startOnLoad maxTextSize maxEdges theme themeCSS themeVariables look htmlLabels fontSize "
    "fontFamily altFontFamily darkMode"
).split()
_PARTS = 12  # of a series, as far as Mermaid counts


def palettes_of(colour: str) -> tuple[Palette, Palette]:
    """The colours of pictures, light and dark, made from the organisation's own as those of the pages are."""
    light, dark = (_palette(names) for names in palettes(colour))
    return light, dark


def _palette(names: Mapping[str, str]) -> Palette:
    return Palette(
        paper=names["ground"], ink=names["ink"], line=names["quiet"], fill=names["tint"], edge=names["link"],
        group=names["soft"], group_edge=names["edge"], note=names["care-tint"], note_edge=names["care"],
        series=tuple(names[name] for name in ("tint", "care-tint", "note-tint", "good-tint", "bad-tint", "soft")),
    )  # fmt: skip


def configuration(palette: Palette) -> dict[str, Any]:
    """What the engine is told of how a diagram looks."""
    return {
        "theme": "base", "look": "classic", "htmlLabels": False, "fontSize": MEASURED, "fontFamily": FONTS,
        "securityLevel": "strict", "secure": _OURS, "themeVariables": _variables(palette), "class": {"htmlLabels": False},
        "flowchart": {"htmlLabels": False, "wrappingWidth": 220, "subGraphTitleMargin": {"top": 4, "bottom": 8}},
        "gantt": {"leftPadding": 150, "fontSize": 13, "sectionFontSize": 14, "barHeight": 26, "axisFormat": "%d.%m."},
    }  # fmt: skip


def _variables(palette: Palette) -> dict[str, str]:
    found = {name: getattr(palette, role) for role, names in _NAMES.items() for name in names.split()}
    for index in range(_PARTS):
        colour = palette.series[index % len(palette.series)]
        found |= {
            f"cScale{index}": colour,
            f"pie{index + 1}": colour,
            f"fillType{index}": colour,
            f"git{index}": colour,
        }
        found |= {f"cScaleLabel{index}": palette.ink, f"gitBranchLabel{index}": palette.ink}
        found |= {f"cScalePeer{index}": palette.edge, f"cScaleInv{index}": palette.line, f"gitInv{index}": palette.line}
    return found | {"fontSize": f"{MEASURED}px", "fontFamily": FONTS, "pieOpacity": "1"}
