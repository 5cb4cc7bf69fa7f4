"""Reports held against each other and against the model, claims computed anew, rivals weighed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journey.defaults import DRAWS, SEED
from journey.ensemble import Ensemble
from journey.errors import InputError, naming
from journey.evidence import LEAST_EFFECTIVE
from journey.evidence.likelihood import astray
from journey.sightings import Comparison, compare
from journey.sightings.claims import CheckedClaim, Grounds, check_claim
from journey.sightings.legs import ReportedLeg, legs_between
from journey.sightings.others import without
from journey.sightings.reasons import LEVEL, reasons
from journey.sightings.reports import Report, events_near
from journey.sightings.rivals import (
    Rivalry,
    Standing,
    equal,
    informed,
    simulate_rival,
    weigh,
    with_rivals,
)
from journey.sightings.verdicts import Verdict, verdict_on_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.network import Network
    from journey.plan import Plan
    from journey.reports import Sighting
    from journey.scenario import Scenario

ENOUGH = 2.5 * LEAST_EFFECTIVE
"""Independent journeys that verdicts rest on: they make shares of probability true to some 2 %."""
MOST_TRUST = 0.999
"""What is held for certain counts as so likely where reports of that kind exclude each other."""


@dataclass(frozen=True, slots=True)
class CheckedReport:
    """A report held against all the others.

    Attributes
    ----------
    report : Report
        The report.
    probability : float
        That what it says holds, given all the others.
    verdict : {"consistent", "strained", "contradicted"}
        What becomes of it.
    why : str
        What speaks against it, and what the others leave.
    beside : Comparison or None
        The report beside the headline's window; None where there is nothing to compare.
    """

    report: Report
    probability: float
    verdict: Verdict
    why: str
    beside: Comparison | None = None


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
        Average speeds between the places of those that are not contradicted.
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
    usable = tuple(each.report for each in reports if each.verdict != "contradicted")
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


class Holding:
    """The journeys of a scenario, and what its reports make of them.

    Attributes
    ----------
    ensemble : Ensemble
        The journeys after all reports.
    relaxed : bool
        Whether certain reports count as `MOST_TRUST`.
    reports : tuple of Report
        Each once, in order along the way.
    """

    def __init__(self, stated: Ensemble, sightings: tuple[Sighting, ...]) -> None:
        """Take the reports in."""
        self.stated = stated
        self.ensemble, self.relaxed = taken_in(stated, sightings)
        said = {_capped(sighting): sighting for sighting in reversed(sightings)}
        evidence = self.ensemble.evidence
        self.reports = tuple(
            Report.of(each, said[_capped(each.sighting)], stated.plan)
            for each in (evidence.taken if evidence else ())
        )

    def _left_by(self, others: Sequence[Report], report: Report) -> tuple[Ensemble, float]:
        """The journeys after the others, and the probability of the report given these."""
        found = without(self.ensemble, _capped(report.sighting))
        if found.will_do:
            return self.ensemble, found.probability
        said = tuple(other.sighting for other in others)
        left, _ = taken_in(self.stated, said, wanted=LEAST_EFFECTIVE)
        return left, left.probability_of(report.sighting)

    def against_others(self, report: Report) -> CheckedReport:
        """Hold a report against all the others."""
        if report.why_not is not None:
            return CheckedReport(report, 0.0, "contradicted", report.why_not)
        # What cannot be right on this route, or is not trusted at all, moves nothing.
        others = [
            other
            for other in self.reports
            if other is not report and other.why_not is None and other.sighting.trust > 0
        ]
        left, probability = self._left_by(others, report)
        verdict = verdict_on_report(probability, astray(report.sighting))
        why = reasons(
            report,
            others,
            left,
            speeds_kmh=_speeds_kmh(self.stated.plan),
            contradicted=verdict != "consistent",
        )
        return CheckedReport(report, probability, verdict, why)


def taken_in(
    stated: Ensemble, sightings: tuple[Sighting, ...], wanted: float = ENOUGH
) -> tuple[Ensemble, bool]:
    """Condition journeys on reports, and say whether certain ones had to count as less."""
    try:
        return stated.given(sightings, wanted=wanted), False
    except InputError:
        capped = [_capped(sighting) for sighting in sightings]
        return stated.given(capped, wanted=wanted), True


def _capped(sighting: Sighting) -> Sighting:
    return replace(sighting, trust=min(sighting.trust, MOST_TRUST))


def _speeds_kmh(plan: Plan) -> tuple[float, float]:
    """The lowest and the highest speed that are stated."""
    speeds = [rule.speed_kmh for rule in plan.speeds.every]
    return min(each.low for each in speeds), max(each.high for each in speeds)


def _beside_headline(
    scenario: Scenario, network: Network, draws: int, seed: int
) -> dict[Sighting, Comparison]:
    """Reports beside the windows of the headline, or of the scenario as it is stated."""
    drawn = scenario.as_headline().simulate(network, draws=draws, seed=seed)
    return {each.sighting: each for each in compare(drawn.plan, drawn.window_list(1.0))}


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
    own = informed(stated, said, ENOUGH) if held.relaxed else Rivalry.of(held.ensemble)
    drawn = [simulate_rival(each, network, stated.draws, stated.seed) for each in others]
    return weigh([own, *(informed(each, said, ENOUGH) for each in drawn)], weights)
