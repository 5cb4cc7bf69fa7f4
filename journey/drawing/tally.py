"""Counting draws in bins: quantiles of any number of them in the same memory.

Tallies of parts of the draws add up to the tally of all, to the last count and in any order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Self

import numpy as np

from journey.drawing.shares import GROUPS

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

BINS = 8192
"""For each row of values: a quantile is at most one of them from the draws' own."""
COARSE = 8
"""Bins that go together where groups of draws are told apart."""
COARSE_BINS = BINS // COARSE
LEAST_BETWEEN = 100
"""Draws on either side of a quantile that tell how dense they are there."""
LEAST_BEYOND = 10
"""Draws beyond a quantile, or its standard error is not known."""
JUMP = 4.0
"""Two estimates of a density that differ by more than this factor show that it is none."""


@dataclass(frozen=True, eq=False)
class Tally:
    """Drawn values of several things, such as arrivals at several stations, counted in bins.

    Attributes
    ----------
    low : ndarray, shape (rows,)
        Where the first bin of each row begins.
    width : ndarray, shape (rows,)
        Width of its bins; zero where only one value is possible. The first and the last bin also
        have what lies beyond.
    ends : ndarray, shape (rows, 2)
        The least and the greatest value that was counted.
    counts : ndarray of int, shape (rows, BINS)
        Draws in each bin, or where they are weighted their weights, which are whole numbers.
    group_counts : ndarray of int, shape (rows, GROUPS, COARSE_BINS)
        The same of each independent group, in wider bins; of a part of the draws, if they are many.
    group_sizes : ndarray of int, shape (GROUPS,)
        How many these are.
    per_draw : float
        Weight that stands for one independent draw.
    """

    low: NDArray[np.float64]
    width: NDArray[np.float64]
    ends: NDArray[np.float64]
    counts: NDArray[np.intp]
    group_counts: NDArray[np.int32] | NDArray[np.int64]
    group_sizes: NDArray[np.intp]
    per_draw: float = 1.0

    @classmethod
    def between(cls, expected: NDArray[np.float64], *, weighted: bool = False) -> Tally:
        """Make an empty tally.

        Parameters
        ----------
        expected : ndarray, shape (rows, 2)
            Between which values most of each row will lie.
        weighted : bool
            Whether draws have weights, so that counts grow large.
        """
        rows = len(expected)
        low, high = expected.T
        shape = (rows, GROUPS, COARSE_BINS)
        return cls(
            low=low,
            width=(high - low) / BINS,
            ends=np.tile([np.inf, -np.inf], (rows, 1)),
            counts=np.zeros((rows, BINS), dtype=np.intp),
            group_counts=np.zeros(shape, np.int64) if weighted else np.zeros(shape, np.int32),
            group_sizes=np.zeros(GROUPS, dtype=np.intp),
        )

    def emptied(self) -> Tally:
        """Make an empty tally of the same bins."""
        # With the very same bins: a width that is computed anew may differ in the last digit.
        weighted = self.group_counts.dtype == np.int64
        empty = Tally.between(np.zeros_like(self.ends), weighted=weighted)
        return replace(empty, low=self.low, width=self.width)

    @property
    def draws(self) -> int:
        """How many draws were counted, or their weight."""
        return int(self.counts[0].sum())

    def measure(self, group: NDArray[np.intp], weight: NDArray[np.float64] | None = None) -> None:
        """Take note of the groups of a block, before the values of its rows are added."""
        self.group_sizes[:] += _counted(group, weight, GROUPS)

    def add(
        self,
        row: int,
        values: NDArray[np.float64],
        group: NDArray[np.intp] | None = None,
        weight: NDArray[np.float64] | None = None,
    ) -> None:
        """Count the values of one row.

        Parameters
        ----------
        row : int
            Which of the rows.
        values : ndarray, shape (draws,)
            One for each draw.
        group : ndarray of int, shape (draws,), optional
            The group of each draw, if it is to be told apart.
        weight : ndarray, shape (draws,), optional
                Whole numbers, 0 or more; by default 1.
        """
        counted = values if weight is None else values[weight > 0]
        if not counted.size:
            return
        self._forget()
        ends = self.ends[row]
        ends[:] = min(ends[0], counted.min()), max(ends[1], counted.max())
        bins = self._bins(row, values)
        self.counts[row] += _counted(bins, weight, BINS)
        if group is not None:
            bins //= COARSE
            bins += group * COARSE_BINS
            of_groups = _counted(bins, weight, GROUPS * COARSE_BINS)
            self.group_counts[row] += of_groups.reshape(GROUPS, COARSE_BINS)

    def _bins(self, row: int, values: NDArray[np.float64]) -> NDArray[np.intp]:
        least, most = values.min(), values.max()
        low, width = self.low[row], self.width[row]
        per_unit = 1 / width if width > 0 else 0.0
        bins: NDArray[np.intp] = ((values - low) * per_unit).astype(np.intp)
        if least < low or (most - low) * per_unit >= BINS:
            np.clip(bins, 0, BINS - 1, out=bins)
        return bins

    def __iadd__(self, other: Tally) -> Self:
        """Add the draws of another tally of the same bins."""
        self._forget()
        np.minimum(self.ends[:, 0], other.ends[:, 0], out=self.ends[:, 0])
        np.maximum(self.ends[:, 1], other.ends[:, 1], out=self.ends[:, 1])
        self.counts[:] += other.counts
        self.group_counts[:] += other.group_counts
        self.group_sizes[:] += other.group_sizes
        return self

    def quantiles(self, shares: ArrayLike) -> NDArray[np.float64]:
        """Values below which given shares of the draws lie.

        Parameters
        ----------
        shares : array_like, shape (n,) or (rows, n)
            From 0 to 1.

        Returns
        -------
        ndarray, shape (rows, n)
            Each at most a bin's width from the quantile of the draws themselves, unless it lies
            beyond the bins.
        """
        rows = len(self.low)
        wanted = np.broadcast_to(shares, (rows, np.shape(shares)[-1])) * self.draws
        sums, steps = self._sums
        # Of a share that is not known there is a bin, too, but no value.
        least = np.nan_to_num(np.ceil(wanted)).astype(np.intp) + steps
        places = np.searchsorted(sums.ravel(), least) - np.arange(rows)[:, None] * BINS
        bins = np.minimum(places, BINS - 1)
        below = np.take_along_axis(sums, bins, axis=1) - steps
        return self._within(bins, below, wanted)

    @cached_property
    def _sums(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Draws up to each bin, with what sets each row beyond the one before, and these steps.

        So all rows are one sequence in order, of whole numbers, and are searched at once, exactly.
        """
        sums = self.counts.cumsum(axis=1)
        steps = np.concatenate([[0], np.cumsum(sums[:-1, -1] + 1)])[:, None]
        sums += steps
        return sums, steps

    def _forget(self) -> None:
        """Forget what was found before more is counted."""
        self.__dict__.pop("_sums", None)

    def standard_errors(self, shares: ArrayLike) -> NDArray[np.float64]:
        """Standard errors of quantiles, from how much independent groups differ.

        Parameters
        ----------
        shares : array_like, shape (n,)
            From 0 to 1.

        Returns
        -------
        ndarray, shape (rows, n)
            In the unit of the values; not a number where there are too few draws to tell.

        Notes
        -----
        The share of draws below the quantile is a ratio over random groups, and its standard error
        that of a ratio (Wolter 2007, chapter 2). It is carried over to the value by the quantiles
        that far below and above (Woodruff 1952). Since so few draws lie between these that chance
        would tell how dense they are, the density is taken from some more, except where it changes
        at once: at a gap, or at a value that many draws have.
        """
        share = np.asarray(shares, dtype=np.float64)
        error = self._share_errors(self.quantiles(share))
        draws = self.draws / self.per_draw
        least = np.minimum(LEAST_BETWEEN / draws, np.minimum(share, 1 - share) / 2)
        # At an end of the draws there is nothing on one side: what is least there is above zero.
        near, far = error + 1 / draws, np.maximum(error, np.maximum(least, 1e-12))
        direct = self._half_between(share, near)
        smooth = self._half_between(share, far) * error / far
        jumps = (smooth > JUMP * direct) | (direct > JUMP * smooth)
        found = np.where(jumps, direct, smooth)
        found[self.ends[:, 0] == self.ends[:, 1]] = 0.0
        found[:, np.minimum(share, 1 - share) * draws < LEAST_BEYOND] = np.nan
        return found

    def _half_between(
        self, share: NDArray[np.float64], step: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Half of what lies between the quantiles a step below and a step above."""
        below, above = (
            self.quantiles(np.clip(each, 0, 1)) for each in (share - step, share + step)
        )
        half: NDArray[np.float64] = (above - below) / 2
        return half

    def _within(
        self, bins: NDArray[np.intp], below: NDArray[np.intp], wanted: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Values within bins, shape (rows, n), as if draws lay evenly in each."""
        counted = np.take_along_axis(self.counts, bins, axis=1)
        # Where nothing lies in a bin, it is the first, and the share none at all.
        within = (wanted - (below - counted)) / np.maximum(counted, 1)
        low, width = self.low[:, None], self.width[:, None]
        first, last = self.ends[:, :1], self.ends[:, 1:]
        # The outermost bins have what lies beyond, and a bin may reach beyond what was counted.
        start = np.where(bins == 0, first, low + bins * width).clip(first, last)
        end = np.where(bins == BINS - 1, last, low + (bins + 1) * width).clip(first, last)
        values: NDArray[np.float64] = start + within * (end - start)
        return values

    def _share_errors(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Standard errors of the shares of draws below given values, shape (rows, n)."""
        return np.stack([self._row_share_errors(row, each) for row, each in enumerate(values)])

    def _row_share_errors(self, row: int, values: NDArray[np.float64]) -> NDArray[np.float64]:
        sizes = self.group_sizes[self.group_sizes > 0]
        if len(sizes) < 2:  # noqa: PLR2004 - one group does not differ
            return np.full(values.shape, np.nan)
        counts = self.group_counts[row, self.group_sizes > 0]
        below = np.concatenate([np.zeros((len(sizes), 1)), counts.cumsum(axis=1)], axis=1)
        width = self.width[row] * COARSE
        place = np.clip((values - self.low[row]) / (width or 1.0), 0, counts.shape[1])
        number = np.minimum(place.astype(np.intp), counts.shape[1] - 1)
        fewer = below[:, number] + (place - number) * counts[:, number]
        excess = fewer - sizes[:, None] * (fewer.sum(axis=0) / sizes.sum())
        scale = len(sizes) / (len(sizes) - 1)
        variance = scale * (excess**2).sum(axis=0) / sizes.sum() / self.draws
        errors: NDArray[np.float64] = np.sqrt(variance)
        return errors


def _counted(
    number: NDArray[np.intp], weight: NDArray[np.float64] | None, most: int
) -> NDArray[np.intp]:
    """How many draws, or what weight, each number has."""
    counts = np.bincount(number, weight, minlength=most)
    # Whole numbers, and exact as floats: their sum stays far below 2 to the power of 53.
    return counts if weight is None else counts.astype(np.intp)
