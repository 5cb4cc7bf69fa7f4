"""A few journeys that stand for all that were drawn."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.drawing.corners import corner_journeys
from journey.drawing.draws import Point, coming_to, leaving
from journey.drawing.halts import NO_HALTS
from journey.running_times import running_rows
from journey.track import PRINCIPAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from journey.drawing.draws import Draws
    from journey.drawing.halts import Halts
    from journey.ensemble import Ensemble
    from journey.plan import Event, Plan

TRIALS = 32
"""Samples of which the one that is nearest to all journeys is taken."""
MOST_DRAWS = 1 << 16
"""Journeys that are chosen from; more would not make a few of them any better."""
MOST_PARTS = 64
"""Parts of the way with a pace of their own; beyond, cells that are not sections are joined."""


class Chosen(NamedTuple):
    """What journeys are made of.

    Attributes
    ----------
    depart_s : ndarray, shape (journeys,)
        Departure, seconds after the plan's epoch.
    moving_s : ndarray, shape (bounds, journeys)
        Running time up to each bound of the parts of the way, margins and limits included, s.
    dwell_s : ndarray, shape (stops, journeys)
        How long each stop lasts, s.
    halts : Halts
        Those that nobody reported.
    """

    depart_s: NDArray[np.float64]
    moving_s: NDArray[np.float64]
    dwell_s: NDArray[np.float64]
    halts: Halts

    def joined(self, other: Chosen) -> Chosen:
        """These journeys and others."""
        theirs = other.halts._replace(draw=other.halts.draw + len(self.depart_s))
        return Chosen(
            np.concatenate([self.depart_s, other.depart_s]),
            np.concatenate([self.moving_s, other.moving_s], axis=1),
            np.concatenate([self.dwell_s, other.dwell_s], axis=1),
            self.halts.joined(theirs),
        )


def part_bounds_m(plan: Plan) -> NDArray[np.float64]:
    """Bounds of the parts of the way, on each of which a journey keeps its pace, whole metres."""
    route = plan.route
    sections = [stretch.start_m for stretch in route.stretches]
    countries = [start.start_m for start in route.countries]
    needed = [*sections, *countries, *plan.stop_m.tolist(), route.length_km * 1000]
    every = _in_order([*needed, *plan.cells.bounds_m.tolist()])
    return every if len(every) <= MOST_PARTS + 1 else _in_order(needed)


def _in_order(edges_m: list[float]) -> NDArray[np.float64]:
    return np.unique(np.rint([0.0, *edges_m]))


def choose(ensemble: Ensemble, size: int, bounds_m: NDArray[np.float64]) -> Chosen:
    """Choose journeys that stand for all.

    The journeys in the order in which they arrive at the end, each with its weight, are divided
    into as many equal shares, and one is taken of each share, always at the same place within it
    (systematic sampling). Of several such places the one counts whose quantiles at the principal
    stations are nearest to those of all journeys.

    Parameters
    ----------
    ensemble : Ensemble
        The drawn journeys.
    size : int
        How many to choose.
    bounds_m : ndarray, shape (parts + 1,)
        Bounds of the parts of the way, m.
    """
    plan, blocks = ensemble.plan, list(_blocks(ensemble))
    events = tuple(each for each in ensemble.events if _is_principal(plan, each))
    of_events, of_bounds = _event_points(plan, events), _bound_points(plan, bounds_m)
    # All at once: trains take their time for each call.
    points = sorted({*of_events, *of_bounds})
    times_s = [np.stack(list(draws.times_s(points))) for draws in blocks]
    here_s = np.concatenate([each[_rows(points, of_events)] for each in times_s], axis=1)
    weight = np.concatenate([draws.weights for draws in blocks])
    numbers = _most_alike(ensemble, events, here_s, weight, size)
    firsts = np.cumsum([0, *(draws.count for draws in blocks)])
    bounds = _rows(points, of_bounds)
    parts = [
        _taken(draws, numbers[(numbers >= first) & (numbers < end)] - first, each[bounds])
        for draws, each, first, end in zip(blocks, times_s, firsts, firsts[1:], strict=False)
    ]
    return _moving(reduce(Chosen.joined, parts), of_bounds)


def _event_points(plan: Plan, events: Sequence[Event]) -> list[Point]:
    at_m = plan.route.station_m
    return [Point(float(at_m[each.station]), each.stops_before) for each in events]


def _bound_points(plan: Plan, bounds_m: NDArray[np.float64]) -> list[Point]:
    """When a journey leaves each part's beginning, and when it comes to the end of the way."""
    ends_m = np.minimum(bounds_m, plan.route.length_km * 1000).tolist()
    return [*(leaving(plan, at_m) for at_m in ends_m[:-1]), coming_to(plan, ends_m[-1])]


