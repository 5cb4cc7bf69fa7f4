"""Reading what Overpass answers: ``out geom``, or ``out body; >; out skel qt``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from journey.osm.meetings import meetings_of
from journey.osm.raw import (
    Extract,
    LineRelation,
    Places,
    Run,
    Spot,
    Tags,
    WayList,
    cleaned,
    is_station,
    is_stop,
    middle,
)
from journey.osm.tags import LINE_ROUTES
from journey.osm.vertices import EASTERNMOST_DEG, NORTHERNMOST_DEG

if TYPE_CHECKING:
    from collections.abc import Mapping

    from journey.osm.tags import Selection

Place = tuple[float, float]
DIGITS = 7
"""OpenStreetMap keeps places to seven decimals of a degree, a centimetre."""
NOTHING: tuple[object, ...] = (None, [], {})
TYPES = ("node", "way", "relation")
LARGEST_NUMBER = 1 << 62


def read_overpass(answer: Mapping[str, Any], selection: Selection) -> Extract:
    """Read an answer of Overpass.

    An object may come several times, with its tags, its geometry or both; elements that lack
    their number or their place are counted.

    Parameters
    ----------
    answer : mapping
        The JSON document; its ``elements`` is a list.
    selection : Selection
        Which tracks to take.
    """
    found = _Elements(WayList(selection))
    for element in answer["elements"]:
        found.add(element)
    if "error" in str(answer.get("remark", "")):
        found.ways.counts["broken_off"] += 1
    base = answer.get("osm3s")
    date = base.get("timestamp_osm_base", "") if isinstance(base, dict) else ""
    return found.extract(str(date))


@dataclass
class _Elements:
    """Elements by type and number, the parts of each put together."""

    ways: WayList
    elements: dict[tuple[str, int], dict[str, Any]] = field(default_factory=dict)
    places: dict[int, Place] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)
    lines: list[LineRelation] = field(default_factory=list)

    def add(self, element: object) -> None:
        """Add an element, or another part of one."""
        if (
            not isinstance(element, dict)
            or not _is_number(element.get("id"))
            or (element.get("type") not in TYPES)
        ):
            self.ways.counts["objects_damaged"] += 1
            return
        known = self.elements.setdefault((element["type"], element["id"]), {})
        known.update({key: value for key, value in element.items() if value not in NOTHING})

    def extract(self, date: str) -> Extract:
        """Put all together."""
        for (form, id_), element in sorted(self.elements.items()):
            if form == "node" and (place := _place(element)):
                self.places[id_] = place
            elif form == "way":
                self._place_corners(element)
        for (form, id_), element in sorted(self.elements.items()):
            self._take(form, id_, element, _tags(element))
        marks = {id_: _tags(element) for (form, id_), element in self.elements.items()
                 if form == "node" and "railway" in _tags(element)}  # fmt: skip
        ways = self.ways.gathered()
        on_tracks = set(ways.node.tolist())
        return Extract(
            places=Places.of({id_: at for id_, at in self.places.items() if id_ in on_tracks}),
            ways=ways,
            marks={id_: tags for id_, tags in marks.items() if id_ in on_tracks},
            spots=tuple(self.spots),
            lines=tuple(self.lines),
            meetings=meetings_of(ways, self.ways.aside, marks),
            prefix="n",
            date=date,
            counts=self.ways.counts,
        )

    def _place_corners(self, way: Mapping[str, Any]) -> None:
        """Place the nodes of a way that brings its geometry along."""
        nodes, corners = way.get("nodes"), way.get("geometry")
        if isinstance(nodes, list) and isinstance(corners, list) and len(nodes) == len(corners):
            for node, corner in zip(nodes, corners, strict=True):
                if _is_number(node) and (place := _place(corner)):
                    self.places.setdefault(node, place)

    def _take(self, form: str, id_: int, element: Mapping[str, Any], tags: Tags) -> None:
        if is_station(tags) or (form == "node" and is_stop(tags)):
            outline = self._outline(form, id_, element)
            place = _place(element.get("center")) or middle(outline)
            if place is None:
                self.ways.counts["objects_damaged"] += 1
            else:
                area = outline if form != "node" else ()
                self.spots.append(Spot(form, id_, *place, tags, area))
        elif form == "way" and "railway" in tags and self.ways.wants(tags):
            self._take_way(id_, element, tags)
        elif form == "relation" and tags.get("route") in LINE_ROUTES:
            ways = tuple(ref for kind, ref in _members(element) if kind == "way")
            self.lines.append(LineRelation(id_, tags, ways))

    def _take_way(self, id_: int, element: Mapping[str, Any], tags: Tags) -> None:
        nodes = element.get("nodes")
        if isinstance(nodes, list) and all(map(_is_number, nodes)):
            self.ways.add(id_, nodes, tags)
        else:
            self.ways.counts["objects_damaged"] += 1

    def _outline(self, form: str, id_: int, element: Mapping[str, Any]) -> tuple[Run, ...]:
        """Runs of places of a way or a relation, else the box around it; the place of a node."""
        whole = self._runs(form, id_)
        bounds = element.get("bounds")
        if whole or not isinstance(bounds, dict):
            return whole
        sides = [("minlon", "minlat"), ("maxlon", "minlat"), ("maxlon", "maxlat"),
                 ("minlon", "maxlat")]  # fmt: skip
        corners = [_place({"lon": bounds.get(lon), "lat": bounds.get(lat)}) for lon, lat in sides]
        box = tuple(corner for corner in corners if corner)
        return ((*box, box[0]),) if box else ()

    def _runs(self, form: str, id_: int) -> tuple[Run, ...]:
        element = self.elements.get((form, id_), {})
        if form == "relation":
            members = [one for one in _members(element) if one[0] in {"node", "way"}]
            return tuple(run for member in members for run in self._runs(*member))
        nodes = element.get("nodes") if form == "way" else [id_]
        listed = nodes if isinstance(nodes, list) else []
        run = tuple(self.places[node] for node in listed if node in self.places)
        return (run,) if run else ()


def _is_number(value: object) -> bool:
    return isinstance(value, int) and abs(value) < LARGEST_NUMBER


def _tags(element: Mapping[str, Any]) -> Tags:
    tags = element.get("tags")
    return cleaned(tags) if isinstance(tags, dict) else {}


def _members(element: Mapping[str, Any]) -> list[tuple[str, int]]:
    members = element.get("members")
    listed = members if isinstance(members, list) else []
    return [(str(one.get("type")), one["ref"]) for one in listed
            if isinstance(one, dict) and _is_number(one.get("ref"))]  # fmt: skip


def _place(about: object) -> Place | None:
    """Longitude and latitude that an element gives; None where it gives none."""
    if not isinstance(about, dict):
        return None
    lon, lat = about.get("lon"), about.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    if not (abs(lon) <= EASTERNMOST_DEG and abs(lat) <= NORTHERNMOST_DEG):
        return None
    return round(float(lon), DIGITS), round(float(lat), DIGITS)
