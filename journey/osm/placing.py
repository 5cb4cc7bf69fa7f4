"""Stations on tracks: the foot of the perpendicular on every track that passes one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.osm.belonging import belonging
from journey.osm.station_names import keys_of
from journey.osm.tracks import REACH_M

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from journey.osm.raw import Spot
    from journey.osm.spots import Stop
    from journey.osm.tracks import Tracks

BESIDE_M = 100.0
"""A station is on its nearest track, and on others that are this much farther away at most."""

AT_END_M = 0.01
ON_TRACK_M = 5.0


class Feet(NamedTuple):
    """Where stations are on chains, every station and chain at most once.

    Attributes
    ----------
    station : ndarray of int, shape (feet,)
        Which station.
    chain : ndarray of int, shape (feet,)
        Which chain.
    at_m : ndarray, shape (feet,)
        Place on the axis of the chains, m.
    off_m : ndarray, shape (feet,)
        Distance of the station from there, m.
    """

    station: NDArray[np.intp]
    chain: NDArray[np.intp]
    at_m: NDArray[np.float64]
    off_m: NDArray[np.float64]


def place_stations(
    stops: Sequence[Stop], spots: Iterable[Spot], tracks: Tracks
) -> tuple[Feet, Counter[str]]:
    """Put stations on the tracks that pass them.

    Parameters
    ----------
    stops : sequence of Stop
        The stations.
    spots : iterable of Spot
        Where trains stop on tracks: the tracks with a spot of a station's name belong to it,
        however wide it is.
    tracks : Tracks
        The tracks.

    Returns
    -------
    feet : Feet
        Where they are. Along a way through several chains a station is where the distance from it
        is least: at a node, where it grows on every track from there, else between nodes.
    counts : Counter
        Stations that no track is within reach of.
    """
    if not stops:
        return Feet(*np.empty((2, 0), dtype=np.intp), *np.empty((2, 0))), Counter()
    named: dict[str, list[Spot]] = {}
    for spot in spots:
        for key in keys_of(spot.tags):
            named.setdefault(key, []).append(spot)
    rows = [
        (number, *foot)
        for number, (stop, chains) in enumerate(zip(stops, tracks.near(stops), strict=True))
        for foot in _feet(stop, chains, _called(stop, named), tracks)
    ]
    columns = np.array(rows, dtype=float).reshape(-1, 4).T
    feet = Feet(columns[0].astype(np.intp), columns[1].astype(np.intp), columns[2], columns[3])
    return feet, Counter(without_track=len(stops) - len(np.unique(feet.station)))


def _called(stop: Stop, named: Mapping[str, Sequence[Spot]]) -> list[Spot]:
    """The spots that have a name, or a number, of a station."""
    found = (spot for key in keys_of(stop.spot.tags) for spot in named.get(key, ()))
    return list({(spot.form, spot.id): spot for spot in found}.values())


def _feet(
    stop: Stop, chains: Sequence[int], on_track: Sequence[Spot], tracks: Tracks
) -> list[tuple[int, float, float]]:
    """Feet of one station: chain, place and distance."""
    spot = stop.spot
    every = {chain: tracks.foot(chain, spot.lon, spot.lat) for chain in chains}
    least = _least(every, tracks)
    served = {
        chain: foot
        for chain, foot in every.items()
        if chain in least and tracks.kinds[chain] in stop.serves and foot[1] <= REACH_M
    }
    if not served:
        return []
    nearest = min(served, key=lambda chain: (served[chain][1], chain))
    carrying = {chain for mark in on_track for chain in _carrying(mark, chains, tracks)}
    widest_m = max([served[nearest][1] + BESIDE_M, *(every[chain][1] for chain in carrying)])
    passing = {chain: foot for chain, foot in served.items() if foot[1] <= widest_m}
    own = belonging(passing, nearest, carrying, tracks)
    return [(chain, *foot) for chain, foot in passing.items() if chain in own]


def _carrying(mark: Spot, chains: Sequence[int], tracks: Tracks) -> list[int]:
    """The tracks that a stop lies on."""
    return [chain for chain in chains if tracks.foot(chain, mark.lon, mark.lat)[1] <= ON_TRACK_M]


def _least(feet: dict[int, tuple[float, float]], tracks: Tracks) -> set[int]:
    """The chains whose foot is no mere end, from where another track comes nearer."""
    here: dict[int, int] = {}
    node_of: dict[int, int] = {}
    for chain, (at_m, _) in feet.items():
        if (node := _end_at(chain, at_m, tracks)) is not None:
            node_of[chain] = node
            here[node] = here.get(node, 0) + 1
    degree = _degree(here, feet, tracks)
    return {chain for chain in feet if chain not in node_of
            or here[node_of[chain]] == degree[node_of[chain]]}  # fmt: skip


def _end_at(chain: int, at_m: float, tracks: Tracks) -> int | None:
    """The node at which a foot lies, if it lies at an end of its chain."""
    chains = tracks.chains
    for vertex in (int(chains.first[chain]), int(chains.last[chain])):
        if abs(chains.at_m[vertex] - at_m) <= AT_END_M:
            return int(chains.node[vertex])
    return None


def _degree(nodes: Iterable[int], chains: Iterable[int], tracks: Tracks) -> dict[int, int]:
    """How many chains end at each of some nodes, all of them within reach."""
    degree = dict.fromkeys(nodes, 0)
    for chain in chains:
        for vertex in (int(tracks.chains.first[chain]), int(tracks.chains.last[chain])):
            node = int(tracks.chains.node[vertex])
            if node in degree:
                degree[node] += 1
    return degree
