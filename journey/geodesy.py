"""Distances on the WGS 84 ellipsoid, and the nearest point of a line."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from journey.errors import InputError

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray
    from pyproj import Geod

RIGHT_ANGLE_DEG = 90.0
_EQUATOR_M = 6_378_137.0
_ECCENTRICITY2 = 0.006_694_379_990_14
_SAMPLE_M = 250.0
_CANDIDATES = 6


@cache
def ellipsoid() -> Geod:
    """WGS 84, for exact geodesics."""
    from pyproj import Geod  # noqa: PLC0415 - its database takes a tenth of a second to open

    return Geod(ellps="WGS84")


def distance_m(lon_a: float, lat_a: float, lon_b: float, lat_b: float) -> float:
    """Length of the geodesic between two points, m (degrees in, WGS 84)."""
    return float(ellipsoid().inv(lon_a, lat_a, lon_b, lat_b)[2])


def line_length_m(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> float:
    """Length of a line of geodesics through vertices, m (degrees in, WGS 84)."""
    return float(ellipsoid().line_length(lon, lat))


def nearest_on_line(
    line_lon: NDArray[np.float64],
    line_lat: NDArray[np.float64],
    chainage_m: NDArray[np.float64],
    lon: ArrayLike,
    lat: ArrayLike,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Nearest points of a line to given positions.

    Parameters
    ----------
    line_lon, line_lat, chainage_m : ndarray, shape (n,)
        Vertices of the line, degrees, and the chainage of each, m, increasing.
    lon, lat : array_like
        Positions, degrees, of one shape.

    Returns
    -------
    chainage_m, off_m : ndarray
        Chainage of the nearest point and distance from it, m, in the shape of `lon`.

    Raises
    ------
    InputError
        If a position is not a number, or its latitude beyond a pole.

    Notes
    -----
    Samples of the line at most 250 m apart, held in a tree, give the few segments that can be
    nearest; among these the foot of the perpendicular is found in the plane that touches the
    ellipsoid at the position. Within 50 km of the line that agrees with the geodesic to 0.1 %.
    """
    from scipy.spatial import cKDTree  # noqa: PLC0415 - half a second, for those who locate

    lon, lat = np.broadcast_arrays(np.asarray(lon, float), np.asarray(lat, float))
    if not (np.isfinite(lon).all() and (np.abs(lat) <= RIGHT_ANGLE_DEG).all()):
        raise InputError("locate: expected longitude and latitude in degrees, in this order")
    samples_m, segment = _samples(chainage_m)
    tree = cKDTree(
        _on_sphere(
            np.interp(samples_m, chainage_m, line_lon), np.interp(samples_m, chainage_m, line_lat)
        )
    )
    _, near = tree.query(_on_sphere(lon.ravel(), lat.ravel()), k=min(_CANDIDATES, len(samples_m)))
    start = segment[near.reshape(lon.size, -1)]
    share, off_m = _foot(line_lon, line_lat, start, lon.ravel()[:, None], lat.ravel()[:, None])
    best = off_m.argmin(axis=1)[:, None]
    start, share = (np.take_along_axis(a, best, axis=1)[:, 0] for a in (start, share))
    found_m = chainage_m[start] + share * (chainage_m[start + 1] - chainage_m[start])
    shortest_m = np.take_along_axis(off_m, best, axis=1)[:, 0]
    return found_m.reshape(lon.shape), shortest_m.reshape(lon.shape)


def _samples(chainage_m: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Chainages in the middle of short pieces of every segment, and the segment of each."""
    length_m = np.diff(chainage_m)
    count = np.ceil(length_m / _SAMPLE_M).astype(np.intp)
    segment = np.repeat(np.arange(len(count)), count)
    place = np.arange(len(segment)) - np.repeat(np.cumsum(count) - count, count)
    return chainage_m[segment] + (place + 0.5) / count[segment] * length_m[segment], segment


def _on_sphere(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.float64]:
    lon, lat = np.radians(lon), np.radians(lat)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def _foot(
    line_lon: NDArray[np.float64],
    line_lat: NDArray[np.float64],
    start: NDArray[np.intp],
    lon: NDArray[np.float64],
    lat: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of each segment at which the perpendicular from a position meets it, and its length."""
    east_m, north_m = _metres_per_degree(lat)
    ax, ay = (line_lon[start] - lon) * east_m, (line_lat[start] - lat) * north_m
    bx, by = (line_lon[start + 1] - lon) * east_m, (line_lat[start + 1] - lat) * north_m
    dx, dy = bx - ax, by - ay
    length2 = np.maximum(dx * dx + dy * dy, np.finfo(float).tiny)
    share = np.clip(-(ax * dx + ay * dy) / length2, 0.0, 1.0)
    return share, np.hypot(ax + share * dx, ay + share * dy)


def _metres_per_degree(
    lat: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Length of a degree of longitude and of latitude: the ellipsoid's radii of curvature."""
    sin2 = np.sin(np.radians(lat)) ** 2
    across_m = _EQUATOR_M / np.sqrt(1 - _ECCENTRICITY2 * sin2)
    along_m = across_m * (1 - _ECCENTRICITY2) / (1 - _ECCENTRICITY2 * sin2)
    return np.radians(across_m) * np.cos(np.radians(lat)), np.radians(along_m)
