"""What is said in words, in one place, so that other languages can follow."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.train_estimate import Figure, Resistance
from journey.units import HOUR_S, format_duration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.kinematics import Running
    from journey.sightings import Comparison
    from journey.statements import Margin, Speeds
    from journey.train_estimate import Effort
    from journey.units import Range

MANY_H = 10


def range_in_words(quantity: Range, unit: str) -> str:
    """``59 km/h``, ``50 to 70 km/h`` or ``25 to 55 km/h, most likely 40``."""
    if quantity.fixed:
        return f"{quantity.low:,g} {unit}"
    likely = "" if quantity.mode is None else f", most likely {quantity.mode:,g}"
    return f"{quantity.low:,g} to {quantity.high:,g} {unit}{likely}"


def speeds_in_words(speeds: Speeds) -> str:
    """``59 km/h``, ``59 km/h at most`` or, where there are several, ``stated speeds``."""
    if speeds.rules:
        return "stated highest speeds" if speeds.meaning == "maximum" else "stated speeds"
    speed = range_in_words(speeds.default.speed_kmh, "km/h")
    return f"{speed} at most" if speeds.meaning == "maximum" else speed


def running_in_words(running: Running) -> str:
    """How running times were computed."""
    return {
        "cruise": "constant speed between halts",
        "profile": "constant acceleration and braking",
        "dynamics": "tractive effort against running resistance, on level track",
    }[running]


def margin_in_words(margin: Margin) -> str:
    """``5 % of the running time``, ``3 min for each 100 km``, or both."""
    share = range_in_words(margin.percent, "% of the running time")
    minutes = range_in_words(margin.min_per_100km, "min for each 100 km")
    if margin.min_per_100km.high == 0:
        return share
    return minutes if margin.percent.high == 0 else f"{share} and {minutes}"


FIGURES = {
    "mass_t": ("Mass", "t"),
    "length_m": ("Length", "m"),
    "max_speed_kmh": ("Highest speed", "km/h"),
    "rotating_mass_factor": ("Mass with rotating parts", "times the mass"),
    "acceleration_mps2": ("Acceleration", "m/s²"),
    "braking_mps2": ("Braking", "m/s²"),
}


def figure_in_words(key: str, stated: Figure | Resistance | Effort) -> tuple[str, str]:
    """Name and value of what a train file states under a key."""
    if isinstance(stated, Figure):
        name, unit = FIGURES[key]
        return name, range_in_words(stated.value, unit)
    factor = range_in_words(stated.factor, "times that")
    times = "" if stated.factor.fixed else f"; {factor}"
    if isinstance(stated, Resistance):
        r0, r1, r2 = stated.value
        return "Resistance", f"{r0:,g} + {r1:,g} v + {r2:g} v² N, v in m/s{times}"
    effort_n = max(force_n for _, force_n in stated.value)
    return "Tractive effort", f"{effort_n:,g} N at most{times}"


def duration_in_words(duration_s: Range) -> str:
    """``1 h 00 min`` or ``30 min to 3 h 00 min, most likely 1 h 00 min``."""
    if duration_s.fixed:
        return format_duration(duration_s.low)
    likely = "" if duration_s.mode is None else f", most likely {format_duration(duration_s.mode)}"
    return f"{format_duration(duration_s.low)} to {format_duration(duration_s.high)}{likely}"


def share_in_words(level: float, *, tried: bool = False) -> str:
    """What the bounds of a window hold; at 1 perhaps only the journeys that were tried."""
    if level == 1:
        return "every journey that was tried" if tried else "every journey the scenario allows"
    return f"{100 * level:g} % of the drawn journeys"


def halts_in_words(count: int) -> str:
    """``no halt``, ``one halt`` or ``3 halts``."""
    return {0: "no halt", 1: "one halt"}.get(count, f"{count} halts")


def limits_in_words(count: int) -> str:
    """``one limit`` or ``3 limits``."""
    return {1: "one limit"}.get(count, f"{count} limits")


def listed(parts: list[str]) -> str:
    """``a``, ``a and b`` or ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def gap_in_words(comparison: Comparison) -> str | None:
    """``20 to 32 h later than the window``; None where report and window overlap."""
    return f"{_gap([comparison])} than the window" if comparison.apart else None


def gaps_in_words(comparisons: Iterable[Comparison]) -> str | None:
    """One sentence for all reports that lie outside their window; None if none does."""
    places: dict[tuple[str, bool], list[Comparison]] = {}
    for comparison in comparisons:
        if comparison.apart:
            place = (comparison.window.station.name, comparison.least_gap_s > 0)
            places.setdefault(place, []).append(comparison)
    parts = [f"{name} {_gap(apart)}" for (name, _), apart in places.items()]
    return f"Reports contradict these windows: {', '.join(parts)}." if parts else None


def _gap(comparisons: list[Comparison]) -> str:
    """The least and the most by which reports lie on one side of their windows."""
    least_s = [abs(comparison.least_gap_s) for comparison in comparisons]
    most_s = [abs(comparison.most_gap_s) for comparison in comparisons]
    ends_h = [bound / HOUR_S for bound in (min(least_s + most_s), max(least_s + most_s))]
    return f"{_hours(ends_h)} {'later' if comparisons[0].least_gap_s > 0 else 'earlier'}"


def _hours(ends_h: list[float]) -> str:
    low, high = (f"{hours:.0f}" if hours >= MANY_H else f"{hours:.1f}" for hours in ends_h)
    return f"{low} h" if low == high else f"{low} to {high} h"
