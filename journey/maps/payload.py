"""What the page shows, as one block of plain data: every time is a text made here."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import numpy as np

from journey.dataset import data_folder
from journey.units import Range, format_duration, format_local, format_offset, format_utc
from journey.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.along import Stretch, TimingPoint
    from journey.ensemble import Ensemble, Window
    from journey.plan import Plan
    from journey.route import Route
    from journey.statements import Departure, Sighting, Source, Speeds, Stop
    from journey.track import Station

QUALITY = {
    "station": "published point of the station, on the track",
    "town": "point of the settlement, moved to the track",
    "interpolated": "no published point: placed on the track by its kilometre",
    "estimated": "estimate: no source gives the place on the track",
}
COUNTRIES = {"KP": "North Korea", "RU": "Russia"}
NOTES = (
    "Made from published, dated reports. It is not a live position and follows nobody.",
    "Times are what the stated speed, departure and halts imply, not a timetable.",
    "Track geometry is simplified; kilometres follow official lengths.",
    "Reports are shown as they were made; the windows do not take them in.",
)
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
    return {
        "schema": "journey.map/1",
        "title": plan.name,
        "subtitle": _subtitle(plan, windows[-1]),
        "bounds": [[route.lat.min(), route.lon.min()], [route.lat.max(), route.lon.max()]],
        "route": [_line(route, stretch) for stretch in route.stretches],
        "stations": _stations(plan, windows),
        "marks": list(_marks(route, plan.epoch)),
        "assumptions": list(_assumptions(plan, level)),
        "notes": list(NOTES if plan.sightings else NOTES[:-1]),
        "sources": [_source(source) for source in plan.sources],
        "attribution": list(ATTRIBUTION),
        "version": __version__,
        **base_map(),
    }


def _subtitle(plan: Plan, last: Window) -> str:
    earliest, latest = (format_local(m, last.zone) for m in (last.earliest, last.latest))
    offset = format_offset(last.latest, last.zone)
    halts = f"{len(plan.stops)} stated halts" if plan.stops else "no halt"
    speed = _km_per_hour(plan.speeds.default_kmh) if not plan.speeds.rules else "stated speeds"
    return (
        f"At {speed} and with {halts}: {last.station.name} {earliest} to {latest} ({offset}), "
        f"{last.km:,.0f} km"
    )


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


def _stations(plan: Plan, windows: tuple[Window, ...]) -> list[dict[str, Any]]:
    """Every timing point once, with what happens there in order."""
    sources = {source.id: source for source in plan.sources}
    reports: dict[int, list[dict[str, Any]]] = {}
    for sighting in plan.sightings:
        number = plan.route.index_of(sighting.at)
        station = plan.route.timing_points[number].station
        reports.setdefault(number, []).append(_report(sighting, station, sources))
    stations = [
        _station(point, reports.get(number, []))
        for number, point in enumerate(plan.route.timing_points)
    ]
    for event, window in zip(plan.events, windows, strict=True):
        stations[event.station]["events"].append(_event(window))
    return stations


def _station(point: TimingPoint, reports: list[dict[str, Any]]) -> dict[str, Any]:
    station, chainage_m = point
    return {
        "id": station.id,
        "name": station.name,
        "name_ko": station.name_ko or None,
        "name_ru": station.name_ru or None,
        "country": station.country,
        "km": round(chainage_m / 1000, 1),
        "lat": station.lat,
        "lon": station.lon,
        "rank": station.rank,
        "quality": QUALITY[station.point_quality],
        "events": [],
        "reports": reports,
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
        "earliest": moment(window.earliest),
        "central": moment(window.central),
        "latest": moment(window.latest),
        "basis": window.basis,
    }


def _report(sighting: Sighting, station: Station, sources: dict[str, Source]) -> dict[str, Any]:
    source = sources.get(sighting.source or "")
    zone = station.zone
    ends = [format_local(moment, zone) for moment in (sighting.earliest, sighting.latest)]
    return {
        "event": sighting.event,
        "window": f"{ends[0]} to {ends[1]} ({format_offset(sighting.latest, zone)})",
        "wording": sighting.wording or (source.wording if source else None),
        "publisher": source.publisher if source else "no source given",
        "date": source.date.isoformat() if source and source.date else None,
        "url": source.url if source else None,
    }


def _marks(route: Route, moment: datetime) -> Iterable[dict[str, Any]]:
    for change in route.gauge_breaks:
        text = (
            f"Break of gauge: {change.gauge_from} mm stock is regauged to {change.gauge_to} mm by "
            f"{change.station.station.name}; both gauges lie from {change.dual_from.station.name}"
        )
        yield _mark(route, "gauge", change.station.chainage_m, text)
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


def _assumptions(plan: Plan, level: float) -> Iterable[str]:
    depart, speeds = plan.depart, plan.speeds
    origin = plan.route.timing_points[0].station
    ends = [format_local(moment, origin.zone) for moment in (depart.earliest, depart.latest)]
    offset = format_offset(depart.earliest, origin.zone)
    yield f"Departure {ends[0]} to {ends[1]} ({offset}): {_basis(plan, depart)}"
    yield f"Speed while moving {_km_per_hour(speeds.default_kmh)}: {_basis(plan, speeds)}"
    for rule in speeds.rules:
        yield f"Speed {rule.where}: {_km_per_hour(rule.speed_kmh)}"
    for stop in plan.stops:
        yield f"Halt at {stop.at} {_duration(stop.duration_s)}: {_basis(plan, stop)}"
    if not plan.stops:
        yield "No halt on the way"
    shares = "every journey these allow" if level == 1 else f"{level:.0%} of the drawn journeys"
    yield f"Earliest to latest holds {shares}"


def _basis(plan: Plan, statement: Departure | Speeds | Stop) -> str:
    """Say whether a statement is reported, with its source, or assumed, with its reason."""
    source = next((s for s in plan.sources if s.id == statement.source), None)
    if source is None:
        return f"assumed ({statement.reason})" if statement.reason else "assumed"
    return f"reported by {source.publisher}" + (f", “{source.wording}”" if source.wording else "")


def _km_per_hour(speed: Range) -> str:
    values = [speed.low] if speed.fixed else [speed.low, speed.mode or speed.high, speed.high]
    return " to ".join(f"{value:g}" for value in dict.fromkeys(values)) + " km/h"


def _duration(duration: Range) -> str:
    if duration.fixed:
        return format_duration(duration.low)
    return f"{format_duration(duration.low)} to {format_duration(duration.high)}"


def _source(source: Source) -> dict[str, Any]:
    date = source.date.isoformat() if source.date else None
    return {"publisher": source.publisher, "date": date, "title": source.title, "url": source.url}


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
