"""The motion between two knots of a run: a cubic in time, after Hermite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

NEWTON_STEPS = 3


@dataclass(frozen=True, slots=True)
class Pieces:
    """Pieces of runs between two knots each, in arrays of one shape.

    Attributes
    ----------
    start_m, length_m : ndarray
        Chainage at the first knot, and length to the second, m.
    start_s, lasting_s : ndarray
        Time at the first knot, and from it to the second, s.
    start_mps, end_mps : ndarray
        Speed at both, m/s.
    """

    start_m: NDArray[np.float64]
    length_m: NDArray[np.float64]
    start_s: NDArray[np.float64]
    lasting_s: NDArray[np.float64]
    start_mps: NDArray[np.float64]
    end_mps: NDArray[np.float64]

    @classmethod
    def between(
        cls, start: Iterable[NDArray[np.float64]], end: Iterable[NDArray[np.float64]]
    ) -> Pieces:
        """Take the knots before and after each: chainages, m, times, s, and speeds, m/s."""
        (start_m, start_s, start_mps), (end_m, end_s, end_mps) = start, end
        return cls(start_m, end_m - start_m, start_s, end_s - start_s, start_mps, end_mps)

    def length_after(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Length run after a share of the time, m: the cubic of Hermite."""
        rest = 1 - share
        by_start_m = self.start_mps * self.lasting_s * rest
        by_end_m = self.end_mps * self.lasting_s * share
        length_m: NDArray[np.float64] = share * (
            self.length_m * share * (3 - 2 * share) + (by_start_m - by_end_m) * rest
        )
        return length_m

    def speed_after(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Speed after a share of the time, m/s: the derivative of the cubic.

        Between two knots a train does not both gain and lose speed; in a piece so short that its
        length is mostly rounding the derivative would.
        """
        rest = 1 - share
        mean_mps = np.divide(
            self.length_m, self.lasting_s, out=self.start_mps.copy(), where=self.lasting_s > 0
        )
        speed_mps = 6 * mean_mps * share * rest
        speed_mps += self.start_mps * rest * (1 - 3 * share)
        speed_mps += self.end_mps * share * (3 * share - 2)
        low_mps = np.minimum(self.start_mps, self.end_mps)
        high_mps = np.maximum(self.start_mps, self.end_mps)
        speed: NDArray[np.float64] = np.clip(speed_mps, low_mps, high_mps)
        return speed

    def share_at(self, length_m: NDArray[np.float64]) -> NDArray[np.float64]:
        """Share of the time after which a length has been run.

        Begins with constant acceleration, where it is exact, and mends by Newton's method what
        a varying one needs.
        """
        part = _ratio(length_m, self.length_m)
        squares = self.start_mps**2 + (self.end_mps**2 - self.start_mps**2) * part
        mean_mps = (self.start_mps + np.sqrt(squares)) / 2
        share = _ratio(part * (self.start_mps + self.end_mps) / 2, mean_mps)
        for _ in range(NEWTON_STEPS):
            speed_m = self.speed_after(share) * self.lasting_s
            share = share - _ratio(self.length_after(share) - length_m, speed_m)
            share = share.clip(0.0, 1.0)
        return share


def _ratio(over: NDArray[np.float64], under: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(over, under, out=np.zeros_like(over), where=under > 0)
