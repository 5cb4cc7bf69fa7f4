"""Numbers, speeds, durations and shares as people write them, and back.

Inside the package everything is SI; this module is the edge where text is read or written.
"""

from __future__ import annotations

import math
import re
from contextlib import suppress

from journey.errors import InputError, plain, shown

MPS_PER_KMH = 1 / 3.6
GRAVITY_MPS2 = 9.80665
HOUR_S = 3600.0
SLOWEST_KMH = 1.0
FASTEST_KMH = 400.0
FASTEST_TRACK_KMH = 600.0
LONGEST_H = 1_000.0

# What Python takes for a number besides, such as 6_0 or the digits of other scripts, is none here.
_PLAIN = r"(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_NUMBER = re.compile(rf"[-+]?{_PLAIN}")
_CLOCK = re.compile(r"(?P<hours>[0-9]{1,4}):(?P<minutes>[0-5][0-9])(?::(?P<seconds>[0-5][0-9]))?")
_AMOUNT = re.compile(rf"(?P<amount>{_PLAIN})\s*(?P<unit>h|min|s)")
_HOURS_AND_MINUTES = re.compile(r"(?P<hours>[0-9]{1,4})\s*h\s*(?P<minutes>[0-5]?[0-9])\s*min")
_UNIT_S = {"h": HOUR_S, "min": 60.0, "s": 1.0}


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


def parse_share(value: object) -> float:
    """Read a share: ``0.3`` or ``"30 %"``.

    Raises
    ------
    InputError
        If it is no number, or outside 0 to 1.
    """
    text = value.strip() if isinstance(value, str) else ""
    share = math.nan
    with suppress(InputError):
        share = parse_number(text[:-1]) / 100 if text.endswith("%") else parse_number(value)
    if not 0 <= share <= 1:
        raise InputError(f'{shown(value)}: expected a share from 0 to 1, or such as "30 %"')
    return share


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
