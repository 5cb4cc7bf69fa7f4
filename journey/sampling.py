"""Drawing what is uncertain: one random stream a quantity, in slices of equal probability."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from journey.errors import InputError
from journey.running_times import Journeys

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from journey.plan import Plan
    from journey.train import Train
    from journey.units import Range

SLICES = 20
"""Sizes, and for each as many kinds of readiness, of the trains that are drawn from."""
SHARES = tuple((number + 0.5) / SLICES for number in range(SLICES))
RUNS = 1000
"""Runs that are computed for ``dynamics``, which takes them one by one."""
MOST_UNCERTAIN = 4
"""Uncertain speeds and limits that an average may have: their ends are all tried together."""


def slots(name: str, count: int, of: int, seed: int) -> NDArray[np.intp]:
    """Deal so many draws to numbered slots, as evenly as can be, in the order of a stream."""
    stream = np.random.SeedSequence([seed, *name.encode("utf-8", "surrogatepass")])
    order = np.random.default_rng(stream).permutation(count)
    return ((2 * order + 1) * of // (2 * count)).astype(np.intp)


def drawn(quantity: Range, count: int, seed: int, name: str) -> NDArray[np.float64]:
    """Draw a quantity: the middle of each of `count` slices of equal probability."""
    return quantity.at((slots(name, count, count, seed) + 0.5) / count)


def draw_journeys(plan: Plan, draws: int, seed: int) -> Journeys:
    """Draw what running times depend on.

    Where the model is slow, fewer runs are drawn, and each is dealt to many draws.
    """
    runs = min(draws, RUNS) if plan.running == "dynamics" else draws
    names = plan.quantities
    values = [drawn(quantity, runs, seed, name) for name, quantity in names.items()]
    trains = _trains(plan, SHARES, SHARES)
    size, readiness = (slots(f"train {of}", runs, SLICES, seed) for of in ("size", "readiness"))
    train_of = SLICES * size + readiness if len(trains) > 1 else np.zeros_like(size)
    journeys = _journeys(plan, np.stack(values), trains, train_of)
    return journeys if runs == draws else journeys.only(slots("run", draws, runs, seed))


def draw_dwells_s(plan: Plan, draws: int, seed: int) -> NDArray[np.float64]:
    """Draw how long the train stands at each stop, s, shape (stops, draws)."""
    stations = (plan.route.timing_points[number].station for number in plan.stop_station)
    dwells_s = [
        drawn(stop.duration_s, draws, seed, f"stop {station.id}")
        for stop, station in zip(plan.stops, stations, strict=True)
    ]
    return np.reshape(dwells_s, (len(dwells_s), draws))


def corner_journeys(plan: Plan) -> Journeys:
    """Journeys among which are the quickest and the slowest that a plan allows, at every place.

    Higher speeds, higher limits and a readier train are quicker everywhere; of trains of other
    sizes that is not known, so all that may be drawn are tried. Under an average, a leg takes as
    long as it should: a lower limit here makes the train run faster there. Then all ends of all
    speeds and limits are tried together, and yet a value between them may be quicker still.

    Raises
    ------
    InputError
        If an average has too many uncertain speeds and limits for that.
    """
    ranges = list(plan.quantities.values())
    alike = [[1.0] * len(ranges), [0.0] * len(ranges)]
    ends = _ends_apart(plan.uncertain) if plan.trades else alike
    values = [[float(each.at(end)) for each, end in zip(ranges, row, strict=True)] for row in ends]
    trains = _trains(plan, (0.0, *SHARES, 1.0), (0.0, 1.0))
    each_train = np.arange(max(len(trains), 1))
    columns = np.repeat(np.transpose(values), len(each_train), axis=1)
    return _journeys(plan, columns, trains, np.tile(each_train, len(ends)))


def _ends_apart(uncertain: tuple[bool, ...]) -> list[list[float]]:
    if sum(uncertain) > MOST_UNCERTAIN:
        raise InputError(
            f"speed: an average with {sum(uncertain)} uncertain speeds and limits: expected "
            f'{MOST_UNCERTAIN} at most; give some one value, or say meaning = "maximum"'
        )
    either = [(0.0, 1.0) if each else (0.0,) for each in uncertain]
    return [list(ends) for ends in product(*either)]


def _trains(plan: Plan, sizes: Iterable[float], readiness: Iterable[float]) -> tuple[Train, ...]:
    """Trains of every size, and of every readiness for each; one alone where nothing differs."""
    if plan.train is None:
        return ()
    if plan.train.fixed_for(plan.running):
        return (plan.train.at(),)
    return tuple(plan.train.at(*each) for each in product(sizes, readiness))


def _journeys(
    plan: Plan, values: NDArray[np.float64], trains: tuple[Train, ...], train_of: NDArray[np.intp]
) -> Journeys:
    speeds = len(plan.speeds.every)
    return Journeys(values[:speeds], values[speeds:], trains, train_of)
