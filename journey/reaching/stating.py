"""What is asked for when the reach of a train is: hours, speed, gauge, checked."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.errors import InputError, naming, plain, shown
from journey.quantity_text import parse_uncertain_duration_s, parse_uncertain_speed_kmh
from journey.reaching.results import Bounds
from journey.units import HOUR_S, parse_duration_s, parse_number

if TYPE_CHECKING:
    from journey.quantities import Quantity

MOST_HOURS = 24.0 * 31

SHARES = (np.arange(2001) + 0.5) / 2001
"""Shares of probability of which the middle one is exactly a half."""


class Terms(NamedTuple):
    """The terms under which a train runs.

    Attributes
    ----------
    hours : float
        The time it has.
    speed_kmh, change_h : Bounds
        Its average speed, and how long a change of gauge takes.
    """

    hours: float
    speed_kmh: Bounds
    change_h: Bounds


def read_terms(hours: object, speed: object, gauge_change: object) -> Terms:
    """Read the terms as people write them.

    Raises
    ------
    InputError
        If the time is no number of hours, nor a duration such as ``"6:30"``, above 0 and at most a
        month, or a quantity cannot be read.
    """
    with naming("hours"):
        time_h = _hours(hours)
    if not 0 < time_h <= MOST_HOURS:
        raise InputError(f"hours {plain(time_h)}: expected above 0, at most {MOST_HOURS:g}")
    with naming("speed"):
        speed_kmh = _bounds(parse_uncertain_speed_kmh(speed))
    with naming("gauge change"):
        # Nothing needs no unit.
        none = str(gauge_change).strip() == "0"
        change_s = _bounds(parse_uncertain_duration_s("0 min" if none else gauge_change))
    return Terms(time_h, speed_kmh, Bounds(*(each / HOUR_S for each in change_s)))


def read_gauge(gauge: object) -> str | None:
    """Read a gauge, mm; None for one that is not known.

    Raises
    ------
    InputError
        If it is no whole number of millimetres, of three or four digits.
    """
    if gauge is None:
        return None
    text = str(gauge).strip()
    if re.fullmatch("[1-9][0-9]{2,3}", text) is None:
        raise InputError(f"gauge {shown(text)}: expected millimetres, such as 1435 or 1520")
    return text


def _hours(hours: object) -> float:
    """A number of hours, or a duration."""
    # A duration has a colon or a unit, which no number has.
    if isinstance(hours, str) and (":" in hours or hours.strip().endswith(("h", "min", "s"))):
        return parse_duration_s(hours) / HOUR_S
    return parse_number(hours)


def _bounds(quantity: Quantity) -> Bounds:
    """The least, the median and the greatest value."""
    central = float(np.median(quantity.at(SHARES)))
    if not math.isfinite(central):
        raise InputError(f"{quantity}: expected a finite quantity")
    return Bounds(quantity.low, central, quantity.high)
