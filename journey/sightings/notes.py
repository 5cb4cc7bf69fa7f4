"""What is to be known of a check besides its figures, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.sightings.holding import MOST_TRUST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from journey.sightings.check import Check


def notes_of(check: Check) -> Iterator[str]:
    """Say on what little, or on what odd reports, the answers rest."""
    yield from _on_the_reports(check)
    yield from _on_the_draws(check)
    if check.rivals and check.rivals[0].posterior is None:
        yield (
            "No rival can explain all reports that are held for certain (trust 1): none has a "
            "posterior. Give them less trust."
        )


def _on_the_reports(check: Check) -> Iterator[str]:
    if not check.reports:
        yield "No report is stated: all figures are those of the scenario itself."
    if len(check.reports) == 1:
        yield "One report alone: it is held against the scenario, not against others."
    if len(check.reports) > 1 and all(e.verdict == "contradicted" for e in check.reports):
        yield _where_none_holds({each.by_scenario for each in check.reports})
    distrusted = sum(each.report.sighting.trust == 0 for each in check.reports)
    if distrusted:
        who = "One report has" if distrusted == 1 else f"{distrusted} reports have"
        yield f"{who} no trust at all, and moved nothing."
    if check.relaxed:
        yield (
            "Reports that are held for certain (trust 1) exclude each other or every journey: "
            f"here they count as {100 * MOST_TRUST:g} % sure."
        )


def _where_none_holds(by_scenario: set[bool]) -> str:
    """Tell reports that exclude each other from a scenario that excludes them."""
    if by_scenario == {False}:
        return "Every report is contradicted by the others: they cannot be about one journey."
    who = "No report agrees" if by_scenario == {True} else "No report agrees with the others and"
    return (
        f"{who} with what the scenario allows: widen its departure, speeds or halts, or doubt "
        "the reports."
    )


def _on_the_draws(check: Check) -> Iterator[str]:
    evidence = check.ensemble.evidence
    if evidence and not evidence.enough:
        yield (
            f"Only {evidence.effective_draws:,.0f} effective draws of {evidence.tried:,} journeys "
            "agree with the reports: probabilities are rough. More --draws may help."
        )
