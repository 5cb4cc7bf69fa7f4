"""Where the time of a train is up, and the last station before that."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

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
            last, beyond_km = _last(table, stations, number, covered.points.at_m[point], back)
            lon, lat = float(covered.lon[point]), float(covered.lat[point])
            line = table.values["line"][number]
            found.append(Frontier(name, line, lon, lat, float(km[point]), last, beyond_km))
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


def _last(
    table: SectionTable, stations: Mapping[str, Station], number: int, at_m: float, back: int
) -> tuple[Station | None, float]:
    """The last station of a section before a point, and how far beyond it that is, km."""
    first, end = table.station_first[number : number + 2]
    ways_m = (table.station_m[first:end] - at_m) * back
    before = np.flatnonzero(ways_m >= 0)
    if not before.size:
        return None, float("nan")
    nearest = before[ways_m[before].argmin()]
    return stations[table.station_ids[first + nearest]], float(ways_m[nearest]) / 1000
