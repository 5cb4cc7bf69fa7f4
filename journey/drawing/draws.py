"""Drawn journeys: when each is where, and where when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M
from journey.running_times import running_at, running_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from journey.drawing.halts import Halts
    from journey.plan import Event, Plan
    from journey.running_times import Journeys

    Rows = Callable[[NDArray[np.float64]], Iterable[NDArray[np.float64]]]

HALVINGS = 24
"""Of the length of a route: 10,000 km come down to less than a metre."""
PART = 512
"""Journeys of a train that are located at a time."""
MOST_TABLED = 2_048
"""Runs of trains whose times at every kilometre are kept at once."""


class Point(NamedTuple):
    """A moment of a journey to be timed: at a chainage, m, after so many of its stops."""

    at_m: float
    stops_before: int


def coming_to(plan: Plan, at_m: float) -> Point:
    """The moment a train comes to a chainage, before a stop there."""
    return Point(at_m, int(np.searchsorted(plan.stop_m, at_m - ROUNDING_M)))


def leaving(plan: Plan, at_m: float) -> Point:
    """The moment a train leaves a chainage, after a stop there."""
    return Point(at_m, int(np.searchsorted(plan.stop_m, at_m + ROUNDING_M)))


@dataclass(frozen=True, eq=False, kw_only=True)
class Draws:
    """Some drawn journeys along one route.

    Attributes
    ----------
    plan : Plan
        The scenario on its route.
    block : int
        Which block of draws they are.
    group : ndarray of int, shape (draws,)
        Which independent group each belongs to.
    depart_s : ndarray, shape (draws,)
        Departure, seconds after the plan's epoch.
    dwell_s : ndarray, shape (stops, draws)
        Duration of each of the plan's stops, s.
    journeys : Journeys
        Speeds, limits and train of each run.
    run_of : ndarray of int, shape (draws,), or None
        Which of the runs each draw has; by default its own.
    margin_share : ndarray, shape (draws,)
        Part of the running time that is added to it.
    margin_s_per_m : ndarray, shape (draws,)
        Seconds that are added for each metre.
    halts : Halts
        Those that nobody reported.
    weight : ndarray, shape (draws,), or None
        Whole numbers, of which each draw counts for so many; by default all count alike.
    rows : callable or None
        Gives the times of the runs at ascending chainages, as `running_rows` does, which it is by
        default.
    """

    plan: Plan
    block: int
    group: NDArray[np.intp]
    depart_s: NDArray[np.float64]
    dwell_s: NDArray[np.float64]
    journeys: Journeys
    run_of: NDArray[np.intp] | None
    margin_share: NDArray[np.float64]
    margin_s_per_m: NDArray[np.float64]
    halts: Halts
    weight: NDArray[np.float64] | None = None
    rows: Rows | None = None

    @property
    def count(self) -> int:
        """How many journeys there are."""
        return len(self.depart_s)

    @property
    def weights(self) -> NDArray[np.float64]:
        """How much each of them counts, shape (draws,)."""
        return np.ones(self.count) if self.weight is None else self.weight

    def event_times_s(self, events: tuple[Event, ...]) -> Iterator[NDArray[np.float64]]:
        """When the journeys reach each of some events.

        Parameters
        ----------
        events : tuple of Event
            In their order along the route.

        Yields
        ------
        ndarray, shape (draws,)
            Seconds after the plan's epoch.
        """
        at_m = self.plan.route.station_m
        return self.times_s(
            [Point(float(at_m[event.station]), event.stops_before) for event in events]
        )

    def times_s(self, points: Sequence[Point]) -> Iterator[NDArray[np.float64]]:
        """When the journeys reach each of some points.

        Parameters
        ----------
        points : sequence of Point
            In their order along the route.

        Yields
        ------
        ndarray, shape (draws,)
            Seconds after the plan's epoch.
        """
        at_m = sorted({point.at_m for point in points})
        moving = zip(at_m, self._moving_s(np.array(at_m)), strict=True)
        stood_s = list(accumulate(self.dwell_s))
        here_m, moving_s = next(moving)
        for point in points:
            while here_m != point.at_m:
                here_m, moving_s = next(moving)
            before = point.stops_before
            yield moving_s + stood_s[before - 1] if before else moving_s

    def halted_s(self, event: Event) -> NDArray[np.float64]:
        """Time spent in halts before an event, s, shape (draws,)."""
        at_m = np.full(self.count, self.plan.route.timing_points[event.station].chainage_m)
        stood_s: NDArray[np.float64] = self.dwell_s[: event.stops_before].sum(axis=0)
        return stood_s + self.halts.short_of(at_m)

    def positions_m(self, moment_s: float) -> NDArray[np.float64]:
        """Where each journey is at a moment.

        Parameters
        ----------
        moment_s : float
            Seconds after the plan's epoch.

        Returns
        -------
        ndarray, shape (draws,)
            Chainage, m: 0 before departure, and the route's end after arrival.
        """
        many = self.run_of is None or self.journeys.count > MOST_TABLED
        if self.journeys.trains and many and self.count > PART:
            # The times of a train at every kilometre are many.
            starts = range(0, self.count, PART)
            parts = [self.part(start, start + PART).positions_m(moment_s) for start in starts]
            return np.concatenate(parts)
        running_s = running_at(self.plan, self.journeys, self.run_of)
        near_m = np.zeros(self.count)
        far_m = np.full(self.count, self.plan.route.length_km * 1000)
        for _ in range(HALVINGS):
            middle_m = (near_m + far_m) / 2
            there = self._time_s(middle_m, running_s(middle_m)) <= moment_s
            near_m = np.where(there, middle_m, near_m)
            far_m = np.where(there, far_m, middle_m)
        there = self._time_s(far_m, running_s(far_m)) <= moment_s
        return np.where(there, far_m, near_m)

    def part(self, start: int, stop: int) -> Draws:
        """Some of the journeys, each of which has a run of its own."""
        some = slice(start, stop)
        runs = np.arange(self.count) if self.run_of is None else self.run_of
        return replace(
            self,
            group=self.group[some],
            depart_s=self.depart_s[some],
            dwell_s=self.dwell_s[:, some],
            journeys=self.journeys.only(runs[some]),
            run_of=None,
            margin_share=self.margin_share[some],
            margin_s_per_m=self.margin_s_per_m[some],
            halts=self.halts.part(start, stop),
            weight=None if self.weight is None else self.weight[some],
            rows=None,
        )

    def _moving_s(self, at_m: NDArray[np.float64]) -> Iterator[NDArray[np.float64]]:
        """When each journey would be at ascending chainages without its stops, s."""
        times_s = (
            partial(running_rows, self.plan, self.journeys) if self.rows is None else self.rows
        )
        rows = times_s(at_m)
        halted = self.halts.before(at_m, self.count)
        for chainage_m, row, halted_s in zip(at_m, rows, halted, strict=True):
            running_s = row if self.run_of is None else row[self.run_of]
            moving_s = self._late_s(chainage_m, running_s)
            yield moving_s + halted_s if self.halts.draw.size else moving_s

    def _time_s(
        self, chainage_m: NDArray[np.float64], running_s: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """When each journey arrives at a chainage of its own, s."""
        times_s = self._late_s(chainage_m, running_s) + self.halts.short_of(chainage_m)
        for stop_m, dwell_s in zip(self.plan.stop_m, self.dwell_s, strict=True):
            times_s += np.where(chainage_m > stop_m, dwell_s, 0.0)
        return times_s

    def _late_s(
        self, chainage_m: float | NDArray[np.float64], running_s: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Departure, running time and margin."""
        times_s = self.depart_s + running_s
        if self.plan.margin:
            times_s += running_s * self.margin_share + chainage_m * self.margin_s_per_m
        return times_s
