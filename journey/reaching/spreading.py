"""When a train can be at every point of a network: at the earliest, in the middle, at the latest.

Where the train starts from several places, or its stock may have several gauges, each is followed
on its own. The best gauge counts at the earliest and in the middle, the worst one at the latest.
Of places, the earliest is the 5 % quantile, the middle the median and the latest the 95 % quantile
over them, each at its own speed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from journey.reaching.results import Bounds
from journey.reaching.times import Pace, Times, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.reaching.graph import LayeredGraph

SHARES = Bounds(0.05, 0.5, 0.95)
"""Quantiles over the places from which the train may start."""

RANK_ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Spread:
    """One answer to when the train can be somewhere, out of those of every place and gauge.

    Attributes
    ----------
    times : tuple of tuple of Times
        For each place those of its gauges; of one place the latest counts.
    share : float
        Which quantile over the places counts.
    """

    times: tuple[tuple[Times, ...], ...]
    share: float

    def at(
        self,
        section: NDArray[np.intp],
        at_m: NDArray[np.float64],
        group: NDArray[np.intp] | None = None,
    ) -> NDArray[np.float64]:
        """When it is at points, or at the first of each group of points.

        Parameters
        ----------
        section : ndarray of int, shape (n,)
            Numbers of the sections, in ascending order.
        at_m : ndarray, shape (n,)
            Chainage on them, m.
        group : ndarray of int, shape (n,), optional
            The group of each point, every number from 0 used; without it each is its own.
        """
        of_places = [
            reduce(np.maximum, [_first_of(times.at(section, at_m), group) for times in gauges])
            for gauges in self.times
        ]
        if len(of_places) == 1:
            return of_places[0]
        rank = max(int(np.ceil(self.share * len(of_places) - RANK_ROUNDING)), 1) - 1
        ordered = np.partition(np.stack(of_places), rank, axis=0)
        of_rank: NDArray[np.float64] = ordered[rank]
        return of_rank

    @property
    def soonest(self) -> Times:
        """When the first train is there, whatever its gauge and wherever it started."""
        return reduce(Times.merged, self.every)

    @property
    def every(self) -> tuple[Times, ...]:
        """All times that it takes into account."""
        return tuple(times for gauges in self.times for times in gauges)


def spreads(
    graph: LayeredGraph, starts: Sequence[Sequence[int]], speed_kmh: Bounds, change_h: Bounds
) -> tuple[Spread, Spread, Spread]:
    """Follow the train from every place with every gauge, in all three bounds.

    Parameters
    ----------
    graph : LayeredGraph
        The states of trains.
    starts : sequence of sequence of int
        For each place the states to start from, one for each gauge.
    speed_kmh : Bounds
        Average speed, km/h.
    change_h : Bounds
        How long a change of gauge takes, h.

    Returns
    -------
    tuple of Spread
        At the earliest, in the middle, at the latest.
    """
    paces = (
        Pace(1 / speed_kmh.high, change_h.low),
        Pace(1 / speed_kmh.central, change_h.central),
        Pace(1 / speed_kmh.low, change_h.high),
    )
    low, central, high = (
        _followed(graph, starts, pace, share) for pace, share in zip(paces, SHARES, strict=True)
    )
    return _best(low), _best(central), high


def lengths(graph: LayeredGraph, starts: Sequence[Sequence[int]]) -> Spread:
    """Follow the shortest way, km: a change of gauge is no distance."""
    return _best(_followed(graph, starts, Pace(1.0, 0.0), SHARES.central))


def unchanged(graph: LayeredGraph, starts: Sequence[Sequence[int]]) -> Spread:
    """Follow the shortest way, km, of stock that keeps its gauge; of all that it may be the worst.

    It is inf where stock of any of the gauges, from any of the places, does not get so.
    """
    return _followed(graph, starts, Pace(1.0, math.inf), 1.0)


def _first_of(hours: NDArray[np.float64], group: NDArray[np.intp] | None) -> NDArray[np.float64]:
    if group is None:
        return hours
    first = np.full(int(group.max(initial=-1)) + 1, np.inf)
    np.minimum.at(first, group, hours)
    return first


def _followed(
    graph: LayeredGraph, starts: Sequence[Sequence[int]], pace: Pace, share: float
) -> Spread:
    followed = iter(spread(graph, [state for gauges in starts for state in gauges], pace))
    return Spread(tuple(tuple(next(followed) for _ in gauges) for gauges in starts), share)


def _best(found: Spread) -> Spread:
    """The gauge that needs the least, of every place."""
    return Spread(tuple((reduce(Times.merged, gauges),) for gauges in found.times), found.share)
