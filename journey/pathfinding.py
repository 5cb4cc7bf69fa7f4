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

from journey.turning import REVERSAL_WEIGHT_M, possible_turns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from journey.section_table import SectionTable
    from journey.track import Station
    from journey.turning import Turns

SECONDARY_FACTOR = 2.0
"""A kilometre of secondary line weighs as much as this many of main line."""


def weights_by_length(table: SectionTable) -> NDArray[np.float64]:
    """Weight of each section: its length, m, and more on secondary lines."""
    secondary = np.array([usage == "secondary" for usage in table.values["usage"]], dtype=bool)
    return table.length_m * np.where(secondary, SECONDARY_FACTOR, 1.0)


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

    @property
    def length_m(self) -> float:
        """Its length, m."""
        return abs(self.to_m - self.from_m)

    def at(self, run_m: float) -> float:
        """Chainage of the section after a length run, m."""
        return self.from_m + run_m if self.to_m > self.from_m else self.from_m - run_m


def cut_pieces(pieces: Sequence[Piece], start_m: float, end_m: float) -> tuple[Piece, ...]:
    """Pieces of a way between two lengths run from its start, m."""
    kept, before_m = [], 0.0
    for piece in pieces:
        first_m = max(start_m - before_m, 0.0)
        last_m = min(end_m - before_m, piece.length_m)
        if last_m > first_m:
            kept.append(Piece(piece.section, piece.at(first_m), piece.at(last_m)))
        before_m += piece.length_m
    return tuple(kept)


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
        """
        weights = weights_by_length(table) if weights is None else weights
        turns = possible_turns(table, stations)
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
        starts = {spot: _Found(0.0, ()) for spot in self._runnable(places[0])}
        for leg, place in enumerate(places[1:]):
            arrivals = self._extended(starts, self._runnable(place))
            if not arrivals:
                raise NoWayError(leg)
            starts = self._turned(arrivals, place)
        shortest = min(arrivals.values(), key=lambda best: best.weight)
        return self._way(shortest.legs)

    def weights_from(self, spots: Sequence[Spot]) -> NDArray[np.float64]:
        """Weight of having run each arc from the nearest of several spots; inf if none leads there.

        An arc on which a spot lies is run only by a way that comes back to it.
        """
        weights, _ = self._reached([(spot, 0.0) for spot in spots])
        return weights[: len(self.length_m)]

    def _runnable(self, place: Place) -> list[Spot]:
        return [spot for spot in place.spots if math.isfinite(self.factor[spot.arc])]

    def _extended(
        self, starts: Mapping[Spot, _Found], targets: Sequence[Spot]
    ) -> dict[Spot, _Found]:
        """Extend the lightest ways to one place by the leg to the next."""
        origins = tuple(spot for spot in starts if spot.run_m < self.length_m[spot.arc])
        if not origins:
            return {}
        weights, previous = self._reached([(origin, starts[origin].weight) for origin in origins])
        extended: dict[Spot, _Found] = {}
        for target in targets:
            found = self._within_section(starts, target)
            weight = float(weights[target.arc] - self._rest(target))
            if target.run_m > 0 and math.isfinite(weight) and weight < found.weight:
                arcs, number = _arcs_to(target.arc, previous, len(self.length_m))
                origin = origins[number]
                leg = (origin, (origin.arc, *arcs), target)
                found = _Found(weight, (*starts[origin].legs, leg))
            if math.isfinite(found.weight):
                extended[target] = found
        return extended

    def _reached(
        self, starts: Sequence[tuple[Spot, float]]
    ) -> tuple[NDArray[np.float64], NDArray[np.int32]]:
        """Weight of having run each arc from one of several spots, and the arc before it.

        Each spot is a state of its own, beyond the arcs: it leaves as its arc does, but no way
        leads to it, since the arc behind a spot has not been run.
        """
        arcs = [spot.arc for spot, _ in starts]
        rest = [weight + self._rest(spot) for spot, weight in starts]
        matrix = _with_rows(self.matrix, arcs, rest)
        weights, previous, _ = dijkstra(
            matrix,
            indices=np.arange(len(self.length_m), matrix.shape[0]),
            return_predecessors=True,
            min_only=True,
        )
        return weights, previous

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

    def _way(self, legs: _Legs) -> Way:
        pieces: list[Piece] = []
        reversals: set[int] = set()
        arrived: Spot | None = None
        for origin, arcs, target in legs:
            for number, arc in enumerate(arcs):
                start = Spot(arc, 0.0) if number else origin
                last = number == len(arcs) - 1
                end = target if last else Spot(arc, float(self.length_m[arc]))
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


def _arcs_to(arc: int, previous: NDArray[np.int32], arc_count: int) -> tuple[tuple[int, ...], int]:
    """The arcs run to an arc, itself included, and the number of the spot they begin at."""
    arcs = [arc]
    while (before := int(previous[arcs[-1]])) < arc_count:
        arcs.append(before)
    return tuple(reversed(arcs)), before - arc_count


def _with_rows(matrix: csr_array, rows: Sequence[int], weights: Sequence[float]) -> csr_array:
    """Add states to a graph that leave as given ones do, and have weighed something before."""
    parts = [slice(int(matrix.indptr[row]), int(matrix.indptr[row + 1])) for row in rows]
    added = [matrix.data[part] + weight for part, weight in zip(parts, weights, strict=True)]
    ends = matrix.indptr[-1] + np.cumsum([len(part) for part in added])
    count = matrix.shape[0] + len(rows)
    return csr_array(
        (
            np.concatenate([matrix.data, *added]),
            np.concatenate([matrix.indices, *(matrix.indices[part] for part in parts)]),
            np.concatenate([matrix.indptr, ends]),
        ),
        shape=(count, count),
    )
