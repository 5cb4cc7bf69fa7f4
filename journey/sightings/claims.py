"""Published figures about a journey, computed anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from journey.clock import format_interval
from journey.errors import InputError, JourneyError, naming
from journey.geodesy import distance_m
from journey.sightings.legs import leg_of
from journey.sightings.verdicts import (
    Verdict,
    verdict_on_figure,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from journey.ensemble import Ensemble
    from journey.network import Network
    from journey.plan import Plan
    from journey.reports import Claim
    from journey.sightings.legs import ReportedLeg
    from journey.sightings.reports import Report

ROUNDING_H = 0.5
"""Running times are said in whole hours."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """What claims are held against.

    Attributes
    ----------
    network : Network
        The railway.
    ensemble : Ensemble
        The journeys after the reports.
    reports : tuple of Report
        Those that are not contradicted.
    headline_kmh : float or None
        The speed that is said of the journey in short.
    level : float
        Share of the journeys that bounds hold.
    """

    network: Network
    ensemble: Ensemble
    reports: Sequence[Report]
    headline_kmh: float | None
    level: float

    @property
    def plan(self) -> Plan:
        """The scenario on its route."""
        return self.ensemble.plan


@dataclass(frozen=True, slots=True)
class CheckedClaim:
    """A published figure and what came out.

    Attributes
    ----------
    claim : Claim
        The figure.
    computed : tuple of float or None
        From the least to the most, in the claim's unit; the most may be infinite. None where
        nothing can be computed.
    verdict : str or None
        ``"consistent"``, ``"strained"``, ``"contradicted"``, or None where nothing was computed.
    why : str
        How it was computed, and what is wrong.
    """

    claim: Claim
    computed: tuple[float, float] | None
    verdict: Verdict | None
    why: str


def check_claim(claim: Claim, grounds: Grounds) -> CheckedClaim:
    """Compute a published figure anew.

    Raises
    ------
    InputError
        If one of its places is not in the network, or both are one.
    """
    with naming(f"claim {claim.what!r} between {' and '.join(claim.between)}"):
        stations = [grounds.network.station(place) for place in claim.between]
        if stations[0] is stations[1]:
            raise InputError("both are one place; expected two")
        return _COMPUTED[claim.what](claim, grounds)


def _rail_distance(claim: Claim, grounds: Grounds) -> CheckedClaim:
    km = _rail_km(claim, grounds)
    if km is None:
        return _unknown(claim, "no track of the network connects the two")
    checked = _distance(claim, km, "by rail")
    straight_km = _straight_km(claim, grounds)
    as_the_crow = verdict_on_figure(claim.value, straight_km, straight_km) == "consistent"
    if checked.verdict == "consistent" or not as_the_crow:
        return checked
    crow = f"{checked.why}; that is the distance as the crow flies ({straight_km:,.1f} km)"
    return CheckedClaim(claim, checked.computed, checked.verdict, crow)


def _straight_distance(claim: Claim, grounds: Grounds) -> CheckedClaim:
    return _distance(claim, _straight_km(claim, grounds), "as the crow flies")


def _distance(claim: Claim, km: float, how: str) -> CheckedClaim:
    verdict = verdict_on_figure(claim.value, km, km, claim.bound)
    return CheckedClaim(claim, (km, km), verdict, f"{how} it is {km:,.1f} km; {_off(claim, km)}")


def _running_time(claim: Claim, grounds: Grounds) -> CheckedClaim:
    km = _rail_km(claim, grounds)
    if km is None:
        return _unknown(claim, "no track of the network connects the two")
    slow, fast = _speeds_kmh(grounds)
    low_h, high_h = km / fast, km / slow
    verdict = verdict_on_figure(claim.value, low_h - ROUNDING_H, high_h + ROUNDING_H, claim.bound)
    why = (
        f"{km:,.1f} km at {_span(slow, fast)} km/h without a halt take {_span(low_h, high_h)} h; "
        f"in {claim.value:g} h it is {km / claim.value:.1f} km/h on average"
    )
    reported = _reported_h(claim, grounds)
    if reported is None:
        return CheckedClaim(claim, (low_h, high_h), verdict, why)
    if verdict_on_figure(claim.value, *reported, claim.bound) == "consistent":
        verdict = "consistent"
    why = f"{why}; by the reports it took {_span(*reported)} h, halts included"
    return CheckedClaim(claim, (low_h, high_h), verdict, why)


def _reported_h(claim: Claim, grounds: Grounds) -> tuple[float, float] | None:
    """The time between two places by the reports of both."""
    ends = _on_the_way(claim, grounds)
    leg = leg_of(grounds.plan, grounds.reports, *ends) if ends else None
    return leg.hours if leg and leg.hours[0] > 0 else None


def _average_speed(claim: Claim, grounds: Grounds) -> CheckedClaim:
    ends = _on_the_way(claim, grounds)
    if ends is None:
        return _unknown(claim, "no report speaks of both ends on this route")
    leg = leg_of(grounds.plan, grounds.reports, *ends)
    if leg is None:
        return _unknown(claim, "no report that holds speaks of both ends")
    low, high = leg.kmh
    if low is None:
        return _unknown(claim, "the reports of the two ends leave no time between them")
    computed = (low, float("inf") if high is None else high)
    verdict = verdict_on_figure(claim.value, *computed, claim.bound)
    return CheckedClaim(claim, computed, verdict, _average_in_words(claim, leg, computed))


def _average_in_words(claim: Claim, leg: ReportedLeg, computed: tuple[float, float]) -> str:
    """What the reports imply, and where the stated speed would have put the train."""
    away = timedelta(hours=leg.km / claim.value)
    ends, zone = (leg.start.earliest + away, leg.start.latest + away), leg.end.point.station.zone
    place = leg.end.point.station.name
    return (
        f"{leg.km:.1f} km from {leg.start.when} to {leg.end.when}: {_span(*computed)} km/h, halts "
        f"included; at {claim.value:g} km/h without a halt it would have been at {place} on "
        f"{format_interval(*ends, zone)}"
    )


def _highest_speed(claim: Claim, grounds: Grounds) -> CheckedClaim:
    """The train cannot be faster on average, while moving, than it ever is."""
    ends = _on_the_way(claim, grounds)
    if ends is None:
        return _unknown(claim, "one of the two does not lie on this route")
    points = [grounds.plan.route.timing_points[each] for each in ends]
    (leg,) = grounds.ensemble.legs([point.station.id for point in points], grounds.level)
    low, central, high = leg.speed_kmh
    # A highest speed above the average is no surprise: it alone is bounded from below.
    bound = "at least" if claim.bound == "at least" else "at most"
    computed = (central, high) if bound == "at least" else (low, high)
    verdict = verdict_on_figure(claim.value, *computed, bound)
    why = (
        f"while moving it runs at {_span(low, high)} km/h on average ({100 * grounds.level:g} % of "
        f"the journeys, central {central:.1f}); its highest speed is no lower than that"
    )
    return CheckedClaim(claim, (low, high), verdict, why)


def _rail_km(claim: Claim, grounds: Grounds) -> float | None:
    try:
        return grounds.network.route(*claim.between).length_km
    except JourneyError:
        # Both places are known: there is no track.
        return None


def _straight_km(claim: Claim, grounds: Grounds) -> float:
    one, other = (grounds.network.station(place) for place in claim.between)
    return distance_m(one.lon, one.lat, other.lon, other.lat) / 1000


def _speeds_kmh(grounds: Grounds) -> tuple[float, float]:
    """The headline's speed, or what the scenario states for everywhere."""
    if grounds.headline_kmh is not None:
        return grounds.headline_kmh, grounds.headline_kmh
    stated = grounds.plan.speeds.default.speed_kmh
    return stated.low, stated.high


