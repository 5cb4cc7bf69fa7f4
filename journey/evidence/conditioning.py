"""Taking reports in: which of the journeys that a scenario allows they make likely."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.clock import format_interval
from journey.drawing.counting import lanes_for
from journey.drawing.population import Weighed, whole_weights
from journey.drawing.shares import Blocks
from journey.errors import ImpossibleError, InputError
from journey.evidence import Evidence, Taken
from journey.evidence.carrying import Roots
from journey.evidence.following import Follower, follow
from journey.evidence.gathering import UnsatisfiedError
from journey.evidence.likelihood import hold, observed, timed
from journey.evidence.logarithms import log_sum, log_sums, weights_of
from journey.evidence.pareto import pareto_shape
from journey.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from journey.drawing.population import Population, Stated
    from journey.evidence.likelihood import Observed
    from journey.plan import Plan
    from journey.reports import Sighting

ENOUGH = 30.0
"""Journeys that tell how likely a report is."""
SPREAD = 0.1
"""Part of the spread of journeys over which their times are taken for evenly spread."""
REMEDY = "lower a trust below 1, or widen what the scenario allows"
MINUTE_S = 60.0
MOST_WEIGHED = 1 << 22
"""Draws that are held against reports one by one, at most."""


def condition(
    stated: Stated,
    sightings: Iterable[Sighting],
    wanted: float,
    follower: Follower | None = None,
) -> tuple[Population, Evidence]:
    """Condition the journeys of a plan on reports.

    If enough of the drawn journeys are likely, each is given its weight. Otherwise more are drawn,
    and followed from report to report, see `journey.evidence.following`.

    Parameters
    ----------
    stated : Stated
        The journeys.
    sightings : iterable of Sighting
        The reports.
    wanted : float
        Independent journeys that should be left.
    follower : Follower, optional
        What follows them; one that remembers what it drew for other reports saves time.

    Raises
    ------
    InputError
        If there is no report, one is of an unknown place, or no journey satisfies those that are
        trusted entirely.
    """
    reports = observed(stated.plan, sightings)
    if not reports:
        raise InputError("sightings: none; give one report at least")
    for report in reports:
        if report.why_not and not report.wrong:
            raise ImpossibleError(f"{_named(report, stated.plan)}: {report.why_not}; {REMEDY}")
    weighed = _weighed(stated, reports, wanted)
    if weighed:
        return weighed
    try:
        found = follow(follower or Follower(stated.plan, stated.seed), reports, wanted)
    except UnsatisfiedError as error:
        raise ImpossibleError(_unsatisfied(error, reports, stated.plan)) from None
    taken = _taken(reports, _shares(found.population, reports), found.logs)
    shape = pareto_shape(found.roots)
    evidence = Evidence(taken, found.logs[-1], found.effective_draws, shape, found.tried)
    return found.population, evidence


def probability_of(plan: Plan, population: Population, sighting: Sighting) -> float:
    """Share of some journeys of which a report would hold, each by its weight.

    Where too few of them tell of a narrow interval, it is widened until enough do, but no farther
    than their times may be taken for evenly spread, and their share is scaled down to its width.
    """
    (report,) = observed(plan, [sighting])
    if not report.bounds:
        return 0.0
    miss_s, weight = _misses_s(population, report)
    share = min(float(weight[miss_s == 0].sum()), 1.0)
    if share * population.effective >= ENOUGH:
        return share
    wanted = ENOUGH / population.effective
    low_s, high_s, enough_s = _miss_quantiles_s(miss_s, weight, [0.05, 0.95, wanted])
    width_s, even_s = report.latest_s - report.earliest_s, SPREAD * (high_s - low_s)
    if width_s > even_s:
        return share
    beside_s = min(enough_s, even_s)
    nearly = float(weight[miss_s <= beside_s].sum())
    return min(nearly * width_s / (width_s + 2 * beside_s), 1.0)


def _misses_s(
    population: Population, report: Observed
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """By how much a report misses each journey, s, and the shares of these."""
    misses_s, weights = [], []
    for number in range(population.count):
        draws = population.block(number)
        miss_s = np.abs(report.misses_s(timed(draws, [report])))
        misses_s.append(np.broadcast_to(miss_s, (draws.count,)))
        weights.append(draws.weights)
    weight = np.concatenate(weights)
    return np.concatenate(misses_s), weight / weight.sum()


def _miss_quantiles_s(
    miss_s: NDArray[np.float64], weight: NDArray[np.float64], shares: Sequence[float]
) -> list[float]:
    """By how much shares of the journeys are missed at most, s."""
    in_order = np.argsort(miss_s)
    numbers = np.searchsorted(np.cumsum(weight[in_order]), shares)
    quantiles_s: list[float] = miss_s[in_order[np.minimum(numbers, len(miss_s) - 1)]].tolist()
    return quantiles_s


def _weighed(
    stated: Stated, reports: Sequence[Observed], wanted: float
) -> tuple[Weighed, Evidence] | None:
    """The stated journeys by their weights; none where too few of them are likely."""
    blocks = Blocks.of(min(stated.blocks.draws, MOST_WEIGHED))
    if blocks.draws < wanted:
        return None
    some = stated if blocks == stated.blocks else replace(stated, blocks=blocks)
    held = _held(some, reports)
    whole = log_sum(held.log_weight)
    if not np.isfinite(whole):
        return None
    weight, _ = weights_of(held.log_weight)
    roots = Roots.of(held.run_of, weight)
    if roots.effective < wanted:
        return None
    logs = (held.log_sums - np.log(blocks.draws)).tolist()
    taken = _taken(reports, np.exp(held.log_held - whole).tolist(), logs)
    shape = pareto_shape(roots.weight)
    evidence = Evidence(taken, logs[-1], roots.effective, shape, blocks.draws)
    return Weighed(some, whole_weights(weight), roots.effective), evidence


class _Held(NamedTuple):
    """Logarithms of weights of journeys, and of their sums for each report.

    `log_sums` are those of all journeys up to and with a report, `log_held` those of the journeys
    of which it holds, after all reports; `run_of` tells which journeys have one run.
    """

    log_weight: NDArray[np.float64]
    log_sums: NDArray[np.float64]
    log_held: NDArray[np.float64]
    run_of: NDArray[np.intp]


def _held(stated: Stated, reports: Sequence[Observed]) -> _Held:
    """Hold reports against each of the stated journeys."""

    def of_block(number: int) -> _Held:
        draws = stated.block(number)
        logs, sums, holds = hold(draws, reports, np.zeros(draws.count))
        log_held = [log_sum(np.where(each, logs, -np.inf)) for each in holds]
        runs = np.arange(draws.count) if draws.run_of is None else draws.run_of
        return _Held(logs, sums, np.array(log_held), runs + number * stated.blocks.block)

    with ThreadPoolExecutor(lanes_for(stated.count)) as pool:
        every = list(pool.map(of_block, range(stated.count)))
    return _Held(
        np.concatenate([each.log_weight for each in every]),
        log_sums([each.log_sums for each in every]),
        log_sums([each.log_held for each in every]),
        np.concatenate([each.run_of for each in every]),
    )


def _taken(
    reports: Sequence[Observed], shares: Sequence[float], logs: Sequence[float]
) -> tuple[Taken, ...]:
    """Make of the shares of journeys of which reports hold the probability that they are right.

    They may also just happen to hold.
    """
    return tuple(
        Taken(
            report.sighting,
            report.copies,
            report.why_not,
            share * report.sighting.trust / (report.right or 1.0),
            log,
        )
        for report, share, log in zip(reports, shares, logs, strict=True)
    )


def _shares(population: Population, reports: Sequence[Observed]) -> list[float]:
    """Share of the journeys of which each report holds, by weight."""
    held, total = np.zeros(len(reports)), 0.0
    for number in range(population.count):
        draws = population.block(number)
        total += draws.weights.sum()
        times_s = timed(draws, reports)
        held += [draws.weights[each.holds(times_s, draws.count)].sum() for each in reports]
    shares: list[float] = (held / total).tolist()
    return shares


def _unsatisfied(error: UnsatisfiedError, reports: Sequence[Observed], plan: Plan) -> str:
    if error.nearest_s:
        side = "later" if error.nearest_s < 0 else "earlier"
        away = format_duration(max(abs(error.nearest_s), MINUTE_S))
        why = f"none of {error.tried:,} journeys satisfies it; the nearest is {away} {side}"
        return f"{_named(error.report, plan)}: {why}; {REMEDY}"
    certain = [_named(report, plan) for report in reports if not report.wrong]
    together = "it" if len(certain) == 1 else "them together"
    return f"{'; '.join(certain)}: none of {error.tried:,} journeys satisfies {together}; {REMEDY}"


def _named(report: Observed, plan: Plan) -> str:
    said = report.sighting
    numbers = [int(np.abs(plan.route.station_m - point.at_m).argmin()) for point in report.points]
    zone = plan.route.timing_points[min(numbers, default=0)].station.zone
    when = format_interval(said.earliest, said.latest, zone)
    return f"sighting at {str(said.at)!r} ({said.event} {when})"
