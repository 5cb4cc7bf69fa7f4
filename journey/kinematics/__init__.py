"""Running times of a train along a path: three models behind one call, `run_train`.

Conventions: positions are those of the train's front. It starts and ends at rest, and stands at
stops with its front there. A higher limit holds once the rear has cleared the lower one; limits
and stops at one place hold together. Gradients act at the front, on the mass without its rotating
parts; g is 9.80665 m/s². Braking is a constant deceleration, whatever the gradient. A train that
gains no speed and makes less than nine metres a day stands. What lies before the path has no limit
for the parts of the train that are still there. Adhesion, curve resistance and the response time
of traction and brakes are not modelled.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from journey.errors import InputError
from journey.kinematics.ceiling import lay_ceiling
from journey.kinematics.dynamics import run_dynamics
from journey.kinematics.profile import run_cruise, run_profile
from journey.train import Train

if TYPE_CHECKING:
    from journey.kinematics.path import RunningPath
    from journey.kinematics.run import Run

Running = Literal["cruise", "profile", "dynamics"]


def run_train(path: RunningPath, train: Train, running: Running = "dynamics") -> Run:
    """Run a train along a path as fast as its limits and its figures allow.

    Parameters
    ----------
    path : RunningPath
        Limits, gradients and stops; for ``cruise`` and ``profile`` perhaps of many draws at once.
    train : Train
        With its acceleration for ``profile``, with its tractive effort for ``dynamics``.
    running : {"cruise", "profile", "dynamics"}
        ``cruise`` takes the speed limits at once, without acceleration or braking. ``profile``
        accelerates and brakes at constant rates. ``dynamics`` accelerates by tractive effort,
        running resistance and gradient.

    Returns
    -------
    Run
        Where the front is when, how fast, and a bound on the numerical error.

    Raises
    ------
    InputError
        If the train lacks the figures of the model, or ``dynamics`` is asked for many draws.
    StalledError
        If the train cannot start, or cannot climb.

    Examples
    --------
    >>> from journey import RunningPath, Train, run_train
    >>> path = RunningPath.of([0, 10_000], [40.0])
    >>> train = Train("Local", 88_000, 33.0, braking_mps2=0.5, acceleration_mps2=0.5)
    >>> float(run_train(path, train, "profile").running_time_s.round(2))
    369.03
    """
    if not isinstance(train, Train):
        kind = type(train).__name__
        raise InputError(f"train: a {kind}: expected a Train, such as load_train(...).at() gives")
    ceiling = lay_ceiling(path, train.length_m, train.max_speed_mps)
    match running:
        case "cruise":
            return run_cruise(ceiling, path.dwell_s)
        case "profile":
            if train.acceleration_mps2 is None:
                raise InputError(_lacking(train, running, "acceleration_mps2"))
            return run_profile(ceiling, train.acceleration_mps2, train.braking_mps2, path.dwell_s)
        case "dynamics":
            if not train.effort:
                raise InputError(_lacking(train, running, "tractive_effort"))
            if path.limit_mps.ndim > 1:
                raise InputError('limits of many draws: running = "dynamics" takes one at a time')
            return run_dynamics(ceiling, train, path.dwell_s)
    raise InputError(f"running {running!r}: expected cruise, profile or dynamics")


def _lacking(train: Train, running: str, key: str) -> str:
    return (
        f'{key}: missing from train {train.name!r}; running = "{running}" needs it: '
        "add it, or choose another running"
    )
