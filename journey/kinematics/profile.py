"""Running at limits with constant acceleration and braking: exact, for many draws at once.

On a plane of chainage and speed squared, constant acceleration is a straight line (v² grows by
2 a for each metre), so the highest speed at every knot is a running minimum over lines that rise
from the knots before it, and one over lines that fall to the knots after it. Between two knots
the train accelerates, cruises and brakes, each in closed form.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.kinematics.run import Run

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.kinematics.ceiling import Ceiling

EPSILON = float(np.finfo(np.float64).eps)
SAFETY = 8
"""Operations that touch a number, each rounding it once, at most."""
PHASES = 3


def run_profile(
    ceiling: Ceiling,
    acceleration_mps2: float,
    braking_mps2: float,
    dwell_s: NDArray[np.float64],
) -> Run:
    """Run under a ceiling with constant acceleration and braking.

    Parameters
    ----------
    ceiling : Ceiling
        Highest speeds, perhaps of many draws.
    acceleration_mps2, braking_mps2 : float
        m/s²; infinite means at once, which makes it a cruise.
    dwell_s : ndarray, shape (stops,)
        How long the train stands at each stop.

    Returns
    -------
    Run
        Four knots a cell: its start, full speed, begin of braking, and the start of the next.
    """
    square = _knot_squares(ceiling, acceleration_mps2, braking_mps2)
    phases = _phases(ceiling, square, 0.5 / acceleration_mps2, 0.5 / braking_mps2)
    error_s = _rounding_s(ceiling, phases, [acceleration_mps2, braking_mps2], dwell_s)
    return _joined(ceiling, phases, dwell_s, error_s)


def run_cruise(ceiling: Ceiling, dwell_s: NDArray[np.float64]) -> Run:
    """Run at the ceiling itself: the limit of `run_profile` for rates without bound."""
    return run_profile(ceiling, math.inf, math.inf, dwell_s)


def _knot_squares(ceiling: Ceiling, rise_mps2: float, fall_mps2: float) -> NDArray[np.float64]:
    """Square of the highest speed at each knot that can be reached, and braked from."""
    highest = ceiling.knot_mps**2
    from_start_m = ceiling.chainage_m - ceiling.chainage_m[0]
    reached = _lowest_line(highest, 2 * rise_mps2, from_start_m)
    from_end_m = (ceiling.chainage_m[-1] - ceiling.chainage_m)[::-1]
    return _lowest_line(reached[..., ::-1], 2 * fall_mps2, from_end_m)[..., ::-1]


def _lowest_line(
    square: NDArray[np.float64], slope_mps2: float, along_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Lowest at each knot of the lines that rise from the knots up to it."""
    if math.isinf(slope_mps2):
        return square
    risen = slope_mps2 * along_m
    lowest = np.minimum.accumulate(square - risen, axis=-1)
    lowest += risen
    # What is subtracted and added again must not lift a stop above zero, nor push it below.
    np.minimum(lowest, square, out=lowest)
    np.maximum(lowest, 0.0, out=lowest)
    return lowest


class _Phases(NamedTuple):
    """Accelerating, cruising and braking in each cell."""

    square: NDArray[np.float64]
    knot_mps: NDArray[np.float64]
    peak_mps: NDArray[np.float64]
    rise_m: NDArray[np.float64]
    fall_m: NDArray[np.float64]
    rise_s: NDArray[np.float64]
    level_s: NDArray[np.float64]
    fall_s: NDArray[np.float64]


