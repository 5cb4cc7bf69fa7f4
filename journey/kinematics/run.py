"""A run: when and how fast the front of a train is where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from journey.errors import InputError
from journey.kinematics.pieces import Pieces

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

ROUNDING = 1e-9


@dataclass(frozen=True, eq=False)
class Run:
    """One run of a train, or many along the last axis but one.

    Between two knots, position is the cubic in time that has the positions and the speeds of
    both: where acceleration is constant, which is everywhere in a ``cruise`` or a ``profile``,
    that is the motion itself. In ``dynamics``, where acceleration varies, the knots are so close
    that it is within 1 mm and 0.1 ms of the motion, beside what `error_s` says of the knots
    themselves. A stop has two knots at one chainage, its dwell apart.

    Attributes
    ----------
    chainage_m : ndarray, shape (..., knots)
        Where the front is, m, never decreasing.
    time_s : ndarray, shape (..., knots)
        When, seconds after the start, never decreasing.
    speed_mps : ndarray, shape (..., knots)
        How fast, m/s.
    dwell_s : float
        How long the train stands at stops in all, s.
    error_s : ndarray, shape (...)
        Bound on the numerical error of the running time, s. It says nothing of the figures that
        the run was computed from.
    energy_j : float or None
        Work at the wheel rim, J; None where the tractive effort was not computed.
    """

    chainage_m: NDArray[np.float64]
    time_s: NDArray[np.float64]
    speed_mps: NDArray[np.float64]
    dwell_s: float
    error_s: NDArray[np.float64]
    energy_j: float | None = None

    @property
    def running_time_s(self) -> NDArray[np.float64]:
        """Time from start to end without the dwell at stops, s, shape (...)."""
        return self.time_s[..., -1] - self.dwell_s

    @property
    def max_speed_mps(self) -> NDArray[np.float64]:
        """Highest speed of the run, m/s, shape (...)."""
        highest: NDArray[np.float64] = self.speed_mps.max(axis=-1)
        return highest

    def time_at(self, chainage_m: ArrayLike, *, leaving: bool = False) -> NDArray[np.float64]:
        """When the front reaches given chainages.

        Parameters
        ----------
        chainage_m : array_like
            Chainage, m, any shape.
        leaving : bool
            At a stop, whether to give the departure and not the arrival.

        Returns
        -------
        ndarray
            Seconds after the start; the run's shape and then that of `chainage_m`.

        Raises
        ------
        InputError
            If a chainage lies outside the run or is not a number.
        """
        wanted_m = _within(self.chainage_m, chainage_m, "chainage", "m")
        piece = self._piece(self.chainage_m, wanted_m, "right" if leaving else "left")
        share = piece.share_at(wanted_m.ravel() - piece.start_m)
        return self._shaped(piece.start_s + share * piece.lasting_s, wanted_m)

    def speed_at(self, chainage_m: ArrayLike) -> NDArray[np.float64]:
        """How fast the front passes given chainages, m/s; as `time_at`.

        Where the speed changes at once, as in a ``cruise``, it is the speed before.
        """
        wanted_m = _within(self.chainage_m, chainage_m, "chainage", "m")
        piece = self._piece(self.chainage_m, wanted_m, "left")
        share = piece.share_at(wanted_m.ravel() - piece.start_m)
        return self._shaped(piece.speed_after(share), wanted_m)

    def position_at(self, time_s: ArrayLike) -> NDArray[np.float64]:
        """Where the front is at given times, m.

        Parameters
        ----------
        time_s : array_like
            Seconds after the start, any shape.

        Returns
        -------
        ndarray
            Chainage, m; the run's shape and then that of `time_s`.

        Raises
        ------
        InputError
            If a time lies before the start, after the end, or is not a number.
        """
        wanted_s = _within(self.time_s, time_s, "time", "s")
        piece = self._piece(self.time_s, wanted_s, "left")
        beyond_s = wanted_s.ravel() - piece.start_s
        share = np.divide(
            beyond_s, piece.lasting_s, out=np.zeros_like(beyond_s), where=piece.lasting_s > 0
        )
        return self._shaped(piece.start_m + piece.length_after(share), wanted_s)

    def _piece(
        self,
        knots: NDArray[np.float64],
        wanted: NDArray[np.float64],
        side: Literal["left", "right"],
    ) -> Pieces:
        """Find the piece between two knots that each wanted value lies in."""
        count = knots.shape[-1]
        rows = knots.reshape(-1, count)
        flat = wanted.ravel()
        number = np.stack([np.searchsorted(row, flat, side) for row in rows])
        # From the left a knot belongs to the piece before it, from the right to the one after.
        number = number.clip(1, count - 1) - 1
        return self._pieces(number.reshape(*knots.shape[:-1], flat.size))

    def _pieces(self, number: NDArray[np.intp]) -> Pieces:
        return Pieces.between(self._knots(number), self._knots(number + 1))

    def _knots(self, number: NDArray[np.intp]) -> list[NDArray[np.float64]]:
        arrays = (self.chainage_m, self.time_s, self.speed_mps)
        return [np.take_along_axis(array, number, axis=-1) for array in arrays]

    def _shaped(
        self, values: NDArray[np.float64], wanted: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        return values.reshape((*self.time_s.shape[:-1], *wanted.shape))


def _within(
    knots: NDArray[np.float64], wanted: ArrayLike, what: str, unit: str
) -> NDArray[np.float64]:
    values = np.asarray(wanted, dtype=np.float64)
    low, high = knots[..., 0].max(), knots[..., -1].min()
    slack = ROUNDING * max(abs(low), abs(high))
    inside = (values >= low - slack) & (values <= high + slack)
    if not inside.all():
        wrong = np.extract(~inside, values)[0]
        raise InputError(f"{what} {wrong:g} {unit}: expected {low:g} to {high:g} {unit}")
    return values.clip(low, high)
