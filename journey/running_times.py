"""Running times of many journeys of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from journey.along import ROUNDING_M
from journey.average import LEAST, slowness_for
from journey.errors import InputError
from journey.kinematics import run_train
from journey.kinematics.path import RunningPath
from journey.units import FASTEST_TRACK_KMH, MPS_PER_KMH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from journey.laying import Cells
    from journey.plan import Plan
    from journey.train import Train

BLOCK = 500
KNOT_M = 1000.0
FASTEST_MPS = FASTEST_TRACK_KMH * MPS_PER_KMH


@dataclass(frozen=True, eq=False)
class Journeys:
    """What the running times of some journeys depend on.

    Attributes
    ----------
    speed_mps : ndarray, shape (speeds, journeys)
        Each of the speeds that are drawn, m/s.
    limit_mps : ndarray, shape (limits, journeys)
        Each of its limits, m/s.
    trains : tuple of Train
        The trains that run; empty where the plan has none.
    train_of : ndarray of int, shape (journeys,)
        Which of them each journey has.
    """

    speed_mps: NDArray[np.float64]
    limit_mps: NDArray[np.float64]
    trains: tuple[Train, ...]
    train_of: NDArray[np.intp]

    @property
    def count(self) -> int:
        """How many journeys there are."""
        return len(self.train_of)

    def distinct(self) -> tuple[Journeys, NDArray[np.intp]]:
        """Leave out journeys that run alike; the second array says which stands for each."""
        columns = np.vstack([self.speed_mps, self.limit_mps, self.train_of])
        kept, back = np.unique(columns, axis=1, return_index=True, return_inverse=True)[1:]
        return self.only(kept), back.ravel()

    def only(self, chosen: NDArray[np.intp]) -> Journeys:
        """Take some of the journeys."""
        speed_mps, limit_mps = self.speed_mps[:, chosen], self.limit_mps[:, chosen]
        return Journeys(speed_mps, limit_mps, self.trains, self.train_of[chosen])


def running_rows(
    plan: Plan, journeys: Journeys, at_m: NDArray[np.float64]
) -> Iterator[NDArray[np.float64]]:
    """Time from the start to ascending chainages without dwell and margin.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    journeys : Journeys
        Speeds, limits and trains.
    at_m : ndarray, shape (points,)
        Chainage, m, ascending.

    Yields
    ------
    ndarray, shape (journeys,)
        Seconds, for one chainage after another.

    Raises
    ------
    InputError
        If an average cannot be kept under the limits, or the train lacks a figure.
    StalledError
        If the train cannot start.
    """
    if journeys.trains:
        yield from _train_times_s(plan, journeys, at_m)
        return
    slowness = _slowness(plan, journeys)
    steps_m = np.diff(plan.cells.run_before(at_m), axis=0, prepend=0.0)
    times_s = np.zeros(journeys.count)
    # Cell by cell: a product of matrices would be summed in another order on another machine.
    for step_m in steps_m:
        for cell in np.flatnonzero(step_m):
            times_s = times_s + step_m[cell] * slowness[cell]
        yield times_s


def running_at(
    plan: Plan, journeys: Journeys, run_of: NDArray[np.intp] | None
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Time from the start to a chainage of its own for each draw.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    journeys : Journeys
        Speeds, limits and trains of the runs.
    run_of : ndarray of int, shape (draws,), or None
        Which run each draw has; by default its own.

    Returns
    -------
    callable
        Takes chainages and gives times, both of shape (draws,), m and s. Where a train accelerates
        or brakes, it is exact every kilometre and linear between.
    """
    if not journeys.trains:
        return partial(_constant_time_s, plan.cells, _slowness(plan, journeys))
    end_m = plan.route.length_km * 1000
    knots_m = np.linspace(0.0, end_m, int(np.ceil(end_m / KNOT_M)) + 1)
    table_s = _train_times_s(plan, journeys, knots_m)
    run = np.arange(journeys.count) if run_of is None else run_of

    def time_s(chainage_m: NDArray[np.float64]) -> NDArray[np.float64]:
        share = chainage_m / knots_m[1]
        knot = np.minimum(share.astype(np.intp), len(knots_m) - 2)
        before_s, after_s = table_s[knot, run], table_s[knot + 1, run]
        between: NDArray[np.float64] = before_s + (share - knot) * (after_s - before_s)
        return between

    return time_s


