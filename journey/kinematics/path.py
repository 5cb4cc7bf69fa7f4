"""The way of a run: limits and gradients by chainage, and where the train stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journey.errors import InputError
from journey.units import FASTEST_TRACK_KMH, MPS_PER_KMH

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

STEEPEST = 0.5


@dataclass(frozen=True, eq=False)
class RunningPath:
    """Limits and gradients along a line, cell by cell, and the stops on it.

    Positions are those of the train's front. It starts and ends at rest.

    Attributes
    ----------
    chainage_m : ndarray, shape (cells + 1,)
        Bounds of the cells, m, strictly increasing.
    limit_mps : ndarray, shape (..., cells)
        Speed limit of each cell, m/s; leading axes are draws.
    gradient : ndarray, shape (cells,)
        Rise over length of each cell, dimensionless; uphill above zero.
    start_m : float
        Where the front is at the start; what lies before it matters to the rear.
    stop_m : ndarray, shape (stops,)
        Chainage of the stops on the way, m, strictly increasing.
    dwell_s : ndarray, shape (stops,)
        How long the train stands at each, s.
    """

    chainage_m: NDArray[np.float64]
    limit_mps: NDArray[np.float64]
    gradient: NDArray[np.float64]
    start_m: float
    stop_m: NDArray[np.float64]
    dwell_s: NDArray[np.float64]

    @classmethod
    def of(  # noqa: PLR0913 - a path has this many sides
        cls,
        chainage_m: ArrayLike,
        limit_mps: ArrayLike,
        gradient: ArrayLike = 0.0,
        *,
        start_m: float | None = None,
        stop_m: ArrayLike = (),
        dwell_s: ArrayLike = 0.0,
    ) -> RunningPath:
        """Make a path, and check it.

        Parameters
        ----------
        chainage_m : array_like, shape (cells + 1,)
            Bounds of the cells, m.
        limit_mps : array_like, shape (..., cells) or ()
            Speed limit of each cell, m/s.
        gradient : array_like, shape (cells,) or ()
            Rise over length of each cell.
        start_m : float, optional
            Where the front is at the start; the first bound by default.
        stop_m, dwell_s : array_like, shape (stops,)
            Stops on the way, m and s.

        Raises
        ------
        InputError
            If chainages do not increase, a limit is not above zero or not that of a railway, a
            gradient is that of no railway, a stop does not lie between start and end, a dwell is
            below zero, or there are not as many values as cells or stops.

        Examples
        --------
        >>> from journey import RunningPath
        >>> path = RunningPath.of([0, 4_000, 10_000], [20.0, 15.0], stop_m=[4_000], dwell_s=[60])
        >>> path.limit_mps.tolist()
        [20.0, 15.0]
        """
        knots_m = _row("chainage", chainage_m)
        if len(knots_m) < 2:  # noqa: PLR2004 - a cell has two bounds
            raise InputError(f"chainage: {knots_m.size} given: expected a start and an end")
        cells = len(knots_m) - 1
        limits = np.array(limit_mps, dtype=np.float64)
        limits = _spread("limit", limits, (*limits.shape[:-1], cells))
        slopes = _spread("gradient", gradient, (cells,))
        start = float(knots_m[0] if start_m is None else start_m)
        _check_cells(knots_m, limits, slopes)
        if not knots_m[0] <= start < knots_m[-1]:
            raise InputError(
                f"start at {start:g} m: expected {knots_m[0]:g} to less than {knots_m[-1]:g} m"
            )
        stops_m = _row("stop", stop_m)
        dwells_s = _spread("dwell", dwell_s, stops_m.shape)
        _check_stops(stops_m, dwells_s, start, float(knots_m[-1]))
        return cls(knots_m, limits, slopes, start, stops_m, dwells_s)


def _row(what: str, values_m: ArrayLike) -> NDArray[np.float64]:
    row_m = np.array(values_m, dtype=np.float64)
    if row_m.ndim != 1 or not np.isfinite(row_m).all():
        raise InputError(f"{what}: expected one row of finite numbers, m")
    wrong = np.flatnonzero(np.diff(row_m) <= 0)
    if wrong.size:
        before_m, after_m = row_m[wrong[0] : wrong[0] + 2]
        raise InputError(f"{what} {after_m:g} m after {before_m:g} m: expected increasing values")
    return row_m


def _spread(what: str, values: ArrayLike, shape: tuple[int, ...]) -> NDArray[np.float64]:
    """One value for each, or the same for all."""
    array = np.array(values, dtype=np.float64)
    if array.ndim > len(shape) or array.shape[-1:] not in {(), (1,), shape[-1:]}:
        raise InputError(
            f"{what}: {array.size} values in shape {array.shape}: expected {shape[-1]}, or one "
            "for all"
        )
    return np.broadcast_to(array, shape)


def _check_cells(
    knots_m: NDArray[np.float64], limits: NDArray[np.float64], slopes: NDArray[np.float64]
) -> None:
    limits_kmh = limits / MPS_PER_KMH
    possible = (limits_kmh > 0) & (limits_kmh <= FASTEST_TRACK_KMH * (1 + 1e-9))
    if not possible.all():
        cell = np.argwhere(~possible)[0][-1]
        raise InputError(
            f"limit {limits_kmh[~possible][0]:g} km/h at {knots_m[cell]:g} m: expected above 0, "
            f"at most {FASTEST_TRACK_KMH:g} km/h"
        )
    gentle = np.abs(slopes) <= STEEPEST
    if not gentle.all():
        raise InputError(
            f"gradient {1000 * slopes[~gentle][0]:g} ‰ at {knots_m[:-1][~gentle][0]:g} m: "
            f"expected -{1000 * STEEPEST:g} to {1000 * STEEPEST:g} ‰"
        )


def _check_stops(
    stops_m: NDArray[np.float64], dwells_s: NDArray[np.float64], start_m: float, end_m: float
) -> None:
    if stops_m.size and not start_m < stops_m[0] <= stops_m[-1] < end_m:
        raise InputError(
            f"stops from {stops_m[0]:g} to {stops_m[-1]:g} m: expected all between the start "
            f"at {start_m:g} m and the end at {end_m:g} m"
        )
    wrong = ~((dwells_s >= 0) & np.isfinite(dwells_s))
    if wrong.any():
        raise InputError(
            f"dwell {dwells_s[wrong][0]:g} s at {stops_m[wrong][0]:g} m: expected 0 or more, finite"
        )
