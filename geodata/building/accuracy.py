"""How far the built track lies from accurate points that were kept out of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from building.course import geometry, passed_stations
from building.planar import Plane, Points, places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from building.sources import Plan, Sources

FURTHEST_M = 4_000.0
"""A station point further off than this says more about the point than about the track."""


class Error(NamedTuple):
    """Distances of left-out points from the track: their number, median and 95 %, m."""

    number: int
    median_m: float
    p95_m: float


def nodes_left_out(plans: list[Plan], sources: Sources) -> Error:
    """Distance of every second OSM node from the line made of the others."""
    return _error(
        _offsets(
            geometry(plan, sources, every=2, points=False),
            [sources.osm_nodes[node] for node in plan.osm_nodes[1::2]],
        )
        for plan in plans
    )


def stations_left_out(plans: list[Plan], sources: Sources) -> Error:
    """Distance of the OSM station points from the line made without them."""
    return _error(
        _offsets(
            geometry(plan, sources, points=False),
            [
                row.point
                for row, _ in passed_stations(plan, sources)
                if row.point is not None and row.source.startswith("OpenStreetMap")
            ],
        )
        for plan in plans
    )


def _offsets(line: Points, points: list[tuple[float, float]]) -> list[float]:
    if not points:
        return []
    plane = Plane.about(line)
    xy = plane.to_xy(line)
    found = [places(xy, point)[0].offset_m for point in plane.to_xy(np.array(points))]
    return [offset for offset in found if offset < FURTHEST_M]


def _error(offsets: Iterable[list[float]]) -> Error:
    every = np.concatenate([np.array(part) for part in offsets])
    return Error(len(every), float(np.median(every)), float(np.percentile(every, 95)))
