"""What claims are held against, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from journey.errors import JourneyError
from journey.geodesy import distance_m

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.ensemble import Ensemble
    from journey.network import Network
    from journey.plan import Plan
    from journey.reports import Claim
    from journey.sightings.reports import Report
    from journey.sightings.verdicts import Verdict


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
        Those that are trusted and not contradicted.
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


def rail_km(claim: Claim, grounds: Grounds) -> float | None:
    """Length of the way between two places, km; None where no track connects them."""
    try:
        return grounds.network.route(*claim.between).length_km
    except JourneyError:
        # Both places are known: there is no track.
        return None


def straight_km(claim: Claim, grounds: Grounds) -> float:
    """The geodesic between two places, km."""
    one, other = (grounds.network.station(place) for place in claim.between)
    return distance_m(one.lon, one.lat, other.lon, other.lat) / 1000


def speeds_kmh(grounds: Grounds) -> tuple[float, float]:
    """The headline's speed, or what the scenario states for everywhere."""
    if grounds.headline_kmh is not None:
        return grounds.headline_kmh, grounds.headline_kmh
    stated = grounds.plan.speeds.default.speed_kmh
    return stated.low, stated.high


def on_the_way(claim: Claim, grounds: Grounds) -> tuple[int, int] | None:
    """Timing points of the two places, in order along the route."""
    passed = [point.station.id for point in grounds.plan.route.timing_points]
    wanted = [grounds.network.station(place).id for place in claim.between]
    if any(passed.count(station) != 1 for station in wanted):
        return None
    start, end = sorted(passed.index(station) for station in wanted)
    return start, end


def unknown(claim: Claim, why: str) -> CheckedClaim:
    """Say why nothing can be computed."""
    return CheckedClaim(claim, None, None, f"not computed: {why}")
