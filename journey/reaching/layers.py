"""The directed sections of a network once for every gauge: where stock of a gauge can go.

A state is a train of one gauge at the beginning of a directed section. It goes on along curves and
reversals as `journey.turning` has them. At a station with track of several gauges it may change its
gauge, which is a state of its own: it has just changed, and may leave in every direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array

from journey.turning import possible_turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.section_table import SectionTable
    from journey.track import Station
    from journey.turning import Turns


SAME_GAUGE_MM = 5
"""Trains run through where gauges differ by no more, as 1520 and 1524 mm at the Finnish border."""


class TrackPoint(NamedTuple):
    """A point of a section: its number, and the chainage, m."""

    section: int
    at_m: float


class Halt(NamedTuple):
    """A place where a train stands: its name, and the points of track that it has."""

    name: str
    points: tuple[TrackPoint, ...]


class Edge(NamedTuple):
    """A way from one state to another: its length, m, and whether the gauge is changed on it."""

    out_of: int
    into: int
    length_m: float
    change: bool


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
        Stations with track of several gauges.
    """

    table: SectionTable
    gauges: tuple[str, ...]
    carries: NDArray[np.bool_]
    turns: Turns
    halts: tuple[Halt, ...]

    @classmethod
    def of(cls, table: SectionTable, stations: Mapping[str, Station]) -> Layers:
        """Find where stock of each gauge can run, and where its gauge can be changed."""
        alike = _alike({gauge for kind in set(table.values["gauge"]) for gauge in kind.split("+")})
        gauges = tuple(dict.fromkeys(alike.values()))
        carries = np.array(
            [_carrying(table.values["gauge"], alike, gauge) for gauge in gauges], dtype=bool
        ).reshape(len(gauges), len(table))
        halts = _changing(table, stations, carries)
        return cls(table, gauges, carries, possible_turns(table, stations), halts)

    def gauge_like(self, gauge: str) -> str:
        """The gauge of the network whose track stock of a gauge can run on; its own, if none."""
        near = (own for own in self.gauges if 0 <= int(gauge) - int(own) <= SAME_GAUGE_MM)
        return next(near, gauge)

    def gauges_at(self, points: Sequence[TrackPoint]) -> tuple[str, ...]:
        """The gauges of the track at a place."""
        sections = [point.section for point in points]
        found = np.logical_or.reduce(self.carries[:, sections], axis=1)
        return tuple(gauge for gauge, has in zip(self.gauges, found.tolist(), strict=True) if has)

    def graph(self, origins: Sequence[Halt]) -> LayeredGraph:
        """Join the states: trains on sections, trains that changed gauge, trains at origins."""
        arcs, gauges = 2 * len(self.table), len(self.gauges)
        halts = (*self.halts, *origins)
        first = np.arange(len(halts)) * gauges + arcs * gauges
        along = self._along()
        joined = [
            edge
            for number, halt in enumerate(halts)
            for edge in self._at_halt(halt, int(first[number]), arrives=number < len(self.halts))
        ]
        joined += self._first_changes(origins, first[len(self.halts) :].tolist())
        size = (arcs + len(halts)) * gauges
        return LayeredGraph.of(self, halts, along, joined, size)

    def _along(self) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]]:
        """From the beginning of each directed section to that of the next, in every gauge."""
        out_of, into = self.turns.out_of, self.turns.into
        length_m = np.repeat(self.table.length_m, 2)[out_of]
        arcs = 2 * len(self.table)
        parts = []
        for number in range(len(self.gauges)):
            carries = self.carries[number]
            can = carries[out_of // 2] & carries[into // 2]
            parts.append((out_of[can] + number * arcs, into[can] + number * arcs, length_m[can]))
        rows, columns, lengths = (np.concatenate(part) for part in zip(*parts, strict=True))
        return rows, columns, lengths

    def _at_halt(self, halt: Halt, first: int, *, arrives: bool) -> list[Edge]:
        """Into a place where the gauge is changed, and out of it."""
        edges = []
        for arc, run_m in self._arcs(halt.points):
            for gauge in np.flatnonzero(self.carries[:, arc // 2]).tolist():
                state = arc + gauge * 2 * len(self.table)
                edges += self._departing(first + gauge, arc, gauge, run_m)
                if arrives and run_m > 0:
                    others = (g for g in range(len(self.gauges)) if g != gauge)
                    edges += [Edge(state, first + other, run_m, change=True) for other in others]
        return edges

    def _departing(self, state: int, arc: int, gauge: int, run_m: float) -> list[Edge]:
        """From a point of a directed section to the sections that follow it."""
        layer = gauge * 2 * len(self.table)
        if run_m == 0:
            return [Edge(state, arc + layer, 0.0, change=False)]
        rest_m = float(self.table.length_m[arc // 2]) - run_m
        if rest_m == 0:
            # The sections that begin here have a point of the place as well.
            return []
        first, last = np.searchsorted(self.turns.out_of, [arc, arc + 1])
        return [
            Edge(state, into + layer, rest_m, change=False)
            for into in self.turns.into[first:last].tolist()
            if self.carries[gauge, into // 2]
        ]

    def _first_changes(self, origins: Sequence[Halt], firsts: Sequence[int]) -> list[Edge]:
        """From an origin to a place on the same section where the gauge is changed."""
        base = 2 * len(self.table) * len(self.gauges)
        edges = []
        for origin, first in zip(origins, firsts, strict=True):
            for number, halt in enumerate(self.halts):
                for here in origin.points:
                    near = [there.at_m for there in halt.points if there.section == here.section]
                    if near:
                        way_m = min(abs(at_m - here.at_m) for at_m in near)
                        halt_first = base + number * len(self.gauges)
                        edges += self._changes(here.section, first, halt_first, way_m)
        return edges

    def _changes(self, section: int, first: int, halt_first: int, way_m: float) -> list[Edge]:
        return [
            Edge(first + gauge, halt_first + other, way_m, change=True)
            for gauge in np.flatnonzero(self.carries[:, section]).tolist()
            for other in range(len(self.gauges))
            if other != gauge
        ]

    def _arcs(self, points: Sequence[TrackPoint]) -> list[tuple[int, float]]:
        """Points as directed sections and the length run along them, m."""
        ahead = [(2 * point.section, point.at_m) for point in points]
        lengths_m = self.table.length_m
        back = [(2 * p.section + 1, float(lengths_m[p.section]) - p.at_m) for p in points]
        return ahead + back


@dataclass(frozen=True, eq=False)
class LayeredGraph:
    """States and the ways between them, whatever a kilometre or a change of gauge costs.

    Attributes
    ----------
    layers : Layers
        The sections and the gauges.
    halts : tuple of Halt
        Places with states of their own: first where the gauge changes, then the origins.
    matrix : csr_array, shape (states, states)
        Number of each edge, by the states that it joins.
    length_m : ndarray, shape (edges,)
        Its length, m.
    change : ndarray of bool, shape (edges,)
        Whether the gauge is changed on it.
    """

    layers: Layers
    halts: tuple[Halt, ...]
    matrix: csr_array
    length_m: NDArray[np.float64]
    change: NDArray[np.bool_]

    @classmethod
    def of(
        cls,
        layers: Layers,
        halts: tuple[Halt, ...],
        along: tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.float64]],
        joined: Sequence[Edge],
        size: int,
    ) -> LayeredGraph:
        """Gather edges, of those between the same two states the shortest."""
        columns = zip(*joined, strict=True) if joined else ((), (), (), ())
        rows, into, length_m, change = (np.array(column) for column in columns)
        rows = np.concatenate([along[0], rows.astype(np.intp)])
        into = np.concatenate([along[1], into.astype(np.intp)])
        length_m = np.concatenate([along[2], length_m.astype(np.float64)])
        change = np.concatenate([np.zeros(along[0].size, dtype=bool), change.astype(bool)])
        order = np.lexsort((length_m, into, rows))
        rows, into, length_m, change = (part[order] for part in (rows, into, length_m, change))
        kept = np.ones(rows.size, dtype=bool)
        kept[1:] = (rows[1:] != rows[:-1]) | (into[1:] != into[:-1])
        indptr = np.searchsorted(rows[kept], np.arange(size + 1))
        number = np.arange(kept.sum(), dtype=np.float64)
        matrix = csr_array((number, into[kept], indptr), shape=(size, size))
        return cls(layers, halts, matrix, length_m[kept], change[kept])

    def weighed(self, per_km: float, per_change: float) -> csr_array:
        """The graph with what every edge costs."""
        cost = self.length_m / 1000 * per_km
        cost[self.change] += per_change
        parts = (cost, self.matrix.indices, self.matrix.indptr)
        return csr_array(parts, shape=self.matrix.shape)

    def state(self, halt: int, gauge: str) -> int:
        """Number of the state of a train of a gauge at one of the `halts`."""
        arcs, gauges = 2 * len(self.layers.table), self.layers.gauges
        return (arcs + halt) * len(gauges) + gauges.index(gauge)


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
    """The stations, not halts or posts, that have track of several gauges."""
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
