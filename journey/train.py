"""A train as the kinematics see it: its figures in SI, checked once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise

from journey.errors import InputError
from journey.units import FASTEST_TRACK_KMH, MPS_PER_KMH

TONNE_KG = 1000.0
HEAVIEST_T = 100_000.0
LONGEST_M = 10_000.0
STRONGEST_MPS2 = 10.0
WEAKEST_N, STRONGEST_N = 1e3, 1e8


@dataclass(frozen=True, slots=True)
class Train:
    """The figures of a train.

    Messages name the keys of a train file, and give values in their units.

    Attributes
    ----------
    name : str
        Title.
    mass_kg : float
        Mass of the whole train, kg.
    max_speed_mps : float
        Highest speed it may run at, m/s.
    braking_mps2 : float
        Deceleration in service braking, m/s²: of the train as a whole, whatever the gradient.
    length_m : float
        Length from front to rear, m.
    rotating_mass_factor : float
        Mass including that of wheels, axles and motors in rotation, over mass: 1 or more. It
        counts in acceleration only, not in the force of a gradient.
    resistance : tuple of three floats
        r0, r1, r2 of the running resistance r0 + r1 v + r2 v² on level track: N, N/(m/s),
        N/(m/s)².
    effort : tuple of pairs
        Tractive effort at the wheel rim: speed, m/s, and effort, N; linear between the points,
        constant below the first and above the last. Empty where it is not known.
    acceleration_mps2 : float or None
        Constant acceleration, m/s², for the ``profile`` model; None where it is not known.
    """

    name: str
    mass_kg: float
    max_speed_mps: float
    braking_mps2: float
    length_m: float = 0.0
    rotating_mass_factor: float = 1.0
    resistance: tuple[float, float, float] = (0.0, 0.0, 0.0)
    effort: tuple[tuple[float, float], ...] = ()
    acceleration_mps2: float | None = None

    def __post_init__(self) -> None:
        """Check that such a train can be."""
        max_speed_kmh = self.max_speed_mps / MPS_PER_KMH
        _expect_above("mass_t", self.mass_kg / TONNE_KG, 0.0, HEAVIEST_T, "t")
        _expect_above("max_speed_kmh", max_speed_kmh, 0.0, FASTEST_TRACK_KMH, "km/h")
        _expect_rate("braking_mps2", self.braking_mps2)
        if self.acceleration_mps2 is not None:
            _expect_rate("acceleration_mps2", self.acceleration_mps2)
        if not 0 <= self.length_m <= LONGEST_M:
            raise InputError(f"length_m {self.length_m:g}: expected 0 to {LONGEST_M:g} m")
        if not 1 <= self.rotating_mass_factor <= 2:  # noqa: PLR2004 - twice the mass is no train
            raise InputError(
                f"rotating_mass_factor {self.rotating_mass_factor:g}: expected 1 to 2, such as "
                "1.06; it is the mass with its rotating parts over the mass alone"
            )
        _check_resistance(self.resistance, self.max_speed_mps)
        _check_effort(self.effort)


def _expect_above(key: str, value: float, low: float, high: float, unit: str) -> None:
    if not low < value <= high:
        raise InputError(f"{key} {value:g}: expected above {low:g}, at most {high:g} {unit}")


def _expect_rate(key: str, value: float) -> None:
    # Infinite means at once: the limit in which a profile is a cruise.
    if value != math.inf:
        _expect_above(key, value, 0.0, STRONGEST_MPS2, "m/s²")


def _check_resistance(resistance: tuple[float, ...], max_speed_mps: float) -> None:
    if len(resistance) != 3 or not all(map(math.isfinite, resistance)):  # noqa: PLR2004
        raise InputError(f"resistance {list(resistance)}: expected three finite numbers r0, r1, r2")
    r0, r1, r2 = resistance
    least = -r1 / (2 * r2) if r2 > 0 else 0.0
    speeds_mps = (0.0, min(max(least, 0.0), max_speed_mps), max_speed_mps)
    if r2 < 0 or any(r0 + r1 * speed + r2 * speed**2 < 0 for speed in speeds_mps):
        raise InputError(
            f"resistance {list(resistance)}: expected r0 + r1 v + r2 v² of 0 or more at every "
            "speed, and r2 of 0 or more, in N with v in m/s"
        )


def _check_effort(effort: tuple[tuple[float, float], ...]) -> None:
    for speed_mps, force_n in effort:
        if not (0 <= speed_mps <= FASTEST_TRACK_KMH * MPS_PER_KMH and 0 <= force_n < math.inf):
            raise InputError(
                f"tractive_effort {_point(speed_mps, force_n)}: expected a speed of 0 to "
                f"{FASTEST_TRACK_KMH:g} km/h, and a finite effort of 0 N or more"
            )
    for before, after in pairwise(effort):
        if after[0] <= before[0]:
            raise InputError(
                f"tractive_effort {_point(*after)} after {_point(*before)}: expected increasing "
                "speeds, with one effort each"
            )
    if effort and not WEAKEST_N <= max(force_n for _, force_n in effort) <= STRONGEST_N:
        raise InputError(
            f"tractive_effort of {max(force_n for _, force_n in effort):g} N at most: expected "
            f"{WEAKEST_N:g} to {STRONGEST_N:g} N; is it in kN?"
        )


def _point(speed_mps: float, force_n: float) -> str:
    return f"[{speed_mps / MPS_PER_KMH:g}, {force_n:g}]"
