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

from journey.errors import StalledError
from journey.kinematics.cells import cells_of
from journey.kinematics.front import Front
from journey.kinematics.traction import PRECISION, Traction

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from journey.kinematics.ceiling import Ceiling
    from journey.kinematics.cells import Cell
    from journey.kinematics.run import Run
    from journey.kinematics.traction import Slope
    from journey.train import Train

SLACK = 1e-13
"""A train that has this part of its stopping distance to spare is on its braking curve."""
CRAWL_MPS = 1e-6
"""A train that loses speed and is slower than a tenth of a metre a day is at a stand."""
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
    front = Front(float(ceiling.chainage_m[0]))
    dwells_s = iter(dwell_s.tolist())
    for cell in cells_of(ceiling, train):
        _pass_through(cell, traction, front)
        if cell.halts:
            front.stand(next(dwells_s, 0.0))
    return front.run(train, float(ceiling.rounding_s))


def _pass_through(cell: Cell, traction: Traction, front: Front) -> None:
    """Bring the front from the start of a cell to its end, phase by phase."""
    still_m = cell.length_m
    while still_m > 0:
        braking_m = cell.braking_m(front.speed_mps)
        slack_m = SLACK * front.speed_mps**2 / cell.braking_mps2
        due = braking_m > 0 and still_m - braking_m <= slack_m
        held_mps = _held_mps(cell, traction, front) if due else front.speed_mps
        if held_mps < front.speed_mps:
            still_m = _brake(cell, front, still_m, held_mps)
        else:
            still_m = _go_on(cell, traction, front, still_m, due=due)
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


def _go_on(cell: Cell, traction: Traction, front: Front, still_m: float, *, due: bool) -> float:
    """Take one step under full effort, or cruise; gives the length still to go, m.

    Where braking is due, full effort already slows the train by more than its brakes would.
    """
    slope = traction.slope_at(front.speed_mps, cell.climb_mps2)
    speed_mps, a0 = slope.speed_mps, slope.a0
    if (a0 <= 0 and speed_mps == 0) or (a0 < 0 and speed_mps < CRAWL_MPS):
        raise _stalled(cell, still_m)
    end_mps = _falling(cell, slope) if a0 < 0 else _rising(cell, slope)
    if due:
        # To the next number below at least: a train that falls behind is not in balance.
        end_mps = min(end_mps, math.nextafter(speed_mps, 0.0))
    elif end_mps == speed_mps or _fades(slope, still_m):
        return _cruise(cell, front, slope, still_m)
    end_mps, lasting_s, left_m = _step(cell, slope, end_mps, still_m, behind=due)
    front.gain(cell.gradient, cell.end_m - left_m, lasting_s, slope, end_mps)
    return left_m


def _stalled(cell: Cell, still_m: float) -> StalledError:
    at_km = (cell.end_m - still_m) / 1000
    return StalledError(
        f"the train stalls at km {at_km:.3f} on a gradient of {1000 * cell.gradient:g} ‰: its "
        "tractive effort is no more than resistance and weight there; expected less mass, a "
        "gentler gradient or more effort"
    )


def _rising(cell: Cell, slope: Slope) -> float:
    """Speed, m/s, that one step gains: at most that at the next bend, or the limit."""
    return slope.towards(max(min(slope.bend_mps, cell.limit_mps), slope.speed_mps))


def _falling(cell: Cell, slope: Slope) -> float:
    """Speed, m/s, to which one step falls.

    A train that cannot keep to its braking curve first falls behind it and may meet it again.
    In one step it only falls behind, or only comes nearer.
    """
    if cell.end_mps >= slope.speed_mps:
        return slope.towards(slope.bend_mps)
    turn_mps = slope.turn_mps(cell.braking_mps2)
    lowest_mps = max(slope.bend_mps, cell.end_mps)
    return slope.towards(max(lowest_mps, turn_mps) if turn_mps < slope.speed_mps else lowest_mps)


def _fades(slope: Slope, still_m: float) -> bool:
    """Whether what acceleration can still add until the cell ends is within the precision."""
    return slope.b <= 0 and abs(slope.a0) * still_m <= PRECISION * slope.speed_mps**2


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


def _step(
    cell: Cell, slope: Slope, end_mps: float, still_m: float, *, behind: bool
) -> tuple[float, float, float]:
    """Speed after a step, m/s, time in it, s, and length still to go, m.

    It is cut short where the cell ends or the train meets its braking curve, unless it is falling
    behind that.
    """
    lasting_s, length_m = slope.time_and_length(end_mps - slope.speed_mps)
    left_m = still_m - length_m
    if left_m <= cell.braking_m(end_mps) and not behind:
        end_mps = _met_mps(cell, slope, end_mps, still_m)
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
