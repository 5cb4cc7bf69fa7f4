"""The running time of a train on a path, as it is told to people and machines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from journey.errors import StalledError
from journey.kinematics import run_train
from journey.units import MPS_PER_KMH

if TYPE_CHECKING:
    from journey.kinematics import Running
    from journey.kinematics.path import RunningPath
    from journey.kinematics.run import Run
    from journey.train_estimate import TrainEstimate

SIZES = tuple(tenth / 10 for tenth in range(11))
READINESS = (0.0, 1.0)
KWH_J = 3.6e6
NANOSECOND_S = Fraction(1, 10**9)


@dataclass(frozen=True, slots=True)
class Runtime:
    """The run of the median train, and how far those of other trains may differ.

    Attributes
    ----------
    estimate : TrainEstimate
        The train.
    running : {"cruise", "profile", "dynamics"}
        The model.
    run : Run
        Of the median train.
    low_s, high_s : float or None
        Running times of the fastest and the slowest of eleven sizes, each at its most sluggish
        and at its readiest; None for the slowest if one of them stalls.
    stall : str or None
        Why one of them does.
    """

    estimate: TrainEstimate
    running: Running
    run: Run
    low_s: float
    high_s: float | None
    stall: str | None

    @property
    def running_time_s(self) -> float:
        """Running time without the dwell at stops, to the millisecond, s."""
        return round(float(self.run.running_time_s), 3)

    @property
    def error_s(self) -> float:
        """Bound on how far `running_time_s` is from the exact solution, its rounding included."""
        computed = Fraction(float(self.run.running_time_s))
        bound_s = Fraction(float(self.run.error_s)) + abs(computed - Fraction(self.running_time_s))
        # The nanosecond covers the subtraction of the dwell and the rounding of this very number.
        return math.ceil((bound_s + NANOSECOND_S) * 1000) / 1000

    @property
    def length_km(self) -> float:
        """Length of the run, km."""
        return float(self.run.chainage_m[-1] - self.run.chainage_m[0]) / 1000

    @property
    def mean_kmh(self) -> float:
        """Mean speed while running, km/h."""
        return self.length_km * 1000 / float(self.run.running_time_s) / MPS_PER_KMH

    @property
    def max_speed_kmh(self) -> float:
        """Highest speed of the run, km/h."""
        return float(self.run.max_speed_mps) / MPS_PER_KMH

    @property
    def energy_kwh(self) -> float | None:
        """Work at the wheel rim, kWh; None where the model does not give it."""
        return None if self.run.energy_j is None else self.run.energy_j / KWH_J


def time_run(estimate: TrainEstimate, path: RunningPath, running: Running | None = None) -> Runtime:
    """Run a train along a path: the median one, and from the lightest to the heaviest.

    Parameters
    ----------
    estimate : TrainEstimate
        The train.
    path : RunningPath
        Limits, gradients and stops.
    running : {"cruise", "profile", "dynamics"}, optional
        The model; by default ``dynamics`` where the tractive effort is known, else ``profile``.

    Raises
    ------
    InputError
        If the train lacks the figures of the model.
    StalledError
        If the median train cannot start or cannot climb.
    """
    model: Running = running or ("dynamics" if estimate.tractive_effort else "profile")
    run = run_train(path, estimate.at(), model)
    times_s = [float(run.running_time_s)]
    stall = None
    others = () if estimate.fixed_for(model) else product(SIZES, READINESS)
    for size, readiness in others:
        try:
            train = estimate.at(size, readiness)
            times_s.append(float(run_train(path, train, model).running_time_s))
        except StalledError as error:
            stall = str(error)
    return Runtime(estimate, model, run, min(times_s), None if stall else max(times_s), stall)
