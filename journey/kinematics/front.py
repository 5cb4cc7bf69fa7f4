"""The front of one train on its way, knot by knot, and how well its time is known."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from journey.kinematics.pieces import Pieces
from journey.kinematics.run import Run
from journey.kinematics.traction import PRECISION, climb_mps2

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from journey.kinematics.traction import Slope
    from journey.train import Train

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(4)
SHARES, WEIGHTS = (1 + _NODES) / 2, _WEIGHTS / 2
"""Shares of a piece's time at which a power is taken: exact up to the seventh degree."""
MOST_GROWTH = 700.0
"""Exponent near which numbers end."""


class Front:
    """Where the front of a train is, how fast, and every knot that it has passed.

    The square of the speed at a chainage is known to within `_doubt`: as wrong as a step has it,
    and as an earlier error has grown. Acceleration is known to within the rounding of the numbers
    that it is the sum of.

    Attributes
    ----------
    speed_mps : float
        Speed, m/s.
    rounding_mps2 : float
        Bound on the rounding of acceleration, m/s².
    """

    def __init__(self, start_m: float, rounding_mps2: float) -> None:
        self.speed_mps = 0.0
        self.rounding_mps2 = rounding_mps2
        self._knots = [(start_m, 0.0, 0.0, 0.0)]
        self._time_s = self._dwell_s = self._error_s = self._doubt = 0.0

    def keep(self, gradient: float, at_m: float, lasting_s: float, end_mps: float) -> None:
        """Cruise at the limit or brake, up to a speed that is known beforehand."""
        self._doubt = PRECISION * end_mps**2
        self._error_s += 2 * PRECISION * lasting_s
        self._reach(gradient, at_m, lasting_s, end_mps)

    def gain(
        self, gradient: float, at_m: float, lasting_s: float, slope: Slope, end_mps: float
    ) -> None:
        """Gain or lose speed under full effort.

        An error in the square of the speed grows as acceleration does (both solve the same
        linear equation), and that of acceleration adds to it, twice for each metre. It delays the
        train by the integral of half of it over the square, which is no more than its largest,
        times lasting_s, over the product of the two speeds; if it is of this step only, no more
        than the part that acceleration is wrong by.
        """
        start_mps, before = slope.speed_mps, self._doubt
        pull_mps2 = abs(slope.a0)
        grown = before * abs(slope.at(end_mps - start_mps)) / pull_mps2
        fresh = 4 * self.rounding_mps2 * max(start_mps, end_mps) * lasting_s
        relative, product = 4 * self.rounding_mps2 / pull_mps2, start_mps * end_mps
        if product:
            relative = min(relative, fresh / product) + max(before, grown) / product
        elif before:
            relative = math.inf
        self._error_s += (2 * PRECISION + relative) * lasting_s
        self._doubt = grown + fresh + PRECISION * end_mps * end_mps
        self._reach(gradient, at_m, lasting_s, end_mps)

    def balance(self, gradient: float, at_m: float, lasting_s: float, slope: Slope) -> None:
        """Keep a speed at which effort and resistance are equal.

        Where effort rises with speed more than resistance does, the balance is like that of a
        pencil on its tip, and any doubt grows.
        """
        square = slope.speed_mps**2
        forgetting_s = 1 / max(-slope.b, 1 / lasting_s)
        fresh = PRECISION * square + 2 * self.rounding_mps2 * slope.speed_mps * forgetting_s
        growth = math.exp(min(max(slope.b, 0.0) * lasting_s, MOST_GROWTH))
        self._doubt = growth * (self._doubt + fresh)
        self._error_s += lasting_s * (PRECISION + self._doubt / square)
        self._reach(gradient, at_m, lasting_s, slope.speed_mps)

    def stand(self, dwell_s: float) -> None:
        """Stand at a stop."""
        self._dwell_s += dwell_s
        self._reach(0.0, self._knots[-1][0], dwell_s, 0.0)

    def run(self, train: Train, rounding_s: float) -> Run:
        """Put the knots into a run, whose places are rounded by so much."""
        chainage_m, time_s, speed_mps, gradient = np.array(self._knots).T
        chainage_m = np.maximum.accumulate(chainage_m)
        error_s = self._error_s + rounding_s + len(time_s) * np.spacing(time_s[-1])
        run = Run(chainage_m, time_s, speed_mps, self._dwell_s, np.array(error_s))
        return replace(run, energy_j=_work_j(run, train, gradient[1:]))

    def _reach(self, gradient: float, at_m: float, lasting_s: float, end_mps: float) -> None:
        self.speed_mps = end_mps
        self._time_s += lasting_s
        self._knots.append((at_m, self._time_s, end_mps, gradient))


def _work_j(run: Run, train: Train, gradient: NDArray[np.float64]) -> float:
    """Work at the wheel rim, J: what is gained in speed and height, and lost to resistance.

    Where that is below zero between two knots, the train brakes, and nothing is given back.
    """
    lasting_s, length_m = np.diff(run.time_s), np.diff(run.chainage_m)
    kinetic_j = train.rotating_mass_factor * train.mass_kg / 2 * np.diff(run.speed_mps**2)
    climb_n = train.mass_kg * climb_mps2(gradient)
    r0, r1, r2 = train.resistance
    speed_mps = _speeds_within(run)
    drag_w = speed_mps * (r0 + speed_mps * (r1 + speed_mps * r2))
    work_j = kinetic_j + climb_n * length_m + (drag_w @ WEIGHTS) * lasting_s
    return float(np.maximum(work_j, 0.0).sum())


def _speeds_within(run: Run) -> NDArray[np.float64]:
    """Speed at the shares of every piece, m/s, shape (pieces, shares)."""
    knots = np.array([run.chainage_m, run.time_s, run.speed_mps])[..., None]
    return Pieces.between(knots[:, :-1], knots[:, 1:]).speed_after(SHARES)
