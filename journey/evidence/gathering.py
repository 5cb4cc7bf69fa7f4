"""Gathering journeys that the reports of one stage of the way make likely."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.drawing.shares import GROUPS, stream
from journey.evidence.carrying import BLOCK, Carried, Roots
from journey.evidence.likelihood import hold, timed
from journey.evidence.logarithms import log_sum, log_sums, logarithm, weights_of

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
MOST_KEPT = 4 * POOL
"""Journeys of several blocks that are kept in between."""
STALLED = 0.2
"""How much more journeys must tell for each that is tried, or trying on is of no use."""


class UnsatisfiedError(Exception):
    """No journey satisfies the reports of a stage.

    Attributes
    ----------
    report : Observed
        The one that is least satisfied, of those that are trusted entirely.
    nearest_s : float
        By how much it is later than the nearest journey, s; earlier if below zero, and zero where
        only several together are not satisfied.
    tried : int
        Journeys that were held against it.
    """

    def __init__(self, report: Observed, nearest_s: float, tried: int) -> None:
        super().__init__(report, nearest_s, tried)
        self.report, self.nearest_s, self.tried = report, nearest_s, tried


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
    kept: list[_Tried] = []
    tried, told = 0, 0.0
    while tried < MOST_BLOCKS:
        numbers = range(tried, min(tried + max(tried // 2, 1), MOST_BLOCKS))
        kept += [_try(carrier, stage, before, number) for number in numbers]
        tried = numbers.stop
        before_told, told = told, carrier.roots(*_merged(kept)).effective
        # Those who come from the same few journeys tell hardly more, however many they are.
        grown = tried / numbers.start if numbers.start else np.inf
        stalled = before and 0 < told < before_told * (1 + STALLED * (grown - 1))
        if told >= wanted or stalled:
            break
        if sum(len(each.log_weight) for each in kept) > MOST_KEPT:
            kept = [_pooled(carrier, stage, kept, tried)]
    return _gathered(carrier, _pooled(carrier, stage, kept, tried), before, tried * BLOCK)


def _gathered(carrier: Carrier, left: _Tried, before: Gathered | None, tried: int) -> Gathered:
    whole = log_sum(left.log_of_group)
    if not np.isfinite(whole):
        raise UnsatisfiedError(*left.nearest, tried)
    log = before.log if before else 0.0
    return Gathered(
        left.carried._replace(weight=weights_of(left.log_weight)[0]),
        np.exp(left.log_of_group - whole) * GROUPS,
        log + whole - float(np.log(tried)),
        tuple((log + left.log_sums - np.log(tried)).tolist()),
        carrier.roots(*_merged([left])),
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
    """What is left of some journeys.

    `log_weight` has the logarithm of how much each counts, `log_sums` those of the sums of all
    weights after each of the reports, `log_of_group` those of each group after all; `nearest` is
    the report that is least satisfied of those that are trusted entirely, and by how much.
    """

    carried: Carried
    log_weight: NDArray[np.float64]
    log_sums: NDArray[np.float64]
    log_of_group: NDArray[np.float64]
    nearest: tuple[Observed, float]


def _try(carrier: Carrier, stage: Stage, before: Gathered | None, number: int) -> _Tried:
    """Draw a block of journeys to the end of a stage, and hold the reports against them."""
    if before is None:
        draws, carried = carrier.begin(stage, number)
    else:
        draws, carried = carrier.carry(before.carried, before.of_group, stage, number)
    log_weight, sums, _ = hold(draws, stage.reports, logarithm(carried.weight))
    groups = log_weight.reshape(GROUPS, -1)
    every = _Tried(
        carried,
        log_weight,
        sums,
        np.array([log_sum(group) for group in groups]),
        # Only asked for where no journey is left.
        (stage.reports[0], 0.0)
        if np.isfinite(sums[-1])
        else nearest_of(stage.reports, timed(draws, stage.reports)),
    )
    return _thinned(every, KEPT, stream(carrier.seed, f"kept at {stage.end}", number))


def _pooled(carrier: Carrier, stage: Stage, kept: Sequence[_Tried], tried: int) -> _Tried:
    """Put together what is left of several blocks, and no more of it than is needed."""
    together = _Tried(
        Carried.together([each.carried for each in kept]),
        np.concatenate([each.log_weight for each in kept]),
        log_sums([each.log_sums for each in kept]),
        log_sums([each.log_of_group for each in kept]),
        min((each.nearest for each in kept), key=lambda pair: abs(pair[1])),
    )
    return _thinned(together, POOL, stream(carrier.seed, f"pooled at {stage.end}", tried))


def _thinned(left: _Tried, kept: int, random: np.random.Generator) -> _Tried:
    weight, scale = weights_of(left.log_weight)
    chosen, weight = thinned(weight, kept, random)
    carried = left.carried.only(chosen, weight)
    return left._replace(carried=carried, log_weight=np.log(weight) + scale)


def _merged(kept: Sequence[_Tried]) -> tuple[list[Carried], NDArray[np.float64]]:
    """The journeys that are left, and their weights, of which the greatest is 1."""
    weight, _ = weights_of(np.concatenate([each.log_weight for each in kept]))
    return [each.carried for each in kept], weight


def nearest_of(reports: Sequence[Observed], times_s: Times) -> tuple[Observed, float]:
    """The report that is least satisfied, and by how much the nearest journey misses it, s."""
    least_s = [0.0] * len(reports)
    for number, report in enumerate(reports):
        if not report.wrong and report.bounds:
            miss_s = report.misses_s(times_s)
            least_s[number] = float(miss_s[np.abs(miss_s).argmin()])
    worst = int(np.abs(least_s).argmax())
    return reports[worst], least_s[worst]
