"""The reports with their verdicts, the claims computed anew, and the destinations weighed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.check_words import (
    LIKELY_AND_RIGHT,
    NOT_COMPUTED,
    claim_in_words,
    percent,
    report_in_words,
    reporter_in_words,
    why_in_words,
    why_of_claim,
)
from journey.report.blocks import Paragraph, Table

if TYPE_CHECKING:
    from journey.report.blocks import Block
    from journey.report.findings import Findings
    from journey.sightings.holding import CheckedReport


def reports(found: Findings) -> tuple[Block, ...]:
    """Each report once, in order along the way."""
    checked = found.checked
    notes = tuple(Paragraph(note, warning=True) for note in checked.notes)
    if not checked.reports:
        return ()
    table = Table(
        caption="The reports, each held against all the others and against the scenario.",
        head=("Report", "By whom", "Likely", "Right", "Verdict", "Why"),
        rows=tuple(_report(each, found) for each in checked.reports),
        figures=(False, False, True, True, False, False),
        widths=(0.23, 0.15, 0.08, 0.08, 0.13, 0.33),
        note=LIKELY_AND_RIGHT,
    )
    return (*notes, table)


def _report(checked: CheckedReport, found: Findings) -> tuple[str, ...]:
    than = "the headline" if found.checked.headline_kmh else "the scenario as stated"
    evidence = found.view.ensemble.evidence
    right = evidence.right_of(checked.report.sighting) if evidence else None
    why = why_in_words(checked, than)
    return (
        report_in_words(checked),
        reporter_in_words(checked),
        percent(checked.probability),
        percent(checked.report.right if right is None else right),
        checked.verdict,
        f"{why[:1].upper()}{why[1:]}",
    )


def claims(found: Findings) -> tuple[Block, ...]:
    """Published figures, computed anew."""
    if not found.checked.claims:
        return ()
    rows = tuple(
        (claim_in_words(each.claim), each.verdict or NOT_COMPUTED, why_of_claim(each))
        for each in found.checked.claims
    )
    return (
        Table(
            caption="Published figures of distance, speed and time, computed anew.",
            head=("Claim", "Verdict", "What comes out"),
            rows=rows,
            figures=(False, False, False),
            widths=(0.36, 0.14, 0.5),
        ),
    )


def rivals(found: Findings) -> tuple[Block, ...]:
    """How likely each destination is, before and after the reports."""
    if not found.rivals:
        return ()
    rows = tuple(
        (each.destination, each.scenario, percent(each.prior), percent(each.posterior))
        for each in found.rivals
    )
    return (
        Table(
            caption="Destinations, weighed by the same reports.",
            head=("Destination", "Scenario", "Before", "After all reports"),
            rows=rows,
            figures=(False, False, True, True),
            widths=(0.3, 0.4, 0.12, 0.18),
            note="Before: as the scenario states. After: by Bayes' rule.",
        ),
    )
