"""Each report held against all the others, and against the scenario alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journey.ensemble import WANTED
from journey.errors import ImpossibleError
from journey.evidence import LEAST_EFFECTIVE
from journey.evidence.following import Follower
from journey.evidence.likelihood import observed
from journey.evidence.placing import placed
from journey.sightings.others import without
from journey.sightings.reasons import reasons
from journey.sightings.reports import Report
from journey.sightings.verdicts import Verdict, verdict_on_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from journey.ensemble import Ensemble
    from journey.plan import Plan
    from journey.reports import Sighting
    from journey.sightings import Comparison

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
    by_scenario : bool
        Whether the scenario contradicts it even without any other report.
    beside : Comparison or None
        The report beside the headline's window; None where there is nothing to compare.
    """

    report: Report
    probability: float
    verdict: Verdict
    why: str
    by_scenario: bool = False
    beside: Comparison | None = None


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
        self._follower = Follower(stated.plan, stated.seed)
        self.ensemble, self.relaxed = taken_in(stated, sightings, self._follower)
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
        left, _ = taken_in(self.stated, said, self._follower, LEAST_EFFECTIVE)
        return left, left.probability_of(report.sighting)

    def against_others(self, report: Report) -> CheckedReport:
        """Hold a report against all the others."""
        if report.why_not is not None:
            return CheckedReport(report, 0.0, "contradicted", report.why_not, by_scenario=True)
        # What cannot be right on this route, or is not trusted at all, moves nothing.
        others = [
            other
            for other in self.reports
            if other is not report and other.why_not is None and other.sighting.trust > 0
        ]
        left, probability = self._left_by(others, report)
        verdict = self._verdict(report, probability)
        by_scenario = verdict == "contradicted" and self._excludes(report)
        why = reasons(
            report,
            others,
            self.stated if by_scenario or not others else left,
            speeds_kmh=_speeds_kmh(self.stated.plan),
            contradicted=verdict != "consistent",
        )
        return CheckedReport(report, probability, verdict, why, by_scenario)

    def _excludes(self, report: Report) -> bool:
        """Whether the scenario alone makes a report as unlikely as the others do."""
        before = self.stated.probability_of(report.sighting)
        return self._verdict(report, before) == "contradicted"

    def _verdict(self, report: Report, probability: float) -> Verdict:
        (laid,) = observed(self.stated.plan, (report.sighting,))
        return verdict_on_report(probability, laid.astray)


def taken_in(
    stated: Ensemble,
    sightings: tuple[Sighting, ...],
    follower: Follower,
    wanted: float = WANTED,
) -> tuple[Ensemble, bool]:
    """Condition journeys on reports, and say whether certain ones had to count as less."""
    # What cannot be right on this route excludes no other report.
    possible = [_capped(each) if placed(each, stated.plan).why_not else each for each in sightings]
    try:
        return stated.given(possible, wanted=wanted, follower=follower), False
    except ImpossibleError:
        capped = [_capped(sighting) for sighting in sightings]
        return stated.given(capped, wanted=wanted, follower=follower), True


def _capped(sighting: Sighting) -> Sighting:
    return replace(sighting, trust=min(sighting.trust, MOST_TRUST))


def _speeds_kmh(plan: Plan) -> tuple[float, float]:
    """The lowest and the highest speed that are stated."""
    speeds = [rule.speed_kmh for rule in plan.speeds.every]
    return min(each.low for each in speeds), max(each.high for each in speeds)
