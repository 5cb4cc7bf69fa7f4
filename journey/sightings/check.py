"""Reports held against each other and against the model, claims computed anew, rivals weighed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journey.defaults import DRAWS, SEED
from journey.ensemble import Ensemble
from journey.errors import naming
from journey.sightings import Comparison, compare
from journey.sightings.claims import check_claim
from journey.sightings.contenders import equal, simulate_rival, with_rivals
from journey.sightings.grounds import CheckedClaim, Grounds
from journey.sightings.holding import CheckedReport, Holding
from journey.sightings.legs import ReportedLeg, legs_between
from journey.sightings.reasons import LEVEL
from journey.sightings.reports import Report, events_near
from journey.sightings.rivals import Rivalry, Standing, informed, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from journey.network import Network
    from journey.reports import Sighting
    from journey.scenario import Scenario


@dataclass(frozen=True, eq=False, slots=True)
class Check:
    """What came out.

    Attributes
    ----------
    ensemble : Ensemble
        The journeys after the reports, or those of the scenario where there is none.
    headline_kmh : float or None
        The speed that is said of the journey in short.
    reports : tuple of CheckedReport
        Each report once, in order along the way.
    legs : tuple of ReportedLeg
        Average speeds between the places of those that are trusted and not contradicted.
    claims : tuple of CheckedClaim
        Published figures.
    rivals : tuple of Standing
        The scenario and its rivals; empty where there is none.
    relaxed : bool
        Whether reports that are held for certain exclude each other, or every journey.
    """

    ensemble: Ensemble
    headline_kmh: float | None
    reports: tuple[CheckedReport, ...]
    legs: tuple[ReportedLeg, ...]
    claims: tuple[CheckedClaim, ...]
    rivals: tuple[Standing, ...]
    relaxed: bool


def check(
    scenario: Scenario,
    network: Network,
    rivals: Sequence[Scenario] = (),
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Check:
    """Hold the reports of a scenario against each other and against the model.

    Parameters
    ----------
    scenario : Scenario
        With its reports, claims and rivals.
    network : Network
        The railway.
    rivals : sequence of Scenario
        Other scenarios for the same reports, all alike likely before them; by default those that
        the scenario names.
    draws, seed : int
        As for `Scenario.simulate`.

    Returns
    -------
    Check
        Verdicts with their reasons.

    Raises
    ------
    JourneyError
        If the scenario, a claim or a rival cannot be computed.
    """
    plan = scenario.plan(network)
    events = events_near(plan, scenario.sightings)
    with naming(scenario.origin):
        stated = Ensemble.draw(plan, draws=draws, seed=seed, events=events)
    held = Holding(stated, scenario.sightings)
    beside = _beside_headline(scenario, network, draws, seed)
    reports = tuple(
        replace(held.against_others(report), beside=beside.get(report.sighting))
        for report in held.reports
    )
    usable = tuple(_usable(reports))
    headline_kmh = scenario.headline.speed_kmh if scenario.headline else None
    grounds = Grounds(network, held.ensemble, usable, headline_kmh, LEVEL)
    return Check(
        held.ensemble,
        headline_kmh,
        reports,
        legs_between(held.ensemble, usable, LEVEL),
        tuple(check_claim(claim, grounds) for claim in scenario.claims),
        _weighed(scenario, rivals, held, network),
        held.relaxed,
    )


def _usable(reports: Iterable[CheckedReport]) -> Iterator[Report]:
    """Reports that legs and claims may rest on."""
    for each in reports:
        if each.verdict != "contradicted" and each.report.sighting.trust > 0:
            yield each.report


def _beside_headline(
    scenario: Scenario, network: Network, draws: int, seed: int
) -> dict[Sighting, Comparison]:
    """Reports beside the windows of the headline, or of the scenario as it is stated."""
    plan = scenario.as_headline().plan(network)
    events = events_near(plan, plan.sightings)
    drawn = Ensemble.draw(plan, draws=draws, seed=seed, events=events)
    return {each.sighting: each for each in compare(plan, drawn.window_list(1.0))}


def rivalries(
    scenario: Scenario, others: Iterable[Scenario], network: Network, draws: int, seed: int
) -> tuple[Rivalry, ...]:
    """What the reports of a scenario make of others."""
    drawn = (simulate_rival(each, network, draws, seed) for each in others)
    return tuple(informed(each, scenario.sightings) for each in drawn)


def _weighed(
    scenario: Scenario, rivals: Sequence[Scenario], held: Holding, network: Network
) -> tuple[Standing, ...]:
    """Weigh the scenario against others; its own reports are taken in already."""
    named, priors = with_rivals(scenario)
    others = tuple(rivals) or named[1:]
    if not others:
        return ()
    weights = equal(1 + len(others)) if rivals else priors
    stated, said = held.stated, scenario.sightings
    # Of reports that had to count as less than certain the evidence is another one.
    own = informed(stated, said) if held.relaxed else Rivalry.of(held.ensemble)
    return weigh([own, *rivalries(scenario, others, network, stated.draws, stated.seed)], weights)
