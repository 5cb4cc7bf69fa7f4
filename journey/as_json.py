"""Results as JSON documents for machines: ``journey.<command>/1``."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from journey.units import HOUR_S

if TYPE_CHECKING:
    from journey.along import GaugeBreak, Stretch, TimingPoint
    from journey.arriving import Needs
    from journey.ensemble import Ensemble
    from journey.pathfinding.weighting import SteadyRun
    from journey.route import Route
    from journey.runtime import Runtime


def dump(document: dict[str, Any]) -> str:
    """Write a document as text that is the same on every run."""
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False)


def needs_document(ensemble: Ensemble, needs: Needs) -> dict[str, Any]:
    """``journey.whatif/1``: what an arrival needs. Null is a speed for which there is no time."""
    names = ("least", "central", "most")
    speeds = [round(each, 2) if math.isfinite(each) else None for each in needs.speed_kmh]
    halts_h = [round(each / HOUR_S, 3) for each in needs.halts_s]
    return {
        "schema": "journey.whatif/1",
        "scenario": ensemble.plan.name,
        "draws": ensemble.draws,
        "seed": ensemble.seed,
        "basis": ensemble.basis,
        "level": needs.level,
        "axes": {},
        "cases": [],
        "arrive": {
            "place": needs.station.name,
            "km": _km(needs.km),
            "earliest": needs.earliest.isoformat(),
            "latest": needs.latest.isoformat(),
            "speed_kmh": dict(zip(names, speeds, strict=True)),
            "halts_h": dict(zip(names, halts_h, strict=True)),
        },
    }


def route_document(route: Route, steady: SteadyRun | None = None) -> dict[str, Any]:
    """``journey.route/1``: sections, lengths, gauges and clocks of a route, and its time if known.

    The running time is that at steady speed, without reversals.
    """
    timed = {} if steady is None else _steady(steady)
    return {
        "schema": "journey.route/1",
        "places": list(route.places),
        "length_km": _km(route.length_km),
        "geodesic_km": _km(route.geodesic_km),
        **timed,
        "gauge_breaks": [_gauge_break(change) for change in route.gauge_breaks],
        "reversals": [_point(point) for point in route.reversals],
        "sections": [_section(route, stretch) for stretch in route.stretches],
        "stations": [_station(point) for point in route.timing_points],
    }


def _steady(timed: SteadyRun) -> dict[str, Any]:
    return {
        "running_time_s": round(timed.time_s),
        "max_speed_kmh": timed.max_speed_kmh,
        "limits_unknown_km": _km(timed.unknown_km),
        "limits_assumed_km": _km(timed.assumed_km),
    }


def runtime_document(runtime: Runtime) -> dict[str, Any]:
    """``journey.runtime/1``: the running time of a train on a path, and its bound of error."""
    energy_kwh = runtime.energy_kwh
    document = {
        "schema": "journey.runtime/1",
        "running_time_s": runtime.running_time_s,
        "error_s": runtime.error_s,
        "max_speed_kmh": round(runtime.max_speed_kmh, 3),
        "energy_kwh": None if energy_kwh is None else round(energy_kwh, 3),
        "train": runtime.estimate.name,
        "running": runtime.running,
        "length_km": round(runtime.length_km, 6),
        "dwell_s": runtime.run.dwell_s,
    }
    if not runtime.estimate.fixed_for(runtime.running):
        document["running_time_low_s"] = round(runtime.low_s, 3)
        document["running_time_high_s"] = (
            None if runtime.high_s is None else round(runtime.high_s, 3)
        )
        document["stall"] = runtime.stall
    return document


def _section(route: Route, stretch: Stretch) -> dict[str, Any]:
    section = stretch.section
    part = route.along(stretch)
    return {
        "from": route.name_at(stretch.start_m),
        "to": route.name_at(stretch.end_m),
        "line": section.line,
        "km": _km(part.length_km),
        "geodesic_km": _km(part.geodesic_km),
        "gauge_mm": section.gauge,
        "tracks": section.tracks,
        "electrification": section.electrification,
        "estimated": section.estimated,
    }


def _station(point: TimingPoint) -> dict[str, Any]:
    station = point.station
    return {
        "name": station.name,
        "km": _km(point.chainage_m / 1000),
        "lat": station.lat,
        "lon": station.lon,
        "timezone": station.timezone,
    }


def _gauge_break(change: GaugeBreak) -> dict[str, Any]:
    return {
        **_point(change.at),
        "gauge_from_mm": change.gauge_from,
        "gauge_to_mm": change.gauge_to,
        "dual_gauge_from": change.dual_from.station.name,
        "dual_gauge_from_km": _km(change.dual_from.chainage_m / 1000),
    }


def _point(point: TimingPoint) -> dict[str, Any]:
    return {"station": point.station.name, "km": _km(point.chainage_m / 1000)}


def _km(km: float) -> float:
    return round(km, 3)
