"""Drawing journeys: block by block, every random factor from a stream of its own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypedDict

import numpy as np

from journey.alternatives import accounts
from journey.drawing.draws import Draws
from journey.drawing.halts import draw_halts
from journey.drawing.shares import GROUPS, Blocks, deal, shares, stream
from journey.running_times import Journeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from journey.laying import Luck
    from journey.plan import Plan
    from journey.quantities import Quantity
    from journey.statements import Speeds
    from journey.train import Train

    Shares = Callable[[str], NDArray[np.float64]]

TRAINS = 400
"""Trains that are drawn for a ``profile``, at most, unless there are more rows than that."""
RUNS = 1000
"""Runs that are drawn for ``dynamics``, which takes them one by one, each with its own train, at
most, unless there are more rows than that."""


class Apart(TypedDict):
    """What is drawn apart from how the train runs, as `Draws` has it."""

    depart_s: NDArray[np.float64]
    dwell_s: NDArray[np.float64]
    margin_share: NDArray[np.float64]
    margin_s_per_m: NDArray[np.float64]


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

    def shares_of(name: str) -> NDArray[np.float64]:
        return shares(seed, name, number, blocks.row)[:size]

    journeys, run_of = _draw_journeys(plan, blocks, seed, number)
    halts = draw_halts(plan.halt_ways, shares_of, lambda name: stream(seed, name, number))
    return Draws(
        plan=plan,
        block=number,
        group=np.repeat(np.arange(GROUPS), blocks.row)[:size],
        journeys=journeys,
        run_of=run_of,
        halts=halts,
        **draw_apart(plan, shares_of, size),
    )


def draw_apart(plan: Plan, shares_of: Shares, size: int, stops: int | None = None) -> Apart:
    """Draw what does not depend on how the train runs: departure, dwells and margin.

    Parameters
    ----------
    plan : Plan
        The scenario on its route.
    shares_of : callable
        Gives shares of probability, shape (size,), by the name of a factor.
    size : int
        How many journeys.
    stops : int, optional
        How many stops they come to; all by default. Others are left at nothing.
    """

    def drawn(quantity: Quantity, name: str) -> NDArray[np.float64]:
        return np.full(size, quantity.low) if quantity.fixed else quantity.at(shares_of(name))

    dwell_s = np.zeros((len(plan.stops), size))
    for number, name in enumerate(dwell_names(plan)[:stops]):
        dwell_s[number] = drawn(plan.stops[number].duration_s, name)
    return Apart(
        depart_s=drawn(plan.depart_s, "depart"),
        dwell_s=dwell_s,
        margin_share=drawn(plan.margin_share, "margin percent"),
        margin_s_per_m=drawn(plan.margin_s_per_m, "margin minutes"),
    )


def dwell_names(plan: Plan) -> list[str]:
    """Names of the factors of a plan's stops."""
    stations = [plan.route.timing_points[station].station for station in plan.stop_station]
    return [f"stop {station.id}" for station in stations]


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

    trains = runs if plan.running == "dynamics" else min(_part_of_row(TRAINS, blocks), runs)
    fixed = plan.train is None or plan.train.fixed_for(plan.running)
    return Journeys(
        speed_mps=draw_speeds(plan, shares_of, GROUPS * runs),
        limit_mps=draw_limits(plan, shares_of, GROUPS * runs),
        trains=_draw_trains(plan, seed, number, trains),
        train_of=np.zeros(GROUPS * runs, dtype=np.intp)
        if fixed
        else deal(seed, "train", number, runs, trains),
    )


def _part_of_row(wanted: int, blocks: Blocks) -> int:
    """How many of a row make up a wanted number in all: a power of two, and one at least."""
    part = min(max(wanted // blocks.rows, 1), blocks.row)
    return 1 << (part.bit_length() - 1)


def draw_speeds(
    plan: Plan, shares_of: Shares, size: int, until_m: float = np.inf
) -> NDArray[np.float64]:
    """Speeds: a slow train is slow everywhere, but for the luck of each country and section.

    The speed of every section has the stated distribution. Of accounts that contradict each other
    one is right for the whole journey. Speeds that hold only beyond `until_m` are left at 1 m/s.
    """
    speeds = np.ones((len(plan.speed_mps), size))
    whole, account = shares_of("speed"), shares_of("speed account")
    score_of = cache(lambda name: _score(shares_of(name)))
    for row, (each, luck) in enumerate(zip(plan.speed_mps, plan.cells.lucks, strict=True)):
        if each.fixed:
            speeds[row] = each.low
        if each.fixed or plan.cells.first_m(row) >= until_m:
            continue
        share = _joined(plan.speeds, luck, score_of) if any(luck_names(luck)) else whole
        for part, here in accounts(each, account):
            speeds[row, here] = part.at(share[here])
    return speeds


def luck_names(luck: Luck) -> list[str]:
    """Names of the factors of a speed that the whole journey does not have in common."""
    names = [f"speed in {luck.country}"] if luck.country else []
    return names + ([f"speed on {luck.section}"] if luck.section else [])


def draw_limits(plan: Plan, shares_of: Shares, size: int) -> NDArray[np.float64]:
    """Draw limits, each told by its stretch: one limit more changes nothing for the others."""
    names = [f"limit {' to '.join(limit.between)}" for limit in plan.limits]
    limits = [
        each.at(shares_of(f"{name} {names[:n].count(name)}"))
        for n, (each, name) in enumerate(zip(plan.limit_mps, names, strict=True))
    ]
    return np.reshape(limits, (len(limits), size))


def _joined(speeds: Speeds, luck: Luck, score_of: Shares) -> NDArray[np.float64]:
    """Join the share of a journey with those of a country and a section as normal scores.

    Of the variance of the score each has its stated part (a Gaussian copula).
    """
    from scipy.special import ndtr  # noqa: PLC0415 - heavy, and rarely needed

    parts = [speeds.country_share] if luck.country else []
    parts += [speeds.section_share] if luck.section else []
    score = score_of("speed") * np.sqrt(max(1 - sum(parts), 0.0))
    for name, part in zip(luck_names(luck), parts, strict=True):
        score += score_of(name) * np.sqrt(part)
    joined: NDArray[np.float64] = ndtr(score)
    return joined


def _score(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """Normal scores of shares of probability."""
    from scipy.special import ndtri  # noqa: PLC0415 - heavy, and rarely needed

    score: NDArray[np.float64] = ndtri(share)
    return score


def _draw_trains(plan: Plan, seed: int, number: int, trains: int) -> tuple[Train, ...]:
    """So many trains for each row of a block; one alone where nothing differs."""
    if plan.train is None or plan.train.fixed_for(plan.running):
        return () if plan.train is None else (plan.train.at(),)
    names = ("train size", "train readiness")
    drawn = (shares(seed, name, number, trains).tolist() for name in names)
    return tuple(plan.train.at(*each) for each in zip(*drawn, strict=True))
