"""Quantities that are not known exactly, as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from journey.alternatives import alternatives
from journey.errors import InputError, naming, nearest_names, plain, shown
from journey.quantities import LogNormal, Normal, Pert, Range
from journey.units import parse_duration_s, parse_number, parse_speed_kmh

if TYPE_CHECKING:
    from collections.abc import Callable

    from journey.quantities import Quantity

MOST_ALTERNATIVES = 1000
LARGEST_PERCENT = 100.0
LARGEST_MIN_PER_100KM = 60.0
AROUND = 4

_PLUS_OR_MINUS = re.compile(r"\+-|±")
_TIMES_OR_OVER = re.compile(r"[*\u00d7]/")
_PLUS = re.compile(r"\+(?!-)")
_MARGIN_UNIT = re.compile(r"(?:%|min\s*/\s*100\s*km)$")


def parse_quantity(
    value: object,
    parse_one: Callable[[object], float],
    parse_deviation: Callable[[object], float] = parse_number,
) -> Quantity:
    """Read a quantity in any of the forms in which one can be written.

    ========================================  ===================================================
    ``59``                                    fixed
    ``"50..70"``                              uniform
    ``"25..40..55"``                          triangular, the likeliest value in the middle
    ``"pert 25..40..55"``                     the same bounds, but mostly near the likeliest
    ``"normal 59 +- 4 in 45..70"``            mean and standard deviation, cut off at bounds
    ``"log-normal 59 */ 1.2 in 40..90"``      median and the factor that is its deviation
    ``"70 % 50..70 | 30 % 25..40"``           alternatives, with the probability of each
    ``"40 | 45 | 59"``, ``[40, 45, "50..59"]``  alternatives, all alike likely
    ========================================  ===================================================

    Parameters
    ----------
    value : object
        A number, a text, or a list of alternatives.
    parse_one : callable
        Reads one value of the quantity: a bound, the likeliest, the mean, the median.
    parse_deviation : callable
        Reads a standard deviation; the factor of a log-normal is always a plain number.

    Returns
    -------
    Quantity
        In the unit that `parse_one` gives.

    Raises
    ------
    InputError
        If a part cannot be read, parts are missing or out of order, weights do not sum to 100 %,
        or no such quantity can be.

    Examples
    --------
    >>> parse_quantity("25..40..55", parse_speed_kmh)
    Range(low=25.0, high=55.0, mode=40.0)
    >>> parse_quantity("70 % 40 | 30 % 59", parse_speed_kmh)
    Listed(values=(40.0, 59.0), weights=(0.7, 0.3))
    """
    weighed = [_weight_apart(each) for each in _divided(value)]
    parsers = _Parsers(parse_one, parse_deviation)
    parts = [_one(each, parsers) for _, each in weighed]
    weights = [weight for weight, _ in weighed if weight is not None]
    with naming(shown(value)):
        if len(weights) not in (0, len(parts)):
            raise InputError("expected a weight for each alternative, or for none")
        return alternatives(parts, weights or [1 / len(parts)] * len(parts))


def parse_uncertain_speed_kmh(value: object) -> Quantity:
    """Read a speed, km/h, each of its values from 1 to 400: see `parse_quantity`."""
    return parse_quantity(value, parse_speed_kmh)


def parse_uncertain_duration_s(value: object) -> Quantity:
    """Read a duration, s, each of its values with its unit: see `parse_quantity`.

    Examples
    --------
    >>> parse_uncertain_duration_s("log-normal 20 min */ 2 in 2 min..6 h")
    LogNormal(median=1200.0, factor=2.0, low=120.0, high=21600.0)
    """
    return parse_quantity(value, parse_duration_s, parse_duration_s)


def parse_margin(value: object) -> tuple[Quantity, Quantity]:
    """Read a margin on running time: ``"5 %"``, ``"3 min/100 km"``, or one of each and a plus.

    Returns
    -------
    percent, min_per_100km : Quantity
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
    texts = [part.strip() for part in _PLUS.split(value if isinstance(value, str) else "")]
    found = [(text, _MARGIN_UNIT.search(text)) for text in texts]
    parts = {unit[0][0]: text[: unit.start()] for text, unit in found if unit}
    if len(parts) < len(found):
        expected = 'such as "5 %", "3..5..7 %", "3 min/100 km" or "5 % + 1.5 min/100 km"'
        raise InputError(f"margin {shown(value)}: expected a text {expected}")
    return (
        parse_quantity(parts.get("%", "0"), lambda part: _margin(part, LARGEST_PERCENT, "%")),
        parse_quantity(
            parts.get("m", "0"), lambda part: _margin(part, LARGEST_MIN_PER_100KM, "min/100 km")
        ),
    )


