"""Where drawn journeys come from: block by block, the same every time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from journey.drawing.sampling import draw_block
from journey.drawing.shares import LONGEST_ROW, Blocks

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.drawing.draws import Draws
    from journey.plan import Plan

MOST_KEPT = 2
HEAVIEST = 2.0**26
"""The weight of the journey that counts most: whole numbers up to it, so that sums are exact."""


class Population(Protocol):
    """Drawn journeys in blocks."""

    @property
    def count(self) -> int:
        """How many blocks there are."""

    @property
    def row(self) -> int:
        """Draws in a row of a block."""

    @property
    def effective(self) -> float:
        """As many independent journeys tell as much."""

    def block(self, number: int) -> Draws:
        """Journeys of one of the blocks."""


@dataclass(frozen=True)
class Stated:
    """Journeys drawn from what a scenario states."""

    plan: Plan
    blocks: Blocks
    seed: int

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return self.blocks.count

    @property
    def row(self) -> int:
        """Draws in a row of a block."""
        return self.blocks.row

    @property
    def effective(self) -> float:
        """All of them."""
        return float(self.blocks.draws)

    def block(self, number: int) -> Draws:
        """Journeys of one of the blocks."""
        if number >= MOST_KEPT:
            return draw_block(self.plan, self.blocks, self.seed, number)
        if number not in self._kept:
            self._kept[number] = draw_block(self.plan, self.blocks, self.seed, number)
        return self._kept[number]

    @cached_property
    def _kept(self) -> dict[int, Draws]:
        """The first blocks, which are asked for again and again: all, where there are few."""
        return {}


@dataclass(frozen=True, eq=False)
class Weighed:
    """Stated journeys, of which each counts as much as reports make it likely.

    Attributes
    ----------
    stated : Stated
        The journeys.
    weight : ndarray, shape (draws,)
        Whole numbers.
    effective : float
        As many independent journeys tell as much.
    """

    stated: Stated
    weight: NDArray[np.float64]
    effective: float

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return self.stated.count

    @property
    def row(self) -> int:
        """Draws in a row of a block."""
        return self.stated.row

    def block(self, number: int) -> Draws:
        """Journeys of one of the blocks."""
        draws = self.stated.block(number)
        start = number * self.stated.blocks.block
        return replace(draws, weight=self.weight[start : start + draws.count])


@dataclass(frozen=True, eq=False)
class Kept:
    """Journeys that are kept in memory, in blocks of full rows.

    Attributes
    ----------
    draws : tuple of Draws
        The blocks.
    effective : float
        As many independent journeys tell as much.
    """

    draws: tuple[Draws, ...]
    effective: float

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return len(self.draws)

    @property
    def row(self) -> int:
        """Draws in a row of a block."""
        return LONGEST_ROW

    def block(self, number: int) -> Draws:
        """Journeys of one of the blocks."""
        return self.draws[number]


def whole_weights(weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Make weights whole numbers in the same proportion.

    Parameters
    ----------
    weight : ndarray
        0 or more, of which one at least is above 0.
    """
    whole: NDArray[np.float64] = np.rint(weight * (HEAVIEST / weight.max()))
    return whole
