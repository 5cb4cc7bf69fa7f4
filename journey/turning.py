"""Which turns a train can take at the nodes of a network: along a curve, or by a reversal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.track import SHARPEST_CURVE_DEG, turn_deg

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from journey.section_table import SectionTable
    from journey.track import Station

REVERSAL_WEIGHT_M = 10_000.0
"""A reversal weighs as much as this length of main line; it keeps a train off zigzags."""

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
        Extra weight: 0 along a curve, `REVERSAL_WEIGHT_M` for a reversal.
    """

    out_of: NDArray[np.intp]
    into: NDArray[np.intp]
    weight: NDArray[np.float64]

    def weight_of(self, out_of: int, into: int) -> float:
        """Extra weight of one turn; inf if no train can take it."""
        first, last = np.searchsorted(self.out_of, [out_of, out_of + 1])
        found = np.flatnonzero(self.into[first:last] == into)
        return float(self.weight[first + found[0]]) if found.size else math.inf

    def weights_along(self, arcs: NDArray[np.intp]) -> NDArray[np.float64]:
        """Extra weight of the turn from each of some arcs into the next, shape (arcs - 1,)."""
        place = np.searchsorted(self.out_of, arcs[:-1])
        weight = np.full(len(place), np.inf)
        while (open_ := np.flatnonzero(np.isinf(weight) & (place < len(self.out_of)))).size:
            open_ = open_[self.out_of[place[open_]] == arcs[:-1][open_]]
            if not open_.size:
                break
            hit = open_[self.into[place[open_]] == arcs[1:][open_]]
            weight[hit] = self.weight[place[hit]]
            place += 1
        return weight


class _Pairs(NamedTuple):
    """Every two legs of every node: by which a train comes, by which it would leave."""

    node: NDArray[np.intp]
    come: NDArray[np.intp]
    leave: NDArray[np.intp]


def possible_turns(table: SectionTable, stations: Mapping[str, Station]) -> Turns:
    """List the turns at every node: along a curve, or by a reversal where there is a station.

    Parameters
    ----------
    table : SectionTable
        The sections.
    stations : mapping of str to Station
        The stations on them, by id.

    Notes
    -----
    A curve joins two tracks if the heading of a train changes by at most 90 degrees. Where two
    tracks cross without a connection, a train goes only straight on. At a node without a station
    or a word about it where four or more tracks meet, it goes straight on, or where the heading
    changes by less than `WIDEST_SLIP_DEG`.
    """
    nodes = table.nodes
    # A leg is an arc that leaves the node; a train that comes by it has run its reverse.
    tails = np.stack([nodes.start, nodes.end], axis=1).ravel()
    pairs = _pairs(tails, len(nodes.names))
    headings_deg = table.headings_deg.ravel()
    angle_deg = turn_deg(headings_deg[pairs.come] + 180, headings_deg[pairs.leave])
    station, reversing = _at_nodes(table, stations)
    curve = (angle_deg <= SHARPEST_CURVE_DEG) & _connected(table, pairs, angle_deg, station)
    possible = curve | reversing[pairs.node]
    out_of, into = (pairs.come ^ 1)[possible], pairs.leave[possible]
    weight = np.where(curve, 0.0, REVERSAL_WEIGHT_M)[possible]
    order = np.lexsort((into, out_of))
    return Turns(out_of[order], into[order], weight[order])


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
    station, reversing = np.zeros((2, len(nodes.names)), dtype=bool)
    can_reverse = np.array([stations[id_].can_reverse for id_ in table.station_ids], dtype=bool)
    section = table.section_of_station
    for ends, at_m in ((nodes.start, 0.0), (nodes.end, table.length_m[section])):
        here = table.station_m == at_m
        station[ends[section[here]]] = True
        reversing[ends[section[here & can_reverse]]] = True
    return station, reversing


def _connected(
    table: SectionTable,
    pairs: _Pairs,
    angle_deg: NDArray[np.float64],
    station: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Which pairs of legs the rails connect, where tracks cross."""
    crossing, slip = (_of_kind(table, kind) for kind in ("crossing", "slip"))
    legs = np.bincount(np.concatenate(table.nodes[1:]), minlength=len(station))
    unsaid = (legs >= FEWEST_LEGS_OF_CROSSING) & ~(station | crossing | slip)
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
