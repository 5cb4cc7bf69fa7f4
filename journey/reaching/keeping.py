"""How far stock gets that keeps its gauge."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.reaching.spreading import first_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from journey.reaching.times import Times
    from journey.section_table import SectionTable

    StationPoints = tuple[NDArray[np.intp], NDArray[np.float64], NDArray[np.intp]]


class Kept(NamedTuple):
    """How far stock gets that keeps its gauge.

    Attributes
    ----------
    by_gauge : dict of str to Times
        For each gauge that the stock may have, how far it is to everywhere from the nearest of the
        places, km.
    missed : ndarray, shape (stations,)
        From which part of the places, in stock of each gauge, a train does not get to a station;
        in the order of `stations_on`.
    """

    by_gauge: dict[str, Times]
    missed: NDArray[np.float64]

    @classmethod
    def of(cls, table: SectionTable, found: Iterable[tuple[str, Times]]) -> Kept:
        """Put together what is found for each gauge from each place, one after another."""
        _, (section, at_m, group) = stations_on(table)
        by_gauge: dict[str, Times] = {}
        missed = []
        for gauge, km in found:
            by_gauge[gauge] = by_gauge[gauge].merged(km) if gauge in by_gauge else km
            missed.append(np.isinf(first_of(km.at(section, at_m), group)))
        return cls(by_gauge, np.mean(missed, axis=0))


def stations_on(table: SectionTable) -> tuple[dict[str, int], StationPoints]:
    """Number the stations, by id, and give their points of track: section, chainage, number."""
    numbers: dict[str, int] = {}
    found = (numbers.setdefault(id_, len(numbers)) for id_ in table.station_ids)
    group = np.fromiter(found, np.intp, len(table.station_ids))
    return numbers, (table.section_of_station, table.station_m, group)
