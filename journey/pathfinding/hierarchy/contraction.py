"""Taking states out of a graph round by round, with shortcuts for the ways through them.

Geisberger, Sanders, Schultes and Delling, "Contraction hierarchies: faster and simpler hierarchical
routing in road networks", WEA 2008. Here each round takes out many states at once, none next to
another, so that a round is a handful of operations on arrays.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    Numbers = NDArray[np.int64]
    Weights = NDArray[np.float64]

WORTH_PRUNING = 400_000
"""With more states left than this, few edges would be found to be needless."""

PRUNED_EVERY = 2
"""Rounds from one search for needless edges to the next."""

HASH = 2_654_435_761
"""Knuth's multiplier: odd, hence one to one on 32 bits."""


class Edges(NamedTuple):
    """Every edge there ever was, by number: those given, then the shortcuts.

    `first` and `second` are the two edges a shortcut stands for, -1 for an edge given.
    """

    tail: NDArray[np.int32]
    head: NDArray[np.int32]
    weight: Weights
    first: NDArray[np.int32]
    second: NDArray[np.int32]


class Contraction(NamedTuple):
    """What contraction leaves: the edges, those to and from later states, and the core.

    Attributes
    ----------
    edges : Edges
        Given ones and shortcuts.
    leaving : ndarray
        Numbers of the edges from a state taken out to one that was still there.
    entering : ndarray
        Numbers of the edges into a state taken out from one that was still there.
    core_states : ndarray
        The states never taken out, in increasing order.
    core_edges : ndarray
        Numbers of the edges between them.
    """

    edges: Edges
    leaving: Numbers
    entering: Numbers
    core_states: Numbers
    core_edges: Numbers


class _Remaining(NamedTuple):
    """States still there by their number in the graph, and the edges between their places here."""

    states: Numbers
    depth: Numbers
    tail: Numbers
    head: Numbers
    weight: Weights
    edge: Numbers


def contract(matrix: csr_array, core_states: int) -> Contraction:
    """Take states out until few are left.

    Parameters
    ----------
    matrix : csr_array, shape (states, states)
        Weight of each edge, none negative; an infinite one is no edge.
    core_states : int
        How many states may be left.

    Returns
    -------
    Contraction
        The same for the same matrix, on every machine.
    """
    remaining = _given(matrix)
    made = [_numbered(remaining, np.full((2, len(remaining.edge)), -1))]
    count = len(remaining.edge)
    leaving, entering = [remaining.edge[:0]], [remaining.edge[:0]]
    rounds = 0
    while len(remaining.states) > core_states:
        out = _independent(remaining)
        into, away = np.flatnonzero(out[remaining.head]), np.flatnonzero(out[remaining.tail])
        leaving.append(remaining.edge[away])
        entering.append(remaining.edge[into])
        remaining, shortcuts = _without(remaining, out, into, away, count)
        made.append(shortcuts)
        count += len(shortcuts.tail)
        rounds += 1
        if rounds % PRUNED_EVERY == 0 and len(remaining.states) < WORTH_PRUNING:
            remaining = _pruned(remaining)
    edges = Edges(*(np.concatenate(column) for column in zip(*made, strict=True)))
    return Contraction(
        edges,
        np.concatenate(leaving),
        np.concatenate(entering),
        remaining.states,
        remaining.edge,
    )


def _given(matrix: csr_array) -> _Remaining:
    """Take the edges of a matrix, of parallel ones the lightest, and none back to its own state."""
    size = matrix.shape[0]
    tail = np.repeat(np.arange(size), np.diff(matrix.indptr))
    head, weight = matrix.indices.astype(np.int64), matrix.data.astype(np.float64)
    kept = np.flatnonzero((tail != head) & np.isfinite(weight))
    kept = kept[_lightest(tail[kept] * size + head[kept], weight[kept])]
    states = np.arange(size)
    edge = np.arange(len(kept))
    return _Remaining(states, np.zeros_like(states), tail[kept], head[kept], weight[kept], edge)


def _numbered(made: _Remaining, parts: NDArray[np.int64]) -> Edges:
    """Edges by the numbers of their states in the whole graph."""
    tail, head = made.states[made.tail], made.states[made.head]
    first, second = parts.astype(np.int32)
    return Edges(tail.astype(np.int32), head.astype(np.int32), made.weight, first, second)


def _lightest(key: Numbers, weight: Weights) -> Numbers:
    """Places of the lightest of each group of equal keys, in order of the keys."""
    order = np.lexsort((weight, key))
    in_order = key[order]
    leads = np.ones(len(order), dtype=bool)
    leads[1:] = in_order[1:] != in_order[:-1]
    return order[leads]


