"""Quantities that are not known exactly: what each may be, and how likely that is.

Every kind has the bounds of what is possible and its quantiles, so that a uniform share of
probability, however it is drawn, becomes a value.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from journey.distributions import beta_quantile, normal_quantile, normal_share
from journey.errors import InputError, plain

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

PERT_WEIGHT = 4.0
"""How much more the likeliest value of a PERT quantity weighs in its mean than either bound."""
LEAST_WITHIN = 1e-6
"""The least share of a normal or log-normal distribution that its bounds must leave."""


class Quantity(Protocol):
    """What every kind of quantity has: finite bounds, quantiles, and itself in another unit."""

    @property
    def low(self) -> float:
        """The least value."""

    @property
    def high(self) -> float:
        """The greatest value."""

    @property
    def fixed(self) -> bool:
        """Whether only one value is possible."""

    def at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Turn uniform shares, 0 to 1 and of any shape, into values of the quantity.

        These are its quantiles (the inverse of its distribution function), except for a
        `journey.alternatives.Mixture`, where a larger share may give a smaller value.
        """

    def scaled(self, factor: float) -> Quantity:
        """Return the same quantity in another unit; `factor` is above 0."""


@dataclass(frozen=True, slots=True)
class Range:
    """A quantity known only within bounds.

    Attributes
    ----------
    low, high : float
        The bounds; equal for a fixed quantity.
    mode : float or None
        The likeliest value: the quantity is then triangular, otherwise uniform.

    Examples
    --------
    >>> from journey import Range
    >>> Range(45.0, 70.0).at([0.0, 0.5, 1.0]).tolist()
    [45.0, 57.5, 70.0]
    """

    low: float
    high: float
    mode: float | None = None

    def __post_init__(self) -> None:
        """Check that the values are finite and in order."""
        _check_order("range", [self.low, *([] if self.mode is None else [self.mode]), self.high])

    @property
    def fixed(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Quantiles of the quantity, see `Quantity.at`."""
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


@dataclass(frozen=True, slots=True)
class Pert:
    """A quantity within bounds that is mostly near its likeliest value: a beta distribution.

    Its mean is (low + 4 mode + high) / 6, as Malcolm, Roseboom, Clark and Fazar took it for the
    Program Evaluation and Review Technique (Operations Research 7, 1959).

    Attributes
    ----------
    low, mode, high : float
        The least, the likeliest and the greatest value.

    Examples
    --------
    >>> from journey import Pert
    >>> Pert(20.0, 38.0, 50.0).at([0.05, 0.5, 0.95]).round(1).tolist()
    [27.4, 37.2, 45.8]
    """

    low: float
    mode: float
    high: float

    def __post_init__(self) -> None:
        """Check that the values are finite and in order."""
        _check_order("pert", [self.low, self.mode, self.high])

    @property
    def fixed(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Quantiles of the quantity, within a millionth of its width, see `Quantity.at`."""
        width = self.high - self.low
        if width == 0:
            return np.full(np.shape(share), self.low)
        rise = 1 + PERT_WEIGHT * (self.mode - self.low) / width
        fall = 1 + PERT_WEIGHT * (self.high - self.mode) / width
        values = self.low + width * beta_quantile(share, rise, fall)
        return _with_ends(share, values, self.low, self.high)

    def scaled(self, factor: float) -> Pert:
        """Return the same quantity in another unit."""
        return Pert(self.low * factor, self.mode * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class Normal:
    """A normal quantity, of which only what lies within bounds is possible.

    Attributes
    ----------
    mean, deviation : float
        Mean and standard deviation before what lies beyond the bounds is cut off.
    low, high : float
        The bounds.

    Examples
    --------
    >>> from journey import Normal
    >>> speed_kmh = Normal(mean=59.0, deviation=4.0, low=45.0, high=70.0)
    >>> speed_kmh.at([0.05, 0.5, 0.95]).round(1).tolist()
    [52.4, 59.0, 65.5]
    """

    mean: float
    deviation: float
    low: float
    high: float

    def __post_init__(self) -> None:
        """Check that such a quantity can be."""
        _check_order("mean", [self.mean])
        _check_order("bounds", [self.low, self.high])
        _check_above("deviation", self.deviation, 0)
        _check_within(*self._ends)

    @property
    def _ends(self) -> tuple[float, float]:
        """The bounds, in deviations from the mean."""
        return (self.low - self.mean) / self.deviation, (self.high - self.mean) / self.deviation

    @property
    def fixed(self) -> bool:
        """Whether only one value is possible: never."""
        return False

    def at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Quantiles of the quantity, see `Quantity.at`."""
        values = self.mean + self.deviation * normal_quantile(share, *self._ends)
        return _with_ends(share, values, self.low, self.high)

    def scaled(self, factor: float) -> Normal:
        """Return the same quantity in another unit."""
        centre = (self.mean * factor, self.deviation * factor)
        return Normal(*centre, self.low * factor, self.high * factor)


@dataclass(frozen=True, slots=True)
class LogNormal:
    """A quantity whose logarithm is normal, of which only what lies within bounds is possible.

    Attributes
    ----------
    median : float
        The median, above 0, before what lies beyond the bounds is cut off.
    factor : float
        The geometric standard deviation, above 1: about two thirds of all values lie between
        the median divided by it and the median times it.
    low, high : float
        The bounds, 0 or more.

    Examples
    --------
    >>> from journey import LogNormal
    >>> halt_h = LogNormal(median=1.0, factor=2.0, low=0.25, high=8.0)
    >>> halt_h.at([0.05, 0.5, 0.95]).round(2).tolist()
    [0.36, 1.02, 3.12]
    """

    median: float
    factor: float
    low: float
    high: float

    def __post_init__(self) -> None:
        """Check that such a quantity can be."""
        _check_order("bounds", [self.low, self.high])
        if self.low < 0:
            raise InputError(f"low {plain(self.low)}: expected 0 or more")
        _check_above("high", self.high, 0)
        _check_above("median", self.median, 0)
        _check_above("factor", self.factor, 1)
        _check_within(*self._ends)

    @property
    def _ends(self) -> tuple[float, float]:
        """The logarithms of the bounds, in those of the factor from that of the median."""
        middle, deviation = math.log(self.median), math.log(self.factor)
        lowest = math.log(self.low) if self.low else -math.inf
        return (lowest - middle) / deviation, (math.log(self.high) - middle) / deviation

    @property
    def fixed(self) -> bool:
        """Whether only one value is possible: never."""
        return False

    def at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Quantiles of the quantity, see `Quantity.at`."""
        logarithms = math.log(self.factor) * normal_quantile(share, *self._ends)
        # The bounds of the logarithm keep its exponential finite.
        values = np.exp(np.minimum(math.log(self.median) + logarithms, math.log(self.high)))
        return _with_ends(share, values, self.low, self.high)

    def scaled(self, factor: float) -> LogNormal:
        """Return the same quantity in another unit."""
        return LogNormal(self.median * factor, self.factor, self.low * factor, self.high * factor)


def _check_order(kind: str, values: list[float]) -> None:
    if not all(math.isfinite(value) for value in values):
        raise InputError(f"{kind} {values}: expected finite numbers")
    if sorted(values) != values:
        raise InputError(f"{kind} {values}: expected them in order, the lowest first")


def _check_above(name: str, value: float, bound: float) -> None:
    if not bound < value < math.inf:
        raise InputError(f"{name} {plain(value)}: expected a finite number above {bound:g}")


def _check_within(low: float, high: float) -> None:
    """Check that bounds, in deviations from the middle, leave enough of a distribution."""
    share = normal_share(low, high)
    if not share >= LEAST_WITHIN:
        raise InputError(
            f"the bounds leave {max(share, 0):.1g} of the probability, expected "
            f"{LEAST_WITHIN:g} or more; widen them, or move the middle between them"
        )


def _with_ends(
    share: ArrayLike, values: NDArray[np.float64], low: float, high: float
) -> NDArray[np.float64]:
    """Values without what rounding takes from their ends or adds beyond them."""
    share = np.asarray(share)
    within = np.clip(values, low, high)
    return np.where(share <= 0, low, np.where(share >= 1, high, within))
