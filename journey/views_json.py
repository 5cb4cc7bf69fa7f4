"""Windows and whereabouts of all views as JSON documents: ``journey.<command>/1``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from journey.assumptions import assumptions
from journey.ensemble.windows import MOMENTS
from journey.sightings import compare
from journey.sightings.reports import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from journey.ensemble.whereabouts import Place, Whereabouts
    from journey.ensemble.windows import Window
    from journey.sightings import Comparison
    from journey.views import View


def windows_document(views: Sequence[View], left_out: Sequence[str] = ()) -> dict[str, Any]:
    """``journey.windows/1``: the windows of every event, view after view.

    What is said of the whole is that of the last view; `left_out` has a line for each row of a file
    of reports that could not be placed.
    """
    last = views[-1]
    return {
        "schema": "journey.windows/1",
        "scenario": last.ensemble.plan.name,
        "draws": last.ensemble.draws,
        "seed": last.ensemble.seed,
        "level": last.level,
        "running": last.ensemble.plan.running,
        "speed_is": last.ensemble.plan.speeds.meaning,
        **_evidence(last),
        "assumptions": list(assumptions(last.ensemble.plan, last.level)),
        "views": [_view(view) for view in views],
        "stations": [
            _window(window, view)
            for view in views
            for window in view.ensemble.window_list(view.level)
        ],
        "reports": [report for view in views for report in _reports(view)],
        "left_out": list(left_out),
    }


def where_document(
    found: Sequence[tuple[View, Whereabouts]], left_out: Sequence[str] = ()
) -> dict[str, Any]:
    """``journey.where/1``: where the train is at a moment; the earliest is the least advanced.

    At the top level stands the last view; `left_out` as for `windows_document`.
    """
    last, whereabouts = found[-1]
    return {
        "schema": "journey.where/1",
        "at": whereabouts.at.isoformat(),
        "scenario": last.ensemble.plan.name,
        "draws": last.ensemble.draws,
        "seed": last.ensemble.seed,
        **_whereabouts(last, whereabouts),
        **_evidence(last),
        "views": [_whereabouts(view, each) for view, each in found],
        "left_out": list(left_out),
    }


def _view(view: View) -> dict[str, Any]:
    plan = view.ensemble.plan
    return {
        "basis": view.basis,
        "level": view.level,
        "running": plan.running,
        "speed_is": plan.speeds.meaning,
        **_evidence(view),
        "assumptions": list(assumptions(plan, view.level)),
        "reports": _taken(view),
    }


def _evidence(view: View) -> dict[str, Any]:
    """How much the draws of a view are worth; a Pareto k that is not known is null."""
    ensemble = view.ensemble
    evidence = ensemble.evidence
    pareto_k = math.nan if evidence is None else evidence.pareto_k
    return {
        "effective_draws": round(float(ensemble.effective_draws), 1),
        "log_evidence": float(ensemble.log_evidence),
        "pareto_k": round(float(pareto_k), 3) if math.isfinite(pareto_k) else None,
        "enough": evidence is None or bool(evidence.enough),
    }


def _whereabouts(view: View, whereabouts: Whereabouts) -> dict[str, Any]:
    return {
        **{name: _place(getattr(whereabouts, name)) for name in MOMENTS},
        "basis": view.basis,
        "level": whereabouts.level,
        "standard_error_km": _by_moment(whereabouts.standard_errors_km, 3),
        "rounded_to_km": whereabouts.grain_km,
        "not_departed": whereabouts.not_departed,
        "arrived": whereabouts.arrived,
        "reports": _taken(view),
    }


def _taken(view: View) -> list[dict[str, Any]]:
    """The reports that a view takes in, along the way, and how likely each is right."""
    evidence, plan = view.ensemble.evidence, view.ensemble.plan
    every = () if evidence is None else evidence.taken
    return [_taken_report(Report.of(taken, taken.sighting, plan)) for taken in every]


def _taken_report(report: Report) -> dict[str, Any]:
    said = report.sighting
    return {
        "place": report.place,
        "event": said.event,
        "earliest": said.earliest.astimezone(report.zone).isoformat(),
        "latest": said.latest.astimezone(report.zone).isoformat(),
        "trust": said.trust,
        "right": float(f"{report.right:.4g}"),
        "why_not": report.why_not,
    }


def _window(window: Window, view: View) -> dict[str, Any]:
    station = window.station
    return {
        "id": station.id,
        "name": station.name,
        "name_local": station.name_local,
        "country": station.country,
        "km": round(window.km, 3),
        "lat": station.lat,
        "lon": station.lon,
        "event": window.event,
        **{name: _local(getattr(window, name), window) for name in MOMENTS},
        "timezone": station.timezone,
        "basis": view.basis,
        "level": view.level,
        "standard_error_s": _by_moment(window.standard_errors_s, 1),
        "rounded_to_s": window.grain_s,
    }


def _local(moment: datetime, window: Window) -> str:
    return moment.astimezone(window.zone).isoformat()


def _place(place: Place) -> dict[str, Any]:
    lat, lon = round(place.lat, 5), round(place.lon, 5)
    return {"km": round(place.km, 3), "lat": lat, "lon": lon, "near": place.near.station.name}


def _by_moment(errors: Iterable[float], decimals: int) -> dict[str, float | None]:
    """Standard errors by name; null where too few draws do not tell."""
    return {
        name: None if math.isnan(error) else round(error, decimals)
        for name, error in zip(MOMENTS, errors, strict=True)
    }


def _reports(view: View) -> Iterator[dict[str, Any]]:
    """Every report of a station beside its window."""
    ensemble = view.ensemble
    for comparison in compare(ensemble.plan, ensemble.window_list(view.level)):
        yield _report(comparison, view)


def _report(comparison: Comparison, view: View) -> dict[str, Any]:
    sighting, window = comparison.sighting, comparison.window
    return {
        "place": window.station.name,
        "event": sighting.event,
        "earliest": _local(sighting.earliest, window),
        "latest": _local(sighting.latest, window),
        "source": sighting.source,
        "basis": view.basis,
        "gap_least_s": comparison.least_gap_s,
        "gap_most_s": comparison.most_gap_s,
    }
