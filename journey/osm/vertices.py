"""Nodes made of the vertices of lines, for formats that have no nodes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from journey.osm.traits import NO

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from journey.osm.raw import Run, Tags

PER_DEGREE = 10_000_000
NORTHERNMOST_DEG, EASTERNMOST_DEG = 90.0, 180.0


class Drawn(NamedTuple):
    """A line as it is drawn: its number, its places and its tags."""

    id: int
    run: Run
    tags: Tags


@dataclass
class Vertices:
    """Numbers of nodes for the vertices of lines.

    Lines that end, or begin, at a place meet there with all others; where none does, lines only
    meet at a vertex if they run at the same level, in a tunnel or on a bridge alike.

    Attributes
    ----------
    places : dict of int to (float, float)
        Where the nodes are that were given, degrees.
    """

    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    _ends: set[int] = field(default_factory=set)
    _levels: dict[int, dict[tuple[object, ...], int]] = field(default_factory=dict)
    _further: int = 0

    def see(self, line: Drawn) -> None:
        """Take note of where a line ends, before nodes are asked for."""
        self._ends |= {node_at(*line.run[0]), node_at(*line.run[-1])}

    def nodes(self, line: Drawn) -> Iterator[int]:
        """Nodes of a line, one for each of its places."""
        level = _level(line.tags)
        for lon, lat in line.run:
            node = self._at(node_at(lon, lat), level)
            self.places.setdefault(node, (round(lon, 7), round(lat, 7)))
            yield node

    def _at(self, node: int, level: tuple[object, ...]) -> int:
        if node in self._ends:
            return node
        known = self._levels.setdefault(node, {})
        if known and level not in known:
            # The number of the place is that of the first line; others go below zero.
            self._further -= 1
            known[level] = self._further
        return known.setdefault(level, node)


def node_at(lon: float, lat: float) -> int:
    """A number for a place, the same for places that agree to 1e-7 of a degree."""
    east = round((lon + EASTERNMOST_DEG) * PER_DEGREE)
    north = round((lat + NORTHERNMOST_DEG) * PER_DEGREE)
    return (east << 31) | north


def _level(tags: Mapping[str, str]) -> tuple[object, ...]:
    over, under = (tags.get(key, "") not in NO for key in ("bridge", "tunnel"))
    return tags.get("layer") or "0", over, under
