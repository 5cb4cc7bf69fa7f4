"""Drawing journeys: block by block, every random factor from a stream of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.alternatives import accounts
from journey.ensemble.draws import Draws
from journey.ensemble.halts import NO_HALTS, draw_halts
from journey.ensemble.shares import GROUPS, Blocks, deal, shares
from journey.running_times import Journeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from journey.ensemble.halts import Halts
    from journey.plan import Plan
    from journey.quantities import Quantity
    from journey.train import Train

    Shares = Callable[[str], NDArray[np.float64]]

TRAINS = 400
"""Trains that are drawn for a ``profile``, at most, unless there are more rows than that."""
RUNS = 1000
"""Runs that are drawn for ``dynamics``, which takes them one by one, each with its own train, at
most, unless there are more rows than that."""


def draw_block(plan: Plan, blocks: Blocks, seed: int, number: int) -> Draws:
    """Draw the journeys of one block.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    blocks : Blocks
        How the draws are divided.
    seed : int
        What the random streams are spawned from.
    number : int
        Which of the blocks.
    """
    size = blocks.size(number)

    def drawn(quantity: Quantity, name: str) -> NDArray[np.float64]:
        if quantity.fixed:
            return np.full(size, quantity.low)
        return quantity.at(shares(seed, name, number, blocks.row)[:size])

    journeys, run_of = _draw_journeys(plan, blocks, seed, number)
    stations = [plan.route.timing_points[station].station for station in plan.stop_station]
    dwells_s = [
        drawn(stop.duration_s, f"stop {station.id}")
        for stop, station in zip(plan.stops, stations, strict=True)
    ]
    return Draws(
        plan=plan,
        block=number,
        group=np.repeat(np.arange(GROUPS), blocks.row)[:size],
        depart_s=drawn(plan.depart_s, "depart"),
        dwell_s=np.reshape(dwells_s, (len(dwells_s), size)),
        journeys=journeys,
        run_of=run_of,
        margin_share=drawn(plan.margin_share, "margin percent"),
        margin_s_per_m=drawn(plan.margin_s_per_m, "margin minutes"),
        halts=_draw_halts(plan, blocks, seed, number),
    )


def _draw_halts(plan: Plan, blocks: Blocks, seed: int, number: int) -> Halts:
    if plan.unreported_halts is None:
        return NO_HALTS
    length_m = plan.route.length_km * 1000
    halts = draw_halts(plan.unreported_halts, length_m, seed, number, blocks.row)
    return halts.part(0, blocks.size(number))


def _draw_journeys(
    plan: Plan, blocks: Blocks, seed: int, number: int
) -> tuple[Journeys, NDArray[np.intp] | None]:
    """What running times depend on, and which of these runs each draw has: by default its own.

    Where the model is slow, fewer runs are drawn, and each is dealt to many draws of its row.
    """
    size = blocks.size(number)
    if plan.running != "dynamics":
        whole = _draw_runs(plan, blocks, seed, number, blocks.row)
        return (whole if size == whole.count else whole.only(np.arange(size))), None
    runs = _part_of_row(RUNS, blocks)
    run_of = deal(seed, "run", number, blocks.row, runs)[:size]
    used = np.arange(int(run_of.max()) // runs * runs + runs)
    return _draw_runs(plan, blocks, seed, number, runs).only(used), run_of


def _draw_runs(plan: Plan, blocks: Blocks, seed: int, number: int, runs: int) -> Journeys:
    """So many runs for each row of a block."""

    def shares_of(name: str) -> NDArray[np.float64]:
        return shares(seed, name, number, runs)

    names = [f"limit {' to '.join(limit.between)}" for limit in plan.limits]
    limits = [
        # Told by its stretch, so that one limit more changes nothing for the others.
        each.at(shares_of(f"{name} {names[:n].count(name)}"))
        for n, (each, name) in enumerate(zip(plan.limit_mps, names, strict=True))
    ]
    trains = runs if plan.running == "dynamics" else min(_part_of_row(TRAINS, blocks), runs)
    fixed = plan.train is None or plan.train.fixed_for(plan.running)
    return Journeys(
        speed_mps=_draw_speeds(plan, shares_of, runs),
        limit_mps=np.reshape(limits, (len(limits), GROUPS * runs)),
        trains=_draw_trains(plan, seed, number, trains),
        train_of=np.zeros(GROUPS * runs, dtype=np.intp)
        if fixed
        else deal(seed, "train", number, runs, trains),
    )


def _part_of_row(wanted: int, blocks: Blocks) -> int:
    """How many of a row make up a wanted number in all: a power of two, and one at least."""
    part = min(max(wanted // blocks.rows, 1), blocks.row)
    return 1 << (part.bit_length() - 1)


def _draw_speeds(plan: Plan, shares_of: Shares, runs: int) -> NDArray[np.float64]:
    """Speeds: a slow train is slow everywhere, but for the luck that each section has of its own.

    The speed of every section has the stated distribution. Of accounts that contradict each other
    one is right for the whole journey.
    """
    speeds = np.empty((len(plan.speed_mps), GROUPS * runs))
    whole, account = shares_of("speed"), shares_of("speed account")
    for row, (each, luck) in enumerate(zip(plan.speed_mps, plan.cells.lucks, strict=True)):
        share = whole
        if luck.section:
            own = shares_of(f"speed on {luck.section}")
            share = _joined(whole, own, plan.speeds.section_share)
        for part, here in accounts(each, account):
            speeds[row, here] = part.at(share[here])
    return speeds


def _joined(
    whole: NDArray[np.float64], own: NDArray[np.float64], own_part: float
) -> NDArray[np.float64]:
    """Join the share of a journey and that of a section as normal scores (a Gaussian copula).

    Of the variance of the score the section has the stated part.
    """
    from scipy.special import ndtr, ndtri  # noqa: PLC0415 - heavy, and rarely needed

    score = ndtri(whole) * np.sqrt(1 - own_part) + ndtri(own) * np.sqrt(own_part)
    joined: NDArray[np.float64] = ndtr(score)
    return joined


def _draw_trains(plan: Plan, seed: int, number: int, trains: int) -> tuple[Train, ...]:
    """So many trains for each row of a block; one alone where nothing differs."""
    if plan.train is None or plan.train.fixed_for(plan.running):
        return () if plan.train is None else (plan.train.at(),)
    names = ("train size", "train readiness")
    drawn = (shares(seed, name, number, trains).tolist() for name in names)
    return tuple(plan.train.at(*each) for each in zip(*drawn, strict=True))
