"""Where the time of a train is up, and the last station before that."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from journey.geodesy import distance_m
from journey.reaching.results import BOUNDS, Frontier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from journey.reaching.covering import Covered
    from journey.section_table import SectionTable
    from journey.track import Station


def frontiers(
    table: SectionTable,
    stations: Mapping[str, Station],
    covered: Covered,
    km: NDArray[np.float64],
) -> tuple[Frontier, ...]:
    """Find the points at which the time is up, the farthest first, in every bound.

    Parameters
    ----------
    table : SectionTable
        The sections.
    stations : mapping of str to Station
        The stations on them, by id.
    covered : Covered
        The points of all track that is reached.
    km : ndarray, shape (points,)
        The least length of track to each of them, km.
    """
    found = []
    for bound, name in enumerate(BOUNDS):
        for point, back in _ends(covered, bound):
            number = int(covered.points.section[point])
            lon, lat = float(covered.lon[point]), float(covered.lat[point])
            before = _before(table, number, covered.points.at_m[point], back)
            last, beyond_km = (stations[before[0]], before[1]) if before else (None, math.nan)
            near, near_km = before or nearest_station(stations, lon, lat)
            found.append(
                Frontier(
                    bound=name,
                    line=table.values["line"][number],
                    lon=lon,
                    lat=lat,
                    km=float(km[point]),
                    last=last,
                    beyond_km=beyond_km,
                    near=stations[near],
                    near_km=near_km,
                )
            )
    order = {name: number for number, name in enumerate(BOUNDS)}
    return tuple(sorted(found, key=lambda each: (order[each.bound], -each.km, each.line)))


def _ends(covered: Covered, bound: int) -> Iterator[tuple[int, int]]:
    """Points where the time is up, and on which side of each, -1 or 1, the train comes from."""
    section, times = covered.points.section, covered.hours[bound]
    for point in np.flatnonzero(covered.edge[bound]).tolist():
        for side in (-1, 1):
            beside = point + side
            within = 0 <= beside < section.size and section[beside] == section[point]
            if within and times[beside] < times[point]:
                yield point, side


def _before(table: SectionTable, number: int, at_m: float, back: int) -> tuple[str, float] | None:
    """The last station of a section before a point, and how far beyond it that is, km."""
    first, end = table.station_first[number : number + 2]
    ways_m = (table.station_m[first:end] - at_m) * back
    before = np.flatnonzero(ways_m >= 0)
    if not before.size:
        return None
    last = before[ways_m[before].argmin()]
    return table.station_ids[first + last], float(ways_m[last]) / 1000


def nearest_station(stations: Mapping[str, Station], lon: float, lat: float) -> tuple[str, float]:
    """The station nearest to a point, and how far from it that is, km."""
    ids = tuple(stations)
    of_lon, of_lat = (
        np.array([getattr(stations[i], name) for i in ids]) for name in ("lon", "lat")
    )
    east = (of_lon - lon) * np.cos(np.radians(lat))
    near = ids[int(np.hypot(east, of_lat - lat).argmin())]
    return near, distance_m(lon, lat, stations[near].lon, stations[near].lat) / 1000
