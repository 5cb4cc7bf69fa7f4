"""KML: folders of views, with windows as time spans and trajectories as tracks."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from journey.export.features import REPORT, ROUTE, TIMING_POINT, TRAJECTORY
from journey.export.kml_styles import add_styles, style_of
from journey.export.xml_tree import Element, add, degrees, document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from journey.export.content import Content
    from journey.export.features import Feature, Places

NAMESPACE = "http://www.opengis.net/kml/2.2"
EXTENSIONS = "http://www.google.com/kml/ext/2.2"
FOLDERS = {TIMING_POINT: "Timing points", TRAJECTORY: "Trajectories"}


def to_kml(content: Content) -> str:
    """Write KML 2.2, with the tracks of Google's extension of it.

    Parameters
    ----------
    content : Content
        What to write.

    Returns
    -------
    str
        A folder for each view: its route, its timing points, each with its window as TimeSpan, and
        its trajectories, each a ``gx:Track``; then a folder of reports. Descriptions are shown as
        HTML by some programs: what they say is escaped for that too.
    """
    root = Element("kml", {"xmlns": NAMESPACE, "xmlns:gx": EXTENSIONS})
    whole = add(root, "Document")
    add(whole, "name", content.name)
    add(whole, "open", "1")
    add(whole, "Snippet", maxLines="0")
    add(whole, "description", as_html(content.lines))
    add_styles(whole)
    _add_data(whole, _made(content))
    for basis in content.bases:
        _add_view(whole, content, basis)
    if reports := content.of(REPORT):
        _add_folder(whole, "Reports", reports)
    return document(root)


def as_html(lines: Iterable[str]) -> str:
    """Lines as HTML that shows them as they are.

    Google Earth puts values in the place of ``$[name]``; there is none in what is written here.

    Examples
    --------
    >>> as_html(["<b> & $[id]", "next"])
    '&lt;b&gt; &amp; &#36;[id]<br/>next'
    """
    return "<br/>".join(escape(line).replace("$[", "&#36;[") for line in lines)


def _made(content: Content) -> dict[str, object]:
    about = content.about
    said = {
        key: about[key] for key in ("schema", "scenario", "program", "dataset", "draws", "seed")
    }
    rights = "; ".join(each["text"] for each in about["attribution"])
    return {**said, "licence": about["licence"]["url"], "attribution": rights}


def _add_view(parent: Element, content: Content, basis: str) -> None:
    folder = add(parent, "Folder")
    add(folder, "name", basis.capitalize())
    add(folder, "open", "1")
    for route in content.of(ROUTE, basis):
        _add_placemark(folder, route)
    for kind, name in FOLDERS.items():
        _add_folder(folder, name, content.of(kind, basis))


def _add_folder(parent: Element, name: str, features: Iterable[Feature]) -> None:
    folder = add(parent, "Folder")
    add(folder, "name", name)
    for feature in features:
        _add_placemark(folder, feature)


def _add_placemark(parent: Element, feature: Feature) -> None:
    placemark = add(parent, "Placemark", id=feature.id)
    add(placemark, "name", feature.title)
    add(placemark, "Snippet", maxLines="0")
    said = _said(feature)
    facts = (f"{key}: {value}" for key, value in said.items())
    add(placemark, "description", as_html([feature.title, *facts]))
    if feature.span and feature.kind != TRAJECTORY:
        span = add(placemark, "TimeSpan")
        for name, moment in zip(("begin", "end"), feature.span, strict=True):
            add(span, name, moment)
    add(placemark, "styleUrl", f"#{style_of(feature)}")
    _add_data(placemark, said)
    _add_geometry(placemark, feature)


def _said(feature: Feature) -> dict[str, object]:
    """What is said of a feature; its name is called a place, or readers take it for the title."""
    renamed = {"name": "place"}
    properties = feature.properties.items()
    return {renamed.get(key, key): value for key, value in properties if value is not None}


def _add_data(parent: Element, said: Mapping[str, object]) -> None:
    data = add(parent, "ExtendedData")
    for key, value in said.items():
        add(add(data, "Data", name=key), "value", str(value))


def _add_geometry(placemark: Element, feature: Feature) -> None:
    if feature.kind == TRAJECTORY:
        _add_track(placemark, feature)
        return
    several = len(feature.parts) > 1
    parent = add(placemark, "MultiGeometry") if several else placemark
    for part in feature.parts:
        _add_part(parent, part)


def _add_part(parent: Element, part: Places) -> None:
    line = len(part) > 1
    shape = add(parent, "LineString" if line else "Point")
    if line:
        add(shape, "tessellate", "1")
    add(shape, "coordinates", " ".join(f"{degrees(lon)},{degrees(lat)}" for lon, lat in part))


def _add_track(placemark: Element, trajectory: Feature) -> None:
    track = add(placemark, "gx:Track")
    for time in trajectory.times:
        add(track, "when", time)
    for lon, lat in trajectory.parts[0]:
        add(track, "gx:coord", f"{degrees(lon)} {degrees(lat)} 0")
