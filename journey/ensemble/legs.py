"""How fast a train runs, and how long it stands, on each part of its way."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.drawing.counting import count_draws
from journey.drawing.draws import coming_to, leaving
from journey.errors import InputError
from journey.units import HOUR_S, MPS_PER_KMH

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from journey.along import TimingPoint
    from journey.drawing.draws import Draws, Point
    from journey.drawing.population import Population
    from journey.plan import Plan

    Bounds = tuple[float, float, float]


class Leg(NamedTuple):
    """A part of the way, and what journeys do on it: low, median and high of each.

    Attributes
    ----------
    start, end : TimingPoint
        From where to where.
    km : float
        Its length.
    elapsed_h : tuple of float
        Time from leaving the start to coming to the end, h.
    speed_kmh : tuple of float
        Average speed while moving, km/h.
    standing_h : tuple of float
        Time spent in halts between the two, h: in stops, and in those that nobody reported.
    dwell_h : tuple of float
        Time spent in a stop at the start, before leaving, h; in none of the others.
    """

    start: TimingPoint
    end: TimingPoint
    km: float
    elapsed_h: Bounds
    speed_kmh: Bounds
    standing_h: Bounds
    dwell_h: Bounds


def legs_of(
    plan: Plan,
    population: Population,
    places: Iterable[str] | None,
    shares: tuple[float, float, float],
) -> tuple[Leg, ...]:
    """Find what journeys do on each part of the way.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    population : Population
        The journeys.
    places : iterable of str or None
        Stations that divide the way; by default the ends of its sections of line.
    shares : tuple of float
        Of the journeys below the low, the median and the high.
    """
    points = _points(plan, places)
    if len(points) < 2:  # noqa: PLR2004 - a leg has two ends
        raise InputError("places: expected two stations on the way at least")
    legs = list(pairwise(points))
    tally = count_draws(population, lambda draws: _rows(draws, legs))
    quantiles = tally.quantiles(shares).reshape(len(legs), -1, 3)
    return tuple(
        Leg(start, end, (end.chainage_m - start.chainage_m) / 1000, *map(tuple, each.tolist()))
        for (start, end), each in zip(legs, quantiles, strict=True)
    )


def _points(plan: Plan, places: Iterable[str] | None) -> list[TimingPoint]:
    points = plan.route.timing_points
    if places is not None:
        return [points[number] for number in sorted({plan.route.index_of(p) for p in places})]
    ends_m = [0.0, *(stretch.end_m for stretch in plan.route.stretches)]
    numbers = {int(np.abs(plan.route.station_m - end_m).argmin()) for end_m in ends_m}
    return [points[number] for number in sorted(numbers)]


def _rows(
    draws: Draws, legs: list[tuple[TimingPoint, TimingPoint]]
) -> Iterator[NDArray[np.float64]]:
    """Time, speed and standing on each leg, and the dwell before it: h, km/h, h, h."""
    plan = draws.plan
    ends = [
        (leaving(plan, start.chainage_m), coming_to(plan, end.chainage_m)) for start, end in legs
    ]
    wanted = sorted({point for pair in ends for point in pair})
    times_s = dict(zip(wanted, draws.times_s(wanted), strict=True))
    for first, last in ends:
        elapsed_s = times_s[last] - times_s[first]
        standing_s = _standing_s(draws, first, last)
        yield elapsed_s / HOUR_S
        yield (last.at_m - first.at_m) / (elapsed_s - standing_s) / MPS_PER_KMH
        yield standing_s / HOUR_S
        yield _dwell_s(draws, first) / HOUR_S


def _dwell_s(draws: Draws, left: Point) -> NDArray[np.float64]:
    """Time spent in a stop at the very place that is left, s."""
    before = coming_to(draws.plan, left.at_m).stops_before
    dwell_s: NDArray[np.float64] = draws.dwell_s[before : left.stops_before].sum(axis=0)
    return dwell_s


def _standing_s(draws: Draws, first: Point, last: Point) -> NDArray[np.float64]:
    stood_s = draws.dwell_s[first.stops_before : last.stops_before].sum(axis=0)
    halts = draws.halts
    here = (halts.at_m > first.at_m) & (halts.at_m <= last.at_m)
    standing_s: NDArray[np.float64] = stood_s + np.bincount(
        halts.draw[here], halts.duration_s[here], minlength=draws.count
    )
    return standing_s
