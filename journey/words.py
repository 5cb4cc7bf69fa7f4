"""What is said in words, in one place, so that other languages can follow."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from journey.alternatives import Listed, Mixture
from journey.quantities import LogNormal, Normal, Pert, Range
from journey.train_estimate import Figure, Resistance
from journey.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from journey.kinematics import Running
    from journey.quantities import Quantity
    from journey.statements import Margin, Speeds, UnreportedHalts
    from journey.train_estimate import Effort

MOST_LISTED = 6
MINUTE_S = 60.0


COUNTRIES = {"KP": "North Korea", "RU": "Russia"}


def country_name(code: str) -> str:
    """Name of a country, or its code where none is known."""
    return COUNTRIES.get(code, code)


def quantity_in_words(quantity: Quantity, unit: str) -> str:
    """Say what a quantity may be, and how likely.

    ``59 km/h``, ``25 to 55 km/h, most likely 40``, ``about 59 km/h, give or take 4 (normal), within
    45 to 70`` or ``50 to 70 km/h (70 %) or 25 to 40 km/h (30 %)``.
    """
    return _in_words(quantity, lambda number: f"{number:,g}", f" {unit}")


def speeds_in_words(speeds: Speeds) -> str:
    """``59 km/h``, ``59 km/h at most`` or, where there are several, ``stated speeds``."""
    if speeds.rules:
        return "stated highest speeds" if speeds.meaning == "maximum" else "stated speeds"
    speed = quantity_in_words(speeds.default.speed_kmh, "km/h")
    return f"{speed} at most" if speeds.meaning == "maximum" else speed


def own_shares_in_words(speeds: Speeds) -> str:
    """How much of what speeds may be differs from country to country and section to section."""
    shares = [(speeds.country_share, "country"), (speeds.section_share, "section")]
    own = [f"{100 * share:.3g} % {{}}each {of}'s own" for share, of in shares if share]
    said = ", ".join(own).replace("{}", "of the variation of speed is ", 1).replace("{}", "")
    together = speeds.country_share + speeds.section_share
    return f"{said}, the rest the train's" if together < 1 else said


def running_in_words(running: Running) -> str:
    """How running times were computed."""
    return {
        "cruise": "constant speed between halts",
        "profile": "constant acceleration and braking",
        "dynamics": "tractive effort against running resistance, on level track",
    }[running]


def margin_in_words(margin: Margin) -> str:
    """``5 % of the running time``, ``3 min for each 100 km``, or both."""
    share = quantity_in_words(margin.percent, "% of the running time")
    minutes = quantity_in_words(margin.min_per_100km, "min for each 100 km")
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
        return name, quantity_in_words(stated.value, unit)
    factor = quantity_in_words(stated.factor, "times that")
    times = "" if stated.factor.fixed else f"; {factor}"
    if isinstance(stated, Resistance):
        r0, r1, r2 = stated.value
        return "Resistance", f"{r0:,g} + {r1:,g} v + {r2:g} v² N, v in m/s{times}"
    effort_n = max(force_n for _, force_n in stated.value)
    return "Tractive effort", f"{effort_n:,g} N at most{times}"


def duration_in_words(duration_s: Quantity) -> str:
    """``1 h 00 min`` or ``30 min to 3 h 00 min, most likely 1 h 00 min``."""
    return _in_words(duration_s, _duration, "")


def unreported_in_words(halts: UnreportedHalts) -> str:
    """``2 for each 1,000 km on average, each 10 min to 30 min``."""
    number = quantity_in_words(halts.per_1000_km, "for each 1,000 km on average")
    return f"{number}, each {duration_in_words(halts.duration_s)}"


def share_in_words(level: float, *, tried: bool = False) -> str:
    """What the bounds of a window hold; at 1 perhaps only the journeys that were tried."""
    if level == 1:
        every = "every journey that was tried; more draws may find others"
        return every if tried else "every journey the scenario allows"
    return f"{100 * level:g} % of the drawn journeys"


def error_in_words(draws: float, errors_s: Iterable[float], what: str = "draws") -> str:
    """How exact windows are: ``Standard error, from 10,000 draws: 21 s at most``, for instance.

    An empty text where nothing is uncertain.
    """
    known_s, unknown = [], False
    for error_s in errors_s:
        unknown |= math.isnan(error_s)
        known_s += [] if math.isnan(error_s) else [error_s]
    if not any(known_s):
        return "Too few draws to tell how exact that is." if unknown else ""
    largest_s = max(known_s)
    error = f"{largest_s:.0f} s" if largest_s < MINUTE_S else format_duration(largest_s)
    most = f"{error} at most" if largest_s >= 1 else "less than a second"
    known = ", where it can be told" if unknown else ""
    return f"Standard error, from {draws:,.0f} {what}: {most}{known}."


def halts_in_words(count: int) -> str:
    """``no halt``, ``one halt`` or ``3 halts``."""
    return {0: "no halt", 1: "one halt"}.get(count, f"{count} halts")


def limits_in_words(count: int) -> str:
    """``one limit`` or ``3 limits``."""
    return {1: "one limit"}.get(count, f"{count} limits")


def listed(parts: list[str]) -> str:
    """``a``, ``a and b`` or ``a, b and c``."""
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def _in_words(quantity: Quantity, write: Callable[[float], str], unit: str) -> str:
    bounds = f"{write(quantity.low)} to {write(quantity.high)}"
    if quantity.fixed:
        return f"{write(quantity.low)}{unit}"
    match quantity:
        case Normal():
            spread = f"give or take {write(quantity.deviation)} (normal)"
            return f"about {write(quantity.mean)}{unit}, {spread}, within {bounds}"
        case LogNormal():
            spread = f"give or take a factor of {quantity.factor:,g} (log-normal)"
            return f"about {write(quantity.median)}{unit}, {spread}, within {bounds}"
        case Listed():
            values = [f"{write(value)}{unit}" for value in quantity.values]
            return _one_of(values, quantity.weights, f"{bounds}{unit}")
        case Mixture():
            parts = [_in_words(part, write, unit) for part in quantity.parts]
            return _one_of(parts, quantity.weights, f"{bounds}{unit}")
    return f"{bounds}{unit}{_likely(quantity, write)}"


def _likely(quantity: Quantity, write: Callable[[float], str]) -> str:
    if not isinstance(quantity, Range | Pert) or quantity.mode is None:
        return ""
    kind = " (PERT)" if isinstance(quantity, Pert) else ""
    return f", most likely {write(quantity.mode)}{kind}"


def _one_of(parts: list[str], weights: tuple[float, ...], bounds: str) -> str:
    if len(parts) > MOST_LISTED:
        return f"one of {len(parts):,} alternatives, {bounds}"
    if len(set(weights)) == 1:
        return f"{' or '.join(parts)}, all alike likely"
    weighed = zip(parts, weights, strict=True)
    return " or ".join(f"{part} ({100 * weight:.3g} %)" for part, weight in weighed)


def _duration(seconds: float) -> str:
    """To the minute, but to the second where it is less than one."""
    return f"{seconds:.3g} s" if 0 < seconds < MINUTE_S else format_duration(seconds)
