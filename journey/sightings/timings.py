"""Published running times and speeds, computed anew."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from journey.clock import format_interval
from journey.sightings.grounds import (
    CheckedClaim,
    Grounds,
    on_the_way,
    rail_km,
    speeds_kmh,
    unknown,
)
from journey.sightings.leg_words import hours_in_words, span, speeds_in_words
from journey.sightings.legs import leg_of
from journey.sightings.verdicts import verdict_on_figure

if TYPE_CHECKING:
    from journey.reports import Claim
    from journey.sightings.legs import ReportedLeg
    from journey.sightings.verdicts import Verdict

    Bounds = tuple[float, float]

ROUNDING_H = 0.5
"""Running times are said in whole hours."""


def running_time(claim: Claim, grounds: Grounds) -> CheckedClaim:
    """Hold a running time against the reports of both ends, or else against the stated speed."""
    km = rail_km(claim, grounds)
    if km is None:
        return unknown(claim, "no track of the network connects the two")
    slow, fast = speeds_kmh(grounds)
    at_speed_h = (km / fast, km / slow)
    reported_h = _reported_h(claim, grounds)
    speed = f"{slow:g}" if slow == fast else f"{slow:g} to {fast:g}"
    if reported_h:
        why = _by_the_reports(claim, speed, at_speed_h, reported_h)
        return CheckedClaim(claim, reported_h, _on_hours(claim, reported_h), why)
    why = (
        f"{km:,.1f} km at {speed} km/h without a halt take {span(*at_speed_h)} h; "
        f"in {claim.value:g} h it is {km / claim.value:.1f} km/h on average"
    )
    return CheckedClaim(claim, at_speed_h, _on_hours(claim, at_speed_h), why)


def _by_the_reports(claim: Claim, speed: str, at_speed_h: Bounds, reported_h: Bounds) -> str:
    """What speed alone would make of it, and what was reported."""
    as_said = ", as said" if _on_hours(claim, at_speed_h) == "consistent" else ""
    return (
        f"at {speed} km/h without a halt it would take {span(*at_speed_h)} h{as_said}; "
        f"by the reports it took {hours_in_words(*reported_h)}, halts included"
    )


def _on_hours(claim: Claim, hours: Bounds) -> Verdict:
    low_h, high_h = hours[0] - ROUNDING_H, hours[1] + ROUNDING_H
    return verdict_on_figure(claim.value, low_h, high_h, claim.bound)


def _reported_h(claim: Claim, grounds: Grounds) -> Bounds | None:
    """The time between two places by the reports of both; None where they leave none."""
    ends = on_the_way(claim, grounds)
    leg = leg_of(grounds.plan, grounds.reports, *ends) if ends else None
    return (max(0.0, leg.hours[0]), leg.hours[1]) if leg and leg.hours[1] > 0 else None


def average_speed(claim: Claim, grounds: Grounds) -> CheckedClaim:
    """Hold an average speed against the reports of both ends."""
    ends = on_the_way(claim, grounds)
    if ends is None:
        return unknown(claim, "no report speaks of both ends on this route")
    leg = leg_of(grounds.plan, grounds.reports, *ends)
    if leg is None:
        return unknown(
            claim, "no reports that hold say when it left the one and when it came to the other"
        )
    low, high = leg.kmh
    if low is None:
        return unknown(claim, "the reports of the two ends leave no time between them")
    computed = (low, float("inf") if high is None else high)
    verdict = verdict_on_figure(claim.value, *computed, claim.bound)
    return CheckedClaim(claim, computed, verdict, _average_in_words(claim, leg, computed))


def _average_in_words(claim: Claim, leg: ReportedLeg, computed: Bounds) -> str:
    """What the reports imply, and where the stated speed would have put the train."""
    away = timedelta(hours=leg.km / claim.value)
    ends, zone = (leg.start.earliest + away, leg.start.latest + away), leg.end.point.station.zone
    place = leg.end.point.station.name
    return (
        f"{leg.km:.1f} km from {leg.start.when} to {leg.end.when}: {speeds_in_words(*computed)}, "
        f"halts included; at {claim.value:g} km/h without a halt it would have been at {place} on "
        f"{format_interval(*ends, zone)}"
    )


def highest_speed(claim: Claim, grounds: Grounds) -> CheckedClaim:
    """Hold a highest speed against the average while moving, which cannot be above it."""
    ends = on_the_way(claim, grounds)
    if ends is None:
        return unknown(claim, "one of the two does not lie on this route")
    points = [grounds.plan.route.timing_points[each] for each in ends]
    (leg,) = grounds.ensemble.legs([point.station.id for point in points], grounds.level)
    low, central, high = leg.speed_kmh
    why = (
        f"while moving it runs at {span(low, high)} km/h on average ({100 * grounds.level:g} % of "
        f"the journeys, central {central:.1f}); its highest speed is no lower than that"
    )
    return CheckedClaim(claim, (low, high), _on_highest(claim, low), why)


def _on_highest(claim: Claim, low_kmh: float) -> Verdict:
    """No average refutes a higher top speed, however much higher it is."""
    if claim.bound == "at least":
        return "consistent"
    return verdict_on_figure(claim.value, low_kmh, low_kmh, "at most")