def _constant_time_s(
    cells: Cells, slowness: list[NDArray[np.float64]], chainage_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    times_s = np.zeros_like(chainage_m)
    for start_m, length_m, s_per_m in zip(
        cells.bounds_m[:-1], cells.length_m, slowness, strict=True
    ):
        times_s += np.clip(chainage_m - start_m, 0.0, length_m) * s_per_m
    return times_s


def _slowness(plan: Plan, journeys: Journeys) -> list[NDArray[np.float64]]:
    """Time for each metre at the stated speed, or the limit where it is lower, for each cell."""
    unlimited = [1 / speed_mps for speed_mps in journeys.speed_mps]
    slowness = [unlimited[luck] for luck in plan.cells.luck_of]
    for limit_mps, limited in zip(journeys.limit_mps, plan.cells.limited, strict=True):
        for cell in np.flatnonzero(limited):
            slowness[cell] = np.maximum(slowness[cell], 1 / limit_mps)
    return slowness


def _train_times_s(
    plan: Plan, journeys: Journeys, at_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Times of trains, s, shape (points, journeys)."""
    alike, stands_for = journeys.distinct()
    times_s = np.empty((len(at_m), alike.count))
    for chosen in _blocks(alike):
        times_s[:, chosen] = _block_times_s(plan, alike.only(chosen), at_m)
    return times_s[:, stands_for]


def _speeds_mps(plan: Plan, journeys: Journeys) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Stated speeds, and lowest limits, m/s, each of shape (journeys, cells)."""
    stated_mps = journeys.speed_mps[plan.cells.luck_of].T
    limits_mps = np.where(plan.cells.limited, journeys.limit_mps.T[:, :, None], FASTEST_MPS)
    return stated_mps, limits_mps.min(axis=1, initial=FASTEST_MPS)


def _blocks(journeys: Journeys) -> Iterator[NDArray[np.intp]]:
    """Journeys with one train, not too many at a time for the cache."""
    for train in np.unique(journeys.train_of):
        of_train = np.flatnonzero(journeys.train_of == train)
        yield from np.split(of_train, range(BLOCK, len(of_train), BLOCK))


def _block_times_s(
    plan: Plan, journeys: Journeys, at_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """As `_train_times_s`, for journeys with one train."""
    train = journeys.trains[journeys.train_of[0]]
    stated_mps, limit_mps = _speeds_mps(plan, journeys)
    if plan.speeds.meaning == "average":
        stated_mps = _raised(plan, train, stated_mps, limit_mps)
    highest_mps = np.minimum(stated_mps, limit_mps)
    return _times_s(plan, train, highest_mps, at_m).T


def _times_s(
    plan: Plan, train: Train, highest_mps: NDArray[np.float64], at_m: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Time to given chainages, s, shape (journeys, points), under a speed for each cell."""
    if plan.running == "dynamics":
        alone = [
            RunningPath.of(plan.cells.bounds_m, row, stop_m=plan.cells.halt_m)
            for row in highest_mps
        ]
        return np.stack([run_train(path, train, plan.running).time_at(at_m) for path in alone])
    path = RunningPath.of(plan.cells.bounds_m, highest_mps, stop_m=plan.cells.halt_m)
    return run_train(path, train, plan.running).time_at(at_m)


def _raised(
    plan: Plan, train: Train, stated_mps: NDArray[np.float64], limit_mps: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Speeds that make the stated ones the averages between two stops.

    An average has acceleration, braking and limits in it, so that the train must run faster than
    it where it can. All speeds of a leg are raised by one factor.
    """
    edges_m = np.array([0.0, *plan.cells.halt_m, plan.cells.bounds_m[-1]])
    leg_of = np.searchsorted(edges_m, plan.cells.middle_m) - 1
    first = np.searchsorted(leg_of, np.arange(len(edges_m) - 1))
    wanted_s = np.add.reduceat(plan.cells.length_m / stated_mps, first, axis=1)

    def excess_s(slowness: NDArray[np.float64]) -> NDArray[np.float64]:
        highest_mps = np.minimum(stated_mps / slowness[:, leg_of], limit_mps)
        return np.diff(_times_s(plan, train, highest_mps, edges_m)) - wanted_s

    least_s = excess_s(np.full(wanted_s.shape, LEAST))
    if (least_s > 0).any():
        leg = int(np.argwhere(least_s > 0)[0][1])
        raise InputError(_beyond_reach(plan, edges_m[leg : leg + 2], (wanted_s, least_s), leg))
    return stated_mps / slowness_for(excess_s, wanted_s.shape)[:, leg_of]


def _beyond_reach(
    plan: Plan, ends_m: NDArray[np.float64], legs_s: tuple[NDArray[np.float64], ...], leg: int
) -> str:
    """Say between which stations an average is too high, and what is the most."""
    wanted_s, excess_s = (each[:, leg] for each in legs_s)
    worst = excess_s.argmax()
    stations = plan.route.station_m.searchsorted(ends_m - ROUNDING_M)
    start, end = (plan.route.timing_points[number].station.name for number in stations)
    wanted_kmh, most_kmh = (
        (ends_m[1] - ends_m[0]) / lasting_s / MPS_PER_KMH
        for lasting_s in (wanted_s[worst], wanted_s[worst] + excess_s[worst])
    )
    return (
        f"speed: {wanted_kmh:.1f} km/h on average from {start} to {end} cannot be kept; limits and "
        f'train allow {most_kmh:.1f} km/h: expected less, or meaning = "maximum"'
    )
