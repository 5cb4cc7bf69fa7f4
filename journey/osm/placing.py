"""Stations on tracks: the foot of the perpendicular on every track that passes one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.geodesy import feet_on_segments, metres_per_degree
from journey.osm.station_names import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from journey.osm.chains import Chains
    from journey.osm.raw import Places, Spot
    from journey.osm.spots import Stop

REACH_M = 500.0
"""A station belongs to no track that is farther away."""

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


@dataclass(frozen=True, eq=False)
class Tracks:
    """Chains, with what is needed to find stations on them.

    Attributes
    ----------
    chains : Chains
        The chains.
    lon, lat : ndarray, shape (vertices,)
        Their vertices, degrees.
    kinds : ndarray of str, shape (chains,)
        Kind of track of each.
    """

    chains: Chains
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    kinds: NDArray[np.str_]

    @classmethod
    def of(cls, chains: Chains, places: Places, kinds: Sequence[str]) -> Tracks:
        """Take the places of the vertices."""
        lon, lat = places.lon[chains.node], places.lat[chains.node]
        return cls(chains, lon, lat, np.array(kinds))

    def foot(self, chain: int, lon: float, lat: float) -> tuple[float, float]:
        """Nearest place of a chain, on the axis, and how far it is, m."""
        vertex = np.arange(self.chains.first[chain], self.chains.last[chain])
        share, off_m = feet_on_segments(
            self.lon, self.lat, vertex, np.asarray(lon), np.asarray(lat)
        )
        best = int(off_m.argmin())
        low_m, high_m = self.chains.at_m[vertex[best] : vertex[best] + 2]
        return float(low_m + share[best] * (high_m - low_m)), float(off_m[best])

    def near(self, stops: Sequence[Stop]) -> list[list[int]]:
        """Chains that may be within reach of each station."""
        import shapely  # noqa: PLC0415 - for those who import

        vertices = np.stack([self.lon, self.lat], axis=1)
        counts = np.diff(self.chains.first)
        lines = shapely.linestrings(vertices, indices=np.repeat(np.arange(len(counts)), counts))
        lon, lat = (np.array([getattr(s.spot, c) for s in stops]) for c in ("lon", "lat"))
        east_m, north_m = metres_per_degree(lat)
        x, y = REACH_M / np.maximum(east_m, 1.0), REACH_M / north_m
        boxes = shapely.box(lon - x, lat - y, lon + x, lat + y)
        station, chain = shapely.STRtree(lines).query(boxes, predicate="intersects")
        found: list[list[int]] = [[] for _ in stops]
        for each, number in sorted(zip(station.tolist(), chain.tolist(), strict=True)):
            found[each].append(number)
        return found


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
    widest_m = min(off_m for _, off_m in served.values()) + BESIDE_M
    for mark in on_track:
        carrying = _carrying(mark, chains, tracks)
        widest_m = max([widest_m, *(every[chain][1] for chain in carrying)])
    return [(chain, *foot) for chain, foot in served.items() if foot[1] <= widest_m]


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
