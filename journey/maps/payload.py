"""What the page shows, as one block of plain data: every time is a text made here."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from journey.assumptions import assumptions, cited, terms
from journey.clock import format_interval, format_local, format_offset, format_utc
from journey.dataset import data_folder
from journey.ensemble.windows import MOMENTS
from journey.sightings import compare
from journey.version import __version__
from journey.words import (
    gap_in_words,
    gaps_in_words,
    share_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.along import Stretch, TimingPoint
    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.plan import Plan
    from journey.route import Route
    from journey.sightings import Comparison
    from journey.statements import Source

QUALITY = {
    "station": "published point of the station, on the track",
    "town": "point of the settlement, moved to the track",
    "interpolated": "no published point: placed on the track by its kilometre",
    "estimated": "estimate: no source gives the place on the track",
}
COUNTRIES = {"KP": "North Korea", "RU": "Russia"}
ATTRIBUTION = (
    {
        "text": "Track and stations © OpenStreetMap contributors, ODbL 1.0",
        "url": "https://www.openstreetmap.org/copyright",
    },
    {
        "text": "Base map and parts of the track: Natural Earth, public domain",
        "url": "https://www.naturalearthdata.com/",
    },
    {"text": "Some station points: GeoNames, CC BY 4.0", "url": "https://www.geonames.org/"},
)


def build_payload(result: Ensemble, level: float) -> dict[str, Any]:
    """Put what the page shows into plain data.

    Parameters
    ----------
    result : Ensemble
        The drawn journeys.
    level : float
        Share of them that a window holds.

    Returns
    -------
    dict
        Only texts, numbers, lists and dictionaries; ``"schema": "journey.map/1"``.
    """
    plan = result.plan
    route = plan.route
    windows = result.window_list(level)
    comparisons = compare(plan, windows)
    return {
        "schema": "journey.map/1",
        "title": plan.name,
        "subtitle": _subtitle(plan, windows[-1], level),
        "warning": gaps_in_words(comparisons),
        "bounds": [[route.lat.min(), route.lon.min()], [route.lat.max(), route.lon.max()]],
        "route": [_line(route, stretch) for stretch in route.stretches],
        "stations": _stations(plan, windows, comparisons),
        "marks": list(_marks(route, plan.epoch)),
        "assumptions": list(assumptions(plan, level)),
        "notes": list(_notes(plan)),
        "sources": [_source(source) for source in cited(plan)],
        "attribution": list(ATTRIBUTION),
        "version": __version__,
        **base_map(),
    }


def _notes(plan: Plan) -> Iterable[str]:
    made = "published, dated reports" if plan.sources else "assumptions; no report of it is cited"
    yield f"Made from {made}. It is not a live position and follows nobody."
    train = "" if plan.running == "cruise" else "train, "
    yield f"Times are what the stated {train}speed, departure and halts imply, not a timetable."
    yield "Track and borders are simplified; kilometres follow official lengths."
    if plan.running == "dynamics":
        yield "No gradients are known: the train is taken to run on level track."
    if plan.sightings:
        yield "Reports are shown as they were made; the windows do not take them in."


def _subtitle(plan: Plan, last: Window, level: float) -> str:
    window = format_interval(last.earliest, last.latest, last.zone)
    share = "" if level == 1 else f" for {share_in_words(level)}"
    return f"{terms(plan)}: {last.station.name} {window}{share}, {last.km:,.0f} km"


def _line(route: Route, stretch: Stretch) -> dict[str, Any]:
    part = route.along(stretch)
    return {
        "gauge": stretch.section.gauge,
        "line": stretch.section.line,
        "estimated": stretch.section.estimated,
        "points": _pairs(part.lat, part.lon),
    }


def _pairs(lat: NDArray[np.float64], lon: NDArray[np.float64]) -> list[list[float]]:
    pairs: list[list[float]] = np.round(np.column_stack([lat, lon]), 4).tolist()
    return pairs


def _stations(
    plan: Plan, windows: tuple[Window, ...], comparisons: tuple[Comparison, ...]
) -> list[dict[str, Any]]:
    """Every timing point once, with what happens there in order."""
    sources = {source.id: source for source in plan.sources}
    stations = [_station(point) for point in plan.route.timing_points]
    for event, window in zip(plan.events, windows, strict=True):
        stations[event.station]["events"].append(_event(window))
    for comparison in comparisons:
        number = plan.route.index_of(comparison.sighting.at)
        stations[number]["reports"].append(_report(comparison, sources))
    return stations


def _station(point: TimingPoint) -> dict[str, Any]:
    station, chainage_m = point
    return {
        "id": station.id,
        "name": station.name,
        "name_ko": station.name_ko or None,
        "name_ru": station.name_ru or None,
        "country": COUNTRIES.get(station.country, station.country),
        "km": round(chainage_m / 1000, 1),
        "lat": station.lat,
        "lon": station.lon,
        "rank": station.rank,
        "quality": QUALITY[station.point_quality],
        "events": [],
        "reports": [],
    }


def _event(window: Window) -> dict[str, Any]:
    def moment(at: datetime) -> dict[str, str]:
        return {
            "local": format_local(at, window.zone),
            "offset": format_offset(at, window.zone),
            "utc": format_utc(at),
        }

    return {
        "event": window.event,
        **{name: moment(getattr(window, name)) for name in MOMENTS},
        "basis": window.basis,
    }


def _report(comparison: Comparison, sources: dict[str, Source]) -> dict[str, Any]:
    sighting, zone = comparison.sighting, comparison.window.zone
    source = sources.get(sighting.source or "")
    return {
        "event": sighting.event,
        "window": format_interval(sighting.earliest, sighting.latest, zone),
        "gap": gap_in_words(comparison),
        "wording": sighting.wording,
        "publisher": source.publisher if source else "no source given",
        "date": source.date.isoformat() if source and source.date else None,
        "url": source.url if source else None,
    }


def _marks(route: Route, moment: datetime) -> Iterable[dict[str, Any]]:
    for change in route.gauge_breaks:
        text = (
            f"Break of gauge: {change.gauge_from} mm stock is regauged to {change.gauge_to} mm by "
            f"{change.at.station.name}; both gauges lie from {change.dual_from.station.name}"
        )
        yield _mark(route, "gauge", change.at.chainage_m, text)
    for start_m, country in route.countries[1:]:
        name = COUNTRIES.get(country, country)
        yield _mark(route, "border", start_m, f"State border; beyond it {name}")
    for (_, before), (start_m, after) in pairwise(route.clocks):
        clocks = [format_offset(moment, ZoneInfo(zone)) for zone in (before, after)]
        text = f"Clocks change from {clocks[0]} to {clocks[1]}"
        yield _mark(route, "clock", start_m, text)
    for point in route.reversals:
        text = f"The train reverses at {point.station.name}"
        yield _mark(route, "reversal", point.chainage_m, text)


def _mark(route: Route, kind: str, chainage_m: float, text: str) -> dict[str, Any]:
    lon, lat = route.at(chainage_m / 1000)
    return {"kind": kind, "lat": round(float(lat), 5), "lon": round(float(lon), 5), "text": text}


def _source(source: Source) -> dict[str, Any]:
    date = source.date.isoformat() if source.date else None
    return {
        "publisher": source.publisher,
        "date": date,
        "title": source.title,
        "url": source.url,
        "wording": source.wording,
    }


def base_map() -> dict[str, Any]:
    """Shapes of the embedded base map by kind, and the countries' names with their places."""
    text = (data_folder() / "basemap.geojson").read_text(encoding="utf-8")
    shapes, countries = {}, []
    for feature in json.loads(text)["features"]:
        about, geometry = feature["properties"], feature["geometry"]
        if about["kind"] == "country":
            lon, lat = geometry["coordinates"]
            countries.append({"name": about["name"], "lat": lat, "lon": lon})
        else:
            shapes[about["kind"]] = geometry
    return {"basemap": shapes, "countries": countries}
