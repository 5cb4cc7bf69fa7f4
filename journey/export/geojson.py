"""GeoJSON: one collection with every feature."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from journey.export.features import TRAJECTORY, bounds

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.export.content import Content
    from journey.export.features import Feature


def to_geojson(content: Content) -> str:
    """Write GeoJSON.

    Parameters
    ----------
    content : Content
        What to write.

    Returns
    -------
    str
        A FeatureCollection by RFC 7946: longitude before latitude (WGS 84), 7 decimals, no ``crs``.
        What is known of the whole stands in its member ``about``. A trajectory is a line whose
        property ``times`` has a time for each of its positions.
    """
    head = {
        "type": "FeatureCollection",
        "name": content.name,
        "about": content.about,
        "bbox": bounds(content.features),
    }
    return "\n".join(_lines(head, content.features)) + "\n"


def geometry_of(feature: Feature) -> dict[str, Any] | None:
    """The geometry of a feature as GeoJSON has it; None where it has none."""
    if not feature.parts:
        return None
    point = all(len(part) == 1 for part in feature.parts)
    shapes = [part[0] if point else part for part in feature.parts]
    kind = "Point" if point else "LineString"
    if len(shapes) == 1:
        return {"type": kind, "coordinates": shapes[0]}
    return {"type": f"Multi{kind}", "coordinates": shapes}


def _lines(head: dict[str, Any], features: Iterable[Feature]) -> Iterable[str]:
    """One line for each feature: a file that can be compared line by line."""
    yield f'{_dumped(head)[:-1]}, "features": ['
    yield ",\n".join(_dumped(_feature(each)) for each in features)
    yield "]}"


def _feature(feature: Feature) -> dict[str, Any]:
    properties: dict[str, Any] = dict(feature.properties)
    if feature.kind == TRAJECTORY:
        properties["times"] = feature.times
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": geometry_of(feature),
        "properties": properties,
    }


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
