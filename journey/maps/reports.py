"""The reports that a map shows: at their station, or in a list where they name none."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from journey.clock import format_interval
from journey.evidence.placing import placed
from journey.sightings import compare
from journey.words import gap_in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.evidence import Evidence
    from journey.plan import Plan
    from journey.reports import Sighting
    from journey.sightings import Comparison


def reports_of(result: Ensemble, windows: tuple[Window, ...]) -> dict[str, list[dict[str, Any]]]:
    """Every report of an ensemble's plan once.

    Parameters
    ----------
    result : Ensemble
        The drawn journeys.
    windows : tuple of Window
        Of all its events.

    Returns
    -------
    dict
        What was reported, by the id of its station; under an empty text what was reported of other
        spots, of places off the way, and of stations that are passed more than once.
    """
    plan = result.plan
    compared = {id(each.sighting): each for each in compare(plan, windows)}
    told: dict[str, list[dict[str, Any]]] = {"": []}
    for sighting in plan.sightings:
        comparison = compared.get(id(sighting))
        station = comparison.window.station.id if comparison else ""
        about = _at_station(comparison) if comparison else _elsewhere(sighting, plan)
        told.setdefault(station, []).append(
            {**_said(sighting, plan), **about, "held": _held(sighting, result.evidence)}
        )
    return told


def _said(sighting: Sighting, plan: Plan) -> dict[str, Any]:
    source = next((each for each in plan.sources if each.id == sighting.source), None)
    return {
        "event": sighting.event,
        "direction": sighting.direction,
        "wording": sighting.wording,
        "publisher": source.publisher if source else "no source given",
        "date": source.date.isoformat() if source and source.date else None,
        "url": source.url if source else None,
    }


def _at_station(comparison: Comparison) -> dict[str, Any]:
    return {
        "window": _interval(comparison.sighting, comparison.window.zone),
        "gap": gap_in_words(comparison),
    }


def _elsewhere(sighting: Sighting, plan: Plan) -> dict[str, Any]:
    """On the clock of where it begins; off the way in UTC."""
    here = placed(sighting, plan)
    zone: tzinfo = UTC
    if here.spans_m:
        zone = ZoneInfo(str(plan.route.timezone_at(here.spans_m[0][0] / 1000)))
    return {
        "place": str(sighting.at),
        "window": _interval(sighting, zone),
        "gap": f"cannot be right here: {here.why_not}" if here.why_not else None,
    }


def _interval(sighting: Sighting, zone: tzinfo) -> str:
    return format_interval(sighting.earliest, sighting.latest, zone)


def _held(sighting: Sighting, evidence: Evidence | None) -> str | None:
    """How likely a report is right after all of them; none of them was taken in: None."""
    for taken in () if evidence is None else evidence.taken:
        if sighting.said in _all_said(taken.sighting, taken.copies):
            return f"right with a probability of {_percent(taken.right)}"
    return None


def _percent(share: float) -> str:
    """Nothing is sure: ``less than 1 %``, ``93 %`` or ``more than 99 %``."""
    percent = round(100 * share)
    return {0: "less than 1 %", 100: "more than 99 %"}.get(percent, f"{percent} %")


def _all_said(sighting: Sighting, copies: Sequence[Sighting]) -> list[tuple[object, ...]]:
    return [each.said for each in (sighting, *copies)]
