"""Which turns a train can take at the nodes of a network: along a curve, or by a reversal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.track import HEADING_BASE_M, SHARPEST_CURVE_DEG, gauges_of, turn_deg, usable_mm

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from journey.section_table import SectionTable
    from journey.track import Station

REVERSAL_WEIGHT_M = 10_000.0
"""A reversal weighs as much as this length of main line; it keeps a train off zigzags."""

GAUGE_CHANGE_WEIGHT_M = 50_000.0
"""A change of gauge weighs as much as this length of main line; it takes a train some hours."""

SHARPEST_SWITCH_DEG = 45.0
"""The same as `SHARPEST_CURVE_DEG` where the geometry is that of the track: the legs of a switch
part at about 5 to 10 degrees, and what is mapped is not exact."""

FEWEST_LEGS_OF_CROSSING = 4

WIDEST_SLIP_DEG = 20.0
"""Slips connect tracks that cross at about 5 to 12 degrees; a steeper crossing has none."""


class Turns(NamedTuple):
    """Turns from one directed section into another, in the order of the first.

    Attributes
    ----------
    out_of, into : ndarray of int, shape (turns,)
        The directed sections: ``2 i`` runs section ``i`` from start to end, ``2 i + 1`` back.
    weight : ndarray, shape (turns,)
        Extra weight: `REVERSAL_WEIGHT_M` for a reversal, `GAUGE_CHANGE_WEIGHT_M` for a change of
        gauge, 0 otherwise.
    reverses : ndarray of bool, shape (turns,)
        Whether the train reverses.
    """

    out_of: NDArray[np.intp]
    into: NDArray[np.intp]
    weight: NDArray[np.float64]
    reverses: NDArray[np.bool_]

    def weight_of(self, out_of: int, into: int) -> float:
        """Extra weight of one turn; inf if no train can take it."""
        (place,) = self.along(np.array([out_of, into])).tolist()
        return math.inf if place < 0 else float(self.weight[place])

    def along(self, arcs: NDArray[np.intp]) -> NDArray[np.intp]:
        """Number of the turn from each of some arcs into the next; -1 if no train can take it."""
        place = np.searchsorted(self.out_of, arcs[:-1])
        found = np.full(len(place), -1)
        open_ = np.arange(len(place))
        while open_.size:
            open_ = open_[place[open_] < len(self.out_of)]
            open_ = open_[self.out_of[place[open_]] == arcs[:-1][open_]]
            hit = self.into[place[open_]] == arcs[1:][open_]
            found[open_[hit]] = place[open_[hit]]
            open_ = open_[~hit]
            place[open_] += 1
        return found


class _Pairs(NamedTuple):
    """Every two legs of every node: by which a train comes, by which it would leave."""

    node: NDArray[np.intp]
    come: NDArray[np.intp]
    leave: NDArray[np.intp]


def possible_turns(table: SectionTable, stations: Mapping[str, Station]) -> Turns:
    """List the turns at every node: along a curve, or by a reversal.

    Parameters
    ----------
    table : SectionTable
        The sections.
    stations : mapping of str to Station
        The stations on them, by id.

    Notes
    -----
    A curve joins two tracks if the heading of a train changes by at most `SHARPEST_CURVE_DEG`, or
    `SHARPEST_SWITCH_DEG` where the geometry is that of the track, and there is a gauge that both
    have; at a station the gauge can be changed. Where two tracks cross without a connection, a
    train goes only straight on. At a node of which nothing is said where four or more tracks meet,
    it goes straight on, or where the heading changes by less than `WIDEST_SLIP_DEG`. It reverses
    at stations where that can be, and where track ends.
    """
    nodes = table.nodes
    # A leg is an arc that leaves the node; a train that comes by it has run its reverse.
    tails = np.stack([nodes.start, nodes.end], axis=1).ravel()
    pairs = _pairs(tails, len(nodes.names))
    station, reversing = _at_nodes(table, stations)
    curve = _curves(table, pairs)
    one_gauge = _have_one_gauge(table, pairs)
    possible = np.flatnonzero(curve & (one_gauge | station[pairs.node]) | reversing[pairs.node])
    weight = np.where(curve, 0.0, REVERSAL_WEIGHT_M)
    weight += np.where(one_gauge, 0.0, GAUGE_CHANGE_WEIGHT_M)
    out_of, into = pairs.come ^ 1, pairs.leave
    turns = possible[np.lexsort((into[possible], out_of[possible]))]
    return Turns(out_of[turns], into[turns], weight[turns], ~curve[turns])


def _curves(table: SectionTable, pairs: _Pairs) -> NDArray[np.bool_]:
    """Which pairs of legs a curve joins, by the change of heading and by what the node is."""
    headings_deg = table.headings_deg.ravel()
    angle_deg = turn_deg(headings_deg[pairs.come] + 180, headings_deg[pairs.leave])
    if table.heading_base_m >= HEADING_BASE_M:
        return np.asarray(angle_deg <= SHARPEST_CURVE_DEG)
    return (angle_deg <= SHARPEST_SWITCH_DEG) & _connected(table, pairs, angle_deg)


def _have_one_gauge(table: SectionTable, pairs: _Pairs) -> NDArray[np.bool_]:
    """Which pairs of legs have a gauge in common."""
    known, code = np.unique(np.array(table.values["gauge"], dtype=str), return_inverse=True)
    gauges = [gauges_of(str(each)) for each in known]
    agree = np.array([[bool(usable_mm(one, other)) for other in gauges] for one in gauges])
    found: NDArray[np.bool_] = agree[code[pairs.come // 2], code[pairs.leave // 2]]
    return found


def _pairs(tails: NDArray[np.intp], nodes: int) -> _Pairs:
    """Every two legs of every node, a leg with itself included."""
    legs = np.argsort(tails, kind="stable")
    degree = np.bincount(tails, minlength=nodes)
    first = np.cumsum(degree) - degree
    node = tails[legs]
    come = np.repeat(legs, degree[node])
    node_of_pair = np.repeat(node, degree[node])
    begin = np.cumsum(degree[node]) - degree[node]
    place = np.arange(come.size) - np.repeat(begin, degree[node])
    return _Pairs(node_of_pair, come, legs[first[node_of_pair] + place])


def _at_nodes(
    table: SectionTable, stations: Mapping[str, Station]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """At which nodes there is a station, and at which trains can reverse."""
    nodes = table.nodes
    station = np.zeros(len(nodes.names), dtype=bool)
    reversing = table.legs == 1
    can_reverse = np.array([stations[id_].can_reverse for id_ in table.station_ids], dtype=bool)
    section = table.section_of_station
    for ends, at_m in ((nodes.start, 0.0), (nodes.end, table.length_m[section])):
        here = table.station_m == at_m
        station[ends[section[here]]] = True
        reversing[ends[section[here & can_reverse]]] = True
    return station, reversing


def _connected(
    table: SectionTable, pairs: _Pairs, angle_deg: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which pairs of legs the rails connect, where tracks cross."""
    crossing, slip, meeting = (_of_kind(table, k) for k in ("crossing", "slip", "meeting"))
    unsaid = meeting | ((table.legs >= FEWEST_LEGS_OF_CROSSING) & ~(crossing | slip))
    straightest = _straightest(pairs, angle_deg, len(table))
    slight = unsaid[pairs.node] & (angle_deg < WIDEST_SLIP_DEG)
    return ~(crossing | unsaid)[pairs.node] | straightest | slight


def _of_kind(table: SectionTable, kind: str) -> NDArray[np.bool_]:
    """At which nodes an end of a section says that they are of a kind."""
    found = np.zeros(len(table.nodes.names), dtype=bool)
    kinds = np.array([[kind in ends[:1], kind in ends[1:]] for ends in table.values["end_kinds"]])
    for side, ends in enumerate((table.nodes.start, table.nodes.end)):
        found[ends[kinds[:, side]]] = True
    return found


def _straightest(pairs: _Pairs, angle_deg: NDArray[np.float64], sections: int) -> NDArray[np.bool_]:
    """Whether each leg of a pair is the straightest continuation of the other."""
    least_deg = np.full((2, 2 * sections), np.inf)
    for least, legs in zip(least_deg, (pairs.come, pairs.leave), strict=True):
        np.minimum.at(least, legs, angle_deg)
    found: NDArray[np.bool_] = (angle_deg <= least_deg[0][pairs.come]) & (
        angle_deg <= least_deg[1][pairs.leave]
    )
    return found
