"""What a map marks along a route: borders, breaks of gauge, changes of clock, reversals."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from journey.clock import format_offset
from journey.words import country_name

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from journey.route import Route


def marks_of(route: Route, moment: datetime) -> Iterable[dict[str, Any]]:
    """Every mark of a route; clocks as they are at a moment."""
    for change in route.gauge_breaks:
        text = (
            f"Break of gauge: {change.gauge_from} mm stock is regauged to {change.gauge_to} mm by "
            f"{change.at.station.name}; both gauges lie from {change.dual_from.station.name}"
        )
        yield _mark(route, "gauge", change.at.chainage_m, text)
    for start_m, country in route.countries[1:]:
        beyond = f"State border; beyond it {country_name(country)}"
        yield _mark(route, "border", start_m, beyond)
    for (_, before), (start_m, after) in pairwise(route.clocks):
        clocks = [format_offset(moment, ZoneInfo(zone)) for zone in (before, after)]
        if clocks[0] == clocks[1]:
            continue
        text = f"Clocks change from {clocks[0]} to {clocks[1]}"
        yield _mark(route, "clock", start_m, text)
    for point in route.reversals:
        text = f"The train reverses at {route.name_at(point.chainage_m)}"
        yield _mark(route, "reversal", point.chainage_m, text)


def _mark(route: Route, kind: str, chainage_m: float, text: str) -> dict[str, Any]:
    lon, lat = route.at(chainage_m / 1000)
    return {"kind": kind, "lat": round(float(lat), 5), "lon": round(float(lon), 5), "text": text}
