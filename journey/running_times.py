"""Running times of many journeys of a plan, at every timing point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from journey.along import ROUNDING_M
from journey.average import LEAST, slowness_for
from journey.errors import InputError
from journey.kinematics import run_train
from journey.kinematics.path import RunningPath
from journey.units import FASTEST_TRACK_KMH, MPS_PER_KMH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from journey.plan import Plan
    from journey.train import Train

BLOCK = 500
FASTEST_MPS = FASTEST_TRACK_KMH * MPS_PER_KMH


@dataclass(frozen=True, eq=False)
class Journeys:
    """What the running times of some journeys depend on.

    Attributes
    ----------
    speed_mps : ndarray, shape (speeds, journeys)
        Each of the plan's speeds, m/s.
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


def running_times_s(plan: Plan, journeys: Journeys) -> NDArray[np.float64]:
    """Time from the start to every timing point without dwell and margin.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    journeys : Journeys
        Speeds, limits and trains.

    Returns
    -------
    ndarray, shape (stations, journeys)
        Seconds.

    Raises
    ------
    InputError
        If an average cannot be kept under the limits, or the train lacks a figure.
    StalledError
        If the train cannot start.
    """
    if not journeys.trains:
        return _constant_times_s(plan, journeys)
    alike, stands_for = journeys.distinct()
    times_s = np.empty((len(plan.route.station_m), alike.count))
    for chosen in _blocks(alike):
        times_s[:, chosen] = _block_times_s(plan, alike.only(chosen))
    return times_s[:, stands_for]


def _constant_times_s(plan: Plan, journeys: Journeys) -> NDArray[np.float64]:
    """Times at the stated speeds, or the limits where they are lower."""
    highest_mps = np.minimum(*_speeds_mps(plan, journeys))
    before_m = plan.cells.run_before(plan.route.station_m)
    times_s = np.zeros((len(before_m), journeys.count))
    # Cell by cell: a product of matrices would be summed in another order on another machine.
    for length_m, cell_mps in zip(before_m.T, highest_mps.T, strict=True):
        times_s += length_m[:, None] / cell_mps
    return times_s


def _speeds_mps(plan: Plan, journeys: Journeys) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Stated speeds, and lowest limits, m/s, each of shape (journeys, cells)."""
    stated_mps = journeys.speed_mps[plan.cells.rule_of].T
    limits_mps = np.where(plan.cells.limited, journeys.limit_mps.T[:, :, None], FASTEST_MPS)
    return stated_mps, limits_mps.min(axis=1, initial=FASTEST_MPS)


def _blocks(journeys: Journeys) -> Iterator[NDArray[np.intp]]:
    """Journeys with one train, not too many at a time for the cache."""
    for train in np.unique(journeys.train_of):
        of_train = np.flatnonzero(journeys.train_of == train)
        yield from np.split(of_train, range(BLOCK, len(of_train), BLOCK))


def _block_times_s(plan: Plan, journeys: Journeys) -> NDArray[np.float64]:
    """As `running_times_s`, for journeys with one train."""
    train = journeys.trains[journeys.train_of[0]]
    stated_mps, limit_mps = _speeds_mps(plan, journeys)
    if plan.speeds.meaning == "average":
        stated_mps = _raised(plan, train, stated_mps, limit_mps)
    highest_mps = np.minimum(stated_mps, limit_mps)
    return _times_s(plan, train, highest_mps, plan.route.station_m).T


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
