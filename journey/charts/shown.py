"""What charts show of drawn journeys: their times along the way, their reports, their nights."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.charts.time_axis import Period
from journey.ensemble.band import band_s
from journey.ensemble.windows import MOMENTS
from journey.errors import InputError
from journey.evidence.likelihood import observed
from journey.evidence.placing import placed
from journey.track import PRINCIPAL
from journey.view_words import EVEN_CHANCE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.along import TimingPoint
    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.reports import Sighting
    from journey.route import Route

REACH = timedelta(hours=12)
"""How far beyond the windows a report still widens the time that is shown."""


END = 4
"""What an end of the way counts for beside other reasons to name a station."""


class Course(NamedTuple):
    """When drawn journeys come to each event.

    Attributes
    ----------
    windows : tuple of Window
        Of every event, in order along the route.
    km : ndarray, shape (events,)
        Where they are, km.
    unix_s : ndarray, shape (3, events)
        Earliest, central and latest, s.
    band_s : ndarray, shape (2, events)
        Between which four in five journeys come to it, s.
    level : float
        Share of the journeys that windows hold.
    """

    windows: tuple[Window, ...]
    km: NDArray[np.float64]
    unix_s: NDArray[np.float64]
    band_s: NDArray[np.float64]
    level: float

    @property
    def spread(self) -> bool:
        """Whether any journey differs from another."""
        return bool(np.ptp(self.unix_s, axis=0).any())

    @property
    def moments(self) -> list[datetime]:
        """The ends of all windows."""
        return [moment for each in self.windows for moment in (each.earliest, each.latest)]


class Reported(NamedTuple):
    """A report on the way: where, when, and whether it is likely to be wrong."""

    spans_km: tuple[tuple[float, float], ...]
    earliest: datetime
    latest: datetime
    unlikely: bool


def course_of(ensemble: Ensemble, level: float | None) -> Course:
    """Take the times of drawn journeys.

    Raises
    ------
    InputError
        If `level` is not above 0 and at most 1.
    """
    level = ensemble.default_level if level is None else level
    windows = ensemble.window_list(level)
    moments = [[getattr(each, name).timestamp() for each in windows] for name in MOMENTS]
    km = np.array([each.km for each in windows])
    return Course(windows, km, np.array(moments), band_s(ensemble), level)


def beside_of(ensemble: Ensemble, beside: Ensemble | None, level: float | None) -> Course | None:
    """Take the times of another view of a journey.

    Raises
    ------
    InputError
        If it is of another way.
    """
    if beside is None:
        return None
    ways = [[point.station.id for point in each.plan.route.timing_points] for each in
            (ensemble, beside)]  # fmt: skip
    if ways[0] != ways[1]:
        raise InputError("beside: expected another view of the same journey, on the same way")
    return course_of(beside, level)


def period_of(courses: Iterable[Course | None], reports: Iterable[Reported] = ()) -> Period:
    """When all of some journeys take place, and what is reported of them about that time."""
    moments = [moment for course in courses if course for moment in course.moments]
    first, last = min(moments) - REACH, max(moments) + REACH
    for report in reports:
        moments += [min(max(each, first), last) for each in (report.earliest, report.latest)]
    return Period.around(moments)


def principal_of(route: Route) -> list[TimingPoint]:
    """Both ends of a route and the principal stations between, in order along it."""
    points = route.timing_points
    middle = [point for point in points[1:-1] if point.station.rank == PRINCIPAL]
    return [points[0], *middle, points[-1]]


def ranked_of(ensemble: Ensemble, reports: Iterable[Reported]) -> dict[TimingPoint, int]:
    """The principal stations of a way, those first that there is most to say of.

    Returns
    -------
    dict
        How many of these each is: an end (which counts for more than all else), a stop, a break of
        gauge, a place that was reported from.
    """
    route = ensemble.plan.route
    points = principal_of(route)
    stops = {route.timing_points[number] for number in ensemble.plan.stop_station.tolist()}
    breaks = {change.at for change in route.gauge_breaks}
    told_km = {km for each in reports for km, end_km in each.spans_km if km == end_km}
    reasons = {
        point: END * (point in (points[0], points[-1]))
        + (point in stops)
        + (point in breaks)
        + (point.chainage_m / 1000 in told_km)
        for point in points
    }
    return dict(sorted(reasons.items(), key=lambda each: -each[1]))


def reports_of(ensemble: Ensemble) -> list[Reported]:
    """What was reported of a journey: what was taken in, or else what its plan knows of."""
    evidence = ensemble.evidence
    sightings = ensemble.plan.sightings if evidence is None else evidence.sightings
    return [each for each in (_reported(one, ensemble) for one in sightings) if each.spans_km]


def _reported(sighting: Sighting, ensemble: Ensemble) -> Reported:
    spans_m = placed(sighting, ensemble.plan).spans_m
    spans_km = tuple((start_m / 1000, end_m / 1000) for start_m, end_m in spans_m)
    (laid,) = observed(ensemble.plan, [sighting])
    epoch = ensemble.plan.epoch
    earliest, latest = (epoch + timedelta(seconds=s) for s in (laid.earliest_s, laid.latest_s))
    right = ensemble.evidence.right_of(sighting) if ensemble.evidence else None
    return Reported(spans_km, earliest, latest, right is not None and right < EVEN_CHANCE)