def _independent(remaining: _Remaining) -> NDArray[np.bool_]:
    """Choose states, no two joined by an edge, each cheaper to take out than its neighbours.

    What counts is by how many edges the graph grows, and how deep the state would lie below
    those taken out before; ties are settled by a hash, so that chains fall apart evenly.
    """
    size = len(remaining.states)
    into = np.bincount(remaining.head, minlength=size)
    away = np.bincount(remaining.tail, minlength=size)
    cost = 2 * (into * away - into - away) + remaining.depth
    scattered = (remaining.states * HASH) & 0xFFFF_FFFF
    key = (cost << 32) + scattered
    lowest = np.full(size, np.iinfo(np.int64).max)
    np.minimum.at(lowest, remaining.tail, key[remaining.head])
    np.minimum.at(lowest, remaining.head, key[remaining.tail])
    return np.asarray(key < lowest)


def _without(
    remaining: _Remaining, out: NDArray[np.bool_], into: Numbers, away: Numbers, count: int
) -> tuple[_Remaining, Edges]:
    """Take states out; give what is left, and the shortcuts that were needed, numbered on."""
    first, second = _pairs(remaining.head[into], remaining.tail[away], len(out))
    first, second = into[first], away[second]
    through = remaining.tail[first] != remaining.head[second]
    first, second = first[through], second[through]
    rest = np.flatnonzero(~(out[remaining.tail] | out[remaining.head]))
    tail = np.concatenate([remaining.tail[rest], remaining.tail[first]])
    head = np.concatenate([remaining.head[rest], remaining.head[second]])
    weight = np.concatenate(
        [remaining.weight[rest], remaining.weight[first] + remaining.weight[second]]
    )
    kept = _lightest(tail * len(out) + head, weight)
    new = kept[kept >= len(rest)] - len(rest)
    parts = remaining.edge[np.stack([first[new], second[new]])]
    made = remaining._replace(
        tail=remaining.tail[first[new]],
        head=remaining.head[second[new]],
        weight=weight[len(rest) + new],
    )
    edge = np.empty(len(kept), dtype=np.int64)
    edge[kept >= len(rest)] = count + np.arange(len(new))
    edge[kept < len(rest)] = remaining.edge[rest[kept[kept < len(rest)]]]
    place = np.cumsum(~out) - 1
    left = _Remaining(
        remaining.states[~out],
        _deepened(remaining, into, away)[~out],
        place[tail[kept]],
        place[head[kept]],
        weight[kept],
        edge,
    )
    return left, _numbered(made, parts)


def _pairs(key: Numbers, other_key: Numbers, size: int) -> tuple[Numbers, Numbers]:
    """Places of every pair of an entry of one array and an equal one of the other.

    Both hold numbers below `size`; pairs come in the order of the first array.
    """
    order = np.argsort(other_key, kind="stable")
    times = np.bincount(other_key, minlength=size)
    begins = np.cumsum(times) - times
    repeats = times[key]
    within = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    return (
        np.repeat(np.arange(len(key)), repeats),
        order[within + np.repeat(begins[key], repeats)],
    )


def _deepened(remaining: _Remaining, into: Numbers, away: Numbers) -> Numbers:
    """Depth of each state once its neighbours are taken out."""
    depth = remaining.depth.copy()
    np.maximum.at(depth, remaining.tail[into], remaining.depth[remaining.head[into]] + 1)
    np.maximum.at(depth, remaining.head[away], remaining.depth[remaining.tail[away]] + 1)
    return depth


def _pruned(remaining: _Remaining) -> _Remaining:
    """Leave out edges that two others together undercut; edges are in order of their states.

    Since both of the two are lighter than the one left out, what replaces it is never left out in
    its favour.
    """
    size = len(remaining.states)
    key = remaining.tail * size + remaining.head
    first, second = _pairs(remaining.head, remaining.tail, size)
    weight = remaining.weight[first] + remaining.weight[second]
    heaviest = np.zeros(size)
    np.maximum.at(heaviest, remaining.tail, remaining.weight)
    able = weight < heaviest[remaining.tail[first]]
    first, second, weight = first[able], second[able], weight[able]
    beside = remaining.tail[first] * size + remaining.head[second]
    place = np.minimum(np.searchsorted(key, beside), max(len(key) - 1, 0))
    undercut = (key[place] == beside) & (weight < remaining.weight[place])
    kept = np.ones(len(key), dtype=bool)
    kept[place[undercut]] = False
    return remaining._replace(
        tail=remaining.tail[kept],
        head=remaining.head[kept],
        weight=remaining.weight[kept],
        edge=remaining.edge[kept],
    )
