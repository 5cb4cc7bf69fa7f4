"""The reports of a journey as features: what each says, and how likely it is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from journey.along import ROUNDING_M
from journey.evidence.placing import placed
from journey.export.features import REPORT, Feature, cleaned, feature_id, places
from journey.export.plain import clean, local_text, utc_text
from journey.sightings.reports import zone_of
from journey.spots import Disc

if TYPE_CHECKING:
    from collections.abc import Iterable

    from journey.ensemble import Ensemble
    from journey.evidence.placing import Placed
    from journey.export.features import Places, Value
    from journey.plan import Plan
    from journey.reports import Sighting

RIGHT_DIGITS = 4


def reports_of(ensemble: Ensemble) -> Iterable[Feature]:
    """Every report of an ensemble's plan, in the order of what they say of time."""
    plan = ensemble.plan
    ordered = sorted(plan.sightings, key=lambda each: (each.earliest, each.latest))
    for number, sighting in enumerate(ordered, start=1):
        here = placed(sighting, plan)
        yield Feature(
            feature_id(REPORT, number),
            REPORT,
            clean(f"{_place(sighting, plan)}: {sighting.event}"),
            _parts(here, plan),
            cleaned(_properties(here, ensemble)),
            (utc_text(sighting.earliest), utc_text(sighting.latest)),
        )


def _properties(here: Placed, ensemble: Ensemble) -> dict[str, Value]:
    plan, said = ensemble.plan, here.sighting
    return {
        "kind": REPORT,
        "basis": "reported",
        "station": plan.network.station(said.at).id if isinstance(said.at, str) else None,
        "name": _place(said, plan),
        "event": said.event,
        "direction": said.direction,
        **_times(here, plan),
        "from_km": round(here.spans_m[0][0] / 1000, 3) if here.spans_m else None,
        "to_km": round(here.spans_m[-1][1] / 1000, 3) if here.spans_m else None,
        "trust": said.trust,
        "right": _right(said, ensemble),
        "why_not": here.why_not,
        **_source(said, plan),
        "wording": said.wording,
        "reason": said.reason,
    }


def _times(here: Placed, plan: Plan) -> dict[str, Value]:
    said = here.sighting
    zone = zone_of(said, here.spans_m, plan)
    return {
        "earliest": local_text(said.earliest, zone),
        "latest": local_text(said.latest, zone),
        "earliest_utc": utc_text(said.earliest),
        "latest_utc": utc_text(said.latest),
        "timezone": str(zone),
    }


def _right(said: Sighting, ensemble: Ensemble) -> float | None:
    """Probability that it is right, after all of them; None where none was taken in."""
    right = ensemble.evidence.right_of(said) if ensemble.evidence else None
    return None if right is None else float(f"{right:.{RIGHT_DIGITS}g}")


def _source(said: Sighting, plan: Plan) -> dict[str, Value]:
    source = next((each for each in plan.sources if each.id == said.source), None)
    if source is None:
        return {"publisher": said.source, "published": None, "url": None}
    published = source.date.isoformat() if source.date else None
    return {"publisher": source.publisher, "published": published, "url": source.url}


def _place(said: Sighting, plan: Plan) -> str:
    return plan.network.station(said.at).name if isinstance(said.at, str) else str(said.at)


def _parts(here: Placed, plan: Plan) -> tuple[Places, ...]:
    """Where on the route it may have been; what lies off it only where that is one place."""
    parts = tuple(_span(span_m, plan) for span_m in here.spans_m)
    if not parts:
        return _off_the_way(here.sighting, plan)
    if all(len(part) == 1 for part in parts):
        return parts
    # Points and lines do not go into one geometry: a point is then a line without length.
    return tuple(part * 2 if len(part) == 1 else part for part in parts)


def _span(span_m: tuple[float, float], plan: Plan) -> Places:
    start_m, end_m = span_m
    if end_m - start_m <= ROUNDING_M:
        lon, lat = plan.route.at([start_m / 1000])
        return places(lon, lat)
    part = plan.route.between(start_m / 1000, end_m / 1000)
    return places(part.lon, part.lat)


def _off_the_way(said: Sighting, plan: Plan) -> tuple[Places, ...]:
    if isinstance(said.at, Disc):
        return (places(np.array([said.at.lon]), np.array([said.at.lat])),)
    if isinstance(said.at, str):
        station = plan.network.station(said.at)
        return (places(np.array([station.lon]), np.array([station.lat])),)
    return ()