def _on_the_way(claim: Claim, grounds: Grounds) -> tuple[int, int] | None:
    """Timing points of the two places, in order along the route."""
    passed = [point.station.id for point in grounds.plan.route.timing_points]
    wanted = [grounds.network.station(place).id for place in claim.between]
    if any(passed.count(station) != 1 for station in wanted):
        return None
    start, end = sorted(passed.index(station) for station in wanted)
    return start, end


def _unknown(claim: Claim, why: str) -> CheckedClaim:
    return CheckedClaim(claim, None, None, f"not computed: {why}")


def _off(claim: Claim, km: float) -> str:
    """``853 km is 0.6 % less``."""
    share = claim.value / km - 1
    bound = "" if claim.bound == "about" else f"{claim.bound} "
    if abs(share) < 0.0005:  # noqa: PLR2004 - it would read as 0.0 %
        return f"{bound}{claim.value:,g} km agrees"
    return (
        f"{bound}{claim.value:,g} km is {100 * abs(share):.1f} % {'more' if share > 0 else 'less'}"
    )


def _span(low: float, high: float) -> str:
    if high == float("inf"):
        return f"{low:.1f} or more"
    return f"{low:.1f} to {high:.1f}" if f"{low:.1f}" != f"{high:.1f}" else f"{low:.1f}"


_COMPUTED: dict[str, Callable[[Claim, Grounds], CheckedClaim]] = {
    "rail distance": _rail_distance,
    "straight distance": _straight_distance,
    "running time": _running_time,
    "average speed": _average_speed,
    "highest speed": _highest_speed,
}
