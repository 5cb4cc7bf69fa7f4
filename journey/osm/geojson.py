"""Reading GeoJSON of a railway: of overpass turbo, osmtogeojson, or GDAL's ogr2ogr."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from journey.errors import InputError
from journey.osm.meetings import meetings_of
from journey.osm.raw import (
    Extract,
    Places,
    Spot,
    Tags,
    WayList,
    cleaned,
    is_station,
    is_stop,
    middle,
)
from journey.osm.vertices import EASTERNMOST_DEG, NORTHERNMOST_DEG, Drawn, Vertices, node_at

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from journey.osm.tags import Selection

Place = tuple[float, float]
OTHER_TAG = re.compile(r'"((?:[^"\\]|\\.)*)"=>"((?:[^"\\]|\\.)*)"')
NUMBER = re.compile(r"(?:(node|way|relation)/)?(-?\d{1,18})")


def read_geojson(content: Mapping[str, Any], selection: Selection, path: Path) -> Extract:
    """Read GeoJSON: lines are joined where they have a vertex in common.

    Not so where one passes over the other: see `journey.osm.vertices.Vertices`.

    Parameters
    ----------
    content : mapping
        The JSON document; its ``features`` is a list. Tags are the properties, those of
        osmtogeojson within ``tags`` too, and those of ogr2ogr within ``other_tags``.
    selection : Selection
        Which tracks to take.
    path : Path
        The file, for messages.

    Raises
    ------
    InputError
        If a place is none on the Earth, such as where longitude and latitude are swapped.
    """
    found = _Features(WayList(selection), path)
    for number, feature in enumerate(content["features"], start=1):
        found.add(number, feature)
    return found.extract(str(content.get("timestamp") or ""))


@dataclass
class _Features:
    """Features taken one by one."""

    ways: WayList
    path: Path
    lines: list[Drawn] = field(default_factory=list)
    marks: dict[int, Tags] = field(default_factory=dict)
    spots: list[Spot] = field(default_factory=list)

    def add(self, number: int, feature: object) -> None:
        """Take a feature."""
        geometry = feature.get("geometry") if isinstance(feature, dict) else None
        if not isinstance(feature, dict) or not isinstance(geometry, dict):
            self.ways.counts["objects_damaged"] += 1
            return
        form, id_ = _number(feature, number)
        tags = _tags(feature.get("properties"))
        shape = str(geometry.get("type"))
        runs = self._runs(shape, geometry.get("coordinates"), number)
        if not runs:
            self.ways.counts["objects_damaged"] += 1
        elif is_station(tags) or shape == "Point":
            area = () if shape == "Point" else tuple(map(tuple, runs))
            self._take_point(Spot(form or "node", id_, *_middle(runs), tags, area))
        elif shape in {"LineString", "MultiLineString"} and self.ways.wants(tags):
            self.lines += [Drawn(id_, tuple(run), tags) for run in runs]

    def extract(self, date: str) -> Extract:
        """Put all together."""
        vertices = Vertices()
        for line in self.lines:
            vertices.see(line)
        for line in self.lines:
            self.ways.add(line.id, vertices.nodes(line), line.tags)
        ways = self.ways.gathered()
        on_tracks = set(ways.node.tolist())
        return Extract(
            places=Places.of({id_: vertices.places[id_] for id_ in on_tracks}),
            ways=ways,
            marks={id_: tags for id_, tags in self.marks.items() if id_ in on_tracks},
            spots=tuple(self.spots),
            lines=(),
            meetings=meetings_of(ways, self.ways.aside, self.marks),
            prefix="p",
            date=date,
            counts=self.ways.counts,
        )

    def _take_point(self, spot: Spot) -> None:
        if is_station(spot.tags) or is_stop(spot.tags):
            self.spots.append(spot)
        if "railway" in spot.tags:
            self.marks[node_at(spot.lon, spot.lat)] = spot.tags

    def _runs(self, shape: str, coordinates: object, number: int) -> list[list[Place]]:
        """Runs of places of a geometry; none where it has no places."""
        match shape:
            case "Point":
                runs: object = [[coordinates]]
            case "LineString" | "MultiPoint":
                runs = [coordinates]
            case "MultiLineString" | "Polygon":
                runs = coordinates
            case "MultiPolygon":
                runs = [ring for area in _listed(coordinates) for ring in _listed(area)]
            case _:
                runs = []
        places = ([self._place(pair, number) for pair in _listed(run)] for run in _listed(runs))
        return [run for run in places if run]

    def _place(self, pair: object, number: int) -> Place:
        try:
            lon, lat = float(pair[0]), float(pair[1])  # type: ignore[index]
        except (ArithmeticError, LookupError, TypeError, ValueError):
            raise InputError(
                f"{self.path}: feature {number}: expected places as [longitude, latitude]"
            ) from None
        if abs(lat) <= NORTHERNMOST_DEG and abs(lon) <= EASTERNMOST_DEG:
            return lon, lat
        swapped = abs(lat) <= EASTERNMOST_DEG and abs(lon) <= NORTHERNMOST_DEG
        remedy = (
            "longitude and latitude look swapped: GeoJSON has longitude first"
            if swapped
            else "write the file in WGS 84 (ogr2ogr -t_srs EPSG:4326)"
        )
        raise InputError(
            f"{self.path}: feature {number}: no place at {lon:.7g}, {lat:.7g}; {remedy}"
        )


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _middle(runs: list[list[Place]]) -> Place:
    return middle([tuple(run) for run in runs]) or runs[0][0]


def _number(feature: Mapping[str, Any], number: int) -> tuple[str, int]:
    """What an object is in OpenStreetMap, and its number there; else its place in the file."""
    properties = feature.get("properties")
    about = properties if isinstance(properties, dict) else {}
    for given in (about.get("@id"), feature.get("id"), about.get("id"), about.get("osm_id")):
        if match := NUMBER.fullmatch(str(given)):
            return match[1] or "", int(match[2])
    return "", number


def _tags(properties: object) -> Tags:
    if not isinstance(properties, dict):
        return {}
    inner = properties.get("tags")
    others = OTHER_TAG.findall(str(properties.get("other_tags") or ""))
    every = {
        **{key: value.replace('\\"', '"').replace("\\\\", "\\") for key, value in others},
        **(inner if isinstance(inner, dict) else {}),
        **properties,
    }
    return cleaned({key: value for key, value in every.items()
                    if value is not None and not isinstance(value, dict | list)})  # fmt: skip
