"""When a train from one place, in stock of one gauge, can be at every point of a network."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from journey.reaching.graph import LayeredGraph


AT_ONCE = 16
"""Starts that are followed together: of more the times of all states would take much memory."""


class Pace(NamedTuple):
    """What a kilometre and a change of gauge cost, in hours, or in whatever else is counted."""

    per_km: float
    per_change: float


class Sources(NamedTuple):
    """Points inside sections from which trains spread: places, and stations that change gauge.

    Attributes
    ----------
    section : ndarray of int, shape (sources,)
        Number of the section.
    at_m : ndarray, shape (sources,)
        Chainage on it, m.
    state : ndarray of int, shape (sources,)
        Number of the state of a train that stands there.
    """

    section: NDArray[np.intp]
    at_m: NDArray[np.float64]
    state: NDArray[np.intp]

    @classmethod
    def of(cls, graph: LayeredGraph) -> Sources:
        """Find the points, once for every gauge of the track there.

        Trains that spread from an end of a section enter it there.
        """
        carries, gauges = graph.layers.carries, graph.layers.gauges
        length_m = graph.layers.table.length_m
        found = [
            (point.section, point.at_m, graph.state(number, gauges[gauge]))
            for number, halt in enumerate(graph.halts)
            for point in halt.points
            if 0 < point.at_m < length_m[point.section]
            for gauge in np.flatnonzero(carries[:, point.section]).tolist()
        ]
        columns = np.array(found, dtype=np.float64).reshape(-1, 3).T
        return cls(columns[0].astype(np.intp), columns[1], columns[2].astype(np.intp))


@dataclass(frozen=True, eq=False)
class Times:
    """When trains that spread from one start come to every point.

    Attributes
    ----------
    per_m : float
        Hours for a metre of track.
    enter_h : ndarray, shape (sections, 2)
        When the first train enters each section at its start and at its end; inf for never.
    length_m : ndarray, shape (sections,)
        Length of each section, m.
    sources : Sources
        Points inside sections from which trains spread.
    source_h : ndarray, shape (sources,)
        When they do.
    """

    per_m: float
    enter_h: NDArray[np.float64]
    length_m: NDArray[np.float64]
    sources: Sources
    source_h: NDArray[np.float64]

    def at(self, section: NDArray[np.intp], at_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """When the first train is at points; sections in ascending order."""
        from_start = self.enter_h[section, 0] + at_m * self.per_m
        from_end = self.enter_h[section, 1] + (self.length_m[section] - at_m) * self.per_m
        first: NDArray[np.float64] = np.minimum(from_start, from_end)
        source, point = self._pairs(section)
        way_m = np.abs(at_m[point] - self.sources.at_m[source])
        np.minimum.at(first, point, self.source_h[source] + way_m * self.per_m)
        return first

    def _pairs(self, section: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Numbers of each source and of each point on its section, two by two."""
        begun = np.flatnonzero(np.isfinite(self.source_h))
        begin, end = np.searchsorted(section, self.sources.section[begun] + np.array([[0], [1]]))
        count = end - begin
        number = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(begun, count), np.repeat(begin, count) + number

    def merged(self, other: Times) -> Times:
        """Whichever of two is sooner."""
        return Times(
            self.per_m,
            np.minimum(self.enter_h, other.enter_h),
            self.length_m,
            self.sources,
            np.minimum(self.source_h, other.source_h),
        )


def spread(graph: LayeredGraph, starts: Sequence[int], pace: Pace) -> Iterator[Times]:
    """Let trains spread from several states, each on its own.

    Parameters
    ----------
    graph : LayeredGraph
        The states of trains.
    starts : sequence of int
        Numbers of the states to start from.
    pace : Pace
        What a kilometre and a change of gauge cost; inf for a gauge that cannot be changed.

    Yields
    ------
    Times
        For each start when trains from it are at every point.
    """
    layers = graph.layers
    of_arcs = 2 * len(layers.table) * len(layers.gauges)
    matrix, sources = graph.weighed(*pace), Sources.of(graph)
    for first in range(0, len(starts), AT_ONCE):
        block = np.array(starts[first : first + AT_ONCE], dtype=np.intp)
        for hours in dijkstra(matrix, indices=block):
            first_h = hours[:of_arcs].reshape(len(layers.gauges), -1, 2).min(axis=0)
            source_h = hours[sources.state]
            yield Times(pace.per_km / 1000, first_h, layers.table.length_m, sources, source_h)