def _phases(
    ceiling: Ceiling, square: NDArray[np.float64], rise_s2pm: float, fall_s2pm: float
) -> _Phases:
    """Divide each cell; the slopes are metres for each (m/s)²: half over the acceleration."""
    before, after = square[..., :-1], square[..., 1:]
    length_m = np.diff(ceiling.chainage_m)
    peak = ceiling.limit_mps**2
    if rise_s2pm + fall_s2pm > 0:
        free = length_m + rise_s2pm * before + fall_s2pm * after
        free /= rise_s2pm + fall_s2pm
        np.minimum(peak, free, out=peak)
    np.maximum(peak, before, out=peak)
    np.maximum(peak, after, out=peak)
    knot_mps, peak_mps = np.sqrt(square), np.sqrt(peak)
    rise_m, fall_m = rise_s2pm * (peak - before), fall_s2pm * (peak - after)
    return _Phases(
        square,
        knot_mps,
        peak_mps,
        rise_m,
        fall_m,
        rise_s=2 * rise_s2pm * (peak_mps - knot_mps[..., :-1]),
        level_s=np.maximum(length_m - rise_m - fall_m, 0.0) / peak_mps,
        fall_s=2 * fall_s2pm * (peak_mps - knot_mps[..., 1:]),
    )


def _rounding_s(
    ceiling: Ceiling, phases: _Phases, rates_mps2: list[float], dwell_s: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Bound on what rounding does to the running time.

    Every time is known to its own rounding, and so is their sum. A square of speed is known to
    the rounding of the largest number that was subtracted from it; the times before and after a
    knot change with its speed by no more than one over the acceleration and over the braking.
    """
    lasting_s = (phases.rise_s + phases.level_s + phases.fall_s).sum(axis=-1) + dwell_s.sum()
    error_s: NDArray[np.float64] = EPSILON * (SAFETY + phases.square.shape[-1]) * lasting_s
    error_s += ceiling.rounding_s
    rates = [rate_mps2 for rate_mps2 in rates_mps2 if not math.isinf(rate_mps2)]
    if rates:
        span_m = float(ceiling.chainage_m[-1] - ceiling.chainage_m[0])
        largest = 2 * max(rates) * span_m + phases.square.max(axis=-1, keepdims=True)
        doubt_mps = np.sqrt(phases.square + SAFETY * EPSILON * largest) - phases.knot_mps
        # A stop is a stop: its speed is zero without an error.
        doubt_mps[..., ceiling.halt] = 0.0
        error_s += 2 * doubt_mps.sum(axis=-1) * sum(1 / rate for rate in rates)
    return error_s


def _joined(
    ceiling: Ceiling,
    phases: _Phases,
    dwell_s: NDArray[np.float64],
    error_s: NDArray[np.float64],
) -> Run:
    start_m, end_m = (
        np.broadcast_to(knots_m, phases.rise_m.shape)
        for knots_m in (ceiling.chainage_m[:-1], ceiling.chainage_m[1:])
    )
    # Rounding must not turn a train back.
    risen_m = np.minimum(start_m + phases.rise_m, end_m)
    chainage_m = _in_turn(start_m, risen_m, np.maximum(end_m - phases.fall_m, risen_m))
    speed_mps = _in_turn(phases.knot_mps[..., :-1], phases.peak_mps, phases.peak_mps)
    lasting_s = _in_turn(phases.rise_s, phases.level_s, phases.fall_s)
    chainage_m = np.append(chainage_m, end_m[..., -1:], axis=-1)
    speed_mps = np.append(speed_mps, phases.knot_mps[..., -1:], axis=-1)
    stops = PHASES * np.flatnonzero(ceiling.halt)[1:-1]
    chainage_m = np.insert(chainage_m, stops, chainage_m[..., stops], axis=-1)
    speed_mps = np.insert(speed_mps, stops, 0.0, axis=-1)
    lasting_s = np.insert(lasting_s, stops, dwell_s, axis=-1)
    time_s = np.zeros_like(chainage_m)
    np.cumsum(lasting_s, axis=-1, out=time_s[..., 1:])
    return Run(chainage_m, time_s, speed_mps, float(dwell_s.sum()), error_s)


def _in_turn(*phases: NDArray[np.float64]) -> NDArray[np.float64]:
    stacked: NDArray[np.float64] = np.stack(phases, axis=-1)
    return stacked.reshape(*phases[0].shape[:-1], -1)
