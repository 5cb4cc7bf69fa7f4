"""The core of a hierarchy: few states, with the lightest way between any two of them at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.pathfinding.hierarchy.contraction import Contraction


class Core(NamedTuple):
    """The states that no contraction takes out.

    Attributes
    ----------
    number : memoryview of int, shape (states,)
        Place of each state of the graph in the core, -1 below it.
    weight : ndarray, shape (core, core)
        Weight of the lightest way between two of them.
    previous : ndarray, shape (core, core)
        The last state before the second on that way.
    key, edge : ndarray
        The edges between them: tail times size plus head in increasing order, and their numbers.
    """

    number: memoryview
    weight: NDArray[np.float64]
    previous: NDArray[np.int32]
    key: NDArray[np.int64]
    edge: NDArray[np.int64]

    @classmethod
    def of(cls, left: Contraction, states: int) -> Core:
        """Find the ways between all states of the core."""
        size = len(left.core_states)
        number = np.full(states, -1, dtype=np.int32)
        number[left.core_states] = np.arange(size)
        tail = number[left.edges.tail[left.core_edges]].astype(np.int64)
        head = number[left.edges.head[left.core_edges]]
        matrix = csr_array((left.edges.weight[left.core_edges], (tail, head)), shape=(size, size))
        weight, previous = dijkstra(matrix, return_predecessors=True)
        key = tail * size + head
        order = np.argsort(key)
        return cls(number.data, weight, previous, key[order], left.core_edges[order])

    def lightest(
        self, ahead: tuple[list[int], list[float]], behind: tuple[list[int], list[float]]
    ) -> tuple[float, int, int]:
        """Join two searches that reached the core: the weight, and the two states of the graph.

        Parameters
        ----------
        ahead, behind : pair of lists
            States of the graph, and the weight so far of each.
        """
        if not ahead[0] or not behind[0]:
            return np.inf, -1, -1
        rows, columns = ([self.number[state] for state in side[0]] for side in (ahead, behind))
        total = self.weight[np.ix_(rows, columns)]
        total += np.array(ahead[1])[:, None]
        total += np.array(behind[1])
        row, column = divmod(int(total.argmin()), len(columns))
        return float(total[row, column]), ahead[0][row], behind[0][column]

    def between(self, start: int, end: int) -> NDArray[np.int64]:
        """Numbers of the edges of the lightest way from one state of the graph to another."""
        if start == end:
            return self.edge[:0]
        origin, place = self.number[start], self.number[end]
        row = self.previous[origin].data
        passed = [place]
        while place != origin:
            place = row[place]
            passed.append(place)
        return self._edges(passed[::-1])

    def _edges(self, passed: Sequence[int]) -> NDArray[np.int64]:
        places = np.array(passed, dtype=np.int64)
        wanted = places[:-1] * len(self.weight) + places[1:]
        return self.edge[np.searchsorted(self.key, wanted)]
