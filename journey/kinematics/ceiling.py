"""How fast the front may be: limits that hold until the rear has cleared them, and stops."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.kinematics.path import RunningPath


@dataclass(frozen=True, eq=False)
class Ceiling:
    """The highest speed of the front, cell by cell from start to end of a run.

    Attributes
    ----------
    chainage_m : ndarray, shape (cells + 1,)
        Bounds of the cells, m.
    limit_mps : ndarray, shape (..., cells)
        Highest speed within each, m/s.
    gradient : ndarray, shape (cells,)
        Gradient under the front.
    halt : ndarray of bool, shape (cells + 1,)
        Where the train stands: at both ends and at the stops.
    """

    chainage_m: NDArray[np.float64]
    limit_mps: NDArray[np.float64]
    gradient: NDArray[np.float64]
    halt: NDArray[np.bool_]

    @property
    def knot_mps(self) -> NDArray[np.float64]:
        """Highest speed at each bound, m/s, shape (..., cells + 1)."""
        knot_mps = np.zeros((*self.limit_mps.shape[:-1], len(self.chainage_m)))
        np.minimum(self.limit_mps[..., 1:], self.limit_mps[..., :-1], out=knot_mps[..., 1:-1])
        knot_mps[..., self.halt] = 0.0
        return knot_mps

    @property
    def rounding_s(self) -> NDArray[np.float64]:
        """What the rounding of the bounds may do to the running time, s, shape (...)."""
        least_m = np.spacing(np.abs(self.chainage_m).max())
        rounding_s: NDArray[np.float64] = least_m * (1 / self.limit_mps).sum(axis=-1)
        return rounding_s


def lay_ceiling(path: RunningPath, length_m: float, max_speed_mps: float) -> Ceiling:
    """Lay a train's length and highest speed over a path.

    The front may run no faster than the lowest limit that any part of the train is on, so that a
    higher limit holds only once the rear has cleared the lower one.

    Parameters
    ----------
    path : RunningPath
        Limits, gradients and stops.
    length_m : float
        Length of the train, m.
    max_speed_mps : float
        Its own highest speed, m/s.
    """
    bounds_m = path.chainage_m
    cleared_m = bounds_m + length_m
    places_m = (bounds_m, cleared_m[1:-1][_may_rise(path)], path.stop_m, [path.start_m])
    knots_m = np.unique(np.concatenate(places_m))
    knots_m = knots_m[(knots_m >= path.start_m) & (knots_m <= bounds_m[-1])]
    under_front = np.searchsorted(bounds_m, knots_m[:-1], "right") - 1
    under_rear = np.searchsorted(cleared_m, knots_m[:-1], "right").clip(1) - 1
    limit_mps = _lowest_within(path.limit_mps, under_rear, under_front)
    halt = np.isin(knots_m, path.stop_m)
    halt[[0, -1]] = True
    return Ceiling(knots_m, np.minimum(limit_mps, max_speed_mps), path.gradient[under_front], halt)


def _may_rise(path: RunningPath) -> NDArray[np.bool_]:
    """Behind which cells the limit rises.

    With many draws behind all of them, so that what one draw gives does not depend, in its last
    digits, on the others that it is computed with.
    """
    if path.limit_mps.ndim > 1:
        return np.ones(len(path.chainage_m) - 2, dtype=np.bool_)
    rises: NDArray[np.bool_] = path.limit_mps[1:] > path.limit_mps[:-1]
    return rises


def _lowest_within(
    values: NDArray[np.float64], first: NDArray[np.intp], last: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Lowest of the values from each `first` to its `last`, along the last axis."""
    padded = np.concatenate([values, np.full((*values.shape[:-1], 1), np.inf)], axis=-1)
    bounds = np.column_stack([first, last + 1]).ravel()
    lowest: NDArray[np.float64] = np.minimum.reduceat(padded, bounds, axis=-1)[..., ::2]
    return lowest