def _margin(value: object, largest: float, unit: str) -> float:
    with naming("margin"):
        margin = parse_number(value)
    if not 0 <= margin <= largest:
        raise InputError(f"margin {plain(margin)} {unit}: expected 0 to {largest:g} {unit}")
    return margin


class _Parsers(NamedTuple):
    one: Callable[[object], float]
    deviation: Callable[[object], float]


def _divided(value: object) -> list[object]:
    """The alternatives that a text or a list has."""
    parts = [value]
    if isinstance(value, list | tuple):
        parts = list(value)
    elif isinstance(value, str):
        parts = list(value.split("|"))
    if not 0 < len(parts) <= MOST_ALTERNATIVES:
        raise InputError(f"{shown(value)}: expected 1 to {MOST_ALTERNATIVES} alternatives")
    return parts


def _weight_apart(part: object) -> tuple[float | None, object]:
    """The weight of an alternative, and what it weighs."""
    if not isinstance(part, str) or "%" not in part:
        return None, part
    weight, _, rest = part.partition("%")
    if not rest.strip():
        raise InputError(
            f"{shown(part.strip())}: a weight of nothing; a weight stands before a value, such as "
            '"70 % 50..70", and a margin has its unit once, at the end: "5 | 10 %"'
        )
    return parse_number(weight) / 100, rest


def _one(part: object, parse: _Parsers) -> Quantity:
    if not isinstance(part, str):
        value = parse.one(part)
        return Range(value, value)
    text = " ".join(part.split())
    kind, _, rest = text.partition(" ")
    if kind in _KINDS:
        return _KINDS[kind](text, rest, parse)
    if offer := nearest_names(kind, _KINDS):
        raise InputError(f"{shown(text)}: {offer}")
    return _range(text, parse)


def _range(text: str, parse: _Parsers) -> Range:
    match _in_order(text, parse):
        case [only]:
            return Range(only, only)
        case [low, high]:
            return Range(low, high)
        case [low, mode, high]:
            return Range(low, high, mode)
    raise _wrong(text, 'one value, "low..high" or "low..mode..high", in order')


def _pert(text: str, rest: str, parse: _Parsers) -> Pert:
    match _in_order(rest, parse):
        case [low, mode, high]:
            return Pert(low, mode, high)
    raise _wrong(text, '"pert low..mode..high", in order')


def _normal(text: str, rest: str, parse: _Parsers) -> Normal:
    parts = _around(rest, _PLUS_OR_MINUS)
    if parts is None:
        raise _wrong(text, '"normal mean +- deviation in low..high"')
    mean, deviation, low, high = parts
    values = parse.one(mean), parse.deviation(deviation), parse.one(low), parse.one(high)
    with naming(shown(text)):
        return Normal(*values)


def _log_normal(text: str, rest: str, parse: _Parsers) -> LogNormal:
    parts = _around(rest, _TIMES_OR_OVER)
    if parts is None:
        raise _wrong(text, '"log-normal median */ factor in low..high"')
    median, factor, low, high = parts
    values = parse.one(median), parse_number(factor), parse.one(low), parse.one(high)
    with naming(shown(text)):
        return LogNormal(*values)


_KINDS: dict[str, Callable[[str, str, _Parsers], Quantity]] = {
    "pert": _pert,
    "normal": _normal,
    "log-normal": _log_normal,
}


def _in_order(text: str, parse: _Parsers) -> list[float]:
    """The values between which dots stand; none where they are out of order."""
    parts = [part.strip() for part in text.split("..")]
    if len(parts) > 1 and not all(parts):
        end = "lower" if not parts[0] else "upper" if not parts[-1] else "middle"
        with naming(f"{shown(text)}: its {end} value is missing"):
            parse.one("")
    values = [parse.one(part) for part in parts]
    return values if sorted(values) == values else []


def _around(text: str, sign: re.Pattern[str]) -> list[str] | None:
    """Middle, deviation, low and high, as written; None where one is missing."""
    middle, _, bounds = text.partition(" in ")
    parts = [*sign.split(middle), *bounds.split("..")]
    return [part.strip() for part in parts] if len(parts) == AROUND else None


def _wrong(text: str, expected: str) -> InputError:
    return InputError(f"{shown(text)}: expected {expected}")
