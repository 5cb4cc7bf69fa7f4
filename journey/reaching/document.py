"""How far a train can be, as a JSON document: ``journey.reach/1``."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from journey.reaching.results import BOUNDS

if TYPE_CHECKING:
    from journey.reaching.results import Bounds, Frontier, Origin, Reach, ReachedStation


def reach_document(reach: Reach) -> dict[str, Any]:
    """``journey.reach/1``: the stations that can be reached, the nearest first.

    ``speed_kmh`` and ``gauge_change_h`` have the members low, central and high; hours that are null
    are of stations to which no track leads. With the moment at which the train starts, each station
    has three moments on its own clock. ``gauge_change`` says whether a station is reached only
    after a change of gauge: ``"no"``, ``"yes"``, or ``"perhaps"`` where that depends on the stock,
    or on the place of several at which it starts. A frontier has the last station before it on its
    section and how far beyond that it is, null where there is none; the same or the nearest station
    as ``near``; and the next station on the section as ``towards``, or null.
    """
    until = reach.until
    return {
        "schema": "journey.reach/1",
        "place": reach.place,
        "hours": reach.hours,
        "speed_kmh": _bounds(reach.speed_kmh),
        "gauge": reach.gauge,
        "gauge_change_h": _bounds(reach.gauge_change_h),
        "after": None if reach.after is None else reach.after.isoformat(),
        "until": None if until is None else until.isoformat(timespec="seconds"),
        "origins": [_origin(origin) for origin in reach.origins],
        "stations": [station_members(reached, reach) for reached in reach.stations],
        "frontiers": [frontier_members(each) for each in reach.frontiers],
        "notes": list(reach.notes),
    }


def station_members(reached: ReachedStation, reach: Reach) -> dict[str, Any]:
    """What is said of one station."""
    station = reached.station
    return {
        "id": station.id,
        "name": station.name,
        "name_local": station.name_local,
        "country": station.country,
        "km": round(reached.km, 3),
        "lat": station.lat,
        "lon": station.lon,
        "hours_low": rounded(reached.hours_low),
        "hours_central": rounded(reached.hours_central),
        "hours_high": rounded(reached.hours_high),
        "gauge_change": reached.gauge_change,
        **moments(reached, reach),
    }


def moments(reached: ReachedStation, reach: Reach) -> dict[str, str | None]:
    """When it is reached, on the clock of the place; nothing where only hours are known."""
    if reach.after is None:
        return {}
    times = (reached.hours_low, reached.hours_central, reached.hours_high)
    found = [reach.moment(hours) for hours in times]
    zone = reached.station.zone
    texts = [None if m is None else m.astimezone(zone).isoformat("T", "seconds") for m in found]
    return dict(zip(BOUNDS, texts, strict=True)) | {"timezone": reached.station.timezone}


def rounded(hours: float) -> float | None:
    """Hours to less than a second; None for never."""
    return round(hours, 4) if math.isfinite(hours) else None


def _bounds(bounds: Bounds) -> dict[str, float]:
    return {name: round(value, 4) for name, value in bounds._asdict().items()}


def _origin(origin: Origin) -> dict[str, float]:
    return {
        "lat": round(origin.lat, 5),
        "lon": round(origin.lon, 5),
        "share": round(origin.share, 6),
    }


def frontier_members(frontier: Frontier) -> dict[str, Any]:
    """What is said of one point at which the time is up."""
    return {
        "bound": frontier.bound,
        "line": frontier.line,
        "km": round(frontier.km, 3),
        "lat": round(frontier.lat, 5),
        "lon": round(frontier.lon, 5),
        "last": None if frontier.last is None else frontier.last.name,
        "beyond_km": None if frontier.last is None else round(frontier.beyond_km, 3),
        "near": frontier.near.name,
        "towards": None if frontier.towards is None else frontier.towards.name,
    }
