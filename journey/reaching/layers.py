"""The sections of a network once for every gauge: where stock of a gauge can go, and change it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.track import SAME_GAUGE_MM

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.network import Network
    from journey.section_table import SectionTable
    from journey.track import Station
    from journey.turning import Turns

STANDARD_MM = 1435
"""The least gauge that is taken to be changed for another: where bogies are exchanged, or wheels
moved on their axles, that is done between standard and broad gauges. Assumed."""


class TrackPoint(NamedTuple):
    """A point of a section: its number, and the chainage, m."""

    section: int
    at_m: float


class Halt(NamedTuple):
    """A place where a train stands: its name, and the points of track that it has."""

    name: str
    points: tuple[TrackPoint, ...]


@dataclass(frozen=True, eq=False)
class Layers:
    """The states of trains in a network, and the ways between them.

    Attributes
    ----------
    table : SectionTable
        The sections.
    gauges : tuple of str
        Every gauge there is; of those that the same stock can run on the narrowest.
    carries : ndarray of bool, shape (gauges, sections)
        Which sections stock of each gauge can run on.
    turns : Turns
        The turns from one directed section into another.
    halts : tuple of Halt
        Stations with track of several gauges between which stock is changed.
    """

    table: SectionTable
    gauges: tuple[str, ...]
    carries: NDArray[np.bool_]
    turns: Turns
    halts: tuple[Halt, ...]

    @classmethod
    def of(cls, network: Network, stations: Mapping[str, Station]) -> Layers:
        """Find where stock of each gauge can run, and where its gauge can be changed."""
        table = network.table
        alike = _alike({gauge for kind in set(table.values["gauge"]) for gauge in kind.split("+")})
        gauges = tuple(dict.fromkeys(alike.values()))
        carries = np.array(
            [_carrying(table.values["gauge"], alike, gauge) for gauge in gauges], dtype=bool
        ).reshape(len(gauges), len(table))
        wide = np.array([not is_narrow(gauge) for gauge in gauges], dtype=bool)
        halts = _changing(table, stations, carries[wide])
        return cls(table, gauges, carries, network.turns, halts)

    @cached_property
    def others(self) -> tuple[tuple[int, ...], ...]:
        """For each gauge the numbers of those that it can be changed for; none, if narrow."""
        wide = [number for number, gauge in enumerate(self.gauges) if not is_narrow(gauge)]
        return tuple(
            tuple(other for other in wide if other != number) if number in wide else ()
            for number in range(len(self.gauges))
        )

    def gauge_like(self, gauge: str) -> str:
        """The gauge of the network whose track stock of a gauge can run on; its own, if none."""
        near = (own for own in self.gauges if abs(int(gauge) - int(own)) <= SAME_GAUGE_MM)
        return next(near, gauge)

    def gauges_at(self, points: Sequence[TrackPoint]) -> tuple[str, ...]:
        """The gauges of the track at a place."""
        sections = [point.section for point in points]
        found = np.logical_or.reduce(self.carries[:, sections], axis=1)
        return tuple(gauge for gauge, has in zip(self.gauges, found.tolist(), strict=True) if has)


def is_narrow(gauge: str) -> bool:
    """Whether a gauge is narrower than standard gauge, so that stock of it keeps it."""
    return int(gauge) < STANDARD_MM - SAME_GAUGE_MM


def _alike(gauges: set[str]) -> dict[str, str]:
    """For each gauge the narrowest one that the same stock can run on, in ascending order."""
    found: dict[str, str] = {}
    for gauge in sorted(gauges, key=int):
        last = next(reversed(found.values()), gauge)
        found[gauge] = last if int(gauge) - int(last) <= SAME_GAUGE_MM else gauge
    return found


def _carrying(
    of_sections: Sequence[str], alike: Mapping[str, str], gauge: str
) -> NDArray[np.bool_]:
    kinds = set(of_sections)
    having = {kind for kind in kinds if gauge in {alike[each] for each in kind.split("+")}}
    return np.fromiter((each in having for each in of_sections), bool, len(of_sections))


def points_of(table: SectionTable, station: str) -> tuple[TrackPoint, ...]:
    """Where a station lies on the sections; nowhere, if no track leads to it."""
    found = [number for number, id_ in enumerate(table.station_ids) if id_ == station]
    return _points(table, np.array(found, dtype=np.intp))


def _points(table: SectionTable, entries: NDArray[np.intp]) -> tuple[TrackPoint, ...]:
    sections = table.section_of_station[entries].tolist()
    return tuple(map(TrackPoint, sections, table.station_m[entries].tolist()))


def _changing(
    table: SectionTable, stations: Mapping[str, Station], carries: NDArray[np.bool_]
) -> tuple[Halt, ...]:
    """The stations, not halts or posts, that have track of several of the gauges."""
    numbers: dict[str, int] = {}
    station = np.array([numbers.setdefault(i, len(numbers)) for i in table.station_ids], np.intp)
    has = np.zeros((len(carries), len(numbers)), dtype=bool)
    for gauge, sections in enumerate(carries):
        has[gauge, station[sections[table.section_of_station]]] = True
    several = has.sum(axis=0) > 1
    return tuple(
        Halt(id_, _points(table, np.flatnonzero(station == number)))
        for id_, number in numbers.items()
        if several[number] and stations[id_].can_reverse
    )
