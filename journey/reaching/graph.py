"""Trains of every gauge on every directed section as a graph, whatever its ways cost.

A state is a train of one gauge at the beginning of a directed section. It goes on along curves and
reversals as `journey.turning` has them. At a station with track of several gauges it may change its
gauge, which is a state of its own: it has just changed, and may leave in every direction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np
from scipy.sparse import csr_array

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.reaching.layers import Halt, Layers, TrackPoint


class Edge(NamedTuple):
    """A way from one state to another: its length, m, and whether the gauge is changed on it."""

    out_of: int
    into: int
    length_m: float
    change: bool


_Picked = TypeVar("_Picked", "NDArray[np.intp]", "NDArray[np.bool_]")


class _Edges(NamedTuple):
    """Edges as columns."""

    out_of: NDArray[np.intp]
    into: NDArray[np.intp]
    length_m: NDArray[np.float64]
    change: NDArray[np.bool_]

    @classmethod
    def of(cls, along: _Edges, joined: Sequence[Edge]) -> _Edges:
        """Put single edges behind others."""
        return cls(
            np.concatenate([along.out_of, np.array([e.out_of for e in joined], dtype=np.intp)]),
            np.concatenate([along.into, np.array([e.into for e in joined], dtype=np.intp)]),
            np.concatenate([along.length_m, np.array([e.length_m for e in joined])]),
            np.concatenate([along.change, np.array([e.change for e in joined], dtype=bool)]),
        )

    def picked(self, which: _Picked) -> _Edges:
        """Some of them, by number or by whether each is wanted."""
        out_of, into = self.out_of[which], self.into[which]
        return _Edges(out_of, into, self.length_m[which], self.change[which])


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
    def of(cls, layers: Layers, origins: Sequence[Halt]) -> LayeredGraph:
        """Join trains on sections, trains that have changed their gauge, and trains at origins."""
        gauges, arcs = len(layers.gauges), 2 * len(layers.table)
        halts = (*layers.halts, *origins)
        firsts = ((np.arange(len(halts)) + arcs) * gauges).tolist()
        changing = len(layers.halts)
        joined = [
            edge
            for number, (halt, first) in enumerate(zip(halts, firsts, strict=True))
            for edge in _at_halt(layers, halt, first, arrives=number < changing)
        ]
        joined += _first_changes(layers, origins, firsts[changing:])
        edges = _shortest(_Edges.of(_along(layers), joined))
        size = (arcs + len(halts)) * gauges
        indptr = np.searchsorted(edges.out_of, np.arange(size + 1))
        number = np.arange(edges.into.size, dtype=np.float64)
        matrix = csr_array((number, edges.into, indptr), shape=(size, size))
        return cls(layers, halts, matrix, edges.length_m, edges.change)

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

    def gauge_of(self, state: int) -> str:
        """The gauge of a train in the state of one of the `halts`."""
        return self.layers.gauges[state % len(self.layers.gauges)]


def _along(layers: Layers) -> _Edges:
    """From the beginning of each directed section to that of the next, in every gauge."""
    out_of, into = layers.turns.out_of, layers.turns.into
    length_m = np.repeat(layers.table.length_m, 2)[out_of]
    arcs = 2 * len(layers.table)
    parts = []
    for number in range(len(layers.gauges)):
        carries = layers.carries[number]
        can = carries[out_of // 2] & carries[into // 2]
        parts.append((out_of[can] + number * arcs, into[can] + number * arcs, length_m[can]))
    rows, columns, lengths = (np.concatenate(part) for part in zip(*parts, strict=True))
    return _Edges(rows, columns, lengths, np.zeros(rows.size, dtype=bool))


def _at_halt(layers: Layers, halt: Halt, first: int, *, arrives: bool) -> list[Edge]:
    """Into a place where the gauge is changed, and out of it."""
    edges = []
    for arc, run_m in _arcs(layers, halt.points):
        for gauge in np.flatnonzero(layers.carries[:, arc // 2]).tolist():
            state = arc + gauge * 2 * len(layers.table)
            edges += _departing(layers, first + gauge, arc, gauge, run_m)
            if arrives and run_m > 0:
                others = layers.others[gauge]
                edges += [Edge(state, first + other, run_m, change=True) for other in others]
    return edges


def _departing(layers: Layers, state: int, arc: int, gauge: int, run_m: float) -> list[Edge]:
    """From a point of a directed section to the sections that follow it."""
    layer = gauge * 2 * len(layers.table)
    if run_m == 0:
        return [Edge(state, arc + layer, 0.0, change=False)]
    rest_m = float(layers.table.length_m[arc // 2]) - run_m
    first, last = np.searchsorted(layers.turns.out_of, [arc, arc + 1])
    return [
        Edge(state, into + layer, rest_m, change=False)
        for into in layers.turns.into[first:last].tolist()
        if layers.carries[gauge, into // 2]
    ]


def _first_changes(layers: Layers, origins: Sequence[Halt], firsts: Sequence[int]) -> list[Edge]:
    """From an origin to a place on the same section where the gauge is changed."""
    base = 2 * len(layers.table) * len(layers.gauges)
    on_section: dict[int, list[tuple[int, float]]] = {}
    for number, halt in enumerate(layers.halts):
        for there in halt.points:
            on_section.setdefault(there.section, []).append((number, there.at_m))
    edges = []
    for origin, first in zip(origins, firsts, strict=True):
        for here in origin.points:
            for number, at_m in on_section.get(here.section, ()):
                halt_first = base + number * len(layers.gauges)
                way_m = abs(at_m - here.at_m)
                edges += _changes(layers, here.section, first, halt_first, way_m)
    return edges


def _changes(layers: Layers, section: int, first: int, halt_first: int, way_m: float) -> list[Edge]:
    return [
        Edge(first + gauge, halt_first + other, way_m, change=True)
        for gauge in np.flatnonzero(layers.carries[:, section]).tolist()
        for other in layers.others[gauge]
    ]


def _arcs(layers: Layers, points: Sequence[TrackPoint]) -> list[tuple[int, float]]:
    """Points as directed sections and the length run along them, m."""
    ahead = [(2 * point.section, point.at_m) for point in points]
    lengths_m = layers.table.length_m
    back = [(2 * p.section + 1, float(lengths_m[p.section]) - p.at_m) for p in points]
    return ahead + back


def _shortest(edges: _Edges) -> _Edges:
    """In order, and of edges between the same two states only the shortest."""
    order = np.lexsort((edges.length_m, edges.into, edges.out_of))
    ordered = edges.picked(order)
    kept = np.ones(order.size, dtype=bool)
    kept[1:] = (np.diff(ordered.out_of) != 0) | (np.diff(ordered.into) != 0)
    return ordered.picked(kept)
