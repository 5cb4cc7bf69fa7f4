"""One of several quantities: values of a list, or accounts that contradict each other."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from journey.errors import InputError
from journey.quantities import Range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import ArrayLike, NDArray

    from journey.quantities import Quantity

WEIGHT_TOLERANCE = 1e-6


@dataclass(frozen=True, slots=True)
class Listed:
    """A quantity that has one of a few values.

    Attributes
    ----------
    values : tuple of float
        What it may be, in any order.
    weights : tuple of float
        The probability of each; they sum to 1.

    Examples
    --------
    >>> from journey import Listed
    >>> Listed((0.0, 6.0), (0.75, 0.25)).at([0.5, 0.9]).tolist()
    [0.0, 6.0]
    """

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        """Check that each value is finite and has a weight."""
        if not all(map(math.isfinite, self.values)):
            raise InputError(f"values {list(self.values)}: expected finite numbers")
        check_weights(self.weights, len(self.values))

    @property
    def low(self) -> float:
        """The least value."""
        return min(self.values)

    @property
    def high(self) -> float:
        """The greatest value."""
        return max(self.values)

    @property
    def fixed(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Quantiles of the quantity, see `Quantity.at`."""
        order = np.argsort(self.values)
        which = np.searchsorted(_bounds(np.take(self.weights, order)), share)
        return np.asarray(np.take(self.values, order)[which], dtype=np.float64)

    def scaled(self, factor: float) -> Listed:
        """Return the same quantity in another unit."""
        return Listed(tuple(value * factor for value in self.values), self.weights)


@dataclass(frozen=True, slots=True)
class Mixture:
    """One of several quantities: accounts that contradict each other, or ways it may turn out.

    Attributes
    ----------
    parts : tuple of Quantity
        What it may be, in any order.
    weights : tuple of float
        The probability of each; they sum to 1.

    Examples
    --------
    >>> from journey import Mixture, Range
    >>> either = Mixture((Range(20.0, 30.0), Range(50.0, 60.0)), (0.5, 0.5))
    >>> either.at([0.25, 0.75]).tolist()
    [25.0, 55.0]
    """

    parts: tuple[Quantity, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        """Check that each part has a weight."""
        check_weights(self.weights, len(self.parts))

    @property
    def low(self) -> float:
        """The least value of any part."""
        return min(part.low for part in self.parts)

    @property
    def high(self) -> float:
        """The greatest value of any part."""
        return max(part.high for part in self.parts)

    @property
    def fixed(self) -> bool:
        """Whether only one value is possible."""
        return self.low == self.high

    def at(self, share: ArrayLike) -> NDArray[np.float64]:
        """Values of the quantity: the share picks the part, and what remains of it the value.

        A larger share may therefore give a smaller value.
        """
        every = np.ravel(np.asarray(share, dtype=np.float64))
        values = np.empty(every.shape)
        edges = (0.0, *_bounds(self.weights), 1.0)
        for part, (start, end) in zip(self.parts, pairwise(edges), strict=True):
            here = np.flatnonzero((start <= every) & (every <= end))
            values[here] = part.at((every[here] - start) / (end - start))
        return values.reshape(np.shape(share))

    def scaled(self, factor: float) -> Mixture:
        """Return the same quantity in another unit."""
        return Mixture(tuple(part.scaled(factor) for part in self.parts), self.weights)


def alternatives(parts: Sequence[Quantity], weights: Sequence[float]) -> Quantity:
    """Make one quantity of several alternatives.

    Parameters
    ----------
    parts : sequence of Quantity
        What it may be.
    weights : sequence of float
        The probability of each; they sum to 1.

    Returns
    -------
    Quantity
        The only alternative itself, `Listed` where all are fixed, otherwise `Mixture`.

    Raises
    ------
    InputError
        If there is not one weight above 0 for each, or they do not sum to 1.
    """
    check_weights(weights, len(parts))
    if len(parts) == 1:
        return parts[0]
    if all(part.fixed for part in parts):
        return Listed(tuple(part.low for part in parts), tuple(weights))
    return Mixture(tuple(parts), tuple(weights))


def accounts(
    quantity: Quantity, share: NDArray[np.float64]
) -> Iterator[tuple[Quantity, NDArray[np.intp]]]:
    """Tell which of several alternatives holds, by a share of its own.

    Parameters
    ----------
    quantity : Quantity
        Of any kind; one that has no alternatives is the only one.
    share : ndarray, shape (n,)
        Uniform shares, 0 to 1.

    Yields
    ------
    part : Quantity
        One of the alternatives.
    here : ndarray of int
        Which of the shares pick it.
    """
    parts: tuple[Quantity, ...] = (quantity,)
    weights: tuple[float, ...] = (1.0,)
    if isinstance(quantity, Mixture):
        parts, weights = quantity.parts, quantity.weights
    elif isinstance(quantity, Listed):
        parts, weights = tuple(Range(each, each) for each in quantity.values), quantity.weights
    picked = np.searchsorted(_bounds(weights), share)
    for number, part in enumerate(parts):
        yield part, np.flatnonzero(picked == number)


def check_weights(weights: Sequence[float], count: int) -> None:
    """Check the weights of alternatives.

    Raises
    ------
    InputError
        If there is not one above 0 for each, or they do not sum to 1.
    """
    if len(weights) != count or not weights:
        raise InputError(f"{len(weights)} weights for {count} alternatives: expected one for each")
    for weight in weights:
        if not weight > 0:
            raise InputError(f"weight {100 * weight:.9g} %: expected above 0; take that one out")
    if not abs(sum(weights) - 1) <= WEIGHT_TOLERANCE:
        total = f"{100 * sum(weights):.9g} %"
        raise InputError(f"the weights sum to {total}, expected 100 %; mend one of them")


def _bounds(weights: ArrayLike) -> NDArray[np.float64]:
    """Shares of probability at which one alternative ends and the next begins."""
    ends = np.cumsum(weights)
    bounds: NDArray[np.float64] = ends[:-1] / ends[-1]
    return bounds
