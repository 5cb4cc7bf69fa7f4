"""The alternatives of each kind of axis: how they are divided and read."""

from __future__ import annotations

from datetime import UTC, timedelta
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple

from journey.cases.steps import DURATIONS, MOMENTS, NUMBERS
from journey.cases.written import is_quantity
from journey.clock import parse_moment
from journey.errors import InputError, plain, shown
from journey.quantity_text import parse_quantity
from journey.statements import Departure
from journey.units import parse_duration_s, parse_speed_kmh

if TYPE_CHECKING:
    from collections.abc import Callable

    from journey.cases.steps import Scale
    from journey.quantities import Quantity

LONGEST_INTERVAL = timedelta(days=31)
MOST_MOMENTS = 3


class Kind(NamedTuple):
    """How alternatives of one kind are divided and read, and the unit of those that are numbers."""

    scale: Scale
    read: Callable[[object], object]
    unit: str = ""


def _read_speed(value: object) -> Quantity:
    if is_quantity(value):
        return _checked(value, parse_speed_kmh, "")
    return parse_quantity(_plain_number(value), parse_speed_kmh)


def _read_halt(value: object) -> Quantity:
    if is_quantity(value):
        return _checked(value, parse_duration_s, " s")
    return parse_quantity(_plain_number(value), _halt_s, parse_duration_s)


def _read_departure(value: object) -> Departure:
    if isinstance(value, Departure):
        return value
    parts = [each.strip() for each in value.split("..")] if isinstance(value, str) else [value]
    times = [parse_moment(part).astimezone(UTC) for part in parts]
    within = times[-1] - times[0] <= LONGEST_INTERVAL
    if len(times) > MOST_MOMENTS or sorted(times) != times or not within:
        raise InputError(
            f"{shown(value)}: expected one time, EARLIEST..LATEST or EARLIEST..LIKELIEST..LATEST, "
            f"in order and within {LONGEST_INTERVAL.days} days"
        )
    return Departure(times[0], times[-1], likeliest=times[1] if times[2:] else None)


def _checked(quantity: Any, parse_one: Callable[[object], float], unit: str) -> Quantity:  # noqa: ANN401
    """Check that a quantity is within the bounds of what can be written."""
    for end in (quantity.low, quantity.high):
        parse_one(f"{plain(end)}{unit}")
    checked: Quantity = quantity
    return checked


def _plain_number(value: object) -> object:
    """Make numbers of numpy and the like those of Python."""
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    return float(value) if is_number else value  # type: ignore[arg-type]


def _halt_s(value: object) -> float:
    """Read a duration; no halt at all needs no unit."""
    nothing = value == "0" or (isinstance(value, float) and value == 0)
    return 0.0 if nothing else parse_duration_s(value)


SPEEDS = Kind(NUMBERS, _read_speed)
DEPARTURES = Kind(MOMENTS, _read_departure)
HALTS = Kind(DURATIONS, _read_halt, " s")
