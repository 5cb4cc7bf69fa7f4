"""What becomes of reports, claims and rivals, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journey.gap_words import gap_in_words
from journey.sightings.leg_words import leg_in_words
from journey.units import format_duration
from journey.words import listed

if TYPE_CHECKING:
    from journey.reports import Claim
    from journey.sightings.grounds import CheckedClaim
    from journey.sightings.holding import CheckedReport
    from journey.sightings.legs import ReportedLeg

LIKELY_AND_RIGHT = (
    "Likely: that what the report says holds, given all the others. "
    "Right: that it is right, after all of them and itself."
)
NOT_COMPUTED = "not computed"
_SMALLEST_SHARE = 0.001
_SMALL_SHARE = 0.0995


def report_in_words(checked: CheckedReport) -> str:
    """What a report says: ``Khasan: arrive Tue 12 Sep 2023 05:55 to 06:05 (UTC+10)``."""
    report = checked.report
    return f"{report.place}: {report.sighting.event} {report.when}"


def reporter_in_words(checked: CheckedReport) -> str:
    """Who says it, and how far that is trusted: ``KCNA and 2 more, trust 85 %``."""
    report = checked.report
    copies = f" and {len(report.copies)} more" if report.copies else ""
    return f"{report.publisher}{copies}, trust {percent(report.sighting.trust)}"


def why_in_words(checked: CheckedReport, than: str) -> str:
    """The reason of a verdict, and how far the report is from the headline, or the scenario.

    Parameters
    ----------
    checked : CheckedReport
        The report.
    than : str
        What it is held beside, such as ``"the headline"``.
    """
    gap = gap_in_words(checked.beside) if checked.beside else None
    beside = f" It is {gap.replace('the window', than)}." if gap else ""
    named = checked.verdict != "consistent" and checked.report.why_not is None
    return f"{'against it: ' if named else ''}{checked.why}.{beside}"


def reported_leg_in_words(leg: ReportedLeg, headline_kmh: float | None) -> str:
    """What a leg took, and by which reports."""
    ends = [
        f"{stay.point.station.name} ({listed([each.publisher for each in stay.uses])})"
        for stay in (leg.start, leg.end)
    ]
    return f"{ends[0]} to {ends[1]}: {leg_in_words(leg, headline_kmh)}"


def claim_in_words(claim: Claim) -> str:
    """What is claimed: ``Rail distance Pyongyang - Khasan: 1,000 km``."""
    bound = "" if claim.bound == "about" else f"{claim.bound} "
    stated = f"{bound}{_figure(claim.value, claim.unit)}"
    return f"{claim.what.capitalize()} {' - '.join(claim.between)}: {stated}"


def why_of_claim(checked: CheckedClaim) -> str:
    """How a claim was computed anew, as a sentence."""
    return f"{checked.why[:1].upper()}{checked.why[1:]}."


def _figure(value: float, unit: str) -> str:
    whole = value == int(value)
    return format_duration(value * 3600) if unit == "h" and not whole else f"{value:,g} {unit}"


def percent(share: float | None) -> str:
    """``85 %``, ``0.4 %``, ``under 0.1 %`` also where none was seen; a dash where there is none."""
    if share is None:
        return "-"
    if share < _SMALLEST_SHARE:
        return "under 0.1 %"
    figure = f"{100 * share:.1f}" if share < _SMALL_SHARE else f"{100 * share:.0f}"
    return "over 99.5 %" if figure == "100" and share < 1 else f"{figure} %"
