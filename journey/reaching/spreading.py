"""When a train can be at every point of a network: at the earliest, in the middle, at the latest.

Where the train starts from several places, or its stock may have several gauges, each is followed
on its own. The best gauge counts at the earliest and in the middle, the worst one at the latest.
Of places, the earliest is the 5 % quantile, the middle the median and the latest the 95 % quantile
over them, each at its own speed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING

import numpy as np

from journey.reaching.results import Bounds
from journey.reaching.times import Pace, Times, spread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from journey.reaching.graph import LayeredGraph

    _Floats = NDArray[np.float64]
    _Numbers = NDArray[np.intp]

SHARES = Bounds(0.05, 0.5, 0.95)
"""Quantiles over the places from which the train may start."""

RANK_ROUNDING = 1e-9

BLOCK = 16_384
"""Points at which times from all places are put together at once."""


@dataclass(frozen=True, eq=False)
class Spread:
    """One answer to when the train can be somewhere, out of those of every place and gauge.

    Attributes
    ----------
    times : tuple of tuple of Times
        For each place those of its gauges; of one place the latest counts. Places that are one
        have the same times.
    share : float
        Which quantile over the places counts.
    scale : float
        What the times are multiplied by.
    """

    times: tuple[tuple[Times, ...], ...]
    share: float
    scale: float = 1.0

    def at(self, section: _Numbers, at_m: _Floats, group: _Numbers | None = None) -> _Floats:
        """When it is at points, or at the first of each group of points, see `at_points`."""
        found: _Floats = at_points((self,), section, at_m, group)[0]
        return found

    @cached_property
    def soonest(self) -> Times:
        """When the first train is there, wherever it started, not multiplied by the scale."""
        return reduce(Times.merged, self.every)

    @property
    def every(self) -> tuple[Times, ...]:
        """All times that it takes into account, each once."""
        return tuple(dict.fromkeys(times for gauges in self.times for times in gauges))

    @property
    def per_m(self) -> float:
        """What a metre of track costs."""
        return self.every[0].per_m * self.scale

    @property
    def rank(self) -> int:
        """Which place counts of those in order, from 0."""
        return max(int(np.ceil(self.share * len(self.times) - RANK_ROUNDING)), 1) - 1

    def entered(self, hours: float) -> NDArray[np.bool_]:
        """Which sections are entered in less than a time, at start and end, (sections, 2)."""
        within: NDArray[np.bool_] = self.soonest.enter_h * self.scale < hours
        return within


def at_points(
    spreads: Sequence[Spread], section: _Numbers, at_m: _Floats, group: _Numbers | None = None
) -> _Floats:
    """When the train is at points, or at the first of each group of points, by several answers.

    Parameters
    ----------
    spreads : sequence of Spread
        The answers.
    section : ndarray of int, shape (n,)
        Numbers of the sections, in ascending order.
    at_m : ndarray, shape (n,)
        Chainage on them, m.
    group : ndarray of int, shape (n,), optional
        The group of each point, every number from 0 used; without it each is its own.

    Returns
    -------
    ndarray, shape (spreads, n) or (spreads, groups)
        The times.
    """
    if group is not None:
        return _at_block(spreads, section, at_m, group)
    blocks = (slice(first, first + BLOCK) for first in range(0, section.size, BLOCK))
    found = [_at_block(spreads, section[block], at_m[block], None) for block in blocks]
    return np.concatenate([np.empty((len(spreads), 0)), *found], axis=1)


def _at_block(
    spreads: Sequence[Spread], section: _Numbers, at_m: _Floats, group: _Numbers | None
) -> _Floats:
    """Times that several answers have in common are looked up once."""
    found: dict[int, _Floats] = {}
    for times in dict.fromkeys(each.times for each in spreads):
        having = [number for number, each in enumerate(spreads) if each.times == times]
        ranks = sorted({spreads[number].rank for number in having})
        ordered = _ordered(times, ranks, section, at_m, group)
        for number in having:
            found[number] = ordered[spreads[number].rank] * spreads[number].scale
    return np.stack([found[number] for number in range(len(spreads))])


def _ordered(
    times: tuple[tuple[Times, ...], ...],
    ranks: list[int],
    section: _Numbers,
    at_m: _Floats,
    group: _Numbers | None,
) -> _Floats:
    """Times from every place, those of some ranks in order."""
    worst = {
        gauges: reduce(np.maximum, [first_of(each.at(section, at_m), group) for each in gauges])
        for gauges in dict.fromkeys(times)
    }
    of_places = np.stack([worst[gauges] for gauges in times])
    if len(times) > 1:
        of_places.partition(ranks, axis=0)
    return of_places


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
    paces = [Pace(1 / v, h) for v, h in zip(reversed(speed_kmh), change_h, strict=True)]
    if not graph.change.any():
        # The same ways at every speed.
        every = _followed(graph, starts, Pace(1.0, 0.0))
        best = _best(every)
        of_bounds = zip((best, best, every), SHARES, paces, strict=True)
        low, central, high = (Spread(each, share, pace.per_km) for each, share, pace in of_bounds)
        return low, central, high
    low, central = (
        Spread(_best(_followed(graph, starts, pace)), share)
        for pace, share in zip(paces[:2], SHARES[:2], strict=True)
    )
    return low, central, Spread(_followed(graph, starts, paces[2]), SHARES.high)


def lengths(graph: LayeredGraph, starts: Sequence[Sequence[int]], central: Spread) -> Spread:
    """Follow the shortest way, km: a change of gauge is no distance.

    Parameters
    ----------
    graph, starts
        As for `spreads`.
    central : Spread
        What that gives in the middle; where no gauge is changed these are the same ways.
    """
    if graph.change.any():
        return Spread(_best(_followed(graph, starts, Pace(1.0, 0.0))), SHARES.central)
    return Spread(central.times, SHARES.central)


def unchanged(
    graph: LayeredGraph, starts: Sequence[Sequence[int]], latest: Spread
) -> Iterator[tuple[str, Times]]:
    """Follow the shortest way, km, of stock that keeps its gauge.

    Parameters
    ----------
    graph, starts
        As for `spreads`.
    latest : Spread
        What that gives at the latest; where no gauge is changed these are the same ways.

    Yields
    ------
    tuple
        Each gauge and how far it is for stock of it, once for every place.
    """
    states = _distinct(starts)
    found: Iterable[Times] = latest.every
    if graph.change.any():
        found = spread(graph, states, Pace(1.0, math.inf))
    for state, times in zip(states, found, strict=True):
        yield graph.gauge_of(state), times


def first_of(hours: _Floats, group: _Numbers | None) -> _Floats:
    """Times at points, or the least of each group of points."""
    if group is None:
        return hours
    first = np.full(int(group.max(initial=-1)) + 1, np.inf)
    np.minimum.at(first, group, hours)
    return first


def _distinct(starts: Sequence[Sequence[int]]) -> list[int]:
    return list(dict.fromkeys(state for gauges in starts for state in gauges))


def _followed(
    graph: LayeredGraph, starts: Sequence[Sequence[int]], pace: Pace
) -> tuple[tuple[Times, ...], ...]:
    states = _distinct(starts)
    followed = dict(zip(states, spread(graph, states, pace), strict=True))
    return tuple(tuple(followed[state] for state in gauges) for gauges in starts)


def _best(found: tuple[tuple[Times, ...], ...]) -> tuple[tuple[Times, ...], ...]:
    """The gauge that needs the least, of every place."""
    best = {gauges: (reduce(Times.merged, gauges),) for gauges in dict.fromkeys(found)}
    return tuple(best[gauges] for gauges in found)
