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

from journey.pathfinding.plain_search import PlainSearch
from journey.pathfinding.ways import NoWayError, Piece, Spot, Way
from journey.turning import REVERSAL_WEIGHT_M, possible_turns

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from journey.pathfinding.plain_search import Search
    from journey.pathfinding.ways import Place
    from journey.section_table import SectionTable
    from journey.track import Station
    from journey.turning import Turns

SECONDARY_FACTOR = 2.0
"""A kilometre of secondary line weighs as much as this many of main line."""


def weights_by_length(table: SectionTable) -> NDArray[np.float64]:
    """Weight of each section: its length, m, and more on secondary lines."""
    secondary = np.array([usage == "secondary" for usage in table.values["usage"]], dtype=bool)
    return table.length_m * np.where(secondary, SECONDARY_FACTOR, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class TurnGraph:
    """The directed sections of a network and the turns between them.

    Attributes
    ----------
    length_m : ndarray, shape (arcs,)
        Official length of each arc, m.
    factor : ndarray, shape (arcs,)
        Weight of a metre of it; inf where it is not to be run.
    turns : Turns
        The possible turns from one arc into another.
    matrix : csr_array, shape (arcs, arcs)
        Weight of turning from one arc into another and running it.
    """

    length_m: NDArray[np.float64]
    factor: NDArray[np.float64]
    turns: Turns
    matrix: csr_array

    @classmethod
    def of(
        cls,
        table: SectionTable,
        stations: Mapping[str, Station],
        weights: NDArray[np.float64] | None = None,
        turns: Turns | None = None,
    ) -> TurnGraph:
        """Build the graph of a network's sections.

        Parameters
        ----------
        table : SectionTable
            The sections.
        stations : mapping of str to Station
            The stations on them, by id.
        weights : ndarray, shape (sections,), optional
            Weight of running each section from end to end, inf where it is not to be run; by
            default its length, and `SECONDARY_FACTOR` times that on secondary lines.
        turns : Turns, optional
            The possible turns, where they are known already.
        """
        weights = weights_by_length(table) if weights is None else weights
        turns = turns or possible_turns(table, stations)
        entered = np.repeat(weights, 2)[turns.into]
        kept = np.isfinite(entered)
        shape = (2 * len(table),) * 2
        matrix = csr_array(
            ((turns.weight + entered)[kept], (turns.out_of[kept], turns.into[kept])), shape=shape
        )
        length_m = np.repeat(table.length_m, 2)
        return cls(length_m, np.repeat(weights / table.length_m, 2), turns, matrix)

    def turn_weight(self, arriving: Spot, departing: Spot, *, can_reverse: bool) -> float:
        """Extra weight of going on from one spot to another at the same place."""
        if departing.run_m == 0:
            return self.turns.weight_of(arriving.arc, departing.arc)
        if arriving.arc == departing.arc:
            return 0.0
        reverses = can_reverse and arriving.arc == departing.arc ^ 1
        return REVERSAL_WEIGHT_M if reverses else math.inf

    def shortest_way(self, places: Sequence[Place], search: Search | None = None) -> Way:
        """Find the lightest way through places in their order.

        Parameters
        ----------
        places : sequence of Place
            The places, in the order they are passed.
        search : Search, optional
            What searches the matrix; by default the whole of it is searched for each leg.

        Returns
        -------
        Way
            The pieces of track in order of running.

        Raises
        ------
        NoWayError
            If no track connects two successive places; it carries the number of the leg.
        """
        search = search or PlainSearch(self.matrix)
        arrivals: Mapping[Spot, _Found] = {}
        starts = {spot: _Found(0.0, ()) for spot in self._runnable(places[0])}
        for leg, place in enumerate(places[1:]):
            if leg > 0:
                starts = self._turned(arrivals, places[leg])
            # How the last place is reached need not be known for each of its tracks.
            each = leg + 2 < len(places)
            arrivals = self._extended(starts, self._runnable(place), search, each=each)
            if not arrivals:
                raise NoWayError(leg)
        shortest = min(arrivals.values(), key=lambda best: best.weight)
        return self.way_of(shortest.legs)

    def weight_of(self, way: Way) -> float:
        """Weight of a way: what is run, its reversals and its changes of gauge."""
        run = sum(float(self.factor[2 * p.section]) * p.length_m for p in way.pieces)
        arcs = np.array([2 * p.section + (p.to_m < p.from_m) for p in way.pieces])
        turned = self.turns.along(arcs)
        # Within a section there is no turn but the reversal at a place that was named.
        inner = sum(int(turned[number - 1]) < 0 for number in way.reversed_before)
        turns = self.turns.weight[turned[turned >= 0]]
        return run + REVERSAL_WEIGHT_M * inner + float(turns.sum())

    def starts(self, place: Place) -> dict[Spot, float]:
        """Weight of running on from each spot of a place to the end of its arc."""
        spots = self._runnable(place)
        return {spot: self._rest(spot) for spot in spots if spot.run_m < self.length_m[spot.arc]}

    def ends(self, place: Place) -> dict[Spot, float]:
        """Weight to add at each spot of a place to that of having run its arc: less than 0."""
        return {spot: -self._rest(spot) for spot in self._runnable(place) if spot.run_m > 0}

    def weights_from(self, spots: Sequence[Spot]) -> NDArray[np.float64]:
        """Weight of having run each arc from the nearest of several spots; inf if none leads there.

        An arc on which a spot lies is run only by a way that comes back to it.
        """
        ahead = PlainSearch(self.matrix).ahead([(spot.arc, self._rest(spot)) for spot in spots])
        return ahead.weight[: len(self.length_m)]

    def _runnable(self, place: Place) -> list[Spot]:
        return [spot for spot in place.spots if math.isfinite(self.factor[spot.arc])]

    def _extended(
        self,
        starts: Mapping[Spot, _Found],
        targets: Sequence[Spot],
        search: Search,
        *,
        each: bool,
    ) -> dict[Spot, _Found]:
        """Extend the lightest ways to one place by the leg to the next: to each spot, or to one."""
        within = {target: self._within_section(starts, target) for target in targets}
        extended = {spot: found for spot, found in within.items() if math.isfinite(found.weight)}
        origins = [spot for spot in starts if spot.run_m < self.length_m[spot.arc]]
        if not origins:
            return extended
        ahead = search.ahead(
            [(spot.arc, starts[spot].weight + self._rest(spot)) for spot in origins]
        )
        # Of two spots on one arc the first is reached first.
        ends = sorted((spot for spot in targets if spot.run_m > 0), key=lambda spot: -spot.run_m)
        for group in [[end] for end in ends] if each else [ends]:
            by_arc = {spot.arc: spot for spot in group}
            leg = ahead.to({arc: -self._rest(spot) for arc, spot in by_arc.items()})
            if math.isinf(leg.weight):
                continue
            origin, target = origins[leg.start], by_arc[leg.arcs[-1]]
            if leg.weight < within[target].weight:
                whole = (origin, (origin.arc, *leg.arcs), target)
                extended[target] = _Found(leg.weight, (*starts[origin].legs, whole))
        return extended

    def _within_section(self, starts: Mapping[Spot, _Found], target: Spot) -> _Found:
        """The lightest way to a spot from one behind it on the same section."""
        nearest = _Found(math.inf, ())
        for origin, before in starts.items():
            if origin.arc == target.arc and origin.run_m < target.run_m:
                run = float(self.factor[origin.arc]) * (target.run_m - origin.run_m)
                leg = (origin, (origin.arc,), target)
                if before.weight + run < nearest.weight:
                    nearest = _Found(before.weight + run, (*before.legs, leg))
        return nearest

    def _rest(self, spot: Spot) -> float:
        return float((self.length_m[spot.arc] - spot.run_m) * self.factor[spot.arc])

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

    def way_of(self, legs: _Legs) -> Way:
        """Tell the pieces of legs: where each begins, the arcs it runs, and where it ends."""
        pieces: list[Piece] = []
        reversals: set[int] = set()
        arrived: Spot | None = None
        for origin, arcs, target in legs:
            if arrived and self._reverses(arrived, origin):
                reversals.add(len(pieces))
            turned = np.flatnonzero(self.turns.reverses[self.turns.along(np.array(arcs))])
            reversals |= {len(pieces) + 1 + number for number in turned.tolist()}
            pieces += self._pieces(origin, arcs, target)
            arrived = target
        return Way(tuple(pieces), frozenset(reversals))

    def _reverses(self, arrived: Spot, origin: Spot) -> bool:
        if origin.run_m > 0:
            return arrived.arc != origin.arc
        (turn,) = self.turns.along(np.array([arrived.arc, origin.arc])).tolist()
        return bool(self.turns.reverses[turn])

    def _pieces(self, origin: Spot, arcs: tuple[int, ...], target: Spot) -> Iterator[Piece]:
        lengths_m = self.length_m[list(arcs)].tolist()
        last = len(arcs) - 1
        for number, (arc, length_m) in enumerate(zip(arcs, lengths_m, strict=True)):
            start_m = 0.0 if number else origin.run_m
            end_m = target.run_m if number == last else length_m
            if arc % 2:
                start_m, end_m = length_m - start_m, length_m - end_m
            yield Piece(arc // 2, start_m, end_m)


class _Found(NamedTuple):
    weight: float
    legs: _Legs


_Legs = tuple[tuple[Spot, tuple[int, ...], Spot], ...]
