"""Halts that nobody reported: drawn along the line as a Poisson process."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.ensemble.shares import shares, stream
from journey.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from journey.statements import UnreportedHalts

MOST_HALTS = 100
M_PER_1000_KM = 1e6


class Halts(NamedTuple):
    """The halts of many draws, in no order.

    Attributes
    ----------
    draw : ndarray of int, shape (halts,)
        Whose halt it is.
    at_m : ndarray, shape (halts,)
        Chainage, m.
    duration_s : ndarray, shape (halts,)
        The time that it costs, s.
    """

    draw: NDArray[np.intp]
    at_m: NDArray[np.float64]
    duration_s: NDArray[np.float64]

    def before(self, chainage_m: NDArray[np.float64], draws: int) -> Iterator[NDArray[np.float64]]:
        """Time spent in halts before each of some ascending chainages, s, shape (draws,) each.

        The array given is the same each time, with more in it.
        """
        behind = np.searchsorted(chainage_m, self.at_m)
        order = np.argsort(behind, kind="stable")
        ends = np.searchsorted(behind[order], np.arange(len(chainage_m)), side="right")
        spent_s = np.zeros(draws)
        for part in np.split(order, ends)[:-1]:
            np.add.at(spent_s, self.draw[part], self.duration_s[part])
            yield spent_s

    def part(self, start: int, stop: int) -> Halts:
        """The halts of some draws, which are counted from the first of these."""
        kept = (self.draw >= start) & (self.draw < stop)
        return Halts(self.draw[kept] - start, self.at_m[kept], self.duration_s[kept])

    def short_of(self, chainage_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Time spent before the chainage of each draw, s, shape (draws,)."""
        passed = self.at_m < chainage_m[self.draw]
        spent_s = np.zeros(len(chainage_m))
        np.add.at(spent_s, self.draw, self.duration_s * passed)
        return spent_s


NO_HALTS = Halts(np.empty(0, dtype=np.intp), np.empty(0), np.empty(0))


def draw_halts(stated: UnreportedHalts, length_m: float, seed: int, block: int, row: int) -> Halts:
    """Draw the unreported halts of a block of draws.

    How many there are is drawn first, evenly; then for each its place, alike likely everywhere on
    the way, and its length. The first halts of a draw stay the same where there may be more.

    Parameters
    ----------
    stated : UnreportedHalts
        How many, and how long.
    length_m : float
        Length of the way, m.
    seed, block, row : int
        As of `journey.ensemble.shares.shares`.

    Raises
    ------
    InputError
        If they would be too many.
    """
    most = stated.per_1000_km.high * length_m / M_PER_1000_KM
    if most > MOST_HALTS:
        raise InputError(
            f"unreported_halts.per_1000_km: {most:.0f} halts on the way: expected at most "
            f"{MOST_HALTS}; say fewer"
        )
    rate = stated.per_1000_km.at(shares(seed, "halts rate", block, row))
    mean = rate * length_m / M_PER_1000_KM
    count = _poisson(shares(seed, "halts", block, row), mean)
    draws = [np.flatnonzero(count > number) for number in range(count.max())]

    def drawn(what: str) -> NDArray[np.float64]:
        each = (
            stream(seed, f"halt {number} {what}", block).random(count.size)[draw]
            for number, draw in enumerate(draws)
        )
        return np.concatenate([NO_HALTS.at_m, *each])

    duration_s = stated.duration_s.at(drawn("length"))
    return Halts(np.concatenate([NO_HALTS.draw, *draws]), drawn("place") * length_m, duration_s)


def _poisson(share: NDArray[np.float64], mean: NDArray[np.float64]) -> NDArray[np.intp]:
    """Quantiles of the Poisson distribution, each with its own mean."""
    count = np.zeros(share.shape, dtype=np.intp)
    term = np.exp(-mean)
    below = term.copy()
    # Rounding must not let it search for ever.
    most = int(mean.max() + 12 * np.sqrt(mean.max()) + 40)
    for number in range(1, most):
        beyond = share > below
        if not beyond.any():
            break
        count += beyond
        term *= mean / number
        below += term
    return count
