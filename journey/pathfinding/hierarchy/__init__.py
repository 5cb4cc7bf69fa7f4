"""Lightest ways on large graphs, in milliseconds: a contraction hierarchy on arrays.

A hierarchy takes seconds to build for a million sections of track, and answers any number of
questions after that. It suits graphs as sparse and as flat as a railway.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.pathfinding.hierarchy.contraction import contract
from journey.pathfinding.hierarchy.core import Core
from journey.pathfinding.hierarchy.search import Climb, Slopes, climb

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

CORE_STATES = 2_000
"""States in the core: more make the table of its ways dear, fewer the way up to it."""


class Found(NamedTuple):
    """A lightest way: its weight, and the states it passes in order, both ends included.

    Without a way the weight is infinite and no state is passed.
    """

    weight: float
    states: tuple[int, ...]


NOTHING = Found(math.inf, ())


@dataclass(frozen=True, slots=True, eq=False)
class Hierarchy:
    """A graph made ready for many searches.

    Attributes
    ----------
    up, down : Slopes
        Edges to states higher up, and against their direction edges from them.
    core : Core
        The states at the top.
    head : ndarray, shape (edges,)
        The state each edge leads to.
    parts : ndarray, shape (2, edges)
        The two edges that a shortcut stands for; -1 for an edge of the graph.
    """

    up: Slopes
    down: Slopes
    core: Core
    head: NDArray[np.int32]
    parts: NDArray[np.int32]

    @classmethod
    def of(cls, matrix: csr_array, core_states: int = CORE_STATES) -> Hierarchy:
        """Build the hierarchy of a graph.

        Parameters
        ----------
        matrix : csr_array, shape (states, states)
            Weight of each edge, none negative; an infinite one is no edge.
        core_states : int
            How many states are left at the top.

        Returns
        -------
        Hierarchy
            The same for the same matrix, on every machine.
        """
        states = matrix.shape[0]
        left = contract(matrix, core_states)
        return cls(
            Slopes.of(left.edges, left.leaving, states, down=False),
            Slopes.of(left.edges, left.entering, states, down=True),
            Core.of(left, states),
            left.edges.head,
            np.stack([left.edges.first, left.edges.second]),
        )

    def shortest(self, starts: Mapping[int, float], ends: Mapping[int, float]) -> Found:
        """Find the lightest way from one of several states to one of several others.

        Parameters
        ----------
        starts : mapping of int to float
            What beginning at each state weighs.
        ends : mapping of int to float
            What ending at each weighs; may be negative.

        Returns
        -------
        Found
            The least of the weight of beginning, of all edges, and of ending; and its states. A
            state that is a start and an end is a way by itself.
        """
        return self.ahead(starts).to(ends)

    def ahead(self, starts: Mapping[int, float]) -> Ahead:
        """Search upwards from states, for several questions that begin there."""
        return Ahead(self, climb(self.up, starts, self.core.number))

    def unpacked(self, edges: NDArray[np.int64]) -> NDArray[np.int32]:
        """Numbers of the states that edges lead to, one by one where an edge is a shortcut."""
        while (short := self.parts[0, edges] >= 0).any():
            begins = np.arange(len(edges)) + np.cumsum(short) - short
            longer = np.empty(len(edges) + int(short.sum()), dtype=np.int64)
            longer[begins] = np.where(short, self.parts[0, edges], edges)
            longer[begins[short] + 1] = self.parts[1, edges[short]]
            edges = longer
        return self.head[edges]


class Ahead(NamedTuple):
    """A search from the states where ways begin."""

    hierarchy: Hierarchy
    found: Climb

    def to(self, ends: Mapping[int, float]) -> Found:
        """Find the lightest way to one of several states, each with what ending there weighs."""
        hierarchy = self.hierarchy
        behind = climb(hierarchy.down, ends, hierarchy.core.number)
        weight, state = _meeting(self.found.weight, behind.weight)
        above, top, far = hierarchy.core.lightest(_core_side(self.found), _core_side(behind))
        if not math.isfinite(min(weight, above)):
            return NOTHING
        if weight <= above:
            top = far = state
        start, up = self.found.way(top)
        _, down = behind.way(far)
        across = hierarchy.core.between(top, far)
        edges = np.concatenate([_numbers(up[::-1]), across, _numbers(down)])
        return Found(min(weight, above), (start, *hierarchy.unpacked(edges).tolist()))


def _meeting(ahead: Mapping[int, float], behind: Mapping[int, float]) -> tuple[float, int]:
    """Find the best state that both searches reached."""
    return min(
        ((ahead[state] + behind[state], state) for state in ahead.keys() & behind.keys()),
        default=(math.inf, -1),
    )


def _numbers(edges: list[int]) -> NDArray[np.int64]:
    return np.array(edges, dtype=np.int64)


def _core_side(found: Climb) -> tuple[list[int], list[float]]:
    return found.core, [found.weight[state] for state in found.core]
