"""MF-JSON: every trajectory as a moving point."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from journey.export.features import TRAJECTORY, bounds

if TYPE_CHECKING:
    from journey.export.content import Content
    from journey.export.features import Feature

CRS = {"type": "Name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}
TRS = {"type": "Name", "properties": {"name": "urn:ogc:data:time:iso8601"}}
KILOMETRE = "KMT"
"""Its common code by UN/CEFACT, which the standard asks for."""


def to_mfjson(content: Content) -> str:
    """Write OGC Moving Features JSON.

    Parameters
    ----------
    content : Content
        What to write.

    Returns
    -------
    str
        A FeatureCollection by OGC 19-045r3, in the encoding *Prism*: of each trajectory a
        MovingPoint, linear between its positions, and kilometre, event and station at each event
        as its temporal properties. What is known of the whole stands in its member ``about``.
    """
    trajectories = content.of(TRAJECTORY)
    head = {
        "type": "FeatureCollection",
        "label": content.name,
        "about": content.about,
        "crs": CRS,
        "trs": TRS,
        "bbox": bounds(trajectories),
        "time": [min(each.span[0] for each in trajectories), max(e.span[1] for e in trajectories)],
    }
    features = ",\n".join(_dumped(_moving(each)) for each in trajectories)
    return f'{_dumped(head)[:-1]}, "features": [\n{features}\n]}}\n'


def _moving(trajectory: Feature) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": trajectory.id,
        "properties": {"trajectory": trajectory.id, **trajectory.properties},
        "crs": CRS,
        "trs": TRS,
        "bbox": bounds([trajectory]),
        "time": list(trajectory.span),
        "temporalGeometry": {
            "type": "MovingPoint",
            "datetimes": trajectory.times,
            "coordinates": trajectory.parts[0],
            "interpolation": "Linear",
        },
        "temporalProperties": [_at_events(trajectory)],
    }


def _at_events(trajectory: Feature) -> dict[str, Any]:
    passages = trajectory.passages
    return {
        "datetimes": [trajectory.times[each.position] for each in passages],
        "km": {
            "type": "Measure",
            "form": KILOMETRE,
            "values": [each.km for each in passages],
            "interpolation": "Linear",
        },
        "event": _text([each.event for each in passages]),
        "station": _text([each.station for each in passages]),
    }


def _text(values: list[str]) -> dict[str, Any]:
    return {"type": "Text", "values": values, "interpolation": "Discrete"}


def _dumped(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
