"""Where the time of a train is up, and the last station before that."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.reaching.results import BOUNDS, Frontier

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from journey.reaching.covering import Covered
    from journey.section_table import SectionTable
    from journey.track import Station

LEAST_M = 1e-3
"""Points of track nearer to a station than this are at it."""


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
    found, places = [], Places.of(stations)
    for bound, name in enumerate(BOUNDS):
        for point, back in _ends(covered, bound):
            number = int(covered.points.section[point])
            lon, lat = float(covered.lon[point]), float(covered.lat[point])
            at_m = float(covered.points.at_m[point])
            before = _station(table, number, at_m, back, -LEAST_M)
            last, beyond_km = (stations[before[0]], before[1]) if before else (None, math.nan)
            ahead = _station(table, number, at_m, -back, LEAST_M)
            found.append(
                Frontier(
                    bound=name,
                    line=table.values["line"][number],
                    lon=lon,
                    lat=lat,
                    km=float(km[point]),
                    last=last,
                    beyond_km=beyond_km,
                    near=last or places.nearest(lon, lat),
                    towards=stations[ahead[0]] if ahead else None,
                )
            )
    order = {name: number for number, name in enumerate(BOUNDS)}
    return tuple(sorted(found, key=lambda each: (order[each.bound], -round(each.km, 3), each.line)))


def _ends(covered: Covered, bound: int) -> Iterator[tuple[int, int]]:
    """Points where the time is up, and on which side of each, -1 or 1, the train comes from."""
    section, times = covered.points.section, covered.hours[bound]
    for point in np.flatnonzero(covered.edge[bound]).tolist():
        for side in (-1, 1):
            beside = point + side
            within = 0 <= beside < section.size and section[beside] == section[point]
            if within and times[beside] < times[point]:
                yield point, side


def _station(
    table: SectionTable, number: int, at_m: float, side: int, least_m: float
) -> tuple[str, float] | None:
    """The first station of a section beyond so far to one side of a point, and how far, km."""
    first, end = table.station_first[number : number + 2]
    ways_m = (table.station_m[first:end] - at_m) * side
    there = np.flatnonzero(ways_m > least_m)
    if not there.size:
        return None
    nearest = there[ways_m[there].argmin()]
    # Zero is added to it, since there is no way of -0.
    return table.station_ids[first + nearest], (max(float(ways_m[nearest]), 0.0) + 0.0) / 1000


class Places(NamedTuple):
    """Where stations are.

    Attributes
    ----------
    stations : tuple of Station
        The stations.
    lon, lat : ndarray, shape (stations,)
        Degrees, WGS 84.
    """

    stations: tuple[Station, ...]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    @classmethod
    def of(cls, stations: Mapping[str, Station]) -> Places:
        """Take those of some stations."""
        every = tuple(stations.values())
        lon, lat = (np.array([getattr(each, name) for each in every]) for name in ("lon", "lat"))
        return cls(every, lon, lat)

    def nearest(self, lon: float, lat: float) -> Station:
        """The station nearest to a point."""
        east = (self.lon - lon) * np.cos(np.radians(lat))
        return self.stations[int(np.hypot(east, self.lat - lat).argmin())]
