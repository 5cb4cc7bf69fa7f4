"""Lightest ways over directed sections by a search of the whole graph."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray


class Leg(NamedTuple):
    """A lightest way: its weight, the number of the start it leaves from, the arcs run after."""

    weight: float
    start: int
    arcs: tuple[int, ...]


NO_LEG = Leg(math.inf, -1, ())


class Ahead(Protocol):
    """What has been found from several starts."""

    def to(self, ends: Mapping[int, float]) -> Leg:
        """Find the lightest way to having run one of several arcs, each with a weight to add."""


class Search(Protocol):
    """A way of searching a graph."""

    def ahead(self, starts: Sequence[tuple[int, float]]) -> Ahead:
        """Search from arcs at whose heads a train stands, each with the weight so far."""


class Reached(NamedTuple):
    """Every arc as reached from several starts.

    Attributes
    ----------
    weight : ndarray, shape (arcs + starts,)
        Weight of having run each arc.
    previous : ndarray, shape (arcs + starts,)
        The arc run before; from the number of arcs on, a start.
    arcs : int
        How many arcs there are.
    """

    weight: NDArray[np.float64]
    previous: NDArray[np.int32]
    arcs: int

    def to(self, ends: Mapping[int, float]) -> Leg:
        """Find the lightest way to having run one of several arcs, each with a weight to add."""
        weight, arc = min(
            ((float(self.weight[arc] + more), arc) for arc, more in ends.items()),
            default=(math.inf, -1),
        )
        return NO_LEG if math.isinf(weight) else self.way(arc)._replace(weight=weight)

    def way(self, arc: int) -> Leg:
        """The arcs run to an arc, itself included."""
        arcs = [arc]
        while (before := int(self.previous[arcs[-1]])) < self.arcs:
            arcs.append(before)
        return Leg(float(self.weight[arc]), before - self.arcs, tuple(reversed(arcs)))


class PlainSearch(NamedTuple):
    """A search by Dijkstra's algorithm.

    Attributes
    ----------
    matrix : csr_array, shape (arcs, arcs)
        Weight of turning from one arc into another and running it.
    """

    matrix: csr_array

    def ahead(self, starts: Sequence[tuple[int, float]]) -> Reached:
        """Search from arcs at whose heads a train stands, each with the weight so far.

        Each start is a state of its own, beyond the arcs: it leaves as its arc does, but no way
        leads to it, since the arc behind it has perhaps not been run.
        """
        rows = [_part(self.matrix, arc) for arc, _ in starts]
        into = [self.matrix.indices[row] for row in rows]
        weights = [
            self.matrix.data[row] + weight for row, (_, weight) in zip(rows, starts, strict=True)
        ]
        return searched(self.matrix, into, weights)


def searched(
    matrix: csr_array, into: Sequence[NDArray[np.int32]], weights: Sequence[NDArray[np.float64]]
) -> Reached:
    """Search from states added to a graph, each with the states it leads into and the weights."""
    arcs = matrix.shape[0]
    count = arcs + len(into)
    ends = matrix.indptr[-1] + np.cumsum([len(part) for part in into], dtype=np.intp)
    entries = (
        np.concatenate([matrix.data, *weights]),
        np.concatenate([matrix.indices, *into]),
        np.concatenate([matrix.indptr, ends]),
    )
    weight, previous, _ = dijkstra(
        csr_array(entries, shape=(count, count)),
        indices=np.arange(arcs, count),
        return_predecessors=True,
        min_only=True,
    )
    return Reached(weight, previous, arcs)


def _part(matrix: csr_array, row: int) -> slice:
    return slice(int(matrix.indptr[row]), int(matrix.indptr[row + 1]))
