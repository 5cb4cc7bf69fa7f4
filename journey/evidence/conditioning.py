"""Taking reports in: which of the journeys that a scenario allows they make likely."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from journey.drawing.counting import MOST_LANES
from journey.drawing.population import Weighed, whole_weights
from journey.drawing.shares import Blocks
from journey.errors import InputError
from journey.evidence import Evidence, Taken
from journey.evidence.following import follow
from journey.evidence.gathering import Roots, UnsatisfiedError
from journey.evidence.likelihood import hold, observed
from journey.evidence.pareto import pareto_shape
from journey.units import format_duration

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from journey.drawing.population import Population, Stated
    from journey.evidence.likelihood import Observed
    from journey.plan import Plan
    from journey.reports import Sighting

REMEDY = "lower its trust below 1, or widen what the scenario allows"
MOST_WEIGHED = 1 << 22
"""Draws that are held against reports one by one, at most."""


def condition(
    stated: Stated, sightings: Iterable[Sighting], wanted: float
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
            raise InputError(f"{_named(report)}: {report.why_not}; {REMEDY}")
    weighed = _weighed(stated, reports, wanted)
    if weighed:
        return weighed
    try:
        found = follow(stated.plan, reports, stated.seed, wanted)
    except UnsatisfiedError as error:
        raise InputError(_unsatisfied(error)) from None
    taken = _taken(reports, _shares(found.population, reports), found.logs)
    shape = pareto_shape(found.roots)
    evidence = Evidence(taken, found.logs[-1], found.effective_draws, shape, found.tried)
    return found.population, evidence


def probability_of(plan: Plan, population: Population, sighting: Sighting) -> float:
    """Share of some journeys of which a report would be right, each by its weight."""
    (report,) = observed(plan, [sighting])
    return _shares(population, [report])[0]


def _weighed(
    stated: Stated, reports: Sequence[Observed], wanted: float
) -> tuple[Weighed, Evidence] | None:
    """The stated journeys by their weights; none where too few of them are likely."""
    blocks = Blocks.of(min(stated.blocks.draws, MOST_WEIGHED))
    if blocks.draws < wanted:
        return None
    some = replace(stated, blocks=blocks)
    weight, sums, held = _held(some, reports)
    effective = Roots(weight).effective
    if effective < wanted:
        return None
    logs = np.log(sums / blocks.draws).tolist()
    taken = _taken(reports, (held / weight.sum()).tolist(), logs)
    evidence = Evidence(taken, logs[-1], effective, pareto_shape(weight), blocks.draws)
    return Weighed(some, whole_weights(weight), effective), evidence


class _Held(NamedTuple):
    """Weights of journeys, and sums of weights for each report: up to it, and where it holds."""

    weight: NDArray[np.float64]
    sums: NDArray[np.float64]
    held: NDArray[np.float64]


def _held(stated: Stated, reports: Sequence[Observed]) -> _Held:
    """Hold reports against each of the stated journeys."""

    def of_block(number: int) -> _Held:
        draws = stated.block(number)
        weight, sums, holds = hold(draws, reports, np.ones(draws.count))
        return _Held(weight, sums, np.array([weight[each].sum() for each in holds]))

    with ThreadPoolExecutor(MOST_LANES) as pool:
        every = list(pool.map(of_block, range(stated.count)))
    return _Held(
        np.concatenate([each.weight for each in every]),
        np.sum([each.sums for each in every], axis=0),
        np.sum([each.held for each in every], axis=0),
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
        holds = hold(draws, reports, draws.weights)[2]
        held += [draws.weights[each].sum() for each in holds]
    shares: list[float] = (held / total).tolist()
    return shares


def _unsatisfied(error: UnsatisfiedError) -> str:
    side = "later" if error.nearest_s < 0 else "earlier"
    away = format_duration(abs(error.nearest_s))
    return (
        f"{_named(error.report)}: none of {error.tried:,} journeys satisfies it; the nearest is "
        f"{away} {side}; {REMEDY}"
    )


def _named(report: Observed) -> str:
    said = report.sighting
    return (
        f"sighting at {str(said.at)!r} ({said.event}, {said.earliest.isoformat()} to "
        f"{said.latest.isoformat()})"
    )
