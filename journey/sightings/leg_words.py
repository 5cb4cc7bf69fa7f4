"""What a leg between two reports took, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from journey.ensemble.legs import Leg
    from journey.sightings.legs import ReportedLeg

LEAST_DWELL_H = SHORTEST_H = 0.05
MOST_KMH = 200.0
"""A highest speed beyond this bounds no train of these lines."""


def leg_in_words(leg: ReportedLeg, headline_kmh: float | None) -> str:
    """Say what a leg took, what that is at the headline's speed, and what the posterior says.

    ``858 km in 35.0 to 41.0 h: 21 to 25 km/h on average. At 59 km/h it would move for 14.5 h and
    stand for 20.5 to 26.5 h.``
    """
    least_h, most_h = leg.hours
    if most_h <= 0:
        return f"{leg.km:.1f} km, and no time between the reports."
    low, high = leg.kmh
    speed = speeds_in_words(low or 0.0, high or float("inf"))
    parts = [f"{leg.km:.1f} km in {hours_in_words(least_h, most_h)}: {speed} on average."]
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
        f"and stand for {span(least_h, most_h)} h."
    )


def _shared(leg: Leg) -> str:
    """How the posterior shares the time."""
    slow, speed, fast = leg.speed_kmh
    moved = f"moved at some {speed:.0f} km/h ({slow:.0f} to {fast:.0f})"
    stood = f"stood on the way for {_bounded(leg.standing_h)}"
    if max(leg.dwell_h) < LEAST_DWELL_H:
        return f"As reported, it {moved} and {stood}."
    dwelt = f"stood at {leg.start.station.name} for {_bounded(leg.dwell_h)}"
    return f"As reported, it {dwelt}, {moved} and {stood}."


def _bounded(hours: tuple[float, float, float]) -> str:
    least, central, most = hours
    if central < SHORTEST_H:
        return f"{most:.1f} h at most"
    return f"some {central:.1f} h ({span(least, most)})"


def speeds_in_words(low_kmh: float, high_kmh: float) -> str:
    """``22.5 to 24.5 km/h``, or only the lowest where the highest bounds nothing."""
    if high_kmh > MOST_KMH:
        return f"{low_kmh:.1f} km/h or more, with no upper bound to speak of,"
    return f"{span(low_kmh, high_kmh)} km/h"


def hours_in_words(least_h: float, most_h: float) -> str:
    """``2.0 to 4.0 h``, or ``at most 4.0 h``."""
    return f"at most {most_h:.1f} h" if least_h <= 0 else f"{span(least_h, most_h)} h"


def span(low: float, high: float) -> str:
    """``2.0 to 4.0``, or one figure where both read alike."""
    return f"{low:.1f} to {high:.1f}" if f"{low:.1f}" != f"{high:.1f}" else f"{low:.1f}"
