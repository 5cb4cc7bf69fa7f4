"""Average speeds between reports, and how moving and standing share the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from journey.along import ROUNDING_M
from journey.clock import format_interval
from journey.reports import Sighting
from journey.sightings.reports import Report, publisher_of
from journey.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from journey.along import TimingPoint
    from journey.ensemble import Ensemble
    from journey.ensemble.legs import Leg
    from journey.plan import Plan

LEAST_DWELL_H = 0.05
LEAST_KM = 10.0
"""Places nearer to each other make no leg: what little they lie apart says nothing of a speed."""
ARRIVING = ("arrive", "pass", "at", "depart")
"""Which reports say when a train came: the first kind that there is."""
LEAVING = ("depart", "pass", "at", "arrive")
"""And which say when it left."""


@dataclass(frozen=True, slots=True)
class Stay:
    """When a train was at a place, by reports that agree.

    Attributes
    ----------
    point : TimingPoint
        The place.
    earliest, latest : datetime
        The time that the reports have in common, in UTC.
    uses : tuple of Report
        These reports, the likeliest first.
    """

    point: TimingPoint
    earliest: datetime
    latest: datetime
    uses: tuple[Report, ...]

    @property
    def when(self) -> str:
        """The time on the clock of the place."""
        return format_interval(self.earliest, self.latest, self.point.station.zone)


@dataclass(frozen=True, slots=True)
class ReportedLeg:
    """The way between two places that reports speak of.

    Attributes
    ----------
    start, end : Stay
        Its ends: when the train left the one, and when it came to the other.
    posterior : Leg or None
        How the journeys after the reports share the time between moving and standing.
    """

    start: Stay
    end: Stay
    posterior: Leg | None = None

    @property
    def km(self) -> float:
        """Its length, km."""
        return (self.end.point.chainage_m - self.start.point.chainage_m) / 1000

    @property
    def hours(self) -> tuple[float, float]:
        """The least and the most time between, h; below zero where there is none."""
        least = self.end.earliest - self.start.latest
        most = self.end.latest - self.start.earliest
        return least.total_seconds() / HOUR_S, most.total_seconds() / HOUR_S

    @property
    def kmh(self) -> tuple[float | None, float | None]:
        """The lowest and the highest average speed, halts included; None where no time is."""
        least_h, most_h = self.hours
        return (
            self.km / most_h if most_h > 0 else None,
            self.km / least_h if least_h > 0 else None,
        )

    def at_speed(self, kmh: float) -> tuple[float, tuple[float, float]]:
        """Hours of moving at a speed, and the least and the most that are left to stand in."""
        moving_h = self.km / kmh
        least_h, most_h = self.hours
        return moving_h, (max(0.0, least_h - moving_h), max(0.0, most_h - moving_h))


def legs_between(
    ensemble: Ensemble, reports: Sequence[Report], level: float
) -> tuple[ReportedLeg, ...]:
    """Legs between consecutive places that reports speak of.

    Parameters
    ----------
    ensemble : Ensemble
        The journeys after the reports.
    reports : sequence of Report
        Those that are not contradicted; of one that speaks of no single point nothing follows.
    level : float
        Share of the journeys that the posterior's bounds hold.
    """
    said = [report for report in reports if report.sighting.event in ARRIVING]
    found = (station_of(ensemble.plan, report) for report in said)
    stations = _apart(ensemble.plan, said, sorted({0, *filter(None, found)}))
    legs = (leg_of(ensemble.plan, reports, *ends) for ends in pairwise(stations))
    return tuple(with_posterior(leg, ensemble, level) for leg in legs if leg)


def _apart(plan: Plan, reports: Sequence[Report], stations: list[int]) -> list[int]:
    """Of places that lie together, the one whose time is known best; the start stays."""
    kept = stations[:1]
    for station in stations[1:]:
        near_m = plan.route.station_m[station] - plan.route.station_m[kept[-1]]
        if near_m >= LEAST_KM * 1000:
            kept.append(station)
        elif kept[-1] != 0 and _width(plan, reports, station) < _width(plan, reports, kept[-1]):
            kept[-1] = station
    return kept


def _width(plan: Plan, reports: Sequence[Report], station: int) -> timedelta:
    stay = stay_at(plan, reports, station, ARRIVING)
    return stay.latest - stay.earliest if stay else timedelta.max


def leg_of(plan: Plan, reports: Sequence[Report], start: int, end: int) -> ReportedLeg | None:
    """The way between two timing points; None where no report speaks of one of them."""
    left, came = stay_at(plan, reports, start, LEAVING), stay_at(plan, reports, end, ARRIVING)
    return ReportedLeg(left, came) if left and came else None


def with_posterior(leg: ReportedLeg, ensemble: Ensemble, level: float) -> ReportedLeg:
    """Add what the journeys after the reports make of a leg."""
    places = [leg.start.point.station.id, leg.end.point.station.id]
    (posterior,) = ensemble.legs(places, level)
    return ReportedLeg(leg.start, leg.end, posterior)


def station_of(plan: Plan, report: Report) -> int | None:
    """Which timing point of its route a report speaks of."""
    if report.at_m is None:
        return None
    off_m = abs(plan.route.station_m - report.at_m)
    index = int(off_m.argmin())
    return index if off_m[index] <= ROUNDING_M else None


def stay_at(
    plan: Plan, reports: Sequence[Report], station: int, kinds: tuple[str, ...]
) -> Stay | None:
    """When the train was at a timing point, by the first kind of event that was reported.

    Where the route begins, and nothing else is said, it is the departure that the scenario states.
    """
    here = [each for each in reports if station_of(plan, each) == station]
    for kind in kinds:
        of_kind = [report for report in here if report.sighting.event == kind]
        if of_kind:
            return agreed(plan.route.timing_points[station], of_kind)
    return agreed(plan.route.timing_points[0], [_stated(plan)]) if station == 0 else None


def agreed(point: TimingPoint, reports: Iterable[Report]) -> Stay:
    """What reports of one event have in common.

    The likeliest goes first, and each that shares some time with those before it narrows it. To
    touch at one moment is not to agree, unless one of them speaks of that moment alone.
    """
    first, *others = sorted(reports, key=lambda report: -report.right)
    earliest, latest, uses = first.sighting.earliest, first.sighting.latest, [first]
    for report in others:
        said = report.sighting
        low, high = max(earliest, said.earliest), min(latest, said.latest)
        moment = earliest == latest or said.earliest == said.latest
        if low < high or (moment and low == high):
            earliest, latest = low, high
            uses.append(report)
    return Stay(point, earliest, latest, tuple(uses))


def _stated(plan: Plan) -> Report:
    """The likeliest departure of a scenario, as a report."""
    said = max(plan.departures, key=lambda departure: departure.weight)
    start = plan.route.timing_points[0].station
    sighting = Sighting(
        start.id, "depart", said.earliest, said.latest, said.weight, said.source, said.reason
    )
    by = publisher_of(sighting, plan)
    return Report(
        sighting=sighting,
        copies=(),
        why_not=None,
        right=said.weight,
        spans_m=((0.0, 0.0),),
        stands=False,
        zone=start.zone,
        publisher=by,
    )


def leg_in_words(leg: ReportedLeg, headline_kmh: float | None) -> str:
    """Say what a leg took, what that is at the headline's speed, and what the posterior says.

    ``858 km in 35.0 to 41.0 h: 21 to 25 km/h on average. At 59 km/h it would move for 14.5 h and
    stand for 20.5 to 26.5 h.``
    """
    least_h, most_h = leg.hours
    if most_h <= 0:
        return f"{leg.km:.1f} km, and no time between the reports."
    low, high = leg.kmh
    speed = f"{low:.1f} km/h or more" if high is None else f"{low:.1f} to {high:.1f} km/h"
    parts = [f"{leg.km:.1f} km in {_span(max(0.0, least_h), most_h)} h: {speed} on average."]
    if headline_kmh:
        parts.append(_at_headline(leg, headline_kmh))
    if leg.posterior:
        parts.append(_shared(leg.posterior))
    return " ".join(parts)


def _at_headline(leg: ReportedLeg, headline_kmh: float) -> str:
    moving_h, (least_h, most_h) = leg.at_speed(headline_kmh)
    if most_h == 0:
        return f"At {headline_kmh:g} km/h it would take {moving_h:.1f} h: longer than there was."
    return (
        f"At {headline_kmh:g} km/h it would move for {moving_h:.1f} h "
        f"and stand for {_span(least_h, most_h)} h."
    )


def _shared(leg: Leg) -> str:
    """How the posterior shares the time."""
    slow, speed, fast = leg.speed_kmh
    moved = f"moved at some {speed:.0f} km/h ({slow:.0f} to {fast:.0f})"
    stood = f"stood on the way for some {_bounded(leg.standing_h)}"
    if max(leg.dwell_h) < LEAST_DWELL_H:
        return f"As reported, it {moved} and {stood}."
    dwelt = f"stood at {leg.start.station.name} for some {_bounded(leg.dwell_h)}"
    return f"As reported, it {dwelt}, {moved} and {stood}."


def _bounded(hours: tuple[float, float, float]) -> str:
    least, central, most = hours
    return f"{central:.1f} h ({_span(least, most)})"


def _span(low: float, high: float) -> str:
    return f"{low:.1f} to {high:.1f}" if f"{low:.1f}" != f"{high:.1f}" else f"{low:.1f}"
