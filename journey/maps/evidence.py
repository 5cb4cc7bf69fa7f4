"""The reports that a map shows: what they say, where and when, and how they fare."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from journey.clock import format_interval
from journey.evidence.likelihood import observed
from journey.evidence.placing import placed
from journey.gap_words import gap_in_words
from journey.sightings import compare

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.evidence import Evidence
    from journey.evidence.likelihood import Bound
    from journey.plan import Plan
    from journey.reports import Sighting

LEAVING_FIRST = ("depart",)
"""Events of which the first bound is a departure."""
COMING_LAST = ("arrive", "not yet at")
"""Events of which the last bound is an arrival."""


def evidence_of(result: Ensemble, windows: tuple[Window, ...]) -> list[dict[str, Any]]:
    """Every report of an ensemble's plan, in the order of what they say of time.

    Parameters
    ----------
    result : Ensemble
        The drawn journeys.
    windows : tuple of Window
        Of all its events.

    Returns
    -------
    list of dict
        What each says, in words; ``station``, the id of its station, or None of other spots, of
        places off the way, and of stations that are passed more than once; ``spans_m``, where it
        is; ``needs``, of which one must hold: by when a journey must have come to (or left) one
        chainage, and from when on to another; ``earliest`` and ``latest``, Unix time.
    """
    plan = result.plan
    gaps = {id(each.sighting): gap_in_words(each) for each in compare(plan, windows)}
    ordered = sorted(plan.sightings, key=lambda each: (each.earliest, each.latest))
    return [_report(each, plan, result.evidence, gaps.get(id(each))) for each in ordered]


def _report(
    sighting: Sighting, plan: Plan, evidence: Evidence | None, gap: str | None
) -> dict[str, Any]:
    here = placed(sighting, plan)
    source = next((each for each in plan.sources if each.id == sighting.source), None)
    (laid,) = observed(plan, [sighting])
    right = evidence.right_of(sighting) if evidence else None
    return {
        "event": sighting.event,
        "place": _place(sighting, plan),
        "direction": sighting.direction,
        "window": format_interval(sighting.earliest, sighting.latest, _zone(here.spans_m, plan)),
        "wording": sighting.wording,
        "reason": sighting.reason,
        "trust": sighting.trust,
        "publisher": source.publisher if source else "no source given",
        "date": source.date.isoformat() if source and source.date else None,
        "url": source.url if source else None,
        "gap": f"cannot be right here: {here.why_not}" if here.why_not else gap,
        "right": right,
        "held": None if right is None else f"right with a probability of {_percent(right)}",
        "station": _station(sighting, plan),
        "spans_m": [[round(start), round(end)] for start, end in here.spans_m],
        "needs": [_needs(bound, sighting.event) for bound in laid.bounds],
        "earliest": round(plan.epoch.timestamp() + laid.earliest_s),
        "latest": round(plan.epoch.timestamp() + laid.latest_s),
    }


def _place(sighting: Sighting, plan: Plan) -> str:
    at = sighting.at
    return plan.network.station(at).name if isinstance(at, str) else str(at)


def _station(sighting: Sighting, plan: Plan) -> str | None:
    if not isinstance(sighting.at, str):
        return None
    station = plan.network.station(sighting.at)
    return station.id if len(plan.route.passes_of(station)) == 1 else None


def _zone(spans_m: Sequence[tuple[float, float]], plan: Plan) -> tzinfo:
    """The clock of where it begins; off the way that of UTC."""
    return ZoneInfo(str(plan.route.timezone_at(spans_m[0][0] / 1000))) if spans_m else UTC


def _needs(bound: Bound, event: str) -> dict[str, Any]:
    needs: dict[str, Any] = {}
    if bound.first:
        needs["by"] = {"m": round(bound.first.at_m), "leaving": event in LEAVING_FIRST}
    if bound.last:
        needs["from"] = {"m": round(bound.last.at_m), "leaving": event not in COMING_LAST}
    return needs


def _percent(share: float) -> str:
    """Nothing is sure: ``less than 1 %``, ``93 %`` or ``more than 99 %``."""
    percent = round(100 * share)
    return {0: "less than 1 %", 100: "more than 99 %"}.get(percent, f"{percent} %")
