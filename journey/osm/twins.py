"""Track that is drawn twice, once for each of its gauges: it has both."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.osm.raw import Ways
from journey.osm.traits import gauge_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.osm.raw import Tags


class Twins(NamedTuple):
    """Ways, those of several gauges told apart.

    Attributes
    ----------
    ways : Ways
        The ways, and after them one for each part of a way that has further gauges.
    way : ndarray of int, shape (edges,)
        Way of each piece of track.
    joined : ndarray of int
        The ways whose gauges were given to others.
    counts : Counter
        How many, and how many pairs of ways differ in something else, by `journey.osm.counts`.
    """

    ways: Ways
    way: NDArray[np.intp]
    joined: NDArray[np.intp]
    counts: Counter[str]


def with_twins(ways: Ways, way: NDArray[np.intp], kept: NDArray[np.intp]) -> Twins:
    """Give pieces of track the gauges of all ways that are drawn there.

    Parameters
    ----------
    ways : Ways
        The tracks.
    way : ndarray of int, shape (edges,)
        Way of each piece.
    kept : ndarray of int, shape (edges,)
        For each piece the first that is drawn between the same nodes.
    """
    again = np.flatnonzero(way[kept] != way)
    others: dict[int, set[int]] = {}
    for piece, other in zip(kept[again].tolist(), way[again].tolist(), strict=True):
        others.setdefault(piece, set()).add(other)
    parts = _Parts(ways, {}, [], set(), set())
    way = way.copy()
    for piece, over in others.items():
        way[piece] = parts.way_of(int(way[piece]), over)
    joined = np.array(sorted(parts.joined), dtype=np.intp)
    counts = Counter(gauges_joined=len(joined), twins_differ=len(parts.differing))
    return Twins(parts.all_ways(), way, joined, counts)


class _Parts(NamedTuple):
    """Parts of ways that have further gauges: way and gauge of each, and its tags."""

    ways: Ways
    number: dict[tuple[int, str], int]
    tags: list[Tags]
    joined: set[int]
    differing: set[tuple[int, int]]

    def way_of(self, way: int, over: set[int]) -> int:
        """The way of a piece of track over which others are drawn."""
        own = self._tags(way)
        gauge = gauge_of(own.get("gauge", ""))
        gauges = {other: gauge_of(self._tags(other).get("gauge", "")) for other in sorted(over)}
        every = gauge_of("+".join(filter(None, (gauge, *gauges.values()))))
        further = {other for other in over if not set(gauges[other].split("+")) - {""}
                   <= set(gauge.split("+"))}  # fmt: skip
        self.joined.update(further)
        self.differing.update(
            (way, other) for other in over if _but_gauge(self._tags(other)) != _but_gauge(own)
        )
        return self._part(way, every, own) if further else way

    def all_ways(self) -> Ways:
        """All ways, the parts at the end; these have no nodes of their own."""
        ways, known = self.ways, len(self.ways.tags)
        origin = np.array([way for way, _ in self.number], dtype=np.intp)
        return Ways(
            id=np.concatenate([ways.id, ways.id[origin]]),
            first=np.concatenate([ways.first, np.full(len(origin), ways.first[-1])]),
            node=ways.node,
            kind=np.concatenate([ways.kind, known + np.arange(len(origin))]),
            tags=(*ways.tags, *self.tags),
        )

    def _part(self, way: int, gauge: str, tags: Tags) -> int:
        key = way, gauge
        if key not in self.number:
            self.number[key] = len(self.ways.id) + len(self.number)
            self.tags.append({**tags, "gauge": gauge})
        return self.number[key]

    def _tags(self, way: int) -> Tags:
        return self.ways.tags[int(self.ways.kind[way])]


def _but_gauge(tags: Tags) -> Tags:
    return {key: value for key, value in tags.items() if key != "gauge"}
