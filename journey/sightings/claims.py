"""Published figures about a journey, computed anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.errors import InputError, naming
from journey.sightings.grounds import CheckedClaim, Grounds, rail_km, straight_km, unknown
from journey.sightings.timings import average_speed, highest_speed, running_time
from journey.sightings.verdicts import verdict_on_figure

if TYPE_CHECKING:
    from collections.abc import Callable

    from journey.reports import Claim


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
    km = rail_km(claim, grounds)
    if km is None:
        return unknown(claim, "no track of the network connects the two")
    checked = _distance(claim, km, "by rail")
    crow_km = straight_km(claim, grounds)
    as_the_crow = verdict_on_figure(claim.value, crow_km, crow_km) == "consistent"
    if checked.verdict == "consistent" or not as_the_crow:
        return checked
    crow = f"{checked.why}; that is the distance as the crow flies ({crow_km:,.1f} km)"
    return CheckedClaim(claim, checked.computed, checked.verdict, crow)


def _straight_distance(claim: Claim, grounds: Grounds) -> CheckedClaim:
    return _distance(claim, straight_km(claim, grounds), "as the crow flies")


def _distance(claim: Claim, km: float, how: str) -> CheckedClaim:
    verdict = verdict_on_figure(claim.value, km, km, claim.bound)
    return CheckedClaim(claim, (km, km), verdict, f"{how} it is {km:,.1f} km; {_off(claim, km)}")


def _off(claim: Claim, km: float) -> str:
    """``853 km is 0.6 % less``."""
    share = claim.value / km - 1
    bound = "" if claim.bound == "about" else f"{claim.bound} "
    if abs(share) < 0.0005:  # noqa: PLR2004 - it would read as 0.0 %
        return f"{bound}{claim.value:,g} km agrees"
    return (
        f"{bound}{claim.value:,g} km is {100 * abs(share):.1f} % {'more' if share > 0 else 'less'}"
    )


_COMPUTED: dict[str, Callable[[Claim, Grounds], CheckedClaim]] = {
    "rail distance": _rail_distance,
    "straight distance": _straight_distance,
    "running time": running_time,
    "average speed": average_speed,
    "highest speed": highest_speed,
}
