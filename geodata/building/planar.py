"""Lines in a plane: projection, places along a line, bending one line onto points of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod, Proj

Points: TypeAlias = NDArray[np.float64]

GEOD = Geod(ellps="WGS84")

FURTHEST_MATCH_M = 3_000.0
"""Natural Earth lies up to 2.2 km off; a node further away belongs to another track."""

STRAIGHT_UNDER_M = 2_000.0
"""Between nodes closer than this Natural Earth adds only its own noise (vertices 0.6 km apart)."""

LOOKBACK = 8
PLACES_PER_NODE = 6

SKIP_COST, STRETCH_COST, SLACK_M = 5.0, 8.0, 300.0
"""Price of a node without a place, in units of a 1 km offset squared; of a gap along the dense
line out of proportion to that between the nodes; and the disproportion that costs nothing."""


class Place(NamedTuple):
    """A place along a line: distance from its start and distance of the asked point from it, m."""

    along_m: float
    offset_m: float


@dataclass(frozen=True)
class Plane:
    """A transverse Mercator plane about a meridian; metres, true to 0.1 % within 200 km of it."""

    meridian: float

    @classmethod
    def about(cls, lonlat: Points) -> Plane:
        """Make the plane about the middle of some points."""
        return cls(float((lonlat[:, 0].min() + lonlat[:, 0].max()) / 2))

    def to_xy(self, lonlat: Points) -> Points:
        """Project longitudes and latitudes, shape (n, 2), to metres."""
        return np.column_stack(self._proj(lonlat[:, 0], lonlat[:, 1]))

    def to_lonlat(self, xy: Points) -> Points:
        """Reverse `to_xy`."""
        return np.column_stack(self._proj(xy[:, 0], xy[:, 1], inverse=True))

    @property
    def _proj(self) -> Proj:
        return Proj(proj="tmerc", lon_0=self.meridian, ellps="WGS84")


def geodesic_m(lonlat: Points) -> Points:
    """Distance of each vertex from the first along the line on the ellipsoid, m."""
    steps = GEOD.line_lengths(lonlat[:, 0], lonlat[:, 1])
    return np.concatenate([[0.0], np.cumsum(steps)])


def lengths_m(xy: Points) -> Points:
    """Distance of each vertex from the first along the line in the plane, m."""
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])


def at_m(xy: Points, along_m: Points) -> Points:
    """Points at some distances along a line, shape (k, 2)."""
    measure = lengths_m(xy)
    return np.column_stack([np.interp(along_m, measure, xy[:, axis]) for axis in (0, 1)])


def places(xy: Points, point: Points, within_m: float = np.inf) -> list[Place]:
    """Find the places of a line nearest to a point, nearest first.

    Parameters
    ----------
    xy : ndarray, shape (n, 2)
        The line, m.
    point : ndarray, shape (2,)
        The point, m.
    within_m : float
        Places further off than this are left out.

    Returns
    -------
    list of Place
        At most six local minima of the distance.
    """
    step = np.diff(xy, axis=0)
    length = np.hypot(*step.T)
    share = np.sum((point - xy[:-1]) * step, axis=1) / np.maximum(length**2, 1e-9)
    share = np.clip(share, 0.0, 1.0)
    offset = np.hypot(*(xy[:-1] + share[:, None] * step - point).T)
    bounded = np.concatenate([[np.inf], offset, [np.inf]])
    lowest = (offset <= bounded[:-2]) & (offset <= bounded[2:]) & (offset <= within_m)
    along = lengths_m(xy)[:-1] + share * length
    found = sorted((float(offset[k]), float(along[k])) for k in np.flatnonzero(lowest))
    return [Place(along_m, offset_m) for offset_m, along_m in found[:PLACES_PER_NODE]]


def bend(dense: Points, nodes: Points, straight_under_m: float = STRAIGHT_UNDER_M) -> Points:
    """Fill the gaps between sparse but accurate nodes with a dense but displaced line.

    Each node gets its place along the dense line, where it has one; the offset from there to the
    node is interpolated along the line between two nodes and added to its vertices. So the result
    runs through every node and has the bends of the dense line between them. Nodes without a
    place, and nodes close together, are joined straight.

    Parameters
    ----------
    dense, nodes : ndarray, shape (n, 2) and (m, 2)
        Both in order from the same end, m.
    straight_under_m : float
        Gaps shorter than this are joined straight.

    Returns
    -------
    ndarray, shape (k, 2)
        The bent line.
    """
    measure = lengths_m(dense)
    along = dict(_matched(dense, nodes))
    parts = [nodes[:1]]
    for k in range(len(nodes) - 1):
        chord = float(np.hypot(*(nodes[k + 1] - nodes[k])))
        if k in along and k + 1 in along and chord >= straight_under_m:
            ends = np.array([along[k], along[k + 1]])
            inside = (measure > ends[0] + 1) & (measure < ends[1] - 1)
            offset = nodes[k : k + 2] - at_m(dense, ends)
            shift = [np.interp(measure[inside], ends, offset[:, axis]) for axis in (0, 1)]
            gap = dense[inside] + np.column_stack(shift)
            parts.append(_without_spikes(np.vstack([nodes[k], gap, nodes[k + 1]]))[1:-1])
        parts.append(nodes[k + 1 : k + 2])
    return np.concatenate(parts)


def _without_spikes(xy: Points) -> Points:
    """Leave out inner vertices at which the line turns back."""
    while len(xy) > 2:  # noqa: PLR2004 - only its ends are left
        step = np.diff(xy, axis=0)
        back = np.flatnonzero(np.sum(step[:-1] * step[1:], axis=1) < 0)
        if not len(back):
            break
        xy = np.delete(xy, back[0] + 1, axis=0)
    return xy


def _matched(dense: Points, nodes: Points) -> list[tuple[int, float]]:
    """Find the places of the nodes along the dense line: in order, near, and evenly advancing."""
    options = [places(dense, node, FURTHEST_MATCH_M) for node in nodes]
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {}
    for k, found in enumerate(options):
        for c, place in enumerate(found):
            ways: list[tuple[float, tuple[int, int] | None]] = [(SKIP_COST * k, None)]
            ways += [
                (best[j, b][0] + _step_cost(nodes, (j, was), (k, place)), (j, b))
                for j in range(max(0, k - LOOKBACK), k)
                for b, was in enumerate(options[j])
            ]
            cost, previous = min(ways, key=lambda way: way[0])
            best[k, c] = (cost + (place.offset_m / 1000) ** 2, previous)
    last = len(nodes) - 1
    state = min(best, key=lambda s: best[s][0] + SKIP_COST * (last - s[0]), default=None)
    chain = []
    while state is not None:
        chain.append((state[0], options[state[0]][state[1]].along_m))
        state = best[state][1]
    return chain[::-1]


def _step_cost(nodes: Points, before: tuple[int, Place], after: tuple[int, Place]) -> float:
    (j, was), (k, place) = before, after
    advance = place.along_m - was.along_m
    chord = float(np.hypot(*(nodes[k] - nodes[j])))
    if advance <= 0:
        return np.inf
    stretch = np.log((advance + SLACK_M) / (chord + SLACK_M))
    return float(SKIP_COST * (k - j - 1) + STRETCH_COST * stretch**2)
