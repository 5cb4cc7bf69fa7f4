"""How likely reports are, given a journey.

A report is right with the probability that it is trusted. Then what it says held at some moment of
its interval. Otherwise it says nothing of the journey: it names an interval as wide as it is at any
time of a day around, so that it happens to hold with the probability that `astray` gives. Without
that, a wrong report would count the more against a journey, the more exact it pretends to be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M
from journey.drawing.draws import Point
from journey.evidence.placing import placed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from journey.drawing.draws import Draws
    from journey.plan import Plan
    from journey.reports import Sighting

    Times = dict[Point, NDArray[np.float64]]

DAY_S = 86_400.0
"""Over what time a wrong report may be astray."""
EXACT_S = 60.0
"""Width of a report that names one moment: it is right to the minute."""


class Bound(NamedTuple):
    """What a report says of the times of a journey at one place.

    It must come to `first` by the end of the interval, and must not have left `last` before the
    interval begins; None where that is always so.
    """

    first: Point | None
    last: Point | None


class Observed(NamedTuple):
    """A report, ready to be held against journeys.

    Attributes
    ----------
    sighting : Sighting
        The report.
    why_not : str or None
        Why it cannot be right on this route.
    earliest_s, latest_s : float
        Its interval, seconds after the plan's epoch.
    bounds : tuple of Bound
        What it says, one of which must hold; none where it cannot be right.
    copies : tuple of Sighting
        Reports that say the same, and are not counted again.
    """

    sighting: Sighting
    why_not: str | None
    earliest_s: float
    latest_s: float
    bounds: tuple[Bound, ...]
    copies: tuple[Sighting, ...]

    @property
    def points(self) -> tuple[Point, ...]:
        """What must be timed to tell whether it is right."""
        return tuple(point for bound in self.bounds for point in bound if point)

    @property
    def wrong(self) -> float:
        """Likelihood of the report under a journey of which it is not right."""
        trust = self.sighting.trust
        return (1 - trust) * astray(self.sighting)

    @property
    def right(self) -> float:
        """Likelihood of the report under a journey of which it is right."""
        return self.sighting.trust + self.wrong

    def holds(self, times_s: Times, draws: int) -> NDArray[np.bool_]:
        """Of which of so many journeys it holds, by the times of its `points`."""
        if not self.bounds:
            return np.zeros(draws, dtype=bool)
        return np.broadcast_to(self.misses_s(times_s) == 0, (draws,))

    def misses_s(self, times_s: Times) -> NDArray[np.float64]:
        """By how much it is too late for each journey (below zero: too early), s.

        Parameters
        ----------
        times_s : dict
            Of its `points`, each of shape (draws,).

        Returns
        -------
        ndarray, shape (draws,)
            Zero where it is right.
        """
        every_s = np.stack([self._miss_s(bound, times_s) for bound in self.bounds])
        nearest = np.abs(every_s).argmin(axis=0)
        miss_s: NDArray[np.float64] = np.take_along_axis(every_s, nearest[None], axis=0)[0]
        return miss_s

    def _miss_s(self, bound: Bound, times_s: Times) -> NDArray[np.float64]:
        miss_s = np.zeros(1)
        if bound.first:
            miss_s = np.minimum(self.latest_s - times_s[bound.first], 0.0)
        if bound.last:
            miss_s = np.where(
                miss_s < 0, miss_s, np.maximum(self.earliest_s - times_s[bound.last], 0)
            )
        return miss_s


def astray(sighting: Sighting) -> float:
    """Likelihood of a report that is wrong, relative to one that is right.

    The middle of an interval of width w that holds a given moment may lie anywhere within w; that
    of one which is astray anywhere within w and a day.
    """
    width_s = max((sighting.latest - sighting.earliest).total_seconds(), EXACT_S)
    return width_s / (width_s + DAY_S)


def observed(plan: Plan, sightings: Iterable[Sighting]) -> tuple[Observed, ...]:
    """Lay reports on a plan, those that say the same as one, in their order along the way.

    Raises
    ------
    InputError
        If a place is unknown, or a direction is none.
    """
    alike: dict[tuple[object, ...], list[Sighting]] = {}
    for sighting in sightings:
        alike.setdefault(sighting.said, []).append(sighting)
    every = [_observed(plan, group) for group in alike.values()]
    return tuple(sorted(every, key=_order))


def timed(draws: Draws, reports: Sequence[Observed]) -> Times:
    """Times of all points that reports are about, by point."""
    points = sorted({point for report in reports for point in report.points})
    if not points:
        return {}
    return dict(zip(points, draws.times_s(points), strict=True))


def hold(
    draws: Draws, reports: Sequence[Observed], weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[NDArray[np.bool_]]]:
    """Hold reports against journeys.

    Parameters
    ----------
    draws : Draws
        The journeys.
    reports : sequence of Observed
        What was reported of them.
    weight : ndarray, shape (draws,)
        How much each journey counts before.

    Returns
    -------
    weight : ndarray, shape (draws,)
        How much each counts after all reports.
    sums : ndarray, shape (reports,)
        Sums of the weights after each report.
    holds : list of ndarray of bool, shape (draws,)
        Of which journeys each report holds.
    """
    times_s = timed(draws, reports)
    sums, holds = [], []
    for report in reports:
        holds.append(report.holds(times_s, draws.count))
        weight = weight * np.where(holds[-1], report.right, report.wrong)
        sums.append(weight.sum())
    return weight, np.array(sums), holds


def _observed(plan: Plan, alike: list[Sighting]) -> Observed:
    most = max(alike, key=lambda sighting: sighting.trust)
    copies = tuple(sighting for sighting in alike if sighting is not most)
    ends_s = [(each - plan.epoch).total_seconds() for each in (most.earliest, most.latest)]
    slack_s = max(EXACT_S - (ends_s[1] - ends_s[0]), 0.0) / 2
    where = placed(most, plan)
    bounds = tuple(_bound(plan, most.event, span_m) for span_m in where.spans_m)
    return Observed(most, where.why_not, ends_s[0] - slack_s, ends_s[1] + slack_s, bounds, copies)


def _bound(plan: Plan, event: str, span_m: tuple[float, float]) -> Bound:
    """Which times an event on a span bounds."""
    coming = Point(span_m[0], _stops(plan, span_m[0] - ROUNDING_M))
    leaving = Point(span_m[1], _stops(plan, span_m[1] + ROUNDING_M))
    match event:
        case "arrive":
            return Bound(coming, coming)
        case "depart":
            return Bound(leaving, leaving)
        case "not yet at":
            return Bound(None, coming)
        case "pass":
            return Bound(coming, leaving)
    # Before it departs, and after it has arrived, it stands at an end of the way.
    end_m = plan.route.length_km * 1000 - ROUNDING_M
    return Bound(None if span_m[0] < ROUNDING_M else coming, None if span_m[1] > end_m else leaving)


def _stops(plan: Plan, at_m: float) -> int:
    """How many stops lie before a chainage."""
    return int(np.searchsorted(plan.stop_m, at_m))


def _order(report: Observed) -> tuple[float, float]:
    """Along the way, and where that is one, by time; first what is not on the way."""
    return max((point.at_m for point in report.points), default=-1.0), report.earliest_s
