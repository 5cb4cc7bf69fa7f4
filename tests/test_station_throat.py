"""Routes through the throat of Helsinki Central: 34 double slips, 7 crossings, 30 switches.

The oracle knows nothing of sections: it walks the extract node by node, at each of which it asks
for the change of heading and what the node is.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
import osmium
import pytest
from pyproj import Geod

import journey
from journey.pathfinding.turn_graph import TurnGraph
from journey.pathfinding.ways import NoWayError, Place, Spot
from journey.turning import Turns, possible_turns

THROAT = Path(__file__).parent / "data" / "osm" / "helsinki-throat.osm.pbf"
WGS84 = Geod(ellps="WGS84")
SHARPEST_DEG = 60.0
"""Of a switch; the track behind it lies at some 170 degrees."""
WIDEST_SLIP_DEG = 20.0

KNOWN_M = {
    (25473243, 339710819): 713.078,
    (339728031, 259158515): 855.625,
    (1371700067, 339727878): 686.421,
}
"""Lengths of ways from buffer stops to the northern edge, of the geodesics between their nodes."""


@dataclass(frozen=True)
class Oracle:
    """The extract as it is: places and tags of nodes, and which are joined by rails."""

    lonlat: dict[int, tuple[float, float]]
    tags: dict[int, dict[str, str]]
    beside: dict[int, set[int]]

    @classmethod
    def of(cls, path):
        """Read an extract."""
        lonlat, tags, beside = {}, {}, {}
        for each in osmium.FileProcessor(path):
            if each.is_node():
                lonlat[each.id] = (each.location.lon, each.location.lat)
                tags[each.id] = dict(each.tags)
            elif each.is_way() and each.tags.get("railway") == "rail":
                if each.tags.get("service") in ("yard", "siding", "spur"):
                    continue
                # Ways that leave the extract end where its nodes do.
                nodes = [node.ref for node in each.nodes if node.ref in lonlat]
                for one, other in pairwise(nodes):
                    beside.setdefault(one, set()).add(other)
                    beside.setdefault(other, set()).add(one)
        return cls(lonlat, tags, beside)

    @cached_property
    def ends(self):
        """Where track ends, from south to north: buffer stops, and the edge of the extract."""
        ends = [node for node, others in self.beside.items() if len(others) == 1]
        return sorted(ends, key=lambda node: self.lonlat[node][1])

    def line(self, one, other):
        """Azimuth and length of the geodesic between two nodes."""
        azimuth, _, length_m = WGS84.inv(*self.lonlat[one], *self.lonlat[other])
        return azimuth, length_m

    def turn_deg(self, before, node, after):
        """Change of heading at a node."""
        change = self.line(node, after)[0] - self.line(before, node)[0]
        return abs((change + 180) % 360 - 180)

    def can_go(self, before, node, after):
        """Whether rails lead on: straight over crossings, by switches and slips to either side."""
        if after == before:
            return False
        turn = self.turn_deg(before, node, after)
        about = self.tags[node]
        slip = "slip" in about.get("railway:switch", "")
        steep = len(self.beside[node]) > 3 and turn > WIDEST_SLIP_DEG
        if about.get("railway") == "railway_crossing" or (steep and not slip):
            onwards = self.beside[node] - {before}
            return turn == min(self.turn_deg(before, node, each) for each in onwards)
        return turn <= SHARPEST_DEG

    def lengths_m(self, start, *, turns=True):
        """Shortest way from an end of track to every node, or any way along rails."""
        found, done, queue = {}, set(), [(0.0, start, None)]
        while queue:
            so_far_m, node, before = heapq.heappop(queue)
            if (before, node) in done:
                continue
            done.add((before, node))
            found.setdefault(node, so_far_m)
            for after in self.beside[node]:
                if before is None or not turns or self.can_go(before, node, after):
                    length_m = so_far_m + self.line(node, after)[1]
                    heapq.heappush(queue, (length_m, after, node))
        return found


@pytest.fixture(scope="module")
def oracle():
    """The extract."""
    return Oracle.of(THROAT)


@pytest.fixture(scope="module")
def network():
    """The network made of it."""
    return journey.import_network(THROAT).network


@pytest.fixture(scope="module")
def length_m(network):
    """The length of the way between two nodes without a reversal; inf if there is none."""
    table = network.table
    turns = possible_turns(table, {station.id: station for station in network.station_list})
    curves = Turns(*(column[~turns.reverses] for column in turns))
    graph = TurnGraph.of(table, {}, table.length_m, curves)
    number = {name: each for each, name in enumerate(table.nodes.names)}

    def place(node, *, leaving):
        spots = []
        for ends, arc in ((table.nodes.start, 0), (table.nodes.end, 1)):
            for section in np.flatnonzero(ends == number[f"n{node}"]).tolist():
                run_m = 0.0 if leaving else float(table.length_m[section])
                spots.append(Spot(2 * section + (arc if leaving else 1 - arc), run_m))
        return Place(tuple(spots), can_reverse=False)

    def length_m(start, end):
        try:
            way = graph.shortest_way([place(start, leaving=True), place(end, leaving=False)])
        except NoWayError:
            return math.inf
        return sum(piece.length_m for piece in way.pieces)

    return length_m


def test_the_extract_is_a_throat(oracle):
    """Or the tests below would hold of plain line."""
    kinds = [about.get("railway:switch") or about.get("railway") for about in oracle.tags.values()]
    assert kinds.count("double_slip") == 34
    assert kinds.count("railway_crossing") == 7
    assert len(oracle.ends) == 31


def test_every_way_through_it_is_as_long_as_it_is(oracle, length_m):
    """Between all ends of track, within a metre; and where no train can go, there is no way."""
    ways = 0
    for start in oracle.ends:
        found = oracle.lengths_m(start)
        for end in set(oracle.ends) - {start}:
            expected_m = found.get(end, math.inf)
            assert length_m(start, end) == pytest.approx(expected_m, abs=1.0)
            ways += math.isfinite(expected_m)
    assert ways == 188


def test_turns_matter(oracle, length_m):
    """Rails join pairs of ends between two of three of which a train would have to reverse."""
    pairs = [(a, b) for a in oracle.ends for b in oracle.lengths_m(a, turns=False) if a != b]
    joined = [(a, b) for a, b in pairs if b in set(oracle.ends)]
    assert len(joined) == 594
    assert sum(math.isinf(length_m(*pair)) for pair in joined) == 594 - 188


@pytest.mark.parametrize(("ends", "known_m"), KNOWN_M.items())
def test_known_ways_have_their_lengths(length_m, ends, known_m):
    """Either way."""
    assert length_m(*ends) == pytest.approx(known_m, abs=1.0)
    assert length_m(*reversed(ends)) == pytest.approx(known_m, abs=1.0)
