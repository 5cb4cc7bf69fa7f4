"""Track as edges between nodes: what is missing, repeated or drawn twice is counted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError
from journey.geodesy import ellipsoid
from journey.osm.twins import with_twins

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.osm.raw import Places, Ways

HALF_TURN_DEG = 180.0


class Edges(NamedTuple):
    """Pieces of track between neighbouring nodes, in the order of the ways.

    Attributes
    ----------
    tail, head : ndarray of int, shape (edges,)
        Numbers of the nodes, by their order in `Places`.
    way : ndarray of int, shape (edges,)
        Number of the way, by its order in `Ways`.
    length_m : ndarray, shape (edges,)
        Length on the ellipsoid, m, above zero.
    """

    tail: NDArray[np.intp]
    head: NDArray[np.intp]
    way: NDArray[np.intp]
    length_m: NDArray[np.float64]


def edges_of(ways: Ways, places: Places) -> tuple[Edges, Ways, Counter[str]]:
    """Take ways apart.

    Parameters
    ----------
    ways : Ways
        The tracks.
    places : Places
        Their nodes, as far as the extract has them: a way ends where one is missing.

    Returns
    -------
    edges : Edges
        Every piece of track once.
    ways : Ways
        The tracks, and parts of them over which others of further gauges are drawn.
    counts : Counter
        What was missing, repeated or twice.

    Raises
    ------
    InputError
        If a piece of track runs across the antimeridian.
    """
    node, is_there = _numbered(ways, places)
    way_of = np.repeat(np.arange(len(ways.id)), np.diff(ways.first))
    within = (way_of[1:] == way_of[:-1]) & is_there[1:] & is_there[:-1]
    tail, head, way = node[:-1][within], node[1:][within], way_of[:-1][within]
    joined = _ends_at_one_place(node, is_there, ways, places)
    tail, head, apart = _merged(tail, head, joined, places)
    tail, head, way = tail[apart], head[apart], way[apart]
    kept = _first_drawn(tail, head)
    first = kept == np.arange(len(kept))
    twins = with_twins(ways, way, kept)
    counts = Counter(
        nodes_missing=len(np.unique(ways.node[~is_there])),
        ways_cut=len(np.unique(way_of[~is_there])),
        ways_of_one_node=int((np.diff(ways.first) < 2).sum()),  # noqa: PLR2004 - two ends
        nodes_repeated=int((~apart).sum()),
        ends_joined=joined.shape[1],
        **_counted_twice(way, first, twins.joined),
    )
    tail, head, way = tail[first], head[first], twins.way[first]
    _check_meridian(tail, head, places)
    lon, lat = places.lon, places.lat
    length_m = ellipsoid().inv(lon[tail], lat[tail], lon[head], lat[head])[2]
    return Edges(tail, head, way, np.asarray(length_m)), twins.ways, counts + twins.counts


def _check_meridian(tail: NDArray[np.intp], head: NDArray[np.intp], places: Places) -> None:
    """See to it that no edge would be drawn around the Earth."""
    across = np.flatnonzero(np.abs(places.lon[tail] - places.lon[head]) > HALF_TURN_DEG)
    if across.size:
        ids = places.id[[tail[across[0]], head[across[0]]]].tolist()
        raise InputError(
            f"a track runs across the antimeridian (180 degrees) between nodes {ids[0]} and "
            f"{ids[1]}: such a line cannot be imported; cut the extract there"
        )


def _numbered(ways: Ways, places: Places) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Number of each node of the ways, and whether the extract has it."""
    if not len(places.id):
        return np.zeros(len(ways.node), dtype=np.intp), np.zeros(len(ways.node), dtype=bool)
    node = np.minimum(np.searchsorted(places.id, ways.node), len(places.id) - 1)
    return node, places.id[node] == ways.node


def _ends_at_one_place(
    node: NDArray[np.intp], is_there: NDArray[np.bool_], ways: Ways, places: Places
) -> NDArray[np.intp]:
    """Ends of ways at the place of an end before, and that end: numbers of nodes, shape (2, n)."""
    filled = np.flatnonzero(np.diff(ways.first))
    places_of_ends = np.concatenate([ways.first[:-1][filled], ways.first[1:][filled] - 1])
    ends = np.unique(node[places_of_ends[is_there[places_of_ends]]])
    place = np.stack([places.lon[ends], places.lat[ends]], axis=1)
    _, first, group = np.unique(place, axis=0, return_index=True, return_inverse=True)
    pairs = np.stack([ends, ends[first[group.ravel()]]])
    return pairs[:, pairs[0] != pairs[1]]


def _merged(
    tail: NDArray[np.intp], head: NDArray[np.intp], joined: NDArray[np.intp], places: Places
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.bool_]]:
    """Edges with neighbours, and ends of ways, at one place made one node; and which have a length.

    `joined` has ends at one place.
    """
    from scipy.sparse import coo_array  # noqa: PLC0415 - for those who import
    from scipy.sparse.csgraph import connected_components  # noqa: PLC0415

    close = (places.lon[tail] == places.lon[head]) & (places.lat[tail] == places.lat[head])
    if (tail[close] != head[close]).any() or joined.size:
        size = len(places.id)
        ends = np.concatenate([np.stack([tail[close], head[close]]), joined], axis=1)
        links = coo_array((np.ones(ends.shape[1]), tuple(ends)), shape=(size, size))
        _, group = connected_components(links, directed=False)
        _, leader = np.unique(group, return_index=True)
        tail, head = leader[group[tail]], leader[group[head]]
    return tail, head, tail != head


def _first_drawn(tail: NDArray[np.intp], head: NDArray[np.intp]) -> NDArray[np.intp]:
    """For each edge the first one between its two nodes."""
    pairs = np.stack([np.minimum(tail, head), np.maximum(tail, head)], axis=1)
    order = np.lexsort((pairs[:, 1], pairs[:, 0]))
    new = np.ones(len(order), dtype=bool)
    new[1:] = (pairs[order][1:] != pairs[order][:-1]).any(axis=1)
    kept = np.empty(len(order), dtype=np.intp)
    # The order is stable, so that of equal pairs the first way's comes first.
    kept[order] = order[new][np.cumsum(new) - 1]
    return kept


def _counted_twice(
    way: NDArray[np.intp], first: NDArray[np.bool_], joined: NDArray[np.intp]
) -> dict[str, int]:
    """Ways all of which was drawn before, and other pieces that were; not those of two gauges."""
    repeated = np.setdiff1d(way, np.union1d(way[first], joined))
    single = ~first & ~np.isin(way, np.union1d(repeated, joined))
    return {"ways_twice": len(repeated), "edges_twice": int(single.sum())}
