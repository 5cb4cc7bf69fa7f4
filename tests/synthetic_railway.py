"""A made-up railway of any size: double-track main lines, branches with loops, large junctions.

Junction stations stand on a jittered mesh. Along the lines between them stand stations whose
throats are ladders of switches between two pairs of crossovers; single-track branches have passing
loops. Every node of it is a switch, the middle of a platform track, or a buffer stop: there is no
chain left to contract. The same seed gives the same railway.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import minimum_spanning_tree
from scipy.spatial import Delaunay

from journey.network import Network
from journey.section_table import FIELDS, SectionTable
from journey.track import TrackLimits
from tests.conftest import make_station

MILLION_HUBS = 5_250
"""Junction stations of a railway of a million sections, platform tracks not counted in halves."""

TRACK_M = 4.5
SWITCH_M = 50.0
MESH_M = 40_000.0
METRES_PER_DEGREE = 111_195.0
SOUTH_DEG, WEST_DEG = 36.0, 5.0
HEADING_BASE_M = 20.0


class Railway(NamedTuple):
    """Sections as columns: nodes by number, vertices flat, and the stations at nodes.

    `first` (sections + 1,) says where the vertices of each section begin; `station` (nodes,) is
    the number of the station whose trains may be turned at that node, or -1.
    """

    start: np.ndarray
    end: np.ndarray
    first: np.ndarray
    chainage_m: np.ndarray
    lon: np.ndarray
    lat: np.ndarray
    station: np.ndarray

    @property
    def length_m(self):
        """Length of each section, m."""
        return self.chainage_m[self.first[1:] - 1]

    @property
    def contracted(self):
        """Number of sections if platform tracks were not counted in halves."""
        return len(self.start) - int((self.station >= 0).sum())


@dataclass(frozen=True)
class Layout:
    """Tracks of a station in its own plane: x along the line, y across it, m."""

    nodes: list = field(default_factory=list)
    pairs: list = field(default_factory=list)
    through: list = field(default_factory=list)
    middles: list = field(default_factory=list)
    ports: dict = field(default_factory=dict)

    def node(self, x_m, y_m):
        """Add a node."""
        self.nodes.append((x_m, y_m))
        return len(self.nodes) - 1

    def join(self, a, b, *through):
        """Add a section between two nodes by way of points."""
        self.pairs.append((a, b))
        self.through.append(through)

    def chain(self, *nodes):
        """Add sections along a track."""
        for a, b in pairwise(nodes):
            self.join(a, b)

    def ladder(self, track, side, extra, ends):
        """Add a main track with more tracks beside it, from one end of the station to the other."""
        (from_m, outer_west), (to_m, outer_east) = ends
        west, east = outer_west, outer_east
        for step in range(extra):
            y_m = track + side * step * TRACK_M
            x_m = (from_m + step * SWITCH_M, to_m - step * SWITCH_M)
            switches = (self.node(x_m[0], y_m), self.node(x_m[1], y_m))
            for a, b in zip((west, east), switches, strict=True):
                self.join(a, b)
            west, east = switches
            self.platform(west, east, y_m, x_m)
        y_m = track + side * extra * TRACK_M
        at_m = (from_m + extra * SWITCH_M, to_m - extra * SWITCH_M)
        self.platform(west, east, y_m, at_m, bent=True)

    def platform(self, west, east, y_m, at_m, *, bent=False):
        """Add a track with a middle where trains may turn."""
        middle = self.node(sum(at_m) / 2, y_m)
        self.middles.append(middle)
        self.join(west, middle, *([(at_m[0], y_m)] if bent else []))
        self.join(middle, east, *([(at_m[1], y_m)] if bent else []))


@cache
def double_station(extra):
    """Two tracks, crossovers at both ends, and more tracks on either side."""
    layout = Layout()
    inner_m = 200.0
    length_m = 2 * (inner_m + SWITCH_M * (extra + 1)) + 400.0
    throats = []
    for mirror in (lambda x_m: x_m, lambda x_m: length_m - x_m):
        places = ((0.0, 0.0), (60.0, TRACK_M), (80.0, TRACK_M), (140.0, 0.0))
        a, b, c, d = (layout.node(mirror(x_m), y_m) for x_m, y_m in places)
        layout.chain(a, b, c, d, a)
        throats.append(((a, b), (d, c)))
    layout.ports.update(west=throats[0][0], east=throats[1][0], length_m=length_m)
    for number, (y_m, side, more) in enumerate(
        ((0.0, -1, (extra + 1) // 2), (TRACK_M, 1, extra // 2))
    ):
        ends = ((inner_m, throats[0][1][number]), (length_m - inner_m, throats[1][1][number]))
        layout.ladder(y_m, side, more, ends)
    return layout


@cache
def single_station(tracks):
    """A single track that fans out into several and closes again."""
    layout = Layout()
    length_m = 2 * SWITCH_M * tracks + 400.0
    west, east = layout.node(0.0, 0.0), layout.node(length_m, 0.0)
    layout.ports.update(west=(west,), east=(east,), length_m=length_m)
    layout.platform(west, east, 0.0, (0.0, length_m))
    y_m = TRACK_M
    layout.ladder(y_m, 1, tracks - 2, ((SWITCH_M, west), (length_m - SWITCH_M, east)))
    return layout


class Standing(NamedTuple):
    """A station as it stands: its layout, where, in which direction, and its first node."""

    layout: Layout
    x_m: float
    y_m: float
    heading: float
    first: int

    def ports(self, side):
        """Nodes at which the line tracks begin."""
        return [self.first + port for port in self.layout.ports[side]]

    def placed(self, points):
        """Points of its plane in the plane of the country."""
        points = np.asarray(points, dtype=float).reshape(-1, 2)
        x_m = points[:, 0] - self.layout.ports["length_m"] / 2
        c, s = np.cos(self.heading), np.sin(self.heading)
        return np.column_stack(
            [self.x_m + c * x_m - s * points[:, 1], self.y_m + s * x_m + c * points[:, 1]]
        )


class Builder:
    """Puts stations down and joins them."""

    def __init__(self, rng):
        """Begin with an empty country."""
        self.rng = rng
        self.standing, self.joined, self.extra_nodes = [], [], []
        self.count = 0

    def stand(self, layout, x_m, y_m, heading):
        """Put a station down."""
        station = Standing(layout, x_m, y_m, heading, self.count)
        self.standing.append(station)
        self.count += len(layout.nodes)
        return station

    def switch(self, hub, x_m, y_m):
        """Add a node in the plane of a junction station."""
        self.extra_nodes.append((self.count, *hub.placed([(x_m, y_m)])[0]))
        self.count += 1
        return self.count - 1

    def line(self, ends, *, double):
        """Put stations along a line; give the first and the last of them, and its direction."""
        (x0, y0), (x1, y1) = ends
        heading, length_m = np.arctan2(y1 - y0, x1 - x0), np.hypot(x1 - x0, y1 - y0)
        stops = max(1, round((length_m - 8_000) / (6_000 if double else 9_000)))
        stations = []
        for share in (np.arange(stops) + 1) / (stops + 1):
            make = double_station if double else single_station
            layout = make(int(self.rng.choice((0, 1, 2, 2, 4, 8)) if double else 2 + stops % 3))
            x_m, y_m = x0 + share * (x1 - x0), y0 + share * (y1 - y0)
            stations.append(self.stand(layout, x_m, y_m, heading))
        for before, after in pairwise(stations):
            for a, b in zip(before.ports("east"), after.ports("west"), strict=True):
                self.joined.append((a, b, None, None))
        return stations

    def attach(self, hub, side, lines):
        """Merge the tracks of the lines on one side of a junction station into its two tracks."""
        out = 1 if side == "east" else -1
        edge_m = hub.layout.ports["length_m"] if out > 0 else 0.0
        trunk = hub.ports(side)
        lines = sorted(lines, key=lambda line: len(line[0]))
        axis = hub.heading if out > 0 else hub.heading + np.pi
        for number, (ports, leaving) in enumerate(lines):
            for track, port in enumerate(ports):
                more = any(len(other) > track for other, _ in lines[number + 1 :])
                y_m = track * TRACK_M
                if more:
                    merge = self.switch(hub, edge_m + out * 300.0 * (number + 1), y_m)
                    self.joined.append((trunk[track], merge, None, None))
                    trunk[track] = merge
                self.joined.append((trunk[track], port, axis, leaving))
                if not more:
                    trunk[track] = -1
        for track, node in enumerate(trunk):
            if node >= 0:
                far_m = edge_m + out * 300.0 * (len(lines) + 1)
                self.joined.append((node, self.switch(hub, far_m, track * TRACK_M), None, None))


def mesh(hubs, rng):
    """Junction stations on a jittered grid, and the lines between neighbours."""
    across = max(2, round(np.sqrt(hubs)))
    grid = np.stack(np.meshgrid(np.arange(across), np.arange(across)), -1).reshape(-1, 2)
    points_m = (grid + rng.uniform(-0.3, 0.3, grid.shape)) * MESH_M
    corners = Delaunay(points_m).simplices
    pairs = np.sort(np.concatenate([corners[:, [0, 1]], corners[:, [1, 2]], corners[:, [2, 0]]]))
    pairs = np.unique(pairs, axis=0)
    far_m = np.hypot(*(points_m[pairs[:, 0]] - points_m[pairs[:, 1]]).T)
    weights = csr_array((far_m, pairs.T), shape=(len(grid),) * 2)
    tree = minimum_spanning_tree(weights).tocoo()
    kept = {tuple(sorted(pair)) for pair in zip(tree.row.tolist(), tree.col.tolist(), strict=True)}
    drawn = (rng.random(len(pairs)) < 0.5) & (far_m < 1.6 * MESH_M)
    keep = drawn | np.array([tuple(pair) in kept for pair in pairs.tolist()])
    return points_m, pairs[keep]


def make_railway(hubs, seed=1):
    """Make a railway with about so many junction stations."""
    rng = np.random.default_rng(seed)
    points_m, pairs = mesh(hubs, rng)
    builder = Builder(rng)
    headings = rng.uniform(0, 2 * np.pi, len(points_m))
    stations = [
        builder.stand(double_station(int(rng.integers(4, 16))), *point, heading)
        for point, heading in zip(points_m.tolist(), headings.tolist(), strict=True)
    ]
    sides = [{"east": [], "west": []} for _ in stations]
    for a, b in pairs.tolist():
        line = builder.line(points_m[[a, b]].tolist(), double=rng.random() < 0.6)
        for hub, station, end, turned in ((a, line[0], "west", 0), (b, line[-1], "east", np.pi)):
            leaving = station.heading + turned
            east = np.cos(leaving - headings[hub]) > 0
            ports = station.ports(end)
            straight = east == (turned == 0)
            sides[hub]["east" if east else "west"].append(
                (ports if straight else ports[::-1], leaving)
            )
    for hub, lines in zip(stations, sides, strict=True):
        for side in ("east", "west"):
            builder.attach(hub, side, lines[side])
    return _columns(builder)


def _columns(builder):
    """Flatten what a builder has put down."""
    node_m = np.empty((builder.count, 2))
    number = np.full(builder.count, -1, dtype=np.int64)
    parts = []
    for at, standing in enumerate(builder.standing):
        layout, first = standing.layout, standing.first
        node_m[first : first + len(layout.nodes)] = standing.placed(layout.nodes)
        number[first + np.array(layout.middles, dtype=int)] = at
        parts.append(_placed_sections(standing))
    for node, x_m, y_m in builder.extra_nodes:
        node_m[node] = x_m, y_m
    ends, bends, per = (np.concatenate(column) for column in zip(*parts, strict=True))
    joined = np.array([pair[:2] for pair in builder.joined])
    bent = [_approach(node_m, join) for join in builder.joined]
    ends = np.concatenate([ends, joined])
    per = np.concatenate([per, [len(points) for points in bent]])
    bends = np.concatenate([bends, *bent])
    return _railway(ends, bends, per, node_m, number)


def _placed_sections(standing):
    """Ends, points between, and their number, of the sections of a station."""
    layout = standing.layout
    pairs = np.array(layout.pairs) + standing.first
    points = [point for through in layout.through for point in through]
    return pairs, standing.placed(points), np.array([len(t) for t in layout.through])


def _approach(node_m, join):
    """Points that lead a line tangentially out of one station and into the other."""
    a, b, axis, leaving = join
    if axis is None:
        return np.empty((0, 2))
    near = node_m[a] + 150.0 * np.array([np.cos(axis), np.sin(axis)])
    far = node_m[b] - 150.0 * np.array([np.cos(leaving), np.sin(leaving)])
    return np.array([near, far])


def _railway(ends, bends, per, node_m, number):
    """Lay the vertices of all sections out flat, with chainage and degrees."""
    first = np.concatenate([[0], np.cumsum(per + 2)])
    inner = np.ones(first[-1], dtype=bool)
    inner[first[:-1]] = inner[first[1:] - 1] = False
    plane_m = np.empty((first[-1], 2))
    plane_m[inner] = bends
    plane_m[first[:-1]], plane_m[first[1:] - 1] = node_m[ends[:, 0]], node_m[ends[:, 1]]
    steps_m = np.hypot(*np.diff(plane_m, axis=0, prepend=plane_m[:1]).T)
    total_m = np.cumsum(steps_m)
    chainage_m = total_m - np.repeat(total_m[first[:-1]], per + 2)
    lat = SOUTH_DEG + plane_m[:, 1] / METRES_PER_DEGREE
    lon = WEST_DEG + plane_m[:, 0] / METRES_PER_DEGREE / np.cos(np.radians(lat))
    return Railway(ends[:, 0], ends[:, 1], first, chainage_m, lon, lat, number)


def network_of(railway):
    """Make a network of a railway: a station `station-7` on all tracks at the nodes of number 7."""
    middles = np.flatnonzero(railway.station >= 0)
    _, at = np.unique(railway.station[middles], return_index=True)
    vertex = np.empty(len(railway.station), dtype=np.int64)
    vertex[railway.start] = railway.first[:-1]
    vertex[railway.end] = railway.first[1:] - 1
    places = vertex[middles[at]]
    stations = tuple(
        make_station(f"station-{number}", lon, lat)
        for number, lon, lat in zip(
            railway.station[middles[at]].tolist(),
            railway.lon[places].tolist(),
            railway.lat[places].tolist(),
            strict=True,
        )
    )
    return Network(stations, table_of(railway))


def table_of(railway):
    """The sections of a railway as a network holds them."""
    count = len(railway.start)
    ends = np.stack([railway.station[railway.start], railway.station[railway.end]], axis=1)
    there = ends >= 0
    at_m = np.stack([np.zeros(count), railway.length_m], axis=1)
    nodes = [f"n{number}" for number in range(len(railway.station))]
    values = dict.fromkeys(FIELDS, ("",) * count) | {
        "id": tuple(f"s{number}" for number in range(count)),
        "start": tuple(nodes[number] for number in railway.start.tolist()),
        "end": tuple(nodes[number] for number in railway.end.tolist()),
        "line": ("Mesh",) * count,
        "gauge": ("1435",) * count,
        "tracks": (None,) * count,
        "usage": ("main",) * count,
        "estimated": (False,) * count,
        "end_kinds": (("", ""),) * count,
    }
    return SectionTable(
        values,
        railway.first,
        railway.chainage_m,
        railway.lon,
        railway.lat,
        np.concatenate([[0], np.cumsum(there.sum(axis=1))]),
        tuple(f"station-{number}" for number in ends[there].tolist()),
        at_m[there],
        np.zeros(count + 1, dtype=np.int64),
        TrackLimits(*[np.empty(0)] * 5),
        ((),) * count,
        HEADING_BASE_M,
    )
