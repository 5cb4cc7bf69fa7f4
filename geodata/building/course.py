"""The course of each section: nodes, station points and bent lines put together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from building.planar import Plane, Points, bend, geodesic_m, places

if TYPE_CHECKING:
    from collections.abc import Iterable

    from building.sources import Plan, Row, Sources

ON_TRACK_M = 100.0
"""A station point nearer than this to the line is a platform or building beside the track."""

OWN_TRACK_M = 3_000.0
"""A station point further than this from the line belongs to another one, or is wrong."""

FLAT_SHARE = 0.2
"""A point beside the line is taken for a bend of the track, not for a point of another one, if
the way through it is longer by less than this share, or by less than it lies off."""

DENSEST_M = 150.0
"""Nodes closer together are points and parallel tracks of one station."""

DISTINCT_M = 5.0
"""Vertices closer together than this are one."""

LONGEST_SHARE, MOST_PASSES = 0.995, 40
"""Natural Earth is smoothed until no section is longer than this share of its official length: the
noise of its vertices would otherwise make straight track longer than it is."""


def passed_stations(plan: Plan, sources: Sources) -> list[tuple[Row, float]]:
    """Stations between the ends of a section with their km from its start, in order."""
    table = plan.attributes["table"]
    if not table:
        return []
    found = [
        (row, plan.km_from_start(row.km))
        for row in sources.rows
        if row.line == table and row.km is not None
    ]
    inside = [(row, km) for row, km in found if 0 < km < plan.length_km]
    return sorted(inside, key=lambda item: item[1])


def geometry(plan: Plan, sources: Sources, *, every: int = 1, points: bool = True) -> Points:
    """Lay the line of a section, longitudes and latitudes to 5 decimals.

    Parameters
    ----------
    plan, sources
        The section and what it is made from.
    every : int
        Use every so many of the nodes only; more than 1 to measure the error at the others.
    points : bool
        Whether OSM station points count as nodes.
    """
    ends = [sources.places[plan.attributes[side]] for side in ("start", "end")]
    nodes = [sources.osm_nodes[node] for node in plan.osm_nodes] or list(plan.drawn)
    lonlat = np.array([ends[0], *nodes[::every], ends[1]])
    plane = Plane.about(lonlat)
    xy = _thinned(plane.to_xy(lonlat))
    if points:
        xy = _through_stations(xy, plane, plan, [row for row, _ in passed_stations(plan, sources)])
    if not plan.natural_earth:
        return _rounded(plane, xy)
    dense = _distinct(plane.to_xy(np.concatenate(list(_pieces(plan, sources)))))
    for passes in range(MOST_PASSES):
        line = _rounded(plane, bend(_smoothed(dense, passes), xy))
        if geodesic_m(line)[-1] <= LONGEST_SHARE * plan.length_km * 1000:
            break
    return line


def _rounded(plane: Plane, xy: Points) -> Points:
    return np.round(plane.to_lonlat(_distinct(xy)), 5)


def _smoothed(xy: Points, passes: int) -> Points:
    """Average each vertex with its neighbours (1:2:1), the ends apart."""
    for _ in range(passes):
        xy = np.concatenate([xy[:1], (xy[:-2] + 2 * xy[1:-1] + xy[2:]) / 4, xy[-1:]])
    return xy


def _pieces(plan: Plan, sources: Sources) -> Iterable[Points]:
    for line, first, last in plan.natural_earth:
        step = 1 if last >= first else -1
        yield sources.natural_earth[line][np.arange(first, last + step, step)]


def _distinct(xy: Points) -> Points:
    """Leave out vertices that are all but the same as the one before."""
    kept = [0]
    for k in range(1, len(xy)):
        if np.hypot(*(xy[k] - xy[kept[-1]])) > DISTINCT_M:
            kept.append(k)
    kept[-1] = len(xy) - 1
    return xy[kept]


def _thinned(xy: Points) -> Points:
    kept = [0]
    for k in range(1, len(xy) - 1):
        near_end = np.hypot(*(xy[k] - xy[-1])) < DENSEST_M
        if np.hypot(*(xy[k] - xy[kept[-1]])) >= DENSEST_M and not near_end:
            kept.append(k)
    return xy[[*kept, len(xy) - 1]]


def _through_stations(xy: Points, plane: Plane, plan: Plan, rows: list[Row]) -> Points:
    """Lead a line of sparse nodes through the station points beside it."""
    for row in rows:
        if row.point is None or row.quality != "station" or row.id in plan.not_through:
            continue
        point = plane.to_xy(np.array([row.point]))[0]
        legs = np.hypot(*(xy - point).T)
        detours = legs[:-1] + legs[1:] - np.hypot(*np.diff(xy, axis=0).T)
        k = int(np.argmin(detours))
        offset = places(xy, point)[0].offset_m
        flat = detours[k] <= max(offset, FLAT_SHARE * (legs[k] + legs[k + 1]))
        near = ON_TRACK_M < offset < OWN_TRACK_M and legs.min() > DENSEST_M
        if near and (flat or row.id in plan.through):
            xy = np.insert(xy, k + 1, point, axis=0)
    return xy
