"""The cells of a ceiling as one train finds them, with the speed that each must end with."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.kinematics.traction import climb_mps2

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.kinematics.ceiling import Ceiling
    from journey.train import Train

SLACK = 1e-13
"""A train that has this part of its stopping distance to spare is on its braking curve."""


class Cell(NamedTuple):
    """A cell of the ceiling as one train finds it.

    `end_mps` is the speed that it may have at the end, `climb_mps2` the deceleration by the
    gradient, and `halts` says whether the train stands at the end.
    """

    end_m: float
    length_m: float
    limit_mps: float
    gradient: float
    halts: bool
    climb_mps2: float
    end_mps: float
    braking_mps2: float

    def braking_m(self, speed_mps: float) -> float:
        """Length that a train of some speed needs to be down to that of the end, m."""
        above_mps = speed_mps - self.end_mps
        if above_mps <= 0:
            return 0.0
        return above_mps * (speed_mps + self.end_mps) / (2 * self.braking_mps2)

    def is_due(self, speed_mps: float) -> bool:
        """Whether a train that enters at some speed is on its braking curve."""
        braking_m = self.braking_m(speed_mps)
        return 0 < braking_m >= self.length_m - SLACK * speed_mps**2 / self.braking_mps2


def cells_of(ceiling: Ceiling, train: Train) -> Iterator[Cell]:
    """Go through the cells of a ceiling as a train of some braking and inertia finds them."""
    length_m = np.diff(ceiling.chainage_m)
    slowing_mps2 = climb_mps2(ceiling.gradient) / train.rotating_mass_factor
    columns = (
        ceiling.chainage_m[1:].tolist(),
        length_m.tolist(),
        ceiling.limit_mps.tolist(),
        ceiling.gradient.tolist(),
        ceiling.halt[1:].tolist(),
        slowing_mps2.tolist(),
        _end_speeds_mps(ceiling.knot_mps.tolist(), length_m.tolist(), train.braking_mps2),
    )
    for end_m, length, limit, gradient, halts, climb, end in zip(*columns, strict=True):
        yield Cell(end_m, length, limit, gradient, halts, climb, end, train.braking_mps2)


def _end_speeds_mps(
    highest_mps: list[float], length_m: list[float], braking_mps2: float
) -> list[float]:
    """Highest speed at the end of each cell from which the train can brake for what follows."""
    speeds_mps = [0.0]
    for highest, length in zip(highest_mps[-2:0:-1], length_m[:0:-1], strict=True):
        braked_from = math.sqrt(speeds_mps[-1] ** 2 + 2 * braking_mps2 * length)
        speeds_mps.append(min(highest, braked_from))
    return speeds_mps[::-1]
