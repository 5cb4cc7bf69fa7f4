"""The shortest way through places, honest about turns.

A state of the search is a *directed* section: a train at the head of a section it has just run.
From there it may enter a section only along a curve that exists; against its own direction it
needs a reversal. Arc ``2 i`` runs section ``i`` from start to end, arc ``2 i + 1`` back.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from journey.track import is_curve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.track import Section, Station

SECONDARY_FACTOR = 2.0
"""A kilometre of secondary line weighs as much as this many of main line."""

REVERSAL_WEIGHT_M = 10_000.0
"""A reversal weighs as much as this length of main line; it keeps a train off zigzags."""


class NoWayError(LookupError):
    """No track connects two successive places; the argument is the number of the leg."""


class Spot(NamedTuple):
    """A place on a directed section: arc number and distance run along it, m."""

    arc: int
    run_m: float


class Place(NamedTuple):
    """A place to go through: where it lies, both directions, and whether trains reverse there."""

    spots: tuple[Spot, ...]
    can_reverse: bool


class Piece(NamedTuple):
    """A stretch of one section as a train runs it, from one chainage of the section to another."""

    section: int
    from_m: float
    to_m: float


@dataclass(frozen=True, slots=True)
class Way:
    """The shortest way: its pieces in order, and the pieces that begin with a reversal."""

    pieces: tuple[Piece, ...]
    reversed_before: frozenset[int]


@dataclass(frozen=True, slots=True, eq=False)
class TurnGraph:
    """The directed sections of a network and the turns between them.

    Attributes
    ----------
    length_m : ndarray, shape (arcs,)
        Official length of each arc, m.
    factor : ndarray, shape (arcs,)
        Weight of a metre of it.
    turns : mapping of (int, int) to float
        Extra weight of each possible turn from one arc into another; 0 along a curve.
    matrix : csr_array, shape (arcs, arcs)
        Weight of turning from one arc into another and running it.
    """

    length_m: NDArray[np.float64]
    factor: NDArray[np.float64]
    turns: Mapping[tuple[int, int], float]
    matrix: csr_array

    @classmethod
    def of(cls, sections: Sequence[Section], stations: Mapping[str, Station]) -> TurnGraph:
        """Build the graph of a network's sections."""
        length_m = np.repeat([section.length_m for section in sections], 2)
        weights = [SECONDARY_FACTOR if s.usage == "secondary" else 1.0 for s in sections]
        factor = np.repeat(weights, 2)
        turns = _possible_turns(sections, stations)
        arcs = len(length_m)
        entered = np.array([into for _, into in turns], dtype=np.intp)
        left = np.array([out_of for out_of, _ in turns], dtype=np.intp)
        weight = np.array(list(turns.values())) + (length_m * factor)[entered]
        matrix = csr_array((weight, (left, entered)), shape=(arcs, arcs))
        return cls(length_m, factor, turns, matrix)

    def turn_weight(self, arriving: Spot, departing: Spot, *, can_reverse: bool) -> float:
        """Extra weight of going on from one spot to another at the same place."""
        if departing.run_m == 0:
            return self.turns.get((arriving.arc, departing.arc), math.inf)
        if arriving.arc == departing.arc:
            return 0.0
        reverses = can_reverse and arriving.arc == departing.arc ^ 1
        return REVERSAL_WEIGHT_M if reverses else math.inf

    def shortest_way(self, places: Sequence[Place]) -> Way:
        """Find the lightest way through places in their order.

        Parameters
        ----------
        places : sequence of Place
            The places, in the order they are passed.

        Returns
        -------
        Way
            The pieces of track in order of running.

        Raises
        ------
        NoWayError
            If no track connects two successive places; it carries the number of the leg.
        """
        starts = {spot: _Found(0.0, ()) for spot in places[0].spots}
        for leg, place in enumerate(places[1:]):
            arrivals = self._extended(starts, place.spots)
            if not arrivals:
                raise NoWayError(leg)
            starts = self._turned(arrivals, place)
        shortest = min(arrivals.values(), key=lambda best: best.weight)
        return self._way(shortest.legs)

    def _extended(
        self, starts: Mapping[Spot, _Found], targets: Sequence[Spot]
    ) -> dict[Spot, _Found]:
        """Extend the lightest ways to one place by the leg to the next."""
        extended: dict[Spot, _Found] = {}
        for origin, before in starts.items():
            weights, previous = dijkstra(self.matrix, indices=origin.arc, return_predecessors=True)
            for target in targets:
                weight = before.weight + self._leg_weight(origin, target, weights)
                known = extended.get(target)
                if math.isfinite(weight) and (known is None or weight < known.weight):
                    arcs = _arcs_between(origin, target, previous)
                    extended[target] = _Found(weight, (*before.legs, (origin, arcs, target)))
        return extended

    def _turned(self, arrivals: Mapping[Spot, _Found], place: Place) -> dict[Spot, _Found]:
        """Turn the lightest arrivals at a place into departures from it, in every direction."""
        turn = partial(self.turn_weight, can_reverse=place.can_reverse)
        departures = {
            spot: min(
                (
                    _Found(found.weight + turn(arrived, spot), found.legs)
                    for arrived, found in arrivals.items()
                ),
                key=lambda best: best.weight,
            )
            for spot in place.spots
        }
        return {spot: found for spot, found in departures.items() if math.isfinite(found.weight)}

    def _leg_weight(self, origin: Spot, target: Spot, weights: NDArray[np.float64]) -> float:
        """Weight from one spot to another, of which the graph knows only whole arcs."""
        if origin.arc == target.arc:
            run_m = target.run_m - origin.run_m
            return float(self.factor[origin.arc]) * run_m if run_m > 0 else math.inf
        rest_m = self.length_m[origin.arc] - origin.run_m
        beyond_m = self.length_m[target.arc] - target.run_m
        if rest_m <= 0 or target.run_m <= 0:
            return math.inf
        ends = rest_m * self.factor[origin.arc] - beyond_m * self.factor[target.arc]
        return float(weights[target.arc] + ends)

    def _way(self, legs: _Legs) -> Way:
        pieces: list[Piece] = []
        reversals: set[int] = set()
        arrived: Spot | None = None
        for origin, arcs, target in legs:
            for arc in arcs:
                start = origin if arc == origin.arc else Spot(arc, 0.0)
                end = target if arc == target.arc else Spot(arc, float(self.length_m[arc]))
                if arrived is not None and self.turn_weight(arrived, start, can_reverse=True) > 0:
                    reversals.add(len(pieces))
                pieces.append(self._piece(start, end))
                arrived = end
        return Way(tuple(pieces), frozenset(reversals))

    def _piece(self, start: Spot, end: Spot) -> Piece:
        if start.arc % 2 == 0:
            return Piece(start.arc // 2, start.run_m, end.run_m)
        length_m = float(self.length_m[start.arc])
        return Piece(start.arc // 2, length_m - start.run_m, length_m - end.run_m)


class _Found(NamedTuple):
    weight: float
    legs: _Legs


_Legs = tuple[tuple[Spot, tuple[int, ...], Spot], ...]


def _arcs_between(origin: Spot, target: Spot, previous: NDArray[np.int32]) -> tuple[int, ...]:
    arcs = [target.arc]
    while arcs[-1] != origin.arc:
        arcs.append(int(previous[arcs[-1]]))
    return tuple(reversed(arcs))


def _possible_turns(
    sections: Sequence[Section], stations: Mapping[str, Station]
) -> dict[tuple[int, int], float]:
    """List the turns at every node: along a curve, or by a reversal where there is a station."""
    arriving: dict[str, list[int]] = {}
    departing: dict[str, list[int]] = {}
    for number, section in enumerate(sections):
        for arc, tail, head in (
            (2 * number, section.start, section.end),
            (2 * number + 1, section.end, section.start),
        ):
            departing.setdefault(tail, []).append(arc)
            arriving.setdefault(head, []).append(arc)
    headings_deg = [
        section.departing_heading_deg(forward=forward)
        for section in sections
        for forward in (True, False)
    ]
    turns: dict[tuple[int, int], float] = {}
    for node, incoming in arriving.items():
        for out_of in incoming:
            # A train arrives with its back to where it would go if it left by the same arc.
            heading_deg = headings_deg[out_of ^ 1] + 180
            for into in departing[node]:
                if is_curve(heading_deg, headings_deg[into]):
                    turns[out_of, into] = 0.0
                elif stations[node].can_reverse:
                    turns[out_of, into] = REVERSAL_WEIGHT_M
    return turns
