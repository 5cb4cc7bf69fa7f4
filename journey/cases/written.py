"""Alternatives that were not given as text, in the words of a scenario file."""

from __future__ import annotations

from datetime import datetime
from numbers import Real
from typing import TYPE_CHECKING, Any

from journey.alternatives import Listed, Mixture
from journey.errors import plain, shown
from journey.quantities import LogNormal, Normal, Pert, Range
from journey.statements import Departure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def is_quantity(value: object) -> bool:
    """Whether a value is a `Quantity` of any kind."""
    return hasattr(value, "scaled")


def text_of(value: object, unit: str) -> str:
    """Write an alternative that was not given as text, in the form in which a file has it.

    Examples
    --------
    >>> text_of(Normal(3600, 60, 1800, 7200), " s")
    'normal 3600 s +- 60 s in 1800 s..7200 s'
    """
    match value:
        case bool():
            return shown(value)
        case Real():
            return plain(float(value))
        case list():
            return " | ".join(text_of(each, unit) for each in value)
        case Departure():
            return _bounds((value.earliest, value.likeliest, value.latest), datetime.isoformat)
        case datetime():
            return value.isoformat()
    return _quantity_text(value, unit) if is_quantity(value) else str(value)


def _quantity_text(quantity: object, unit: str) -> str:
    def one(number: float) -> str:
        return f"{plain(number)}{unit}"

    match quantity:
        case Range(low, high, mode):
            text = one(low) if low == high else _bounds((low, mode, high), one)
        case Pert(low, mode, high):
            text = f"pert {_bounds((low, mode, high), one)}"
        case Normal(mean, deviation, low, high):
            text = f"normal {one(mean)} +- {one(deviation)} in {_bounds((low, high), one)}"
        case LogNormal(median, factor, low, high):
            text = f"log-normal {one(median)} */ {plain(factor)} in {_bounds((low, high), one)}"
        case Listed(values, weights):
            text = _weighed(map(one, values), weights)
        case Mixture(parts, weights):
            text = _weighed((_quantity_text(part, unit) for part in parts), weights)
        case _:
            text = str(quantity)
    return text


def _bounds(values: Iterable[Any], write: Callable[[Any], str]) -> str:
    return "..".join(write(value) for value in values if value is not None)


def _weighed(texts: Iterable[str], weights: Iterable[float]) -> str:
    pairs = zip(texts, weights, strict=True)
    return " | ".join(f"{plain(100 * weight)} % {text}" for text, weight in pairs)
