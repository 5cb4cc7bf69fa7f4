"""GPX: a waypoint for each station, a track for each trajectory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.export.features import TIMING_POINT, TRAJECTORY, bounds
from journey.export.xml_tree import Element, add, degrees, document

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.export.content import Content
    from journey.export.features import Feature

NAMESPACE = "http://www.topografix.com/GPX/1/1"
SCHEMA = f"{NAMESPACE} http://www.topografix.com/GPX/1/1/gpx.xsd"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"


def to_gpx(content: Content) -> str:
    """Write GPX 1.1.

    Parameters
    ----------
    content : Content
        What to write.

    Returns
    -------
    str
        Stations as waypoints, with their windows in all views as text, in order along the way;
        then a track for each trajectory, with times in UTC. Reports have no place in it.
    """
    root = Element("gpx", {"version": "1.1", "creator": content.about["program"]})
    root.set("xmlns", NAMESPACE)
    root.set("xmlns:xsi", INSTANCE)
    root.set("xsi:schemaLocation", SCHEMA)
    _add_metadata(root, content)
    for here in _stations(content.of(TIMING_POINT)):
        _add_waypoint(root, here)
    for number, trajectory in enumerate(content.of(TRAJECTORY), start=1):
        _add_track(root, trajectory, number, content)
    return document(root)


def _add_metadata(root: Element, content: Content) -> None:
    about = content.about
    metadata = add(root, "metadata")
    add(metadata, "name", content.name)
    add(metadata, "desc", "\n".join(content.lines))
    rights = add(metadata, "copyright", author="; ".join(e["text"] for e in about["attribution"]))
    add(rights, "license", about["licence"]["url"])
    for each in about["attribution"]:
        add(add(metadata, "link", href=each["url"]), "text", each["text"])
    names = ("minlon", "minlat", "maxlon", "maxlat")
    corners = bounds((*content.of(TIMING_POINT), *content.of(TRAJECTORY)))
    add(metadata, "bounds", **dict(zip(names, map(degrees, corners), strict=True)))


def _stations(points: Iterable[Feature]) -> Iterable[list[Feature]]:
    """Events at one station and one kilometre together, in order along the way."""
    together: dict[tuple[object, ...], list[Feature]] = {}
    for point in points:
        place = (point.properties["km"], point.properties["station"])
        together.setdefault(place, []).append(point)
    return (together[place] for place in sorted(together, key=lambda each: float(str(each[0]))))


def _add_waypoint(root: Element, here: list[Feature]) -> None:
    about = here[0].properties
    ((lon, lat),) = here[0].parts[0]
    waypoint = add(root, "wpt", lat=degrees(lat), lon=degrees(lon))
    add(waypoint, "name", str(about["name"]))
    add(waypoint, "cmt", f"km {about['km']}")
    add(waypoint, "desc", "\n".join(map(_window, here)))
    add(waypoint, "type", "station")


def _window(point: Feature) -> str:
    """``headline: pass from … to …, central …``."""
    said = point.properties
    bounds_ = f"from {said['earliest']} to {said['latest']}, central {said['central']}"
    return f"{said['basis']}: {said['event']} {bounds_}"


def _add_track(root: Element, trajectory: Feature, number: int, content: Content) -> None:
    track = add(root, "trk")
    add(track, "name", f"{content.name}: {trajectory.title}")
    add(track, "desc", str(trajectory.properties["meaning"]))
    add(track, "src", f"simulated by {content.about['program']}")
    add(track, "number", str(number))
    add(track, "type", "train")
    segment = add(track, "trkseg")
    for (lon, lat), time in zip(trajectory.parts[0], trajectory.times, strict=True):
        add(add(segment, "trkpt", lat=degrees(lat), lon=degrees(lon)), "time", time)
