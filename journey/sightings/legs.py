"""Average speeds between reports, and how moving and standing share the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from journey.sightings.stays import ARRIVING, LEAVING, Stay, station_of, stay_at
from journey.units import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.ensemble import Ensemble
    from journey.ensemble.legs import Leg
    from journey.plan import Plan
    from journey.sightings.reports import Report

LEAST_KM = 10.0
"""Places nearer to each other make no leg: what little they lie apart says nothing of a speed."""


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
        Those that are trusted and not contradicted; of one that speaks of no single point nothing
        follows.
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
    """The way between two timing points.

    None where no report says when the train left the one, or when it came to the other.
    """
    left, came = stay_at(plan, reports, start, LEAVING), stay_at(plan, reports, end, ARRIVING)
    return ReportedLeg(left, came) if left and came else None


def with_posterior(leg: ReportedLeg, ensemble: Ensemble, level: float) -> ReportedLeg:
    """Add what the journeys after the reports make of a leg."""
    places = [leg.start.point.station.id, leg.end.point.station.id]
    (posterior,) = ensemble.legs(places, level)
    return ReportedLeg(leg.start, leg.end, posterior)
