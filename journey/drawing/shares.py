"""Shares of probability for many draws: every random factor its own, the same in any chunks.

Draws come in rows. A row is a lattice (Korobov 1959): its points fill the space of the factors that
most scenarios have evenly, so that a quantile needs several times fewer draws than independent ones
would. Any other factor is spread evenly by itself, in an order that is random in each row. Each row
is shifted at random for each factor (Cranley and Patterson 1976), so that every point is evenly
distributed by itself, and rows are independent of one another: how much results differ from row to
row says how exact they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

GROUPS = 32
"""Independent groups of draws, from whose differences standard errors are found."""
LONGEST_ROW = 512
MULTIPLIER = 67
"""Whose powers span the lattice. Of all, it spreads pairs and triples of factors most evenly by the
criterion P2, over rows of 64 to 512."""
FACTORS = (
    "depart",
    "speed",
    "margin percent",
    "margin minutes",
    "train size",
    "train readiness",
    "train",
    "run",
    "halts",
)
"""Factors that have a dimension each of the lattice, a power of the multiplier."""


@dataclass(frozen=True, slots=True)
class Blocks:
    """How draws are divided: into blocks of at most `GROUPS` rows.

    Attributes
    ----------
    draws : int
        All of them.
    row : int
        Draws in a row, a power of two; the very last row may have fewer.
    """

    draws: int
    row: int

    @classmethod
    def of(cls, draws: int) -> Blocks:
        """Divide draws so that all groups have some, if there are enough."""
        longest = min(max(draws // GROUPS, 1), LONGEST_ROW)
        return cls(draws, 1 << (longest.bit_length() - 1))

    @property
    def block(self) -> int:
        """Draws in a block."""
        return self.row * GROUPS

    @property
    def count(self) -> int:
        """How many blocks there are."""
        return -(-self.draws // self.block)

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return -(-self.draws // self.row)

    def size(self, number: int) -> int:
        """Draws in one of the blocks."""
        return min(self.draws - number * self.block, self.block)


def stream(seed: int, name: str, block: int) -> np.random.Generator:
    """Spawn the random stream of a factor for one block of draws."""
    entropy = [seed, int.from_bytes(name.encode("utf-8", "surrogatepass"))]
    return np.random.default_rng(np.random.SeedSequence(entropy, spawn_key=(block,)))


def shares(seed: int, name: str, block: int, row: int) -> NDArray[np.float64]:
    """Shares of probability of one factor for a block of draws.

    Parameters
    ----------
    seed : int
        What all streams are spawned from.
    name : str
        The factor.
    block : int
        Number of the block.
    row : int
        Length of a row, a power of two, at most `LONGEST_ROW`.

    Returns
    -------
    ndarray, shape (GROUPS * row,)
        From 0 to 1; row by row.
    """
    random = stream(seed, name, block)
    shift = random.integers(0, row, (GROUPS, 1), dtype=np.uint32)
    within = random.random((GROUPS, 1))
    points = (_spread(row) * _steps(name, row, random) + shift) & np.uint32(row - 1)
    # Exact: the row is a power of two.
    return np.ravel((points + within) / row)


def deal(seed: int, name: str, block: int, row: int, of: int) -> NDArray[np.intp]:
    """Deal to each draw of a block one of so many of its row, as evenly as can be.

    Returns
    -------
    ndarray of int, shape (GROUPS * row,)
        Numbers below ``GROUPS * of``: those of each row are its own.
    """
    within = (shares(seed, name, block, row) * of).astype(np.intp)
    return within + np.repeat(np.arange(GROUPS) * of, row)


@cache
def _spread(row: int) -> NDArray[np.uint32]:
    """Numbers below a power of two in such an order that the first few are spread evenly too.

    So a row that is not complete is still even (van der Corput's order).
    """
    order = np.zeros(1, dtype=np.uint32)
    while len(order) < row:
        order = np.concatenate([order * 2, order * 2 + 1])
    order.flags.writeable = False
    return order


def _steps(name: str, row: int, random: np.random.Generator) -> NDArray[np.uint32]:
    """Odd numbers, shape (GROUPS, 1): multiplied by one, numbers below a power of two stay such."""
    if name in FACTORS:
        step = pow(MULTIPLIER, FACTORS.index(name), row)
        return np.full((GROUPS, 1), step, dtype=np.uint32)
    return random.integers(0, max(row // 2, 1), (GROUPS, 1), dtype=np.uint32) * 2 + 1
