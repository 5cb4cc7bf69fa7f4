"""Searches that only go up a hierarchy."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from journey.pathfinding.hierarchy.contraction import Edges


class Slopes(NamedTuple):
    """Edges that lead up, state by state.

    Attributes
    ----------
    first : memoryview of int, shape (states + 1,)
        Where the edges of each state begin.
    to : memoryview of int
        The state each leads to.
    weight : memoryview of float
        Its weight.
    edge : memoryview of int
        Its number.
    """

    first: memoryview
    to: memoryview
    weight: memoryview
    edge: memoryview

    @classmethod
    def of(cls, edges: Edges, chosen: NDArray[np.int64], states: int, *, down: bool) -> Slopes:
        """Sort edges by the state they lead up from: where they begin, or if `down` where they end.

        Views of memory give plain numbers, and sooner than arrays do.
        """
        below, above = (edges.head, edges.tail) if down else (edges.tail, edges.head)
        chosen = chosen[np.argsort(below[chosen], kind="stable")]
        first = np.searchsorted(below[chosen], np.arange(states + 1))
        columns = (first, above[chosen], edges.weight[chosen], chosen.astype(np.int32))
        return cls(*(np.ascontiguousarray(column).data for column in columns))


class Climb(NamedTuple):
    """What a search upwards finds: the weight of each state, and the last edge of the way to it.

    The first states of a search have no edge; `core` lists those where it ended.
    """

    weight: dict[int, float]
    by: dict[int, tuple[int, int]]
    core: list[int]

    def way(self, state: int) -> tuple[int, list[int]]:
        """Go back from a state: where the search began, and the edges back to there."""
        edges = []
        while state in self.by:
            edge, state = self.by[state]
            edges.append(edge)
        return state, edges


def climb(slopes: Slopes, starts: Mapping[int, float], core: memoryview) -> Climb:
    """Search upwards from states with their weights, as far as the core.

    Parameters
    ----------
    slopes : Slopes
        The edges that lead up.
    starts : mapping of int to float
        Weight of each first state.
    core : memoryview of int, shape (states,)
        Negative for the states below the core.
    """
    first, to, weights, edges = slopes
    best = dict(starts)
    by: dict[int, tuple[int, int]] = {}
    ended: list[int] = []
    done: set[int] = set()
    waiting = [(weight, state) for state, weight in best.items()]
    heapq.heapify(waiting)
    while waiting:
        weight, state = heapq.heappop(waiting)
        if state in done:
            continue
        done.add(state)
        if core[state] >= 0:
            ended.append(state)
            continue
        for place in range(first[state], first[state + 1]):
            other = to[place]
            total = weight + weights[place]
            if other not in best or total < best[other]:
                best[other] = total
                by[other] = (edges[place], state)
                heapq.heappush(waiting, (total, other))
    return Climb(best, by, ended)
