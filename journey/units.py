"""Speeds, durations and ranges as people write them, and back.

Inside the package everything is SI; this module is the edge where text is read or written.
"""

from __future__ import annotations

import math
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journey.errors import InputError, plain, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike, NDArray

MPS_PER_KMH = 1 / 3.6
GRAVITY_MPS2 = 9.80665
HOUR_S = 3600.0
SLOWEST_KMH = 1.0
FASTEST_KMH = 400.0
FASTEST_TRACK_KMH = 600.0
LONGEST_H = 1_000.0
LARGEST_PERCENT = 100.0
LARGEST_MIN_PER_100KM = 60.0

# What Python takes for a number besides, such as 6_0 or the digits of other scripts, is none here.
_PLAIN = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_NUMBER = re.compile(rf"[-+]?{_PLAIN}")
_CLOCK = re.compile(r"(?P<hours>[0-9]{1,4}):(?P<minutes>[0-5][0-9])(?::(?P<seconds>[0-5][0-9]))?")
_AMOUNT = re.compile(rf"(?P<amount>{_PLAIN})\s*(?P<unit>h|min|s)")
_HOURS_AND_MINUTES = re.compile(r"(?P<hours>[0-9]{1,4})\s*h\s*(?P<minutes>[0-5]?[0-9])\s*min")
_UNIT_S = {"h": HOUR_S, "min": 60.0, "s": 1.0}
_MARGIN = re.compile(r"(?P<range>[0-9.\s]+)(?P<unit>%|min\s*/\s*100\s*km)\s*")


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
    raise InputError(f"{shown(value)}: expected {expected}")


def parse_number(value: object) -> float:
    """Read a finite number, as such or as text: ``59``, ``"59.5"``, ``"-3"``, ``"1e3"``.

    Raises
    ------
    InputError
        If it is no number, not finite, a truth value, or text of another form.
    """
    return _number(value, "a number such as 88, with a decimal point if need be")


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
            f"speed {plain(speed)} km/h: expected {SLOWEST_KMH:g} to {FASTEST_KMH:g} km/h; "
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
        raise InputError(f"duration {shown(value)}: expected {expected}")
    return duration_s


def parse_margin(value: object) -> tuple[Range, Range]:
    """Read a margin on running time: ``"5 %"``, ``"3 min/100 km"``, or one of each and a plus.

    Returns
    -------
    percent, min_per_100km : Range
        Per cent of the running time, and minutes for each 100 km; zero where not stated.

    Raises
    ------
    InputError
        If it is anything else, or more than 100 % or 60 min/100 km.

    Examples
    --------
    >>> parse_margin("3..5..7 % + 1.5 min/100 km")
    (Range(low=3.0, high=7.0, mode=5.0), Range(low=1.5, high=1.5, mode=None))
    """
    found = [
        _MARGIN.fullmatch(part) for part in (value if isinstance(value, str) else "").split("+")
    ]
    parts = {match["unit"][0]: match["range"].strip() for match in found if match}
    if len(parts) < len(found):
        expected = 'such as "5 %", "3..5..7 %", "3 min/100 km" or "5 % + 1.5 min/100 km"'
        raise InputError(f"margin {shown(value)}: expected a text {expected}")
    return (
        parse_range(parts.get("%", "0"), lambda part: _share(part, LARGEST_PERCENT, "%")),
        parse_range(
            parts.get("m", "0"), lambda part: _share(part, LARGEST_MIN_PER_100KM, "min/100 km")
        ),
    )


def format_duration(seconds: float) -> str:
    """Write a duration to the minute: ``20 h 04 min``."""
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes:02d} min" if hours else f"{minutes} min"


def format_exact(seconds: float, decimals: int = 3) -> str:
    """Write a duration to the second or less: ``6 min 33.874 s``."""
    minutes, rest = divmod(round(seconds, decimals), 60)
    hours, minutes = divmod(int(minutes), 60)
    parts = [f"{hours} h"] if hours else []
    parts += [f"{minutes:02d} min" if hours else f"{minutes} min"] if hours or minutes else []
    return " ".join([*parts, f"{rest:.{decimals}f} s"])


def _share(value: object, largest: float, unit: str) -> float:
    share = _number(value, f"a number of {unit}")
    if not 0 <= share <= largest:
        raise InputError(f"margin {plain(share)} {unit}: expected 0 to {largest:g} {unit}")
    return share


def _number(value: object, expected: str) -> float:
    number = math.nan
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        number = float(value)
    # A truth value is a number to Python, but to no one else.
    if isinstance(value, int | float) and not isinstance(value, bool):
        with suppress(OverflowError):
            number = float(value)
    if not math.isfinite(number):
        raise InputError(f"{shown(value)}: expected {expected}")
    return number
