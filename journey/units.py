"""Speeds, durations and ranges as people write them, and back.

Inside the package everything is SI; this module is the edge where text is read or written.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journey.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

MPS_PER_KMH = 1 / 3.6
HOUR_S = 3600.0
SLOWEST_KMH = 1.0
FASTEST_KMH = 400.0
LONGEST_H = 1_000.0

_CLOCK = re.compile(r"(?P<hours>\d+):(?P<minutes>[0-5]\d)(?::(?P<seconds>[0-5]\d))?")
_AMOUNT = re.compile(r"(?P<amount>\d+(?:\.\d+)?)\s*(?P<unit>h|min|s)")
_HOURS_AND_MINUTES = re.compile(r"(?P<hours>\d+)\s*h\s*(?P<minutes>[0-5]?\d)\s*min")
_UNIT_S = {"h": HOUR_S, "min": 60.0, "s": 1.0}


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity known only within bounds.

    Attributes
    ----------
    low, high : float
        The bounds; equal for a fixed quantity.
    mode : float or None
        The likeliest value: the quantity is then triangular, otherwise uniform.
    """

    low: float
    high: float
    mode: float | None = None

    def __post_init__(self) -> None:
        """Check that the values are finite and in order."""
        values = [self.low, *([] if self.mode is None else [self.mode]), self.high]
        if not all(math.isfinite(value) for value in values):
            raise InputError(f"range {values}: expected finite numbers")
        if sorted(values) != values:
            raise InputError(f"range {values}: expected low, mode and high in order")

    @property
    def fixed(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Quantiles of the quantity (the inverse of its distribution function).

        Parameters
        ----------
        share : array_like
            Shares of probability, 0 to 1, any shape.

        Returns
        -------
        ndarray
            The values below which those shares lie, in the unit of the range.
        """
        share = np.asarray(share, dtype=np.float64)
        width = self.high - self.low
        if self.mode is None or width == 0:
            return self.low + share * width
        peak = (self.mode - self.low) / width
        rising = self.low + width * np.sqrt(share * peak)
        falling = self.high - width * np.sqrt((1 - share) * (1 - peak))
        return np.where(share <= peak, rising, falling)

    def scaled(self, factor: float) -> Range:
        """Return the same quantity in another unit."""
        mode = None if self.mode is None else self.mode * factor
        return Range(self.low * factor, self.high * factor, mode)


def parse_range(value: object, parse_one: Callable[[object], float]) -> Range:
    """Read ``59``, ``"50..70"`` (uniform) or ``"25..40..55"`` (triangular).

    Parameters
    ----------
    value : object
        A number, or a text of one to three parts.
    parse_one : callable
        Reads one part.

    Returns
    -------
    Range
        The quantity in the unit that `parse_one` gives.

    Raises
    ------
    InputError
        If there are more than three parts, a part cannot be read or they are out of order.

    Examples
    --------
    >>> parse_range("25..40..55", parse_speed_kmh)
    Range(low=25.0, high=55.0, mode=40.0)
    """
    parts = value.split("..") if isinstance(value, str) else [value]
    numbers = [parse_one(part.strip() if isinstance(part, str) else part) for part in parts]
    if sorted(numbers) == numbers:
        match numbers:
            case [only]:
                return Range(only, only)
            case [low, high]:
                return Range(low, high)
            case [low, mode, high]:
                return Range(low, high, mode)
    expected = 'one value, "low..high" or "low..mode..high", in order'
    raise InputError(f"{value!r}: expected {expected}")


def parse_speed_kmh(value: object) -> float:
    """Read a speed in km/h and check that a train can run at it.

    Raises
    ------
    InputError
        If it is no number, or outside 1 to 400 km/h.
    """
    speed = _number(value, 'a speed in km/h such as 59, "50..70" or "25..40..55"')
    if not SLOWEST_KMH <= speed <= FASTEST_KMH:
        raise InputError(
            f"speed {speed:g} km/h: expected {SLOWEST_KMH:g} to {FASTEST_KMH:g} km/h; "
            "a halt is a [[stop]], not a speed"
        )
    return speed


def parse_duration_s(value: object) -> float:
    """Read a duration: ``"1:30"`` (hours and minutes), ``"1:30:00"``, ``"90 min"``, ``"6 h"``.

    Returns
    -------
    float
        Seconds.

    Raises
    ------
    InputError
        If it is anything else; a bare number is refused because its unit would be a guess.

    Examples
    --------
    >>> parse_duration_s("1:30"), parse_duration_s("90 min")
    (5400.0, 5400.0)
    """
    text = value.strip() if isinstance(value, str) else ""
    duration_s = math.nan
    if clock := _CLOCK.fullmatch(text) or _HOURS_AND_MINUTES.fullmatch(text):
        parts = {unit: int(number or 0) for unit, number in clock.groupdict().items()}
        duration_s = parts["hours"] * HOUR_S + parts["minutes"] * 60.0 + parts.get("seconds", 0)
    if amount := _AMOUNT.fullmatch(text):
        duration_s = float(amount["amount"]) * _UNIT_S[amount["unit"]]
    if not duration_s <= LONGEST_H * HOUR_S:
        expected = f'"1:30" (h:mm), "90 min" or "6 h", at most {LONGEST_H:g} h'
        raise InputError(f"duration {value!r}: expected {expected}")
    return duration_s


def format_duration(seconds: float) -> str:
    """Write a duration to the minute: ``20 h 04 min``."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


def _number(value: object, expected: str) -> float:
    try:
        number = float(value) if isinstance(value, int | float | str) else math.nan
    except ValueError:
        number = math.nan
    # A truth value is a number to Python, but to no one else.
    if isinstance(value, bool) or not math.isfinite(number):
        raise InputError(f"{value!r}: expected {expected}")
    return number
