"""How Google Earth and its like draw what is in a KML file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from journey.export.features import REPORT, ROUTE, TIMING_POINT, TRAJECTORY
from journey.export.xml_tree import add

if TYPE_CHECKING:
    from journey.export.features import Feature
    from journey.export.xml_tree import Element

BALLOON = "$[description]"
"""The description alone: it has the name too, and what it says is escaped."""


class Style(NamedTuple):
    """Colour as alpha, blue, green and red, in hexadecimal, and the width of lines."""

    color: str
    width: str
    scale: str = "0.6"


STYLES = {
    ROUTE: Style("ff606060", "3"),
    TIMING_POINT: Style("ffb27200", "2"),
    REPORT: Style("ff005ed5", "6", "0.9"),
    f"{TRAJECTORY}-earliest": Style("ffe9b456", "3", "0.9"),
    f"{TRAJECTORY}-central": Style("ffb27200", "4", "1.1"),
    f"{TRAJECTORY}-latest": Style("ff00009f", "3", "0.9"),
}


def add_styles(parent: Element) -> None:
    """Put every style into a document."""
    for name, said in STYLES.items():
        style = add(parent, "Style", id=_id(name))
        icon = add(style, "IconStyle")
        add(icon, "color", said.color)
        add(icon, "scale", said.scale)
        label = add(style, "LabelStyle")
        add(label, "scale", said.scale)
        line = add(style, "LineStyle")
        add(line, "color", said.color)
        add(line, "width", said.width)
        add(add(style, "BalloonStyle"), "text", BALLOON)


def style_of(feature: Feature) -> str:
    """Id of the style of a feature."""
    moment = feature.properties.get("moment")
    return _id(f"{feature.kind}-{moment}" if moment else feature.kind)


def _id(name: str) -> str:
    return name.replace(" ", "-")
