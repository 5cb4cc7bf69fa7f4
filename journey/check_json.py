"""What `journey check` finds, for machines: ``journey.check/1``."""

from __future__ import annotations

import math
from datetime import UTC
from typing import TYPE_CHECKING, Any

from journey.sightings.leg_words import leg_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo

    from journey.reports import Sighting
    from journey.sightings.check import Check
    from journey.sightings.grounds import CheckedClaim
    from journey.sightings.holding import CheckedReport
    from journey.sightings.legs import ReportedLeg
    from journey.sightings.rivals import Moved, Standing
    from journey.sightings.stays import Stay

    Zones = dict[tuple[object, ...], tzinfo]


def check_document(check: Check, notes: Iterable[str] = ()) -> dict[str, Any]:
    """``journey.check/1``. Null is a number that is not known, not finite or does not exist.

    Parameters
    ----------
    check : Check
        What came out.
    notes : iterable of str
        What is to be known besides.
    """
    ensemble, evidence = check.ensemble, check.ensemble.evidence
    zones = {each.report.sighting.said: each.report.zone for each in check.reports}
    return {
        "schema": "journey.check/1",
        "scenario": ensemble.plan.name,
        "draws": ensemble.draws,
        "seed": ensemble.seed,
        "effective_draws": round(ensemble.effective_draws, 1),
        "log_evidence": _number(ensemble.log_evidence, 4),
        "pareto_k": _number(evidence.pareto_k if evidence else math.nan, 3),
        "reports": [_report(each) for each in check.reports],
        "legs": [_leg(each, check.headline_kmh) for each in check.legs],
        "claims": [_claim(each) for each in check.claims],
        "rivals": [_rival(each, zones) for each in check.rivals],
        "headline": None if check.headline_kmh is None else {"speed_kmh": check.headline_kmh},
        "notes": list(notes),
    }


def _report(checked: CheckedReport) -> dict[str, Any]:
    report, beside = checked.report, checked.beside
    return {
        "place": report.place,
        **_said(report.sighting, report.zone),
        "direction": report.sighting.direction,
        "trust": report.sighting.trust,
        "publisher": report.publisher,
        "wording": report.sighting.wording,
        "probability": _share(checked.probability),
        "right": _share(report.right),
        "verdict": checked.verdict,
        "why": checked.why,
        "copies": [_said(copy, report.zone) for copy in report.copies],
        "headline_gap_least_s": beside.least_gap_s if beside else None,
        "headline_gap_most_s": beside.most_gap_s if beside else None,
    }


def _said(sighting: Sighting, zone: tzinfo) -> dict[str, Any]:
    return {
        "event": sighting.event,
        "earliest": sighting.earliest.astimezone(zone).isoformat(),
        "latest": sighting.latest.astimezone(zone).isoformat(),
        "source": sighting.source,
    }


def _leg(leg: ReportedLeg, headline_kmh: float | None) -> dict[str, Any]:
    (low, high), (least_h, most_h) = leg.kmh, leg.hours
    posterior = leg.posterior
    return {
        "from": leg.start.point.station.name,
        "to": leg.end.point.station.name,
        "km": round(leg.km, 3),
        "kmh_low": _number(low, 2),
        "kmh_high": _number(high, 2),
        "hours_low": round(least_h, 3),
        "hours_high": round(most_h, 3),
        "leaves": _stay(leg.start),
        "arrives": _stay(leg.end),
        "moving_kmh": _spread(posterior.speed_kmh if posterior else None),
        "standing_h": _spread(posterior.standing_h if posterior else None),
        "elapsed_h": _spread(posterior.elapsed_h if posterior else None),
        "dwell_h": _spread(posterior.dwell_h if posterior else None),
        "in_words": leg_in_words(leg, headline_kmh),
    }


def _stay(stay: Stay) -> dict[str, Any]:
    zone = stay.point.station.zone
    return {
        "earliest": stay.earliest.astimezone(zone).isoformat(),
        "latest": stay.latest.astimezone(zone).isoformat(),
        "by": [report.said for report in stay.uses],
    }


def _claim(checked: CheckedClaim) -> dict[str, Any]:
    claim, computed = checked.claim, checked.computed
    low, high = computed or (math.nan, math.nan)
    return {
        "what": claim.what,
        "between": list(claim.between),
        "stated": claim.value,
        "unit": claim.unit,
        "bound": claim.bound,
        "computed": _number((low + high) / 2, 2),
        "computed_low": _number(low, 2),
        "computed_high": _number(high, 2),
        "verdict": checked.verdict,
        "why": checked.why,
        "source": claim.source,
        "wording": claim.wording,
    }


def _rival(standing: Standing, zones: Zones) -> dict[str, Any]:
    return {
        "scenario": standing.scenario,
        "destination": standing.destination,
        "prior": standing.prior,
        "posterior": _share(standing.posterior),
        "log_evidence": _number(standing.log_evidence, 4),
        "by_report": [_moved(each, zones) for each in standing.by_report],
    }


def _moved(moved: Moved, zones: Zones) -> dict[str, Any]:
    return {
        "place": str(moved.sighting.at),
        **_said(moved.sighting, zones.get(moved.sighting.said, UTC)),
        "posterior": _share(moved.posterior),
        "log_evidence": _number(moved.log_evidence, 4),
    }


def _spread(values: tuple[float, ...] | None) -> dict[str, float | None]:
    """Least, central and most by name."""
    names = ("low", "central", "high")
    return {
        name: _number(value, 3)
        for name, value in zip(names, values or (None,) * len(names), strict=True)
    }


def _number(value: float | None, decimals: int) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, decimals)


def _share(value: float | None) -> float | None:
    """To four digits that count: a posterior may be very small."""
    return None if value is None else float(f"{value:.4g}")
