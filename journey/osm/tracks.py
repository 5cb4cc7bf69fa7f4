"""Tracks as stations are put on them: where they run, what they are, where they meet."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from journey.geodesy import feet_on_segments, metres_per_degree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.osm.chains import Chains
    from journey.osm.rails import Rails
    from journey.osm.raw import Places
    from journey.osm.spots import Stop

REACH_M = 500.0
"""A station belongs to no track that is farther away."""


@dataclass(frozen=True, eq=False)
class Tracks:
    """Chains, with what is needed to find stations on them.

    Attributes
    ----------
    chains : Chains
        The chains.
    lon, lat : ndarray, shape (vertices,)
        Their vertices, degrees.
    kinds, lines : ndarray of str, shape (chains,)
        Kind of track and line of each.
    level : ndarray of str, shape (vertices,)
        Whether the track from there on runs in a tunnel or on a bridge.
    """

    chains: Chains
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]
    kinds: NDArray[np.str_]
    lines: NDArray[np.str_]
    level: NDArray[np.str_]

    @classmethod
    def of(cls, chains: Chains, places: Places, rails: Rails) -> Tracks:
        """Take the places of the vertices, and what is known of the ways."""
        lon, lat = places.lon[chains.node], places.lat[chains.node]
        way = chains.way[chains.first[:-1]].tolist()
        kinds = np.array([rails.of(each).kind for each in way])
        lines = np.array([rails.line[each] for each in way])
        level = np.array([each.structure for each in rails.traits])[rails.kind[chains.way]]
        return cls(chains, lon, lat, kinds, lines, level)

    @cached_property
    def _at_node(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Nodes at the ends of chains, sorted, and the chain of each."""
        node = self.chains.ends.ravel()
        order = np.argsort(node, kind="stable")
        return node[order], order // 2

    def ending_at(self, node: int) -> list[int]:
        """Chains that begin or end at a node."""
        nodes, chain = self._at_node
        low, high = np.searchsorted(nodes, [node, node + 1])
        found: list[int] = chain[low:high].tolist()
        return found

    def ends_of(self, chain: int) -> tuple[tuple[int, float], tuple[int, float]]:
        """Node at the start and the end of a chain, and where on the axis they are, m."""
        chains = self.chains
        first, last = int(chains.first[chain]), int(chains.last[chain])
        start, end = int(chains.node[first]), int(chains.node[last])
        return (start, float(chains.at_m[first])), (end, float(chains.at_m[last]))

    def at(self, chain: int, at_m: float) -> tuple[float, float, str]:
        """Longitude, latitude and level of a place on a chain."""
        low, high = int(self.chains.first[chain]), int(self.chains.first[chain + 1])
        axis_m = self.chains.at_m[low:high]
        vertex = low + min(int(np.searchsorted(axis_m, at_m, side="right")), high - low - 1) - 1
        lon, lat = (np.interp(at_m, axis_m, c[low:high]) for c in (self.lon, self.lat))
        return float(lon), float(lat), str(self.level[max(vertex, low)])

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
