"""What the page shows, as one block of plain data: every time is a text made here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from journey.assumptions import assumptions, cited, terms
from journey.clock import format_interval, format_local, format_offset, format_utc
from journey.dataset import data_folder
from journey.ensemble.windows import MOMENTS
from journey.maps.marks import country_name, marks_of
from journey.maps.notes import notes_of, warning_of
from journey.maps.reports import reports_of
from journey.version import __version__
from journey.view_words import open_in_words, rests_on
from journey.views import View, same_event
from journey.words import share_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from journey.along import Stretch, TimingPoint
    from journey.ensemble import Ensemble
    from journey.ensemble.windows import Window
    from journey.plan import Plan
    from journey.route import Route
    from journey.statements import Source

QUALITY = {
    "station": "published point of the station, on the track",
    "town": "point of the settlement, moved to the track",
    "interpolated": "no published point: placed on the track by its kilometre",
    "estimated": "estimate: no source gives the place on the track",
}
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


def build_payload(
    result: Ensemble,
    level: float | None = None,
    beside: View | None = None,
    left_out: Sequence[str] = (),
) -> dict[str, Any]:
    """Put what the page shows into plain data.

    Parameters
    ----------
    result : Ensemble
        The drawn journeys.
    level : float, optional
        Share of them that a window holds; that of the ensemble by default.
    beside : View, optional
        Another view of the same journey, whose windows are told beside those of `result`.
    left_out : sequence of str
        A line for each row of a file of reports that could not be placed; they are counted.

    Returns
    -------
    dict
        Only texts, numbers, lists and dictionaries; ``"schema": "journey.map/1"``.
    """
    view = View(result.basis, result, result.default_level if level is None else level)
    plan, route = result.plan, result.plan.route
    windows = result.window_list(view.level)
    others = beside.ensemble.window_list(beside.level) if beside else ()
    reports = reports_of(result, windows)
    return {
        "schema": "journey.map/1",
        "title": plan.name,
        "subtitle": _subtitle(view, windows[-1]),
        "beside": _beside(beside, others),
        "warning": warning_of([(view, windows)] + ([(beside, others)] if beside else []), left_out),
        "bounds": [[route.lat.min(), route.lon.min()], [route.lat.max(), route.lon.max()]],
        "route": [_line(route, stretch) for stretch in route.stretches],
        "shared": {
            "basis": view.basis,
            "beside": beside.basis.capitalize() if beside else None,
            "quality": QUALITY,
        },
        "stations": _stations(plan, windows, others, reports),
        "other_reports": reports[""],
        "marks": list(marks_of(route, plan.epoch)),
        "assumptions": [*_basis(view, beside), *assumptions(plan, view.level)],
        "notes": list(notes_of(result, beside)),
        "sources": [_source(source) for source in cited(plan)],
        "attribution": list(ATTRIBUTION),
        "version": __version__,
        **base_map(),
    }


def _subtitle(view: View, last: Window) -> str:
    said = terms(view.ensemble.plan) if view.ensemble.evidence is None else "As reported"
    return f"{said}: {_arrival(last, view.level)}, {last.km:,.0f} km"


def _beside(beside: View | None, others: tuple[Window, ...]) -> str | None:
    if beside is None:
        return None
    return f"{rests_on(beside)}: {_arrival(others[-1], beside.level)}"


def _basis(view: View, beside: View | None) -> Iterable[str]:
    """Which view is which, where there are two, and what of the draws is left after reports."""
    if beside or view.ensemble.evidence:
        yield from map(rests_on, (view, *([beside] if beside else [])))
        yield from filter(None, [open_in_words(view)])


def _arrival(last: Window, level: float) -> str:
    share = "" if level == 1 else f" for {share_in_words(level)}"
    return f"{last.station.name} {format_interval(last.earliest, last.latest, last.zone)}{share}"


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
    plan: Plan,
    windows: tuple[Window, ...],
    others: tuple[Window, ...],
    reports: dict[str, list[dict[str, Any]]],
) -> list[dict[str, Any]]:
    """Every timing point once, with what happens there in order."""
    stations = [_station(point) for point in plan.route.timing_points]
    for event, window in zip(plan.events, windows, strict=True):
        other = same_event(window, others)
        beside = {"beside": _interval(other)} if other else {}
        stations[event.station]["events"].append({**_event(window), **beside})
    for station in stations:
        station["reports"] = reports.get(station["id"], [])
    return [_without_gaps(station) for station in stations]


def _without_gaps(station: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is not there: most stations have no report, and not every name."""
    return {key: value for key, value in station.items() if value not in (None, [])}


def _interval(window: Window) -> str:
    """``Mon 11 Sep 03:32 to 09:32 (UTC+10), central 06:32``; the day again where it is another."""
    told = [format_local(getattr(window, name), window.zone) for name in MOMENTS]
    day = told[0].rpartition(" ")[0]
    if all(each.startswith(day) for each in told):
        told[1:] = [each.rpartition(" ")[2] for each in told[1:]]
    earliest, central, latest = told
    return (
        f"{earliest} to {latest} ({format_offset(window.central, window.zone)}), central {central}"
    )


def _station(point: TimingPoint) -> dict[str, Any]:
    station, chainage_m = point
    return {
        "id": station.id,
        "name": station.name,
        "name_ko": station.name_ko or None,
        "name_ru": station.name_ru or None,
        "country": country_name(station.country),
        "km": round(chainage_m / 1000, 1),
        "lat": station.lat,
        "lon": station.lon,
        "rank": station.rank,
        "quality": station.point_quality,
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
    }


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
