"""Gathering journeys that the reports of one stage of the way make likely."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.drawing.counting import MOST_LANES
from journey.drawing.shares import GROUPS, stream
from journey.evidence.carrying import BLOCK, Carried
from journey.evidence.likelihood import hold, timed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from journey.evidence.carrying import Carrier
    from journey.evidence.likelihood import Observed, Times
    from journey.evidence.passage import Stage

MOST_BLOCKS = 256
MOST_TRIED = MOST_BLOCKS * BLOCK
"""Journeys that are tried for a stage at most."""
KEPT = 4_096
"""Journeys of a block that are kept, in the mean."""
POOL = 65_536
"""Journeys that are kept in all."""
STALLED = 0.2
"""How much more journeys must tell for each that is tried, or trying on is of no use."""


class UnsatisfiedError(Exception):
    """No journey satisfies the reports of a stage.

    Attributes
    ----------
    report : Observed
        The one that is least satisfied, of those that are trusted entirely.
    nearest_s : float
        By how much it is later than the nearest journey, s; earlier if below zero.
    tried : int
        Journeys that were held against it.
    """

    def __init__(self, report: Observed, nearest_s: float, tried: int) -> None:
        super().__init__(report, nearest_s, tried)
        self.report, self.nearest_s, self.tried = report, nearest_s, tried


class Roots(NamedTuple):
    """Weights of the journeys at the start that others go back to."""

    weight: NDArray[np.float64]

    @property
    def effective(self) -> float:
        """As many independent journeys tell as much (Kish 1965)."""
        total = float(self.weight.sum())
        return total**2 / float((self.weight**2).sum()) if total else 0.0


class Gathered(NamedTuple):
    """Journeys that have come to the end of a stage.

    Attributes
    ----------
    carried : Carried
        The journeys.
    of_group : ndarray, shape (groups,)
        How much those of each group that are carried on count, 1 in the mean.
    log : float
        Logarithm of the probability of all reports so far.
    logs : tuple of float
        The same, up to and with each report of the stage.
    roots : Roots
        The journeys at the start that they go back to.
    tried : int
        Journeys that were held against the reports of the stage.
    """

    carried: Carried
    of_group: NDArray[np.float64]
    log: float
    logs: tuple[float, ...]
    roots: Roots
    tried: int


def gather(carrier: Carrier, stage: Stage, before: Gathered | None, wanted: float) -> Gathered:
    """Draw journeys to the end of a stage until enough of them are likely.

    Parameters
    ----------
    carrier : Carrier
        Draws them.
    stage : Stage
        From where to where, and the reports.
    before : Gathered or None
        Those that have come to its beginning; none at the start of the way.
    wanted : float
        Independent journeys that should be left.

    Raises
    ------
    UnsatisfiedError
        If none that was tried satisfies the reports.
    """
    every: list[_Tried] = []
    told, wave = 0.0, 1
    with ThreadPoolExecutor(MOST_LANES) as pool:
        while len(every) < MOST_BLOCKS:
            numbers = range(len(every), min(len(every) + wave, MOST_BLOCKS))
            every += pool.map(partial(_try, carrier, stage, before), numbers)
            before_told, told = told, _roots(every).effective
            # Those who come from the same few journeys tell hardly more, however many they are.
            grown = len(every) / numbers.start if numbers.start else np.inf
            stalled = before and 0 < told < before_told * (1 + STALLED * (grown - 1))
            if told >= wanted or stalled:
                break
            wave = max(len(every) // 2, 1)
    return _gathered(carrier, stage, before, every)


def _gathered(
    carrier: Carrier, stage: Stage, before: Gathered | None, every: Sequence[_Tried]
) -> Gathered:
    tried = BLOCK * len(every)
    of_group = np.sum([each.of_group for each in every], axis=0) / (tried / GROUPS)
    sums = np.sum([each.sums for each in every], axis=0)
    if not of_group.any():
        nearest = min(filter(None, (each.nearest for each in every)), key=lambda pair: abs(pair[1]))
        raise UnsatisfiedError(*nearest, tried)
    carried = Carried.together([each.carried for each in every])
    random = stream(carrier.seed, f"pooled at {stage.end}", 0)
    log = before.log if before else 0.0
    return Gathered(
        carried.only(*thinned(carried.weight, POOL, random)),
        of_group / of_group.mean(),
        log + float(np.log(of_group.mean())),
        tuple((log + np.log(sums / tried)).tolist()),
        _roots(every),
        tried,
    )


def thinned(
    weight: NDArray[np.float64], kept: int, random: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Leave out light ones at random, so that the rest stands for all.

    Those above a threshold are kept as they are; a lighter one is kept with the probability of its
    weight over the threshold, which it then weighs (Fearnhead and Clifford 2003).

    Parameters
    ----------
    weight : ndarray, shape (n,)
        0 or more.
    kept : int
        How many should be left, in the mean.
    random : Generator
        Of its own.

    Returns
    -------
    chosen : ndarray of int
        Which are left.
    weight : ndarray
        What each of them weighs now.
    """
    chosen = np.flatnonzero(weight)
    if len(chosen) <= kept:
        return chosen, weight[chosen]
    in_order = np.sort(weight)[::-1]
    lighter = in_order.sum() - np.cumsum(in_order)[:kept] + in_order[:kept]
    thresholds = lighter / (kept - np.arange(kept))
    threshold = thresholds[np.argmax(in_order[:kept] <= thresholds)]
    chosen = np.flatnonzero(weight > threshold * random.random(len(weight)))
    return chosen, np.maximum(weight[chosen], threshold)


class _Tried(NamedTuple):
    """What is left of a block of journeys.

    `sums` has the sum of their weights after each of the reports, `of_group` that of each group
    after all; if no journey counts, `nearest` has the report that is least satisfied of those that
    are trusted entirely, and by how much.
    """

    carried: Carried
    sums: NDArray[np.float64]
    of_group: NDArray[np.float64]
    nearest: tuple[Observed, float] | None


def _try(carrier: Carrier, stage: Stage, before: Gathered | None, number: int) -> _Tried:
    """Draw a block of journeys to the end of a stage, and hold the reports against them."""
    if before is None:
        draws, carried = carrier.begin(stage, number)
    else:
        draws, carried = carrier.carry(before.carried, before.of_group, stage, number)
    weight, sums, _ = hold(draws, stage.reports, carried.weight)
    random = stream(carrier.seed, f"kept at {stage.end}", number)
    return _Tried(
        carried.only(*thinned(weight, KEPT, random)),
        sums,
        np.bincount(carried.group, weight, minlength=GROUPS).astype(np.float64),
        nearest_of(stage.reports, timed(draws, stage.reports)) if not sums[-1] else None,
    )


def _roots(every: Sequence[_Tried]) -> Roots:
    root = np.concatenate([each.carried.root for each in every])
    weight = np.concatenate([each.carried.weight for each in every])
    _, which = np.unique(root, return_inverse=True)
    return Roots(np.bincount(which, weight).astype(np.float64))


def nearest_of(reports: Sequence[Observed], times_s: Times) -> tuple[Observed, float]:
    """The report that is least satisfied, and by how much the nearest journey misses it, s."""
    least_s = [0.0] * len(reports)
    for number, report in enumerate(reports):
        if not report.wrong and report.bounds:
            miss_s = report.misses_s(times_s)
            least_s[number] = float(miss_s[np.abs(miss_s).argmin()])
    worst = int(np.abs(least_s).argmax())
    return reports[worst], least_s[worst]
