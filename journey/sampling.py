"""Drawing what is uncertain: one random stream a quantity, in slices of equal probability."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.running_times import Journeys

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from journey.plan import Plan
    from journey.units import Range

TRAINS = 50
"""Trains that an uncertain one is drawn from."""
RUNS = 1000
"""Runs that are computed for ``dynamics``, which takes them one by one."""
CORNERS = 11
"""Trains from the lightest to the heaviest, to find the quickest and the slowest among."""


def order(name: str, count: int, seed: int) -> NDArray[np.intp]:
    """Draw a random order of so many things, from the stream of that name."""
    stream = np.random.SeedSequence([seed, *name.encode("utf-8", "surrogatepass")])
    return np.random.default_rng(stream).permutation(count)


def drawn(quantity: Range, count: int, seed: int, name: str) -> NDArray[np.float64]:
    """Draw a quantity: the middle of each of `count` slices of equal probability."""
    return quantity.at((order(name, count, seed) + 0.5) / count)


def draw_journeys(plan: Plan, draws: int, seed: int) -> Journeys:
    """Draw what running times depend on.

    Where the model is slow, fewer runs are drawn, and each is dealt to many draws.
    """
    runs = min(draws, RUNS) if plan.running == "dynamics" else draws
    speeds = zip(plan.speeds.every, plan.speed_mps, strict=True)
    limits = zip(plan.limits, plan.limit_mps, strict=True)
    trains = min(runs, TRAINS)
    journeys = _journeys(
        plan,
        [drawn(speed, runs, seed, f"speed {rule.where}") for rule, speed in speeds],
        [drawn(speed, runs, seed, f"limit {limit.between}") for limit, speed in limits],
        (np.arange(trains) + 0.5) / trains,
        order("train", runs, seed) % trains,
    )
    return journeys if runs == draws else journeys.only(order("run", draws, seed) % runs)


def extreme_journeys(plan: Plan) -> Journeys:
    """Journeys with every speed at its highest, and as many with every speed at its lowest.

    Whether a longer, heavier and stronger train is a quicker one is not known beforehand, so each
    half has several.
    """
    ends = (1.0, 0.0)
    return _journeys(
        plan,
        [np.repeat(speed.at(ends), CORNERS) for speed in plan.speed_mps],
        [np.repeat(speed.at(ends), CORNERS) for speed in plan.limit_mps],
        np.linspace(0, 1, CORNERS),
        np.tile(np.arange(CORNERS), 2),
    )


def extreme(quantity: Range) -> NDArray[np.float64]:
    """Take a quantity at its low end for the quick journeys, at its high end for the slow ones."""
    return np.repeat(quantity.at((0.0, 1.0)), CORNERS)


def _journeys(
    plan: Plan,
    speed_mps: list[NDArray[np.float64]],
    limit_mps: list[NDArray[np.float64]],
    train_shares: ArrayLike,
    train_of: NDArray[np.intp],
) -> Journeys:
    count = len(train_of)
    limits_mps = np.reshape(limit_mps, (len(limit_mps), count))
    if plan.running == "cruise" or plan.train is None:
        return Journeys(np.stack(speed_mps), limits_mps, (), np.zeros(count, dtype=np.intp))
    if plan.train.fixed:
        return Journeys(
            np.stack(speed_mps), limits_mps, (plan.train.at(),), np.zeros_like(train_of)
        )
    trains = tuple(plan.train.at(share) for share in np.asarray(train_shares).tolist())
    return Journeys(np.stack(speed_mps), limits_mps, trains, train_of)
