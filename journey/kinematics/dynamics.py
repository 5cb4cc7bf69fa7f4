"""Running under tractive effort, resistance and gradient: no step in time or in space.

Each cell of the ceiling has one gradient and one highest speed, and an end at which the train
must be down to a known speed. Within it the train gains or loses speed under full effort (steps
in speed, see `journey.kinematics.traction`), keeps to the highest speed, or brakes; each phase
ends where the next event is, found as a root. Lengths are counted back from the end of the cell,
so that they are as exact at a chainage of a thousand kilometres as at its beginning.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from journey.errors import StalledError
from journey.kinematics.cells import cells_of
from journey.kinematics.front import Front
from journey.kinematics.traction import PRECISION, Traction
from journey.units import GRAVITY_MPS2

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.kinematics.ceiling import Ceiling
    from journey.kinematics.cells import Cell
    from journey.kinematics.run import Run
    from journey.kinematics.traction import Slope
    from journey.train import Train

CRAWL_MPS = 1e-4
"""A train that is slower than nine metres a day and gains no speed is at a stand."""
CLOSE = 1e-15
"""Part of a speed by which a root is not mended any more."""
ROOT_STEPS = 80
"""More than bisection alone would need."""


def run_dynamics(ceiling: Ceiling, train: Train, dwell_s: NDArray[np.float64]) -> Run:
    """Run under a ceiling with the effort, resistance and braking of a train.

    Parameters
    ----------
    ceiling : Ceiling
        Highest speeds and gradients, of one draw.
    train : Train
        With its tractive effort.
    dwell_s : ndarray, shape (stops,)
        How long the train stands at each stop.

    Returns
    -------
    Run
        A knot at every bend of the effort curve and wherever a phase ends.

    Raises
    ------
    StalledError
        If resistance and gradient bring the train to a stand, or do not let it start.
    """
    traction = Traction.of(train)
    steepest_mps2 = GRAVITY_MPS2 * float(np.abs(ceiling.gradient).max())
    rounding_mps2 = traction.rounding_mps2(steepest_mps2, train.max_speed_mps)
    front = Front(float(ceiling.chainage_m[0]), rounding_mps2)
    dwells_s = iter(dwell_s.tolist())
    for cell in cells_of(ceiling, train):
        _pass_through(cell, traction, front)
        if cell.halts:
            front.stand(next(dwells_s, 0.0))
    return front.run(train, float(ceiling.rounding_s))


def _pass_through(cell: Cell, traction: Traction, front: Front) -> None:
    """Bring the front from the start of a cell to its end, phase by phase."""
    still_m, due = cell.length_m, cell.is_due(front.speed_mps)
    while still_m > 0:
        held_mps = _held_mps(cell, traction, front) if due else front.speed_mps
        if held_mps < front.speed_mps:
            still_m = _brake(cell, front, still_m, held_mps)
        else:
            still_m, due = _go_on(cell, traction, front, still_m, due=due)
    if front.speed_mps > cell.end_mps:
        front.keep(cell.gradient, cell.end_m, 0.0, cell.end_mps)


def _held_mps(cell: Cell, traction: Traction, front: Front) -> float:
    """Speed, m/s, down to which full effort is enough to follow the braking curve."""
    return traction.held_down_to(front.speed_mps, cell.end_mps, cell.climb_mps2, cell.braking_mps2)


def _brake(cell: Cell, front: Front, still_m: float, end_mps: float) -> float:
    """Follow the braking curve down to a speed; gives the length still to go, m."""
    left_m = cell.braking_m(end_mps)
    lasting_s = 2 * (still_m - left_m) / (front.speed_mps + end_mps)
    front.keep(cell.gradient, cell.end_m - left_m, lasting_s, end_mps)
    return left_m


def _go_on(
    cell: Cell, traction: Traction, front: Front, still_m: float, *, due: bool
) -> tuple[float, bool]:
    """Take one step under full effort, or cruise.

    Gives the length still to go, m, and whether braking is then due. Where it is due before, full
    effort already slows the train by more than its brakes would.
    """
    slope = traction.slope_at(front.speed_mps, cell.climb_mps2)
    speed_mps, a0, b, *_ = slope
    end_mps = slope.towards(_wanted_mps(cell, slope))
    # What acceleration can still add until the cell ends may be within the precision.
    fades = b <= 0 and abs(a0) * still_m <= PRECISION * speed_mps**2
    steady = not due and (fades or end_mps == speed_mps)
    if speed_mps < CRAWL_MPS and (a0 <= front.rounding_mps2 or steady):
        raise _stalled(cell, still_m)
    if steady:
        return _cruise(cell, front, slope, still_m), True
    if due:
        # To the next number below at least: a train that falls behind is not in balance.
        end_mps = min(end_mps, math.nextafter(speed_mps, 0.0))
    lasting_s, length_m = slope.time_and_length(end_mps - speed_mps)
    left_m = still_m - length_m
    meets = not due and left_m <= cell.braking_m(end_mps)
    if meets:
        end_mps, lasting_s, left_m = _met(cell, slope, end_mps, still_m)
    front.gain(cell.gradient, cell.end_m - left_m, lasting_s, slope, end_mps)
    return left_m, meets


def _stalled(cell: Cell, still_m: float) -> StalledError:
    at_km = (cell.end_m - still_m) / 1000
    return StalledError(
        f"the train stalls at km {at_km:.3f} on a gradient of {1000 * cell.gradient:g} ‰: its "
        "tractive effort is no more than resistance and weight there; expected less mass, a "
        "gentler gradient or more effort"
    )


def _wanted_mps(cell: Cell, slope: Slope) -> float:
    """Speed, m/s, that the train is on its way to.

    A train that cannot keep to its braking curve first falls behind it and may meet it again. In
    one step it only falls behind, or only comes nearer.
    """
    speed_mps = slope.speed_mps
    if slope.a0 >= 0:
        return max(min(slope.bend_mps, cell.limit_mps), speed_mps)
    if cell.end_mps >= speed_mps:
        return slope.bend_mps
    turn_mps = slope.turn_mps(cell.braking_mps2)
    return max(slope.bend_mps, cell.end_mps, turn_mps if turn_mps < speed_mps else 0.0)


def _cruise(cell: Cell, front: Front, slope: Slope, still_m: float) -> float:
    """Keep the speed until braking is due; gives the length still to go, m."""
    speed_mps = slope.speed_mps
    left_m = cell.braking_m(speed_mps)
    lasting_s = (still_m - left_m) / speed_mps
    if speed_mps < cell.limit_mps:
        front.balance(cell.gradient, cell.end_m - left_m, lasting_s, slope)
    else:
        front.keep(cell.gradient, cell.end_m - left_m, lasting_s, speed_mps)
    return left_m


def _met(cell: Cell, slope: Slope, far_mps: float, still_m: float) -> tuple[float, float, float]:
    """Speed, m/s, time, s, and length still to go, m, where the cell ends or braking is due."""
    end_mps = _met_mps(cell, slope, far_mps, still_m)
    lasting_s, length_m = slope.time_and_length(end_mps - slope.speed_mps)
    left_m = cell.braking_m(end_mps)
    # Near a balance a speed is too coarse a number to say where the train is.
    lasting_s += 2 * (still_m - length_m - left_m) / (slope.speed_mps + end_mps)
    return end_mps, lasting_s, left_m


def _met_mps(cell: Cell, slope: Slope, far_mps: float, still_m: float) -> float:
    """Speed, m/s, at which the cell ends, or the train meets its braking curve.

    Newton's method, kept within bounds that close in, and replaced by bisection where it would
    leave them.
    """
    near_mps = slope.speed_mps
    speed_mps = (near_mps + far_mps) / 2
    for _ in range(ROOT_STEPS):
        gain_mps = speed_mps - slope.speed_mps
        braking_m = cell.braking_m(speed_mps)
        excess_m = slope.time_and_length(gain_mps)[1] + braking_m - still_m
        near_mps, far_mps = (near_mps, speed_mps) if excess_m > 0 else (speed_mps, far_mps)
        per_mps = speed_mps / slope.at(gain_mps) + (speed_mps / cell.braking_mps2) * (braking_m > 0)
        following = speed_mps - excess_m / per_mps if per_mps else speed_mps
        if not min(near_mps, far_mps) < following < max(near_mps, far_mps):
            following = (near_mps + far_mps) / 2
        if abs(following - speed_mps) <= CLOSE * speed_mps:
            break
        speed_mps = following
    return speed_mps
