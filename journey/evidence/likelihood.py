"""How likely reports are, given a journey.

A report is right with the probability that it is trusted. Then what it says held at some moment of
its interval. Otherwise it says nothing of the journey: it names an interval as wide as it is at any
time of a day around, so that it happens to hold with the probability that `Observed.astray` gives.
Without that, a wrong report would count the more against a journey, the more exact it pretends to
be. Likelihoods are handled by their logarithms: the product of many small ones is nought to a
computer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.along import ROUNDING_M
from journey.drawing.draws import coming_to, leaving
from journey.evidence.logarithms import log_sum, logarithm
from journey.evidence.placing import placed

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from numpy.typing import NDArray

    from journey.drawing.draws import Draws, Point
    from journey.evidence.placing import Placed
    from journey.plan import Plan
    from journey.reports import Sighting

    Times = dict[Point, NDArray[np.float64]]

MOMENTARY = ("arrive", "depart")
"""Events that happen at once, wherever."""
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
    astray : float
        Probability that it happens to hold where it is wrong. The middle of an interval of width w
        that holds a given moment may lie anywhere within w; that of one which is astray anywhere
        within w and a day. What lasts for some time, such as being on a stretch, widens it; and
        what has lasted for ever, or will, such as not yet being somewhere, holds in one of two
        cases.
    """

    sighting: Sighting
    why_not: str | None
    earliest_s: float
    latest_s: float
    bounds: tuple[Bound, ...]
    copies: tuple[Sighting, ...]
    astray: float

    @property
    def points(self) -> tuple[Point, ...]:
        """What must be timed to tell whether it is right."""
        return tuple(point for bound in self.bounds for point in bound if point)

    @property
    def wrong(self) -> float:
        """Likelihood of the report under a journey of which it is not right."""
        trust = self.sighting.trust
        return (1 - trust) * self.astray

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


def observed(plan: Plan, sightings: Iterable[Sighting]) -> tuple[Observed, ...]:
    """Lay reports on a plan, those that say the same as one, in their order along the way.

    Raises
    ------
    InputError
        If a place is unknown, or a direction is none.
    """
    alike: dict[Hashable, list[Placed]] = {}
    for sighting in sightings:
        where = placed(sighting, plan)
        alike.setdefault(_said(where), []).append(where)
    every = [_observed(plan, group) for group in alike.values()]
    return tuple(sorted(every, key=_order))


def _said(report: Placed) -> Hashable:
    """What a report says, by whatever names: reports that agree in this are one."""
    said = report.sighting
    where = report.spans_m or (said.at, said.direction)
    return where, said.event, said.earliest, said.latest


def timed(draws: Draws, reports: Sequence[Observed]) -> Times:
    """Times of all points that reports are about, by point."""
    points = sorted({point for report in reports for point in report.points})
    if not points:
        return {}
    return dict(zip(points, draws.times_s(points), strict=True))


def hold(
    draws: Draws, reports: Sequence[Observed], log_weight: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64], list[NDArray[np.bool_]]]:
    """Hold reports against journeys.

    Parameters
    ----------
    draws : Draws
        The journeys.
    reports : sequence of Observed
        What was reported of them.
    log_weight : ndarray, shape (draws,)
        Logarithm of how much each journey counts before.

    Returns
    -------
    log_weight : ndarray, shape (draws,)
        The same after all reports.
    log_sums : ndarray, shape (reports,)
        Logarithms of the sums of the weights after each report.
    holds : list of ndarray of bool, shape (draws,)
        Of which journeys each report holds.
    """
    times_s = timed(draws, reports)
    log_sums, holds = [], []
    for report in reports:
        holds.append(report.holds(times_s, draws.count))
        right, wrong = logarithm([report.right, report.wrong])
        log_weight = log_weight + np.where(holds[-1], right, wrong)
        log_sums.append(log_sum(log_weight))
    return log_weight, np.array(log_sums), holds


def _observed(plan: Plan, alike: list[Placed]) -> Observed:
    where = max(alike, key=lambda report: report.sighting.trust)
    most = where.sighting
    first_s, last_s = ((each - plan.epoch).total_seconds() for each in (most.earliest, most.latest))
    slack_s = max(EXACT_S - (last_s - first_s), 0.0) / 2
    bounds = tuple(_bound(plan, most.event, span_m) for span_m in where.spans_m)
    some_s = last_s - first_s + 2 * slack_s + _lasts_s(plan, most, where.spans_m)
    return Observed(
        sighting=most,
        why_not=where.why_not,
        earliest_s=first_s - slack_s,
        latest_s=last_s + slack_s,
        bounds=bounds,
        copies=tuple(each.sighting for each in alike if each is not where),
        astray=max(some_s / (some_s + DAY_S), _open_sides(bounds) / 2),
    )


def _open_sides(bounds: tuple[Bound, ...]) -> int:
    """On how many sides what a report says has no end."""
    return max((bound.count(None) for bound in bounds), default=0)


def _lasts_s(plan: Plan, sighting: Sighting, spans_m: Iterable[tuple[float, float]]) -> float:
    """How long the train is where a report puts it, of a journey with middling speeds and stops.

    Nothing for what happens at once; of a station only if the train is said to be *at* it.
    """
    if sighting.event in MOMENTARY:
        return 0.0
    return sum(
        plan.passage_s(*span) for span in spans_m if span[1] > span[0] or sighting.event == "at"
    )


def _bound(plan: Plan, event: str, span_m: tuple[float, float]) -> Bound:
    """Which times an event on a span bounds."""
    coming, left = coming_to(plan, span_m[0]), leaving(plan, span_m[1])
    match event:
        case "arrive":
            return Bound(coming, coming)
        case "depart":
            return Bound(left, left)
        case "not yet at":
            return Bound(None, coming)
        case "pass":
            return Bound(coming, left)
    # Before it departs, and after it has arrived, it stands at an end of the way.
    end_m = plan.route.length_km * 1000 - ROUNDING_M
    return Bound(None if span_m[0] < ROUNDING_M else coming, None if span_m[1] > end_m else left)


def _order(report: Observed) -> tuple[float, float]:
    """Along the way, and where that is one, by time; first what is not on the way."""
    return max((point.at_m for point in report.points), default=-1.0), report.earliest_s
