"""Geometry of the map as text of SVG paths, which page and static drawing have in common."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
import shapely.geometry

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

BASE_STEPS = 1_000
"""Steps per degree of the base map: 110 m."""
TRACK_STEPS = 10_000
"""Steps per degree of the track: 11 m."""
BASE_OFF_DEG = 0.003
"""How far off the base map's own shapes it is drawn at most: 330 m."""
TRACK_OFF_DEG = 0.0003
"""How far off its own vertices the track of a long way is drawn at most: 33 m."""
LONG_KM = 300.0
"""A way as long as this or longer is a long one; of shorter ones a map shows more."""
FINEST = 1 / 6
"""The least share of that for a short way: half a step."""


def mercator_deg(lat: ArrayLike) -> NDArray[np.float64]:
    """Latitude in the projection of web maps, in degrees of the equator; it grows northwards."""
    radians = np.deg2rad(np.asarray(lat, dtype=np.float64))
    stretched: NDArray[np.float64] = np.rad2deg(np.arctanh(np.sin(radians)))
    return stretched


def off_track_deg(length_km: float) -> float:
    """How far off its own vertices the track of a way may be drawn, degrees of a meridian."""
    return TRACK_OFF_DEG * float(np.clip(length_km / LONG_KM, FINEST, 1.0))


def needed_vertices(
    chainage_m: NDArray[np.float64],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
    off_deg: float = TRACK_OFF_DEG,
) -> NDArray[np.intp]:
    """Numbers of the vertices of a track without which a chainage would lie elsewhere.

    The line is divided where the place of a chainage is farthest off, until none is off by more
    than `off_deg` (Meratnia and de By 2004, with chainage in the place of time).

    Parameters
    ----------
    chainage_m, lon, lat : ndarray, shape (n,)
        The vertices: chainage, m, strictly increasing, and degrees.
    off_deg : float
        How far off a place may be, degrees of a meridian.
    """
    places = np.column_stack([lon * np.cos(np.deg2rad(lat.mean())), lat])
    kept, parts = {0, len(lat) - 1}, [(0, len(lat) - 1)]
    while parts:
        first, last = parts.pop()
        between = slice(first, last + 1)
        share = (chainage_m[between] - chainage_m[first]) / (chainage_m[last] - chainage_m[first])
        straight = places[first] + share[:, None] * (places[last] - places[first])
        off = np.hypot(*(places[between] - straight).T)
        if off.max() > off_deg:
            worst = first + int(off.argmax())
            kept.add(worst)
            parts += [(first, worst), (worst, last)]
    return np.array(sorted(kept), dtype=np.intp)


def needed_of_lines(
    lon: NDArray[np.float64], lat: NDArray[np.float64], first: NDArray[np.intp], off_deg: float
) -> NDArray[np.intp]:
    """Numbers of the vertices of many lines without which one of them would run elsewhere.

    After Douglas and Peucker (1973), by GEOS: of a million vertices within a second.

    Parameters
    ----------
    lon, lat : ndarray, shape (n,)
        The vertices of all lines, one after another, degrees.
    first : ndarray of int, shape (lines + 1,)
        Where each line begins; each has two vertices or more.
    off_deg : float
        How far off a line may be, degrees of a meridian.

    Returns
    -------
    ndarray of int
        Increasing; both ends of each line are among them.
    """
    count = np.diff(first)
    if not count.size:
        return np.zeros(0, dtype=np.intp)
    east = lon * np.repeat(np.cos(np.deg2rad(lat[first[:-1]])), count)
    places = np.column_stack([east, lat, np.arange(lon.size)])
    lines = shapely.linestrings(places, indices=np.repeat(np.arange(count.size), count))
    simple = shapely.simplify(lines, off_deg, preserve_topology=False)
    kept = shapely.get_coordinates(simple, include_z=True)[:, 2].astype(np.intp)
    return np.unique(np.concatenate([kept, first[:-1], first[1:] - 1]))


def track_path(lon: ArrayLike, lat: ArrayLike) -> str:
    """Path of a line of track.

    Parameters
    ----------
    lon, lat : array_like, shape (n,)
        Degrees.

    Returns
    -------
    str
        Steps of `TRACK_STEPS` to the degree, east and south, in the projection of web maps.
    """
    return _path(np.column_stack([lon, lat]), TRACK_STEPS)


def track_paths(
    lon: NDArray[np.float64], lat: NDArray[np.float64], first: NDArray[np.intp]
) -> list[str]:
    """Paths of many lines of track, as `track_path` makes them.

    Parameters
    ----------
    lon, lat : ndarray, shape (n,)
        The vertices of all lines, one after another, degrees.
    first : ndarray of int, shape (lines + 1,)
        Where each line begins; each has two vertices or more.
    """
    x, y = _in_steps(np.column_stack([lon, lat]), TRACK_STEPS)
    steps = [f"{dx},{dy}" for dx, dy in zip(np.diff(x).tolist(), np.diff(y).tolist(), strict=True)]
    begins = zip(x[first[:-1]].tolist(), y[first[:-1]].tolist(), strict=True)
    ends = pairwise(first.tolist())
    return [
        f"M{at_x},{at_y}l{' '.join(steps[begin : end - 1])}"
        for (at_x, at_y), (begin, end) in zip(begins, ends, strict=True)
    ]


def shape_path(geometry: dict[str, Any]) -> str:
    """Path of the lines or polygons of a GeoJSON geometry, in steps of `BASE_STEPS`.

    It is off by `BASE_OFF_DEG` at most, a part of what a map of 1 to 10 million leaves out.
    """
    simple = shapely.simplify(shapely.geometry.shape(geometry), BASE_OFF_DEG)
    closing = "z" if "Polygon" in geometry["type"] else ""
    parts = shapely.get_parts(simple)
    rings = shapely.get_rings(parts) if closing else parts
    return "".join(_path(shapely.get_coordinates(ring), BASE_STEPS) + closing for ring in rings)


def _path(points: NDArray[np.float64], steps: int) -> str:
    x, y = _in_steps(points, steps)
    rest = " ".join(f"{dx},{dy}" for dx, dy in zip(np.diff(x), np.diff(y), strict=True))
    return f"M{x[0]},{y[0]}l{rest}"


def _in_steps(points: NDArray[np.float64], steps: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Steps to the east and to the south, in the projection of web maps."""
    x = np.rint(points[:, 0] * steps).astype(np.intp)
    y = np.rint(-mercator_deg(points[:, 1]) * steps).astype(np.intp)
    return x, y
