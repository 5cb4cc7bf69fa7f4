"""Chains: edges joined from junction to junction wherever the track stays the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.track import bearing_deg, turn_deg
from journey.turning import SHARPEST_SWITCH_DEG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from journey.osm.edges import Edges
    from journey.osm.raw import Places

GAP_M = 1.0
"""Between the chainages of two chains on their common axis, so that no two have a place."""


class Chains(NamedTuple):
    """Chains one after another on one axis.

    Attributes
    ----------
    first : ndarray of int, shape (chains + 1,)
        Where the vertices of each chain begin.
    node : ndarray of int, shape (vertices,)
        Number of the node at each vertex.
    way : ndarray of int, shape (vertices,)
        Way of the track from each vertex to the next; -1 at the last of a chain.
    at_m : ndarray, shape (vertices,)
        Place on the axis, m: chainage of the chain, and `GAP_M` between two chains.
    """

    first: NDArray[np.intp]
    node: NDArray[np.intp]
    way: NDArray[np.intp]
    at_m: NDArray[np.float64]

    @property
    def last(self) -> NDArray[np.intp]:
        """The last vertex of each chain."""
        return self.first[1:] - 1

    @property
    def ends(self) -> NDArray[np.intp]:
        """Nodes at the start and the end of each chain, shape (chains, 2)."""
        return self.node[np.stack([self.first[:-1], self.last], axis=1)]


def chains_of(
    edges: Edges, same: NDArray[np.intp], places: Places, branchings: NDArray[np.int64]
) -> Chains:
    """Join edges to chains.

    Parameters
    ----------
    edges : Edges
        The pieces of track.
    same : ndarray of int, shape (edges,)
        Equal for edges that may be parts of one chain.
    places : Places
        The nodes.
    branchings : ndarray of int
        Numbers of the nodes at which three tracks or more meet in the extract, in order.

    Returns
    -------
    Chains
        They end where more or fewer than two edges meet, and where these differ, or meet in a
        corner as the legs of a switch do whose stem is left out; a chain that comes back to its
        start is cut in two.
    """
    breaks = _breaks(edges, same, len(places.id))
    branch = np.isin(places.id, branchings) & ~breaks
    breaks[_corners(edges, places, branch)] = True
    starts = _piece_starts(edges, breaks)
    order, flipped, first = _walked(edges, breaks, starts)
    tail = np.where(flipped, edges.head[order], edges.tail[order])
    head = np.where(flipped, edges.tail[order], edges.head[order])
    first = _rings_cut(first, tail, head)
    return _laid(edges, order, tail, head, first)


def _breaks(edges: Edges, same: NDArray[np.intp], nodes: int) -> NDArray[np.bool_]:
    """Whether a chain ends at a node."""
    ends, both = np.concatenate([edges.tail, edges.head]), np.concatenate([same, same])
    low, high = np.full(nodes, np.iinfo(np.intp).max), np.full(nodes, -1)
    np.minimum.at(low, ends, both)
    np.maximum.at(high, ends, both)
    inner = np.bincount(ends, minlength=nodes) == 2  # noqa: PLR2004 - in and out
    breaks: NDArray[np.bool_] = ~(inner & (low == high))
    return breaks


def _corners(edges: Edges, places: Places, branch: NDArray[np.bool_]) -> NDArray[np.intp]:
    """Nodes of which two legs are left, and no train goes from one into the other."""
    ends = np.concatenate([edges.tail, edges.head])
    others = np.concatenate([edges.head, edges.tail])
    here = np.flatnonzero(branch[ends])
    pairs = here[np.argsort(ends[here], kind="stable")].reshape(-1, 2)
    lon, lat = places.lon, places.lat
    leaving_deg = bearing_deg(lon[ends], lat[ends], lon[others], lat[others])
    corner = turn_deg(leaving_deg[pairs[:, 0]] + 180, leaving_deg[pairs[:, 1]])
    found: NDArray[np.intp] = ends[pairs[corner > SHARPEST_SWITCH_DEG, 0]]
    return found


def _piece_starts(edges: Edges, breaks: NDArray[np.bool_]) -> NDArray[np.intp]:
    """First edges of the pieces that ways consist of between breaks."""
    follows = (edges.head[:-1] == edges.tail[1:]) & (edges.way[:-1] == edges.way[1:])
    return np.concatenate([[0], 1 + np.flatnonzero(~(follows & ~breaks[edges.tail[1:]]))])


def _walked(
    edges: Edges, breaks: NDArray[np.bool_], starts: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.bool_], NDArray[np.intp]]:
    """Edges in the order of the chains, whether each is run backwards, where chains begin."""
    stops = np.append(starts[1:], len(edges.tail))
    ends = np.stack([edges.tail[starts], edges.head[stops - 1]], axis=1).ravel()
    order: list[NDArray[np.intp]] = []
    flipped: list[NDArray[np.bool_]] = []
    sizes: list[int] = []
    for chain in _chains_of_pieces(_partners(ends, breaks)):
        for piece, side in chain:
            run = np.arange(starts[piece], stops[piece])
            order.append(run[::-1] if side else run)
            flipped.append(np.full(len(run), side == 1))
        sizes.append(sum(int(stops[piece] - starts[piece]) for piece, _ in chain))
    return np.concatenate(order), np.concatenate(flipped), np.cumsum([0, *sizes], dtype=np.intp)


def _partners(ends: NDArray[np.intp], breaks: NDArray[np.bool_]) -> list[int]:
    """Of each end of a piece, twice its number and the side, the end it is joined to; or -1."""
    partner = np.full(len(ends), -1)
    inner = np.flatnonzero(~breaks[ends])
    pairs = inner[np.argsort(ends[inner], kind="stable")].reshape(-1, 2)
    partner[pairs[:, 0]], partner[pairs[:, 1]] = pairs[:, 1], pairs[:, 0]
    return partner.tolist()


def _chains_of_pieces(partner: list[int]) -> Iterator[list[tuple[int, int]]]:
    """Pieces joined, each with the side it is entered by; rings come last."""
    done = [False] * (len(partner) // 2)
    free = [end for end, other in enumerate(partner) if other < 0]
    for end in (*free, *range(0, len(partner), 2)):
        if done[end // 2]:
            continue
        chain = []
        entered = end
        while entered >= 0 and not done[entered // 2]:
            done[entered // 2] = True
            chain.append((entered // 2, entered % 2))
            entered = partner[entered ^ 1]
        yield _directed(chain)


def _directed(chain: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """A chain in the direction of the earliest of its ways."""
    return [(piece, 1 - side) for piece, side in reversed(chain)] if min(chain)[1] else chain


def _rings_cut(
    first: NDArray[np.intp], tail: NDArray[np.intp], head: NDArray[np.intp]
) -> NDArray[np.intp]:
    """Where chains begin, with those that come back to their start cut in the middle."""
    is_ring = tail[first[:-1]] == head[first[1:] - 1]
    middles = (first[:-1] + first[1:])[is_ring] // 2
    return np.sort(np.concatenate([first, middles]))


def _laid(
    edges: Edges,
    order: NDArray[np.intp],
    tail: NDArray[np.intp],
    head: NDArray[np.intp],
    first: NDArray[np.intp],
) -> Chains:
    """Lay chains on their axis."""
    begins = first[:-1] + np.arange(len(first) - 1)
    is_begin = np.zeros(len(order) + len(begins), dtype=bool)
    is_begin[begins] = True
    node = np.empty(len(is_begin), dtype=np.intp)
    node[is_begin], node[~is_begin] = tail[first[:-1]], head
    step_m = np.full(len(is_begin), GAP_M)
    step_m[~is_begin] = edges.length_m[order]
    way = np.full(len(is_begin), -1, dtype=np.intp)
    way[np.flatnonzero(~is_begin) - 1] = edges.way[order]
    bounds = np.append(begins, len(is_begin)).astype(np.intp)
    return Chains(bounds, node, way, np.cumsum(step_m) - GAP_M)