def _rows(points: list[Point], wanted: Sequence[Point]) -> list[int]:
    return [points.index(point) for point in wanted]


def _blocks(ensemble: Ensemble) -> Iterator[Draws]:
    found = 0
    for draws in ensemble.blocks():
        yield draws
        found += draws.count
        if found >= MOST_DRAWS:
            return


def _is_principal(plan: Plan, event: Event) -> bool:
    ends = (0, len(plan.route.timing_points) - 1)
    rank = plan.route.timing_points[event.station].station.rank
    return rank == PRINCIPAL or event.station in ends


def _most_alike(
    ensemble: Ensemble,
    events: tuple[Event, ...],
    times_s: NDArray[np.float64],
    weight: NDArray[np.float64],
    size: int,
) -> NDArray[np.intp]:
    """Numbers of the journeys of the best of several systematic samples, in order."""
    by_arrival = np.argsort(times_s[-1], kind="stable")
    below = np.cumsum(weight[by_arrival])
    shares = np.array([0.05, 0.1, 0.5, 0.9, 0.95])
    wanted_s = ensemble.arrivals.quantiles(shares)
    wanted_s = wanted_s[[ensemble.events.index(event) for event in events]]
    trials = []
    for trial in range(TRIALS):
        places = (np.arange(size) + (trial + 0.5) / TRIALS) / size * below[-1]
        numbers = by_arrival[np.minimum(np.searchsorted(below, places), len(below) - 1)]
        found_s = np.quantile(times_s[:, numbers], shares, axis=1).T
        trials.append((float(np.abs(found_s - wanted_s).mean()), trial, np.sort(numbers)))
    return min(trials, key=lambda each: each[:2])[2]


def _taken(draws: Draws, here: NDArray[np.intp], times_s: NDArray[np.float64]) -> Chosen:
    """What some journeys of a block are made of, still with all times at the bounds."""
    depart_s, dwell_s = draws.depart_s[here], draws.dwell_s[:, here]
    return Chosen(depart_s, times_s[:, here], dwell_s, draws.halts.of(here, draws.count))


def _moving(chosen: Chosen, points: list[Point]) -> Chosen:
    """Take departure, stops and halts out of the times of journeys."""
    at_m = np.array([point.at_m for point in points])
    moving_s = chosen.moving_s - chosen.depart_s
    for row, stood_s in enumerate(chosen.halts.before(at_m, len(chosen.depart_s))):
        dwelt_s = chosen.dwell_s[: points[row].stops_before].sum(axis=0)
        moving_s[row] -= dwelt_s + stood_s
    return chosen._replace(moving_s=moving_s)


def outermost(plan: Plan, bounds_m: NDArray[np.float64]) -> Chosen:
    """The earliest and the latest journey that a plan allows, without unreported halts."""
    ends_m = np.clip(bounds_m, 0.0, plan.route.length_km * 1000)
    rows = running_rows(plan, corner_journeys(plan), ends_m)
    running_s = np.array([[row.min(), row.max()] for row in rows])
    share, per_m = (
        np.array([quantity.low, quantity.high])
        for quantity in (plan.margin_share, plan.margin_s_per_m)
    )
    moving_s = running_s * (1 + share) + ends_m[:, None] * per_m
    dwell_s = [[stop.duration_s.low, stop.duration_s.high] for stop in plan.stops]
    depart_s = np.array([plan.depart_s.low, plan.depart_s.high])
    return Chosen(depart_s, moving_s, np.reshape(dwell_s, (len(plan.stops), 2)), NO_HALTS)
